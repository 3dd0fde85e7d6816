"""The line under the prompt that says what its variations come to; not there without any."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from seedance_desktop.domain.catalogue import SEEDANCE_2
from seedance_desktop.domain.money import Money
from seedance_desktop.ui.controls import Button, Text
from seedance_desktop.ui.glyph import Glyph
from seedance_desktop.words import tr

from .batch import Batch, batch, prompts, summed

if TYPE_CHECKING:
    from .variations_list import VariationsList

_LOOK_AFTER = 60  # milliseconds without a key: a long prompt isn't expanded at every letter
_BRACES = frozenset("{｛")


class VariationsLine(QWidget):
    """`follow` is told every change; `changed` says that the batch is another one than before."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.batch = Batch()
        self._prompt, self._keys, self._takes = "", (), 1  # type: str, tuple[str, ...], int
        self._price = SEEDANCE_2.price
        self._icon = Glyph("takes", "text-2")
        self._text = Text("", "label", "text", wrap=True, tabular=True)
        self._wrong = Text("", "label", "warning", wrap=True)
        self._show = Button(tr("Show"), size="small")
        self._show.setAccessibleName(tr("Show variations"))
        self._list: VariationsList | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._wrong, 1)
        row.addWidget(self._show)
        self._timer = QTimer(self, singleShot=True, interval=_LOOK_AFTER)
        self._timer.timeout.connect(self._look)
        self._show.clicked.connect(self._open)
        self._renew()

    @property
    def text(self) -> str:
        """What it says; empty while there are no variations."""
        return "" if self.isHidden() else self.batch.mistake or self._text.text()

    def follow(self, prompt: str, keys: Sequence[str], takes: int, price: Money) -> None:
        """The draft is another: its prompt with the marks, the keys of its images, its takes and their price."""
        new = prompt != self._prompt or tuple(keys) != self._keys
        self._prompt, self._keys, self._takes, self._price = prompt, tuple(keys), takes, price
        if _BRACES.isdisjoint(prompt):
            self._timer.stop()
            self._take(Batch(1, takes))
        elif new:
            self._timer.start()
        else:
            self._take(Batch(self.batch.variations, takes))

    def flush(self) -> None:
        """Look at once, where it still waits."""
        if self._timer.isActive():
            self._timer.stop()
            self._look()

    def _look(self) -> None:
        self._take(batch(self._prompt, self._keys, self._takes))

    def _take(self, new: Batch) -> None:
        changed, self.batch = new != self.batch, new
        self._renew()
        if changed:
            self.changed.emit()

    def _renew(self) -> None:
        wrong = self.batch.mistake
        self._text.setText(summed(self.batch, self._price))
        self._wrong.setText(wrong)
        self._text.setVisible(not wrong)
        self._wrong.setVisible(bool(wrong))
        self._show.setVisible(not wrong)
        self._icon.show_icon("info" if wrong else "takes", "warning" if wrong else "text-2")
        self.setVisible(self.batch.variations > 1)

    def _open(self) -> None:
        if self._list is None:
            from .variations_list import VariationsList

            self._list = VariationsList(self)
        self._list.show_prompts(prompts(self._prompt, self._keys), summed(self.batch, self._price))
