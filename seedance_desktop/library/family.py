"""A clip's family from the rows: up through the recipes' own words, down through the table of who came from whom."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable

from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.family import Family, Relative, descents, relative

from . import rows

_MOST = 400  # relatives each way; a tree to walk, not a map of the library


def family(connection: sqlite3.Connection, clip: int) -> Family:
    """The family of a clip: all that it came from and all that came from it, whoever is in the trash too.

    Made again from hostile files, a clip may be its own ancestor: each is visited once, and no more than some hundreds.
    """
    known: dict[int, Clip] = {}

    def parents(ring: list[int]) -> list[int]:
        _learn(connection, known, ring)
        return [edge.parent for one in ring if one in known for edge in descents(known[one])]

    def children(ring: list[int]) -> list[int]:
        return _children(connection, ring)

    up, older = _walk(clip, parents)
    down, younger = _walk(clip, children)
    _learn(connection, known, [*up, *down])
    order = list(dict.fromkeys([*sorted(up, key=lambda one: _age(known, one)), clip, *down]))
    inside = set(order)
    edges = [edge for one in order if one in known for edge in descents(known[one]) if edge.parent in inside]
    nodes = [relative(known[one]) if one in known else Relative(one) for one in order]
    return Family(clip, tuple(nodes), tuple(edges), older or younger)


def _walk(clip: int, step: Callable[[list[int]], list[int]]) -> tuple[list[int], bool]:
    """The others, one generation after the other, and whether that was cut short."""
    found, ring = [clip], [clip]
    seen = {clip}
    while ring:
        ring = [one for one in dict.fromkeys(step(ring)) if one not in seen]
        seen.update(ring)
        found += ring
        if len(found) > _MOST:
            return found[1 : _MOST + 1], True
    return found[1:], False


def _children(connection: sqlite3.Connection, ring: list[int]) -> list[int]:
    found = connection.execute(
        "SELECT DISTINCT clip FROM clip_parents JOIN clips ON clips.id = clip "
        "WHERE parent IN (SELECT value FROM json_each(?)) ORDER BY made, take, clip LIMIT ?",
        (json.dumps(ring), 2 * _MOST),
    )
    return [row[0] for row in found]


def _learn(connection: sqlite3.Connection, known: dict[int, Clip], wanted: list[int]) -> None:
    missing = [one for one in wanted if one not in known]
    known.update((clip.id, clip) for clip in rows.get_many(connection, missing))


def _age(known: dict[int, Clip], clip: int) -> tuple[int, int]:
    return (known[clip].made, known[clip].take) if clip in known else (0, 0)
