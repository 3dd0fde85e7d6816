"""What the library view asks for: a search, filters, an order, and whether takes are stacked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .clip import Clip, Flag


class Sort(StrEnum):
    """The orders of the library."""

    NEWEST = "newest"
    OLDEST = "oldest"
    LONGEST = "longest"
    SHOT = "shot"
    STARS = "stars"


class Show(StrEnum):
    """The flag filter."""

    ALL = "all"
    PICKS = "picks"
    REJECTS = "rejects"
    UNFLAGGED = "unflagged"


@dataclass(frozen=True, slots=True)
class Query:
    """Finished clips that match `text` (prompt, project, shot, tags, notes), in `sort` order; or the trash.

    `stars` is the least; `tag`, `project`, `shot`, `ratio`, `resolution` are exact; `duration` is the recipe's, in
    seconds; `since` and `until` bound the time of making, in milliseconds since 1970 (0 for no bound); `image` is the
    content hash of a reference that they were made with. `stacked` shows of each stack its best take only, `stack`
    the takes of one stack. `most` bounds the answer to its beginning; 0 asks for all of it.
    """

    text: str = ""
    show: Show = Show.ALL
    sort: Sort = Sort.NEWEST
    project: str = ""
    image: str = ""
    trashed: bool = False
    most: int = 0
    stars: int = 0
    tag: str = ""
    shot: str = ""
    ratio: str = ""
    resolution: str = ""
    duration: int = 0
    since: int = 0
    until: int = 0
    stacked: bool = False
    stack: str = ""


def stack_of(clip: Clip) -> str:
    """The stack that a take lies on: that of its shot, whatever click it came from, else that of its click."""
    return f"shot\n{clip.project}\n{clip.shot}" if clip.shot else f"click\n{clip.click or clip.id}"


_FLAGS = {Flag.PICK: 2, Flag.NONE: 1, Flag.REJECT: 0}


def rank(clip: Clip) -> tuple[int, int, int, int]:
    """Sorts the takes of a stack, the best last: picks, then stars, then the newest."""
    return (_FLAGS[clip.flag], clip.stars, clip.made, clip.take)
