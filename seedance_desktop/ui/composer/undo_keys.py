"""Keys of undo in fields that would undo by themselves, and whether an input method is composing in one of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget


class UndoKeys(QObject):
    """Watches fields: what they would undo by themselves is asked for by signals instead."""

    undo = Signal()
    redo = Signal()

    def __init__(self, fields: list[QWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._composing: QObject | None = None
        for field in fields:
            field.installEventFilter(self)

    @property
    def composing(self) -> bool:
        """Whether an input method is in the middle of something."""
        return self._composing is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: take the keys, note compositions."""
        if isinstance(event, QInputMethodEvent):
            self._composing = watched if event.preeditString() else None
        elif event.type() == QEvent.Type.FocusOut and self._composing is watched:
            self._composing = None
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self.take(event)
        return False

    def take(self, event: QKeyEvent) -> bool:
        """Whether a key press is undo or redo; then it is asked for, unless it belongs to an input method."""
        wanted = asked(event)
        if wanted and not self.composing:
            (self.undo if wanted == "undo" else self.redo).emit()
        return bool(wanted)


def asked(event: QKeyEvent) -> str:
    """Which of `undo` and `redo` a key is, by the system's habit; empty for neither."""
    if event.matches(QKeySequence.StandardKey.Undo):
        return "undo"
    return "redo" if event.matches(QKeySequence.StandardKey.Redo) else ""
