"""What the library view asks for: a search, a filter and an order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """The orders of the library."""

    NEWEST = "newest"
    OLDEST = "oldest"
    LONGEST = "longest"
    SHOT = "shot"


class Show(StrEnum):
    """The flag filter."""

    ALL = "all"
    PICKS = "picks"
    REJECTS = "rejects"
    UNFLAGGED = "unflagged"


@dataclass(frozen=True, slots=True)
class Query:
    """Finished clips that match `text` (prompt, project, shot, tags, notes), in `sort` order; or the trash.

    `image` is the content hash of a reference that they were made with. `most` bounds the answer to its beginning; 0
    asks for all of it.
    """

    text: str = ""
    show: Show = Show.ALL
    sort: Sort = Sort.NEWEST
    project: str = ""
    image: str = ""
    trashed: bool = False
    most: int = 0
