"""The tags of what is chosen, as chips that can be taken away, and a field that completes new ones."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from seedance_desktop.ui import accessible
from seedance_desktop.ui.composer.completion import Completion
from seedance_desktop.ui.controls import Button, Field
from seedance_desktop.ui.flow import Flow
from seedance_desktop.words import tr

from .chip import CrossChip

_FIELD = 150


class TagsEditor(QWidget):
    """`added` and `removed` carry one tag; the chips change when `show_tags` brings what the library has then."""

    added = Signal(str)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessible.as_list(self, tr("Tags"))
        self._shown: tuple[str, ...] = ()
        self._known: list[str] = []
        self._wished: set[str] = set()  # since the last answer: Enter on a completion may come as two
        self._chips: list[CrossChip] = []
        self.add = Button(tr("Tag"), "plus", "ghost", size="small")
        self.add.setAccessibleName(tr("Add tag"))
        self.add.clicked.connect(self._open)
        self.field = Field(name=tr("New tag"), placeholder=tr("New tag"), size="small")
        self.field.setFixedWidth(_FIELD)
        self.field.hide()
        self._completion = Completion(self.field)
        self._completion.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        completer = self.field.completer()
        if completer is not None:  # queued: the field writes the word into itself after we have heard of it
            completer.activated.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self.field.returnPressed.connect(self._take)
        self.field.textEdited.connect(self._typed)
        self.field.installEventFilter(self)
        self._flow = Flow(self, spacing=5)
        self._fill()

    def show_tags(self, tags: tuple[str, ...]) -> None:
        """The tags there are now."""
        self._wished.clear()
        if tags != self._shown:
            self._shown = tags
            self._fill()

    def set_known(self, tags: list[str]) -> None:
        """All tags of the library, for completion."""
        self._known = list(tags)
        self._complete()

    def close_field(self) -> None:
        """No new tag after all."""
        if self.field.isVisibleTo(self):
            back = self.field.hasFocus()
            self.field.clear()
            self.field.hide()
            self.add.show()
            if back:
                self.add.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape closes the field; leaving it with a word in it adds the word, unless it is only for a popup."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.close_field()
            return True
        if event.type() == QEvent.Type.FocusOut and not self._completion.list.isVisible():
            self._take()
            self.close_field()
        return super().eventFilter(watched, event)

    def _open(self) -> None:
        self.add.hide()
        self.field.show()
        self.field.setFocus()

    def _typed(self, text: str) -> None:
        """A comma ends a tag, whichever script it is of."""
        if text.endswith((",", "，", "、")):
            self.field.setText(text[:-1])
            self._take()

    def _take(self) -> None:
        tag = " ".join(self.field.text().split())
        self.field.clear()
        spelled = self._spelled(tag)
        if tag and spelled not in self._shown and spelled not in self._wished:
            self._wished.add(spelled)
            self.added.emit(spelled)

    def _spelled(self, tag: str) -> str:
        """As the library spells it already, so that Coast and coast don't become two."""
        return next((known for known in self._known if known.casefold() == tag.casefold()), tag)

    def _fill(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self.add)
        self._flow.removeWidget(self.field)
        self._chips = [self._chip(tag) for tag in self._shown]
        for widget in (*self._chips, self.add, self.field):
            self._flow.addWidget(widget)
        self._order_tab()
        self._complete()
        self.updateGeometry()

    def _order_tab(self) -> None:
        """New chips stand last in the window's order of Tab: first behind the button, then the button behind them."""
        for order in ([self.add, *self._chips], [*self._chips[-1:], self.add, self.field]):
            for before, after in pairwise(order):
                QWidget.setTabOrder(before, after)

    def _chip(self, tag: str) -> CrossChip:
        chip = CrossChip(tag, tr("Remove tag {tag}").format(tag=tag), "tag", parent=self)
        chip.clicked.connect(lambda: self._remove(tag))
        chip.show()
        return chip

    def _remove(self, tag: str) -> None:
        self.add.setFocus()  # the chip goes: the keyboard stays here
        self.removed.emit(tag)

    def _complete(self) -> None:
        self._completion.set_names([tag for tag in self._known if tag not in self._shown])
