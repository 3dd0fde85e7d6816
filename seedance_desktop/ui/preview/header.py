"""The preview's title: which image, what of it is shown, the way to its neighbours and out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from seedance_desktop.ui.controls import Button, Chip, ElidedLabel, Option, Picker
from seedance_desktop.words import tr

from . import facts

ORIGINAL, SENT = "original", "sent"
_HEIGHT = 40


class Header(QWidget):
    """`stepped` by -1 or 1; `view_picked` with `ORIGINAL` or `SENT`."""

    stepped = Signal(int)
    view_picked = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HEIGHT)
        self._number = Chip("", "number")
        self._title = ElidedLabel("", "title", "text")
        self.view = Picker([Option(ORIGINAL, tr("Original")), Option(SENT, tr("As sent"))], name=tr("View"))
        self.previous = Button(tr("Previous image"), "chevron-left", "icon")
        self.next = Button(tr("Next image"), "chevron-right", "icon")
        self.close_button = Button(tr("Close preview"), "close", "icon")
        row = self._row = QHBoxLayout(self)
        row.setSpacing(8)
        row.addWidget(self._number)
        row.addWidget(self._title, 1)
        row.addSpacing(4)
        row.addWidget(self.view)
        row.addSpacing(4)
        for button in (self.previous, self.next, self.close_button):
            row.addWidget(button)
        self.view.picked.connect(self.view_picked)
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self.close_button.clicked.connect(self.closed)
        self.set_compact(False)

    def show_image(self, name: str, number: int, of: int) -> None:
        """Image `number` of so many, counted from 1."""
        self._number.setText(str(number))
        self._number.updateGeometry()
        self._title.setText(facts.title(number, name))
        self.previous.setEnabled(number > 1)
        self.next.setEnabled(number < of)
        for button in (self.previous, self.next):
            button.setVisible(of > 1)

    def set_compact(self, compact: bool) -> None:
        """Less air where the stage is narrow."""
        pad = 12 if compact else 16
        self._row.setContentsMargins(pad, 0, pad - 4, 0)
        self._row.setSpacing(4 if compact else 8)
        self._number.setVisible(not compact)
