"""The order of the clips in the making."""

from __future__ import annotations

from bisect import bisect_left, insort

from seedance_desktop.domain.clip import Clip, Stage

from .queue import order

Key = tuple[int, ...]
"""Ends with the clip's id."""


def key(clip: Clip, now: int) -> Key:
    """Unknown charges first; then what moves or failed, newest first; then what waits, as it will be sent."""
    if clip.stage is Stage.UNSURE:
        return (0, -clip.made, clip.take, clip.id)
    if clip.stage is Stage.PLANNED and clip.send_after <= now:
        return (2, *order(clip), clip.id)
    return (1, -clip.made, clip.take, clip.id)


class Ordered:
    """Ids kept in the order of their keys; every change is a search by halving."""

    def __init__(self) -> None:
        self._keys: list[Key] = []
        self._of: dict[int, Key] = {}

    def put(self, number: int, at: Key) -> bool:
        """Put an id where `at` belongs; whether that was another place than before."""
        if self._of.get(number) == at:
            return False
        self.drop(number)
        self._of[number] = at
        insort(self._keys, at)
        return True

    def drop(self, number: int) -> None:
        """Take an id out."""
        old = self._of.pop(number, None)
        if old is not None:
            del self._keys[bisect_left(self._keys, old)]

    def ids(self) -> list[int]:
        """All ids in order."""
        return [at[-1] for at in self._keys]
