"""How far long work is, and how it is stopped: every export tells the one and asks the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

Progress = Callable[[float], object]


class Stopped(Exception):
    """The work was ended by its `stop` event; nothing is left of it."""


def quiet(done: float) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True)
class Work:
    """Calls `progress` with what is done, 0 to 1 and never less than before, from the thread that works."""

    progress: Progress = quiet
    stop: Event | None = None

    def at(self, done: float) -> None:
        """So much is done; raises `Stopped` where no more is wanted."""
        if self.stop is not None and self.stop.is_set():
            raise Stopped
        self.progress(min(1.0, done))

    def part(self, first: float, last: float) -> Work:
        """The work between two points of this one."""
        return Work(lambda done: self.progress(first + (last - first) * done), self.stop)
