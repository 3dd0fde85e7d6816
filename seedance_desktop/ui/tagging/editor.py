"""The tags of what is chosen, as chips that can be taken away, and a field that completes new ones."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from seedance_desktop.ui import accessible
from seedance_desktop.ui.controls import Button, Field
from seedance_desktop.ui.flow import Flow
from seedance_desktop.words import tr

from .chip import CrossChip
from .entry import TagEntry


class Tags(QWidget):
    """`added` and `removed` carry one tag; the chips change when `show_tags` brings what the library has then.

    What stands where is said by `_place`, which is called when chips or the entry have changed.
    """

    added = Signal(str)
    removed = Signal(str)

    def __init__(self, name: str, *, quiet: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessible.as_list(self, name)
        self._quiet = quiet
        self._shown: tuple[str, ...] = ()
        self._chips: list[CrossChip] = []
        self.entry = TagEntry(self)
        self.entry.entered.connect(self.added)
        self.entry.turned.connect(self._place)

    @property
    def add(self) -> Button:
        """The button that opens the field."""
        return self.entry.add

    @property
    def first(self) -> QWidget:
        """Where the keyboard begins."""
        return self._chips[0] if self._chips else self.add

    @property
    def field(self) -> Field:
        """Where a new tag is typed."""
        return self.entry.field

    def show_tags(self, tags: tuple[str, ...]) -> None:
        """The tags there are now."""
        self.entry.set_shown(tags)
        if tags != self._shown:
            self._shown = tags
            self._fill()

    def set_known(self, tags: list[str]) -> None:
        """All tags of the library, for completion."""
        self.entry.set_known(tags)

    def close_field(self) -> None:
        """No new tag after all."""
        self.entry.close_field()

    def _place(self) -> None:
        raise NotImplementedError

    def _fill(self) -> None:
        for chip in self._chips:
            chip.hide()
            chip.setParent(None)
            chip.deleteLater()
        self._chips = [self._chip(tag) for tag in self._shown]
        self._place()
        self._order_tab()
        self.updateGeometry()

    def _order_tab(self) -> None:
        """New chips stand last in the window's order of Tab: first behind the button, then the button behind them."""
        for order in ([self.add, *self._chips], [*self._chips[-1:], self.add, self.field]):
            for before, after in pairwise(order):
                QWidget.setTabOrder(before, after)

    def _chip(self, tag: str) -> CrossChip:
        first = tag == self._shown[0]
        icon = "" if self._quiet and not first else "tag"
        name = tr("Remove tag {tag}").format(tag=tag)
        chip = CrossChip(tag, name, icon, quiet=self._quiet, parent=self)
        chip.clicked.connect(lambda: self._remove(chip))
        chip.show()
        return chip

    def _remove(self, chip: CrossChip) -> None:
        if chip.hasFocus():
            self.add.setFocus()  # the chip goes: the keyboard stays here
        self.removed.emit(chip.text())


class TagsEditor(Tags):
    """As many lines as the tags need."""

    def __init__(self, parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(name or tr("Tags"), parent=parent)
        self._flow = Flow(self, spacing=5)
        self._fill()

    def _place(self) -> None:
        while self._flow.takeAt(0) is not None:
            pass
        for widget in (*self._chips, self.entry):
            self._flow.addWidget(widget)
