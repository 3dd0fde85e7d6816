"""The references in their order: a list that flows over lines, moved and thinned by mouse and keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from seedance_desktop.domain.recipe import Reference
from seedance_desktop.ui import accessible, icons
from seedance_desktop.ui.controls import keys
from seedance_desktop.words import tr

from .thumb import FOOT, Thumb

_GAP = 6
_LINE_GAP = 8
_SLOT = 46
_KEYS = keys.ARROWS | {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}


Entry = tuple[Reference, bytes]
"""A reference with its encoded small picture; empty bytes where there is none."""


class ReferenceList(QWidget):
    """Holds the thumbs. `changed` after every change by the user, `removed(name)` after a removal."""

    changed = Signal()
    removed = Signal(str)
    undo_wanted = Signal()  # Ctrl+Z while the keyboard is here
    arranged = Signal(QRect)  # the place behind the last image, null where its line is full

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessible.as_list(self, tr("References"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._thumbs: list[Thumb] = []
        self._gone: list[tuple[int, Entry]] = []
        self._current = 0
        self._ratio = ""
        self._height = 64
        self._pressed: QPoint | None = None
        self._dragged: Thumb | None = None

    @property
    def references(self) -> tuple[Reference, ...]:
        """The references in order."""
        return tuple(thumb.reference for thumb in self._thumbs)

    def snapshot(self) -> list[Entry]:
        """The references in order with their pictures; `set_references` shows it again."""
        return [(thumb.reference, thumb.data) for thumb in self._thumbs]

    def set_references(self, entries: list[Entry]) -> None:
        """Show these instead, without a `changed`."""
        while self._thumbs:
            self._drop(-1)
        self._gone = []
        self._current = 0
        for reference, data in entries:
            self._insert(len(self._thumbs), reference, data)
        self._renew()

    def replace(self, index: int, reference: Reference) -> None:
        """Let the image at `index` be this reference: renamed, cropped, sent another way; its picture stays."""
        data = self._thumbs[index].data
        self._drop(index)
        self._insert(index, reference, data)
        self._renew()
        self.changed.emit()

    def add(self, entries: list[Entry]) -> None:
        """Put these behind the others."""
        for reference, data in entries:
            self._insert(len(self._thumbs), reference, data)
        self._renew()
        self.changed.emit()

    def set_ratio(self, ratio: str) -> None:
        """Show what `ratio` keeps of each."""
        self._ratio = ratio
        for thumb in self._thumbs:
            thumb.set_ratio(ratio)

    def set_height(self, height: int) -> None:
        """Draw the pictures this high."""
        for thumb in self._thumbs:
            thumb.set_height(height)
        self._height = height
        self._arrange()

    def remove(self, index: int) -> None:
        """Take one away; `undo` brings it back."""
        thumb = self._drop(index)
        self._gone.append((index, (thumb.reference, thumb.data)))
        self._current = min(self._current, max(0, len(self._thumbs) - 1))
        self._renew()
        self.changed.emit()
        self.removed.emit(thumb.reference.name)

    def undo(self) -> bool:
        """Bring the last one that was removed back to its place; False if there is none."""
        if not self._gone:
            return False
        index, (reference, data) = self._gone.pop()
        self._insert(min(index, len(self._thumbs)), reference, data)
        self._renew()
        self.changed.emit()
        return True

    def move_to(self, index: int, target: int) -> None:
        """Move one to another place."""
        target = max(0, min(target, len(self._thumbs) - 1))
        if index == target:
            return
        self._thumbs.insert(target, self._thumbs.pop(index))
        self._current = target
        self._renew()
        self.changed.emit()

    def event(self, event: QEvent) -> bool:
        """Its own keys are its own: Delete here removes an image, not a clip, and Ctrl+Z brings it back."""
        own = _KEYS
        if isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo):
            own = _KEYS | {Qt.Key.Key_Z}
        return keys.claims(event, own) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the focus, with Alt the image; Delete removes, Ctrl+Z brings back."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}.get(
            Qt.Key(event.key()), 0
        )
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_wanted.emit()
        elif step and alt:
            self.move_to(self._current, self._current + step)
        elif step and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._go(self._current + step)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._thumbs:
            self.remove(self._current)
        else:
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
        """Earlier, later, remove: the same as the keys, for the mouse."""
        index = self._at(event.pos()) if event.reason() == QContextMenuEvent.Reason.Mouse else self._current
        if not 0 <= index < len(self._thumbs):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        earlier = menu.addAction(tr("Move earlier") + "\tAlt+←", lambda: self.move_to(index, index - 1))
        later = menu.addAction(tr("Move later") + "\tAlt+→", lambda: self.move_to(index, index + 1))
        earlier.setEnabled(index > 0)
        later.setEnabled(index < len(self._thumbs) - 1)
        menu.addSeparator()
        menu.addAction(icons.icon("trash"), tr("Remove") + "\tDel", lambda: self.remove(index))
        menu.popup(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press takes hold of an image."""
        index = self._at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index >= 0:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._go(index)
            self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The image follows the mouse and the others make room: no drag-and-drop loop of the system is needed."""
        here = event.position().toPoint()
        if self._pressed is None:
            return
        if self._dragged is None:
            if (here - self._pressed).manhattanLength() < QApplication.startDragDistance():
                return
            self._dragged = self._thumbs[self._current]
            self._dragged.raise_()
        dragged = self._dragged
        target = self._nearest(here)
        if target != self._thumbs.index(dragged):
            self._thumbs.remove(dragged)
            self._thumbs.insert(target, dragged)
            self._current = target
            self._arrange()
        dragged.move(here - QPoint(dragged.width() // 2, dragged.height() // 2))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go: what moved stays where it is shown."""
        self._pressed = None
        if self._dragged is not None:
            self._dragged = None
            self._renew()
            self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Flow again."""
        super().resizeEvent(event)
        self._arrange()

    def _insert(self, index: int, reference: Reference, data: bytes) -> None:
        thumb = Thumb(reference, data, self)
        thumb.remove.connect(lambda: self.remove(self._thumbs.index(thumb)))
        thumb.set_ratio(self._ratio)
        thumb.set_height(self._height)
        thumb.show()
        self._thumbs.insert(index, thumb)

    def _drop(self, index: int) -> Thumb:
        thumb = self._thumbs.pop(index)
        thumb.hide()
        thumb.deleteLater()
        return thumb

    def _renew(self) -> None:
        for number, thumb in enumerate(self._thumbs, 1):
            thumb.set_number(number)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._thumbs else Qt.FocusPolicy.NoFocus)
        self._mark()
        self._arrange()

    def _go(self, index: int) -> None:
        if 0 <= index < len(self._thumbs):
            self._current = index
            self._mark()
            accessible.say(self, self._thumbs[index].accessibleName())

    def _mark(self) -> None:
        for index, thumb in enumerate(self._thumbs):
            thumb.set_current(self.hasFocus() and index == self._current)

    def _at(self, point: QPoint) -> int:
        return next((index for index, thumb in enumerate(self._thumbs) if thumb.geometry().contains(point)), -1)

    def _nearest(self, point: QPoint) -> int:
        places = self._places()
        return min(range(len(places)), key=lambda index: (places[index].center() - point).manhattanLength())

    def _places(self) -> list[QRect]:
        """Where each thumb lies, line by line."""
        left = top = 0
        places = []
        for size in (thumb.sizeHint() for thumb in self._thumbs):
            if left and left + size.width() > self.width():
                left, top = 0, top + size.height() + _LINE_GAP
            places.append(QRect(left, top, size.width(), size.height()))
            left += size.width() + _GAP
        return places

    def _arrange(self) -> None:
        places = self._places()
        for thumb, place in zip(self._thumbs, places, strict=True):
            if thumb is not self._dragged:
                thumb.setGeometry(place)
        self.setFixedHeight(max((place.bottom() + 1 for place in places), default=0))
        self.arranged.emit(self._slot(places[-1]) if places else QRect())

    def _slot(self, last: QRect) -> QRect:
        slot = QRect(last.right() + 1 + _GAP, last.top(), _SLOT, last.height() - FOOT)
        return slot if slot.right() < self.width() else QRect()
