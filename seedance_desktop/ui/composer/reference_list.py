"""The references in their order: everything that keyboard, menu and mouse do with them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from seedance_desktop.domain.recipe import Reference
from seedance_desktop.ui import accessible
from seedance_desktop.ui.controls import keys

from . import thumb_menu
from .carried_row import CarriedRow
from .name_edit import NameEdit
from .thumb import Thumb
from .thumb_row import Entry

__all__ = ["Entry", "ReferenceList"]

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_REMOVING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_SHOWING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEYS = keys.ARROWS | {*_REMOVING, *_SHOWING, Qt.Key.Key_F2, Qt.Key.Key_At}
_MENTIONS = ("@", "\N{FULLWIDTH COMMERCIAL AT}")
_BESIDE = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier  # with these a key is still plain


class ReferenceList(CarriedRow):
    """Signals as of the rows below it, and what the menu and the keys ask for."""

    undo_wanted = Signal()  # Ctrl+Z while the keyboard is here
    named = Signal(object, str)  # Reference as it was, and the name that the creator gave its image
    ratio_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doing = thumb_menu.Doing(self.edit_name, self.toggle_link, self.ratio_wanted.emit)
        self.taken.connect(self._take)

    def toggle_link(self, index: int) -> None:
        """Send the image at `index` as the link that it came from, or its bytes again."""
        reference = self.references[index]
        self.replace(index, replace(reference, as_link=not reference.as_link))

    def edit_name(self, index: int) -> None:
        """Let the creator type another name where the name stands; every image that is the same gets it."""
        thumb = self._thumbs[index]
        reference = thumb.reference
        edit = NameEdit(reference.name, thumb.geometry(), self)
        edit.named.connect(lambda name: self._rename(reference, name))
        edit.ended.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason) if edit.hasFocus() else None)

    def event(self, event: QEvent) -> bool:
        """Its own keys are its own: Delete here removes an image, not a clip, and Ctrl+Z brings it back."""
        own = _KEYS
        if isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo):
            own = _KEYS | {Qt.Key.Key_Z}
        elif isinstance(event, QKeyEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            own = frozenset()  # Ctrl+Enter generates here too
        return keys.claims(event, own) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the focus, with Alt the image; see `_press` for the others."""
        step = _STEPS.get(Qt.Key(event.key()), 0)
        plain = not event.modifiers() & ~_BESIDE
        if self.carrying:
            self._hold(event)
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_wanted.emit()
        elif step and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.move_to(self._current, self._current + step)
        elif step and plain:
            self._go(self._current + step)
        elif not (plain and self._thumbs and self._press(event)):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self._mark()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard is elsewhere."""
        super().focusOutEvent(event)
        self._mark()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Everything that can be done with an image."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self._at(event.pos()) if by_mouse else self._current
        if 0 <= index < len(self._thumbs):
            self._open_menu(self._thumbs[index], event.globalPos() if by_mouse else None)

    def _press(self, event: QKeyEvent) -> bool:
        if event.key() in _REMOVING:
            self.remove(self._current)
        elif event.key() in _SHOWING:
            self.previewed.emit(self._current)
        elif event.key() == Qt.Key.Key_F2:
            self.edit_name(self._current)
        elif event.text() in _MENTIONS:
            self.mentioned.emit(self._thumbs[self._current].reference)
        else:
            return False
        return True

    def _insert(self, index: int, reference: Reference, data: bytes) -> None:
        super()._insert(index, reference, data)
        thumb = self._thumbs[index]
        thumb.pressed.connect(lambda: self.previewed.emit(self._thumbs.index(thumb)))
        thumb.menu_wanted.connect(lambda: self._open_menu(thumb))

    def _open_menu(self, thumb: Thumb, where: QPoint | None = None) -> None:
        """At `where` on the screen, or in the middle of the image."""
        menu = thumb_menu.build(self, self._thumbs.index(thumb), self._doing)
        menu.popup(where or self.mapToGlobal(thumb.geometry().center()))

    def _hold(self, event: QKeyEvent) -> None:
        """While an image is dragged there is only Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()

    def _take(self, index: int) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._go(index)

    def _rename(self, reference: Reference, name: str) -> None:
        if name == reference.name:
            return
        for index, thumb in enumerate(self._thumbs):
            if thumb.reference.key == reference.key:
                self._put(index, replace(thumb.reference, name=name))
        self._renew()
        self.named.emit(reference, name)
        self.changed.emit()

    def _go(self, index: int) -> None:
        if 0 <= index < len(self._thumbs):
            self._current = index
            self._mark()
            thumb = self._thumbs[index]
            accessible.say(self, ". ".join(filter(None, (thumb.accessibleName(), thumb.accessibleDescription()))))
