"""Keys that belong to the control that has the focus, before any shortcut of the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})
PRESS = frozenset({Qt.Key.Key_Space})


def claims(event: QEvent, keys: frozenset[Qt.Key]) -> bool:
    """Whether `event` asks for one of `keys` as a shortcut; then it is taken, and comes as a key press instead.

    Without this, Space on a button would play the clip, if a window has Space as a shortcut.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if event.key() not in keys:
        return False
    event.accept()
    return True
