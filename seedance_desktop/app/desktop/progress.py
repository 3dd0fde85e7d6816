"""How far the clips in flight are, as far as that is measured: clips that ended, and the bytes of downloads."""

from __future__ import annotations

from collections.abc import Iterable

from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.news import ClipRemoved, ClipSaved, Fetched, News

_IN_FLIGHT = frozenset((Stage.SENDING, Stage.WAITING, Stage.FETCHING))


class Progress:
    """Adds up one batch: everything that was in flight since nothing was the last time."""

    def __init__(self) -> None:
        """Nothing is in flight."""
        self._shares: dict[int, float] = {}
        self._flying: set[int] = set()

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where nothing is in flight."""
        return sum(self._shares.values()) / len(self._shares) if self._flying else None

    def begin(self, clips: Iterable[Clip]) -> None:
        """A library is open, with these in the making; none where it is closed."""
        self._shares, self._flying = {}, set()
        for clip in clips:
            self._put(clip)

    def hear(self, news: News) -> None:
        """One piece of news."""
        match news:
            case ClipSaved(clip):
                self._put(clip)
            case ClipRemoved(number):
                self._take_out(number)
            case Fetched(number, got, total):
                if number in self._flying and total > 0:
                    self._shares[number] = min(got / total, 1.0)
            case _:
                return

    def _put(self, clip: Clip) -> None:
        if clip.stage in _IN_FLIGHT:
            self._flying.add(clip.id)
            self._shares.setdefault(clip.id, 0.0)
        elif clip.stage is Stage.PLANNED:  # it was surely not accepted, and waits for its turn again
            self._take_out(clip.id)
        elif clip.id in self._flying:
            self._shares[clip.id] = 1.0
            self._land(clip.id)

    def _take_out(self, number: int) -> None:
        self._shares.pop(number, None)
        self._land(number)

    def _land(self, number: int) -> None:
        self._flying.discard(number)
        if not self._flying:
            self._shares.clear()
