"""A field above a list: what is typed narrows the list, and arrows and Enter act on it meanwhile."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from seedance_desktop.ui.composer.rows import Rows
from seedance_desktop.ui.controls import Field
from seedance_desktop.words import tr

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchLine(Field):
    """Steers `rows` without taking the keyboard away from the typing."""

    def __init__(self, rows: Rows, *, name: str, placeholder: str) -> None:
        super().__init__(name=name, icon="search", placeholder=placeholder)
        self._rows = rows
        self.make_clearable(tr("Clear search"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows and Enter are the list's; of a repeated Enter only the first one counts."""
        step = _STEPS.get(Qt.Key(event.key())) if _is_plain(event) else None
        if step is not None:
            self._rows.step(step)
        elif event.key() in _ENTER and _is_plain(event):
            if not event.isAutoRepeat():
                self._rows.choose()
        else:
            super().keyPressEvent(event)


def _is_plain(event: QKeyEvent) -> bool:
    """Whether nothing but the key itself is held; the keypad's keys count as themselves."""
    return not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
