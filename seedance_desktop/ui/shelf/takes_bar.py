"""The line above the takes of one stack: whose they are, how many, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from seedance_desktop.ui import accessible
from seedance_desktop.ui.controls import Button, ElidedLabel
from seedance_desktop.words import tr


class TakesBar(QWidget):
    """`back` leaves the stack."""

    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._stack = ""
        self._back = Button(tr("Back to all clips"), "chevron-left", "icon", size="small")
        self._back.clicked.connect(self.back)
        self._title = ElidedLabel("", "body-strong", "text", tabular=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self._back)
        line.addWidget(self._title, 1)
        self.hide()

    def show_stack(self, stack: str, takes: int) -> None:
        """The stack's key (`shelf.stack_of`), empty for none, and how many takes it has."""
        shot = stack.rpartition("\n")[2] if stack.startswith("shot\n") else ""
        title = tr("Takes of {shot} · {n}") if shot else tr("Takes of one click · {n}")
        self._title.setText(title.format(shot=shot, n=takes))
        if stack != self._stack:
            self._stack = stack
            self.setVisible(bool(stack))
            if stack:
                accessible.say(self, self._title.text())
