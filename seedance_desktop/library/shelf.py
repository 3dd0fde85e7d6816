"""What the library view asks for, as ids in order: search, filter, sort and stacks over the narrow table `shelf`."""

from __future__ import annotations

import json
import sqlite3
import sys
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.shelf import Query, Show, Sort

from .rows import from_row
from .search import matching, written_down

_FLAGS = {Show.REJECTS: 0, Show.UNFLAGGED: 1, Show.PICKS: 2}
_FILTERS = {  # field of the query: condition on the table named {t}
    "stars": "{t}.stars >= ?",
    "tag": "{t}.id IN (SELECT clip FROM clip_tags WHERE tag = ?)",
    "project": "{t}.project = ?",
    "shot": "{t}.shot = ?",
    "ratio": "{t}.ratio = ?",
    "resolution": "{t}.resolution = ?",
    "duration": "{t}.duration = ?",
    "since": "{t}.made >= ?",
    "until": "{t}.made < ?",
    "image": "{t}.id IN (SELECT clip FROM image_uses WHERE hash = ?)",
    "stack": "{t}.stack = ?",
}
# The tags of what lies in the trash are in no table of their own.
_TAG_IN_TRASH = (
    "instr((SELECT char(10) || tags || char(10) FROM clips WHERE clips.id = {t}.id), char(10) || ? || char(10))"
)
_ORDERS = {  # each with the index to walk through: what is dense ends early, what is rare costs one walk
    Sort.NEWEST: ("made DESC, take DESC, id", "newest"),
    Sort.OLDEST: ("made, take, id", "newest"),
    Sort.LONGEST: ("seconds DESC, made DESC, id", "longest"),
    Sort.SHOT: ("project, shot, made DESC, id", "shots"),
    Sort.STARS: ("stars DESC, made DESC, take DESC, id", "stars"),
}
_TRASH = ("trashed DESC, id", "trash")
_RANK = "flag DESC, stars DESC, made DESC, take DESC, id DESC"  # as domain.shelf.rank, the best first
_BEST = """(
    SELECT t.id FROM shelf AS t INDEXED BY shelf_stacks
    WHERE t.trashed = 0 AND t.stack = {stack}{where} ORDER BY t.flag DESC, t.stars DESC, t.made DESC, t.take DESC,
    t.id DESC LIMIT 1
)"""
_SMALL = 100  # takes of a stack
_MOST_TAKES = 1000


@dataclass(frozen=True, slots=True)
class _Conditions:
    """What a clip must meet, beyond lying in the trash or not, with the values of the question marks."""

    texts: tuple[str, ...]
    values: tuple[str | int, ...]

    def of(self, table: str) -> str:
        """The conditions on the table of that name, each after an AND."""
        return "".join(f" AND {text.format(t=table)}" for text in self.texts)


def ids(connection: sqlite3.Connection, query: Query) -> array[int]:
    """The ids of the finished clips that the query shows, in its order.

    SQLite writes them all down in one step: row by row it would take turns with the window a hundred thousand times.
    """
    sql, values = _statement(connection, query)
    whole = f"SELECT group_concat(printf('%016x', id), '') FROM ({sql})"  # noqa: S608
    written: str | None = connection.execute(whole, values).fetchone()[0]
    found = array("q")
    found.frombytes(bytes.fromhex(written or ""))
    if sys.byteorder == "little":
        found.byteswap()
    return found


def count(connection: sqlite3.Connection, query: Query) -> int:
    """How many clips the query shows."""
    sql, values = _statement(connection, query)
    return int(connection.execute(f"SELECT count(*) FROM ({sql})", values).fetchone()[0])  # noqa: S608


def _statement(connection: sqlite3.Connection, query: Query) -> tuple[str, tuple[str | int, ...]]:
    asked = _conditions(connection, query)
    limit = f" LIMIT {query.most}" if query.most else ""
    if query.trashed or not query.stacked:
        sql, values = _each(query, asked)
    elif not asked.texts:
        sql, values = _best_of_all(query)
    elif query.most and _stacks_are_small(connection):
        sql, values = _best_by_clip(query, asked)
    else:
        sql, values = _best_by_stack(query, asked)
    return sql + limit, values


