"""The thumbs of the strip in their order, flowing over lines: put in, replaced, moved, taken out, brought back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from seedance_desktop.domain.recipe import Reference
from seedance_desktop.ui import accessible, theme
from seedance_desktop.ui.controls import paint
from seedance_desktop.words import tr

from . import flowing, sent_words
from .thumb import FOOT, Thumb

if TYPE_CHECKING:
    from seedance_desktop.domain.kept_images import Prepared

Entry = tuple[Reference, bytes]
"""A reference with its encoded small picture; empty bytes where there is none."""


class ThumbRow(QWidget):
    """Holds the thumbs. `changed` after every change by the user, `removed(name)` after a removal."""

    changed = Signal()
    removed = Signal(str)
    arranged = Signal(QRect)  # the place behind the last image, null where its line is full

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessible.as_list(self, tr("References"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._thumbs: list[Thumb] = []
        self._gone: list[tuple[int, Entry]] = []
        self._current = 0
        self._held = 0
        self._ratio = ""
        self._height = 64
        self._floating: Thumb | None = None  # lies where the mouse is, not in its place

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
        for reference, data in entries:
            self._insert(len(self._thumbs), reference, data)
        self._current = max(0, min(self._current, len(self._thumbs) - 1))
        self._renew()

    def add(self, entries: list[Entry]) -> None:
        """Put these behind the others."""
        for reference, data in entries:
            self._insert(len(self._thumbs), reference, data)
        self._renew()
        self.changed.emit()

    def replace(self, index: int, reference: Reference) -> None:
        """Let the image at `index` be this reference: renamed, cropped, sent another way; its picture stays."""
        self._put(index, reference)
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

    def set_held(self, places: int) -> None:
        """Hold so many places for images that are on their way."""
        if places != self._held:
            self._held = places
            self._arrange()
            self.update()

    def set_prepared(self, images: Sequence[Prepared]) -> None:
        """Say of each image what becomes of it on its way out."""
        words = {(one.reference.key, one.reference.part): sent_words.of_one(one) for one in images}
        for thumb in self._thumbs:
            thumb.set_sent(words.get((thumb.reference.key, thumb.reference.part), ""))

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
        accessible.say(self, self._thumbs[target].accessibleName())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The places that are held."""
        painter = paint.start(self)
        for place in self._places()[len(self._thumbs) :]:
            area = QRectF(place.adjusted(0, 0, 0, -FOOT))
            paint.box(painter, area, fill=theme.color("raised"), border=theme.color("card-border"), corner=3)
        painter.end()

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

    def _put(self, index: int, reference: Reference) -> None:
        data = self._drop(index).data
        self._insert(index, reference, data)

    def _drop(self, index: int) -> Thumb:
        thumb = self._thumbs.pop(index)
        thumb.hide()
        thumb.deleteLater()
        return thumb

    def _renew(self) -> None:
        for number, thumb in enumerate(self._thumbs, 1):
            thumb.set_number(number)
            thumb.raise_()  # a screen reader reads children in the order of the stack
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._thumbs else Qt.FocusPolicy.NoFocus)
        self._mark()
        self._arrange()

    def _mark(self) -> None:
        for index, thumb in enumerate(self._thumbs):
            thumb.set_current(self.hasFocus() and index == self._current)

    def _at(self, point: QPoint) -> int:
        return next((index for index, thumb in enumerate(self._thumbs) if thumb.geometry().contains(point)), -1)

    def _places(self) -> list[QRect]:
        """Where each thumb lies, then the places that are held."""
        held = [QSize(flowing.SLOT, self._height + FOOT)] * self._held
        return flowing.places([*(thumb.sizeHint() for thumb in self._thumbs), *held], self.width())

    def _arrange(self) -> None:
        places = self._places()
        for thumb, place in zip(self._thumbs, places, strict=False):
            if thumb is not self._floating:
                thumb.setGeometry(place)
        self.setFixedHeight(max((place.bottom() + 1 for place in places), default=0))
        self.arranged.emit(flowing.slot(places[-1], self.width(), FOOT) if places else QRect())
