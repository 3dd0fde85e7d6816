"""The top bar: name, menus, Make or Review, the panes' toggles, settings."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QSizePolicy, QVBoxLayout, QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import Button, Option, Panel, Picker, Separator, Text
from seedance_desktop.ui.glyph import Glyph
from seedance_desktop.words import tr

MAKE, REVIEW = "make", "review"


class TopBar(QWidget):
    """Emits what is asked for; `show_panes` says what the toggles show."""

    workspace_picked = Signal(str)
    composer_toggled = Signal()
    library_toggled = Signal()
    settings_clicked = Signal()

    def __init__(self, menus: QMenuBar, *, demo: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(int(theme.tokens()["size"]["topbar"]))
        self.workspaces = Picker(
            [Option(MAKE, tr("Make"), "pen"), Option(REVIEW, tr("Review"), "review")], name=tr("Workspace")
        )
        self.workspaces.setFixedSize(210, 26)
        self.workspaces.picked.connect(self.workspace_picked)
        self.composer = _toggle("pane-left", tr("Composer pane"))
        self.library = _toggle("pane-right", tr("Library pane"))
        self.settings = Button(tr("Settings"), "settings", "icon")
        self.composer.clicked.connect(self.composer_toggled)
        self.library.clicked.connect(self.library_toggled)
        self.settings.clicked.connect(self.settings_clicked)
        menus.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        name = Text(tr("Seedance demo") if demo else "Seedance", "body-strong", "text")
        bar = Panel("window")
        row = QHBoxLayout(bar)
        row.setContentsMargins(14, 0, 12, 0)
        row.setSpacing(8)
        row.addLayout(_side(Glyph("demo", "accent-text"), name, menus, None), 1)
        row.addWidget(self.workspaces)
        row.addLayout(_side(None, self.composer, self.library, self.settings), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(Separator())

    def show_panes(self, workspace: str, *, composer: bool, library: bool) -> None:
        """Show which workspace it is and which panes are open; the composer belongs to Make alone."""
        self.workspaces.set_value(workspace)
        self.composer.setEnabled(workspace == MAKE)
        self.composer.setChecked(composer)
        self.library.setChecked(library)


def _toggle(icon: str, name: str) -> Button:
    made = Button("", icon, "toggle")
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made


def _side(*widgets: QWidget | None) -> QHBoxLayout:
    """One side of the bar; None is the room that is left over."""
    side = QHBoxLayout()
    side.setSpacing(8)
    for widget in widgets:
        if widget is None:
            side.addStretch(1)
        else:
            side.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    return side
