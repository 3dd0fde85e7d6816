"""Composer, stage and library side by side, as the workspace and the width of the window allow."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from seedance_desktop.ui import theme

from .topbar import MAKE, REVIEW

_NARROW = 1180
_MOST_NARROW = {"composer": 312, "library": 380}
_NONE = 16_777_215  # Qt's "as wide as you like"


class Panes(QSplitter):
    """Remembers for each workspace how wide its panes are and which are open; `changed` when what is shown changes."""

    changed = Signal()
    stranded = Signal()  # the keyboard was in a pane that is folded now

    def __init__(self, composer: QWidget, stage: QWidget, library: QWidget, rail: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._composer, self._stage, self._library, self._rail = composer, stage, library, rail
        self.workspace = MAKE
        self._open = {MAKE: {"composer": True, "library": True}, REVIEW: {"composer": False, "library": True}}
        self._folded = "library"  # which of the two folds in a narrow window
        sizes = theme.tokens()["size"]
        self._widths = {
            MAKE: {"composer": sizes["composer"]["default"], "library": sizes["library"]["default"]},
            REVIEW: {"composer": 0, "library": sizes["library-review"]["default"]},
        }
        self._narrow = False
        self.instead: QWidget | None = None  # what stands in place of stage and library
        for pane in (composer, stage, library, rail):
            self.addWidget(pane)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(sizes["splitter"]["visible"])
        composer.setMinimumWidth(sizes["composer"]["min"])
        composer.setMaximumWidth(sizes["composer"]["max"])
        stage.setMinimumWidth(sizes["stage"]["min"])
        library.setMaximumWidth(sizes["library"]["max"])
        rail.setFixedWidth(sizes["rail"])
        self.splitterMoved.connect(lambda _at, _index: self._remember())
        self._arrange()

    @property
    def shown(self) -> dict[str, bool]:
        """Which of composer and library are on screen."""
        return {
            "composer": self._composer.isVisibleTo(self),
            "library": self._library.isVisibleTo(self),
            "rail": self._rail.isVisibleTo(self),
        }

    def go_to(self, workspace: str) -> None:
        """Make or Review."""
        if workspace != self.workspace and workspace in self._open:
            self._remember()
            self.workspace = workspace
            self._arrange()

    def show_instead(self, widget: QWidget | None) -> None:
        """Show `widget` in place of stage and library, or these again; opening the library takes it away too."""
        if self.instead is None and widget is None:
            return
        if self.instead is not None:
            self.instead.hide()
        else:
            self._remember()
        self.instead = widget
        if widget is not None:
            if self.indexOf(widget) < 0:
                widget.setMinimumWidth(theme.tokens()["size"]["stage"]["min"])
                self.addWidget(widget)
            widget.show()
        self._arrange()

    def toggle(self, pane: str) -> None:
        """Open or fold `composer` or `library`."""
        self.set_open(pane, open_=not self.shown[pane])

    def set_open(self, pane: str, *, open_: bool) -> None:
        """Open a pane or fold it; in a narrow window opening one folds the other."""
        if pane == "library" and open_ and self.instead is not None:
            self.instead.hide()
            self.instead = None
        if self._narrow and self.workspace == MAKE:
            other = "library" if pane == "composer" else "composer"
            self._folded = other if open_ else pane
            if open_:
                self._open[MAKE][pane] = True
        else:
            self._open[self.workspace][pane] = open_
        self._arrange()

    def state(self) -> dict[str, Any]:
        """JSON-ready: workspace, widths and open panes."""
        self._remember()
        return {"workspace": self.workspace, "widths": self._widths, "open": self._open}

    def restore(self, read: dict[str, Any]) -> None:
        """Read what `state` made; what doesn't fit is passed over."""
        for workspace in (MAKE, REVIEW):
            widths = read.get("widths", {}).get(workspace, {})
            opened = read.get("open", {}).get(workspace, {})
            for pane in ("composer", "library"):
                if isinstance(widths.get(pane), int):
                    self._widths[workspace][pane] = widths[pane]
                if isinstance(opened.get(pane), bool):
                    self._open[workspace][pane] = opened[pane]
        if read.get("workspace") in self._open:
            self.workspace = read["workspace"]
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has two panes."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        if narrow != self._narrow:
            if narrow:
                self._remember()
            self._narrow = narrow
            self._arrange()

    def _arrange(self) -> None:
        focus = QApplication.focusWidget()
        held = [pane for pane in (self._composer, self._library) if focus is not None and pane.isAncestorOf(focus)]
        self._show_panes()
        if self.instead is None and any(pane.isHidden() for pane in held):
            self.stranded.emit()

    def _show_panes(self) -> None:
        opened = self._open[self.workspace]
        composer, library = opened["composer"] and self.workspace == MAKE, opened["library"]
        rail = False
        if self._narrow and self.workspace == MAKE:
            composer, library = composer and self._folded != "composer", self._folded != "library"
            rail = not library
        if self.instead is not None:
            library = rail = False
            composer = opened["composer"] and self.workspace == MAKE
        sizes = theme.tokens()["size"]
        review = self.workspace == REVIEW
        self._library.setMinimumWidth(sizes["library-review" if review else "library"]["min"])
        self._composer.setVisible(composer)
        self._stage.setVisible(self.instead is None)
        self._library.setVisible(library)
        self._rail.setVisible(rail)
        self.setStretchFactor(1, 0 if review else 1)
        self.setStretchFactor(2, 1 if review else 0)
        widths = self._widths[self.workspace]
        most = _MOST_NARROW if self._narrow else {}
        left = min(widths["composer"], most.get("composer", _NONE)) if composer else 0
        right = min(widths["library"], most.get("library", _NONE)) if library else 0
        beside = sizes["rail"] if rail else 0
        rest = max(sizes["stage"]["min"], self.width() - left - right - beside)
        self.setSizes([left, rest, right, beside] if self.instead is None else [left, 0, 0, 0, rest])
        self.changed.emit()

    def _remember(self) -> None:
        if self._narrow or self.instead is not None:
            return  # these widths are makeshift
        sizes = self.sizes()
        for pane, width in (("composer", sizes[0]), ("library", sizes[2])):
            if width > 0 and self.isVisible():
                self._widths[self.workspace][pane] = width
