"""What the library view asks for, as ids in order: search, filter and sort in SQL."""

from __future__ import annotations

import sqlite3
import unicodedata
from array import array

from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.shelf import Query, Show, Sort

from .rows import from_row

_SHOWS = {
    Show.ALL: "",
    Show.PICKS: " AND flag = 'pick'",
    Show.REJECTS: " AND flag = 'reject'",
    Show.UNFLAGGED: " AND flag = ''",
}
_ORDERS = {
    Sort.NEWEST: "made DESC, take DESC, id",
    Sort.OLDEST: "made, take, id",
    Sort.LONGEST: "seconds DESC, made DESC, id",
    Sort.SHOT: "project, shot, made DESC, id",
    Sort.STARS: "stars DESC, made DESC, take DESC, id",
}
_INDEXED = (Sort.NEWEST, Sort.OLDEST)
_TEXT = "prompt || char(10) || project || char(10) || shot || char(10) || tags || char(10) || notes"
_RECIPE = "json_extract(iif(json_valid(recipe), recipe, '{{}}'), '$.{}')"
_LEAST_TRIGRAM = 3
_MOST_WORDS = 40  # a pasted page is no search; SQLite's own limit is a depth of 1000


def ids(connection: sqlite3.Connection, query: Query) -> array[int]:
    """The ids of the finished clips that the query shows, in its order."""
    walk = query.sort in _INDEXED and not query.trashed
    where = "stage = 'ready' AND " + ("trashed > 0" if query.trashed else "trashed = 0") + _SHOWS[query.show]
    values: list[str | int] = []
    if query.project:
        where += " AND project = ?"
        values.append(query.project)
    if query.image:
        number = "+id" if walk or query.trashed else "id"  # many clips may share an image, few are in the trash
        where += f" AND {number} IN (SELECT clip FROM image_uses WHERE hash = ?)"  # noqa: S608
        values.append(query.image)
    where += _filtered(query, values) + _matching(query.text, values, walk=walk)
    order = "trashed DESC, id" if query.trashed else _ORDERS[query.sort]
    limit = f" LIMIT {query.most}" if query.most else ""
    rows = connection.execute(f"SELECT id FROM clips WHERE {where} ORDER BY {order}{limit}", values)  # noqa: S608
    return array("q", (row[0] for row in rows))


def _filtered(query: Query, values: list[str | int]) -> str:
    """Conditions for what the query filters by; their values are added to `values`."""
    asked: list[tuple[str, str | int]] = [
        ("stars >= ?", query.stars),
        ("instr(char(10) || tags || char(10), char(10) || ? || char(10))", query.tag),
        ("shot = ?", query.shot),
        (f"{_RECIPE.format('ratio')} = ?", query.ratio),
        (f"{_RECIPE.format('resolution')} = ?", query.resolution),
        (f"{_RECIPE.format('duration')} = ?", query.duration),
        ("made >= ?", query.since),
        ("made < ?", query.until),
    ]
    values += [value for _, value in asked if value]
    return "".join(f" AND {condition}" for condition, value in asked if value)


def everything(connection: sqlite3.Connection, text: str, stage: Stage | None) -> list[Clip]:
    """Every clip outside the trash that matches, newest first, whatever its stage."""
    values: list[str | int] = []
    where = "trashed = 0" + _matching(text, values, walk=False)
    if stage:
        where += " AND stage = ?"
        values.append(stage.value)
    found = connection.execute(f"SELECT * FROM clips WHERE {where} ORDER BY {_ORDERS[Sort.NEWEST]}", values)  # noqa: S608
    return [from_row(row) for row in found]


def prompt_matching(text: str, values: list[str | int]) -> str:
    """Conditions for each word of `text`, looked for in prompts only; their values are added to `values`."""
    conditions = ""
    for word in words(text):
        condition, value = _match(word, "+id", "{prompt} : ", "prompt")
        conditions += f" AND {condition}"
        values.append(value)
    return conditions


def words(text: str) -> list[str]:
    """The words to look for, without what SQLite can't take."""
    return text.replace("\0", " ").encode(errors="ignore").decode().split()[:_MOST_WORDS]


def folded(text: str) -> str:
    """The text as it is compared: without case, wide letters as narrow ones, accents in one spelling."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def _matching(text: str, values: list[str | int], *, walk: bool) -> str:
    """Conditions for each word of `text`; their values are added to `values`.

    `walk` goes through the shelf's index in its order and looks each clip up among the matches: no sorting, and a
    bounded answer ends early. Without it each match is looked up in the table: best for few of them.
    """
    conditions = ""
    for word in words(text):
        condition, value = _match(word, "+id" if walk else "id")
        conditions += f" AND {condition}"
        values.append(value)
    return conditions


def _match(word: str, number: str, columns: str = "", scanned: str = _TEXT) -> tuple[str, str]:
    """A condition and its value: the trigram index from three characters on, a scan for one or two of any script."""
    if len(word) >= _LEAST_TRIGRAM:
        quoted = '"' + word.replace('"', '""') + '"'
        return f"{number} IN (SELECT rowid FROM clips_text WHERE clips_text MATCH ?)", columns + quoted  # noqa: S608
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"{scanned} LIKE ? ESCAPE '\\'", f"%{escaped}%"