def stack_sizes(connection: sqlite3.Connection, clips: Iterable[int]) -> dict[int, int]:
    """How many takes lie on the stacks of these clips, by clip; without those that are not on the shelf."""
    found = connection.execute(
        "SELECT shelf.id, stacks.takes FROM shelf JOIN stacks USING (stack) "
        "WHERE shelf.trashed = 0 AND shelf.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(clips)),),
    )
    return {row[0]: row[1] for row in found}


def takes(connection: sqlite3.Connection, clip: int) -> list[Clip]:
    """The takes on the shelf of a clip's stack, the best first; at most a thousand."""
    found = connection.execute(
        "SELECT clips.* FROM (SELECT id FROM shelf WHERE trashed = 0 AND stack = "  # noqa: S608
        f"(SELECT stack FROM clips WHERE id = ?) ORDER BY {_RANK} LIMIT {_MOST_TAKES}) JOIN clips USING (id)",
        (clip,),
    )
    return [from_row(row) for row in found]


def tags(connection: sqlite3.Connection) -> list[str]:
    """Every tag of a clip outside the trash, the most used first."""
    found = connection.execute("SELECT tag FROM clip_tags GROUP BY tag ORDER BY count(*) DESC, tag")
    return [row[0] for row in found]


def _conditions(connection: sqlite3.Connection, query: Query) -> _Conditions:
    texts: list[str] = []
    values: list[str | int] = []
    if query.show is not Show.ALL:
        texts.append("{t}.flag = ?")
        values.append(_FLAGS[query.show])
    for name, text in _FILTERS.items():
        if value := getattr(query, name):
            texts.append(_TAG_IN_TRASH if name == "tag" and query.trashed else text)
            values.append(value)
    found = matching(query.text, connection)
    for text, several in written_down(connection, found) if query.stacked else found:
        texts.append(text)
        values += several
    return _Conditions(tuple(texts), tuple(values))


def _each(query: Query, asked: _Conditions) -> tuple[str, tuple[str | int, ...]]:
    order, index = _TRASH if query.trashed else _ORDERS[query.sort]
    where = "trashed > 0" if query.trashed else "trashed = 0"
    return _walk(index, where + asked.of("shelf"), order), asked.values


def _best_of_all(query: Query) -> tuple[str, tuple[str | int, ...]]:
    order, index = _ORDERS[query.sort]
    return _walk(f"best_{index}", "best = 1", order), ()


def _best_by_clip(query: Query, asked: _Conditions) -> tuple[str, tuple[str | int, ...]]:
    """Of each clip that matches, whether it is the best of its stack that does: ends as soon as a page is full."""
    order, index = _ORDERS[query.sort]
    best = _BEST.format(stack="shelf.stack", where=asked.of("t"))
    return _walk(index, f"trashed = 0{asked.of('shelf')} AND id = {best}", order), asked.values * 2


def _best_by_stack(query: Query, asked: _Conditions) -> tuple[str, tuple[str | int, ...]]:
    """The best match of every stack, each looked for once, however large the stacks are."""
    best = _BEST.format(stack="stacks.stack", where=asked.of("t"))
    order = _ORDERS[query.sort][0]
    sql = f"SELECT id FROM shelf JOIN (SELECT {best} AS found FROM stacks) ON id = found ORDER BY {order}"  # noqa: S608
    return sql, asked.values


def _walk(index: str, where: str, order: str) -> str:
    return f"SELECT id FROM shelf INDEXED BY shelf_{index} WHERE {where} ORDER BY {order}"  # noqa: S608


def _stacks_are_small(connection: sqlite3.Connection) -> bool:
    """Whether asking each match for better ones of its stack costs little."""
    largest = connection.execute("SELECT max(takes) FROM stacks").fetchone()[0]
    return bool(largest is None or largest <= _SMALL)
