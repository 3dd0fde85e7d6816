"""In and out points of the sides: those of the active one are set by its keys, and what a loop goes round in."""

from __future__ import annotations

from PySide6.QtCore import QObject

from seedance_desktop.domain.clip import Clip
from seedance_desktop.ui.wishes import Wishes

from .lanes import Lanes
from .motion import Motion

NONE = -1


class Ranges(QObject):
    """Shows at once what a key asks, and wishes for it by `mark_range(clip id, first, last)`."""

    def __init__(self, motion: Motion, lanes: Lanes, wishes: Wishes) -> None:
        super().__init__(motion)
        self._pack, self._motion, self._lanes, self._wishes = motion.pack, motion, lanes, wishes
        self._clips: dict[int, int] = {}  # side to id
        self._ranges: dict[int, tuple[int, int]] = {}
        self._active = 0

    def show_clip(self, index: int, clip: Clip) -> None:
        """A clip lies on a side, or was saved anew."""
        self._clips[index] = clip.id
        self._put(index, clip.mark_in, clip.mark_out)

    def set_active(self, index: int) -> None:
        """The range of this side counts."""
        self._active = index
        self._bound()

    def set_in(self) -> None:
        """The range begins with the picture on screen; an out point before it goes."""
        first, (_old, last) = self._frame(), self._range()
        self._keep(first, last if last >= first else NONE)

    def set_out(self) -> None:
        """The range ends with the picture on screen; an in point after it goes."""
        last, (first, _old) = self._frame(), self._range()
        self._keep(first if first <= last else NONE, last)

    def clear(self) -> None:
        """The whole clip again."""
        self._keep(NONE, NONE)

    def go_in(self) -> None:
        """To the beginning of the range."""
        self._motion.seek(max(0, self._on_ruler(self._range()[0])))

    def go_out(self) -> None:
        """To the end of the range."""
        self._motion.seek(self._on_ruler(self._range()[1]))

    def _range(self) -> tuple[int, int]:
        return self._ranges.get(self._active, (NONE, NONE))

    def _frame(self) -> int:
        """The active side's frame on screen."""
        return self._pack.sides[self._active].frame_at(self._pack.time)

    def _keep(self, first: int, last: int) -> None:
        if self._motion.seam is None and (first, last) != self._range():
            self._put(self._active, first, last)
            self._wishes.mark_range.emit(self._clips[self._active], first, last)

    def _put(self, index: int, first: int, last: int) -> None:
        self._ranges[index] = (first, last)
        self._lanes.set_range(index, first, last)
        if index == self._active:
            self._bound()

    def _bound(self) -> None:
        first, last = self._range()
        if self._active < len(self._pack.sides):
            self._pack.set_range(self._on_ruler(first), self._on_ruler(last))

    def _on_ruler(self, number: int) -> int:
        """A frame of the active side as a frame of the ruler; -1 stays."""
        if number < 0 or self._active >= len(self._pack.sides):
            return NONE
        times = self._pack.sides[self._active].timeline.times
        return self._pack.ruler.frame_at(times[min(number, len(times) - 1)] + 1)
