"""Keeps decoded frames of one clip within a number of bytes, and knows which ones to ask for next."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seedance_desktop.domain.frames import Frame


BYTES = 256_000_000
_AHEAD = 12  # frames in the direction of travel; half a second
_BACK = 24  # going back, a decoder has to begin at the key frame before anyway
_LOW = 6  # ask again when fewer than this lie ahead


class FrameStore:
    """A cache that drops the frame which was shown longest ago; `size` in bytes is the most it holds."""

    def __init__(self, size: int = BYTES) -> None:
        self._most = size
        self._held = 0
        self._frames: OrderedDict[int, Frame] = OrderedDict()
        self._asked: set[int] = set()

    @property
    def held(self) -> int:
        """Bytes of pixel data held now."""
        return self._held

    def clear(self) -> None:
        """Another clip begins."""
        self._frames.clear()
        self._held = 0
        self._asked.clear()

    def get(self, number: int) -> Frame | None:
        """The frame `number`, if it is here."""
        frame = self._frames.get(number)
        if frame is not None:
            self._frames.move_to_end(number)
        return frame

    def put(self, frame: Frame) -> None:
        """Keep a frame, and let go of old ones for it."""
        self._asked.discard(frame.number)
        old = self._frames.pop(frame.number, None)
        self._held += frame.size - (old.size if old else 0)
        self._frames[frame.number] = frame
        while self._held > self._most and len(self._frames) > 1:
            _, gone = self._frames.popitem(last=False)
            self._held -= gone.size

    def ask(self, number: int, back: bool, last: int) -> tuple[int, int] | None:
        """The frames to ask for now that `number` is wanted and others beyond it will be; None for none.

        Frames that were asked for are not asked for again until `forget` is called.
        """
        reach = -_LOW if back else _LOW
        low, high = sorted((number, max(0, min(last, number + reach))))
        if not self._missing(low, high):
            return None
        low, high = (number - _BACK, number + 1) if back else (number - 1, number + _AHEAD)
        missing = self._missing(max(0, low), min(last, high))
        self._asked.update(missing)
        return missing[0], missing[-1]

    def forget(self) -> None:
        """Nobody answered: what was asked for may be asked for again."""
        self._asked.clear()

    def _missing(self, low: int, high: int) -> list[int]:
        return [one for one in range(low, high + 1) if one not in self._frames and one not in self._asked]
