"""Which of the pictures that have come belong together on the screen: the newest of each side for the same time.

Players start, decode and drop pictures each in their own way. So a picture waits until the other sides have theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from seedance_desktop.domain.frames import Timeline


SLACK = 2000  # microseconds: time stamps are rounded differently by everyone


class Span(NamedTuple):
    """When a picture is the right one: from `begin` until before `end`, in microseconds."""

    begin: float
    end: float


def span(timeline: Timeline, number: int) -> Span:
    """When frame `number` is on screen; the last one rests there for ever, while longer clips go on."""
    times = timeline.times
    return Span(times[number], times[number + 1] if number + 1 < len(times) else inf)


def meet(lines: Sequence[Sequence[Span]], *, loose: bool = False) -> list[int] | None:
    """The place in each line (oldest picture first) of the pictures to show together; None while there are none.

    They are the newest that all belong to one time; with `loose` one may be the frame before.
    """
    if not all(lines):
        return None
    for time in sorted({one.begin for line in lines for one in line}, reverse=True):
        places = [_place(line, time, loose=loose) for line in lines]
        if all(place is not None for place in places):
            return [place for place in places if place is not None]
    return None


def _place(line: Sequence[Span], time: float, *, loose: bool) -> int | None:
    """The newest picture of a line that had begun at a time, where it is still the right one then."""
    begun = [place for place, one in enumerate(line) if one.begin <= time + SLACK]
    if not begun:
        return None
    newest = line[begun[-1]]
    late = newest.end - newest.begin if loose else 0
    return begun[-1] if time + SLACK < newest.end + late else None
