"""A family as the lines of a tree, each clip once, below what it came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seedance_desktop.domain.clip import Stage
from seedance_desktop.words import tr

if TYPE_CHECKING:
    from seedance_desktop.domain.family import Descent, Family, Relative


@dataclass(frozen=True, slots=True)
class Line:
    """A clip `depth` generations below the first; `link` is how it hangs there, `others` what else it came from."""

    relative: Relative
    depth: int
    link: Descent | None = None
    others: tuple[Descent, ...] = ()


def lines(family: Family) -> list[Line]:
    """Every clip of the family, parents before their children; a child of several stands below the one that it follows.

    It follows the one whose frame it begins with exactly, else the first. Families of damaged files may go in circles:
    who hangs in one stands at the left.
    """
    follows = {one.id: _followed(family, one.id) for one in family.nodes}
    done: set[int] = set()
    made: list[Line] = []
    roots = [one.id for one in family.nodes if follows[one.id] is None]
    for root in (*roots, *(one.id for one in family.nodes)):
        made.extend(_branch(family, follows, root, done))
    return made


def _branch(family: Family, follows: dict[int, Descent | None], root: int, done: set[int]) -> Iterator[Line]:
    """A clip and what hangs below it; without recursion, a long film is a deep tree."""
    waiting = [(root, 0)]
    while waiting:
        clip, depth = waiting.pop()
        if clip in done:
            continue
        done.add(clip)
        link = follows[clip] if depth else None
        others = tuple(one for one in family.parents(clip) if one != link)
        yield Line(family.node(clip), depth, link, others)
        below = [one.child for one in family.children(clip) if follows.get(one.child) == one]
        waiting.extend((child, depth + 1) for child in reversed(below))


def _followed(family: Family, clip: int) -> Descent | None:
    links = [one for one in family.parents(clip) if one.parent != clip]
    return next((one for one in links if one.exact), links[0] if links else None)


def title(relative: Relative) -> str:
    """What a relative is called; one that is gone has no name left."""
    return relative.title or (tr("Clip without a prompt") if relative.stage else tr("No longer in the library"))


def link_words(link: Descent) -> str:
    """`from frame 61 · exact start`."""
    start = tr("exact start") if link.exact else tr("same cast")
    return " · ".join((tr("from frame {n}").format(n=link.frame), start))


def plays(relative: Relative) -> bool:
    """Whether there is a finished clip to open."""
    return relative.stage is Stage.READY and not relative.trashed
