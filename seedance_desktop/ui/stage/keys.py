"""The stage's keys: which key means what, and when a key belongs to whoever has the focus instead."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QTextEdit,
    QWidget,
)

from seedance_desktop.domain.clip import Flag

from .timeline import Timeline

_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
_PRESSES = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN: dict[int, str] = {
    Qt.Key.Key_Space: "toggle",
    Qt.Key.Key_J: "backward",
    Qt.Key.Key_K: "pause",
    Qt.Key.Key_L: "forward",
    Qt.Key.Key_Left: "frame back",
    Qt.Key.Key_Right: "frame on",
    Qt.Key.Key_Up: "previous clip",
    Qt.Key.Key_Down: "next clip",
    Qt.Key.Key_Home: "first",
    Qt.Key.Key_End: "last",
    Qt.Key.Key_BracketLeft: "slower",
    Qt.Key.Key_BracketRight: "faster",
    Qt.Key.Key_I: "set in",
    Qt.Key.Key_O: "set out",
    Qt.Key.Key_Z: "zoom",
    Qt.Key.Key_F: "full screen",
    Qt.Key.Key_M: "mute",
    Qt.Key.Key_P: "pick",
    Qt.Key.Key_X: "reject",
    Qt.Key.Key_U: "neither",
    Qt.Key.Key_Delete: "trash",
    **{getattr(Qt.Key, f"Key_{stars}"): f"stars {stars}" for stars in range(6)},
}
_SHIFTED: dict[int, str] = {
    Qt.Key.Key_Left: "second back",
    Qt.Key.Key_Right: "second on",
    Qt.Key.Key_I: "go in",
    Qt.Key.Key_O: "go out",
    Qt.Key.Key_P: "pick and on",
    Qt.Key.Key_X: "reject and on",
}
_ALT: dict[int, str] = {Qt.Key.Key_X: "clear range"}
_CONTROL: dict[int, str] = {
    Qt.Key.Key_Plus: "closer",
    Qt.Key.Key_Equal: "closer",  # the same key without Shift
    Qt.Key.Key_Minus: "wider",
    Qt.Key.Key_0: "fit",
}
_REPEATED = ("frame", "second", "previous clip", "next clip", "slower", "faster", "closer", "wider")
_SHIFT, _ONLY = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier
_COUNTED = _SHIFT | _ONLY.ControlModifier | _ONLY.AltModifier | _ONLY.MetaModifier
_TABLES: dict[Qt.KeyboardModifier, dict[int, str]] = {
    _ONLY.NoModifier: _PLAIN,
    _SHIFT: _SHIFTED,
    _ONLY.AltModifier: _ALT,
    _ONLY.ControlModifier: _CONTROL,
    _ONLY.ControlModifier | _SHIFT: {Qt.Key.Key_Plus: "closer"},
}
FLAGS = {"pick": Flag.PICK, "reject": Flag.REJECT, "neither": Flag.NONE}
"""The flag that each of the meanings which judge by one gives."""


def meaning(event: QKeyEvent) -> str:
    """What a key asks of the stage; empty for nothing."""
    return _TABLES.get(event.modifiers() & _COUNTED, {}).get(event.key(), "")


def repeats(asked: str) -> bool:
    """Whether a key that is held does it again and again."""
    return asked.startswith(_REPEATED)


def taken(event: QKeyEvent, widget: QWidget | None = None) -> bool:
    """Whether the key belongs to the widget with the focus: it is typed into, pressed or set by it."""
    widget = widget or QApplication.focusWidget()
    key = event.key()
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        return not widget.isReadOnly() or key in (*_ARROWS, *_ENDS)
    if isinstance(widget, QLineEdit | QAbstractSpinBox):
        return True
    if isinstance(widget, QComboBox):
        return widget.isEditable() or key in (Qt.Key.Key_Up, Qt.Key.Key_Down, *_PRESSES)
    if isinstance(widget, QSlider) and not isinstance(widget, Timeline):
        return key in (*_ARROWS, *_ENDS)
    return isinstance(widget, QAbstractButton) and (key in _PRESSES or key in getattr(widget, "keeps", ()))
