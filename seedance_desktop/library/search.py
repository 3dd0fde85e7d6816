"""Words to look for in clips, as conditions of SQL: in any script, of any length, whatever signs they hold."""

from __future__ import annotations

import sqlite3
import sys
import unicodedata
from collections.abc import Sequence

from seedance_desktop.domain.clip import Clip, Stage

from .rows import from_row

_TEXT = "prompt || char(10) || project || char(10) || shot || char(10) || tags || char(10) || notes"
_LEAST_TRIGRAM = 3
_IN_TRIGRAMS = "{t}.id IN (SELECT rowid FROM clips_text WHERE clips_text MATCH ?)"
_BEGINS = "term >= ? AND term < ?"
_RARE = 20_000  # places
_MOST_WORDS = 40  # a pasted page is no search; SQLite's own limit is a depth of 1000


def everything(connection: sqlite3.Connection, text: str, stage: Stage | None) -> list[Clip]:
    """Every clip outside the trash that matches, newest first, whatever its stage; of a library of any version."""
    found = matching(text)
    where = "trashed = 0" + "".join(f" AND {condition.format(t='clips')}" for condition, _ in found)
    values = [value for _, several in found for value in several]
    if stage:
        where += " AND stage = ?"
        values.append(stage.value)
    clips = connection.execute(f"SELECT * FROM clips WHERE {where} ORDER BY made DESC, take DESC, id", values)  # noqa: S608
    return [from_row(row) for row in clips]


def matching(
    text: str, index: sqlite3.Connection | None = None, *, prompts_only: bool = False
) -> list[tuple[str, tuple[str, ...]]]:
    """Conditions with their values for the words of `text`; `{t}` stands for the table whose `id` is a clip's.

    The trigram index serves from three characters on. One or two are looked for in the rows themselves, which ends
    early where they are common; where `index` shows them to be rare, in it. (A library of an older version has none.)
    """
    long = [word for word in words(text) if len(word) >= _LEAST_TRIGRAM]
    found = [_trigrams(long, prompts_only=prompts_only)] if long else []
    for word in words(text):
        if len(word) < _LEAST_TRIGRAM:
            rare = index is not None and _is_rare(index, word)
            found.append((_beginning if rare else _scan)(word, prompts_only=prompts_only))
    return found


def written_down(
    connection: sqlite3.Connection, conditions: list[tuple[str, tuple[str, ...]]]
) -> list[tuple[str, tuple[str, ...]]]:
    """Conditions of `matching` to ask in two places of one statement: SQLite would ask the trigram index twice."""
    for number, (condition, values) in enumerate(conditions):
        if condition == _IN_TRIGRAMS:
            connection.execute("CREATE TEMP TABLE IF NOT EXISTS found_words (id INTEGER PRIMARY KEY)")
            connection.execute("DELETE FROM found_words")
            connection.execute("INSERT INTO found_words SELECT rowid FROM clips_text WHERE clips_text MATCH ?", values)
            kept = ("{t}.id IN (SELECT id FROM found_words)", ())
            return [*conditions[:number], kept, *conditions[number + 1 :]]
    return conditions


def words(text: str) -> list[str]:
    """The words to look for, without what SQLite can't take."""
    return text.replace("\0", " ").encode(errors="ignore").decode().split()[:_MOST_WORDS]


def folded(text: str) -> str:
    """The text as it is compared: without case, wide letters as narrow ones, accents in one spelling."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def _trigrams(found: Sequence[str], *, prompts_only: bool) -> tuple[str, tuple[str, ...]]:
    quoted = " AND ".join('"' + word.replace('"', '""') + '"' for word in found)
    return _IN_TRIGRAMS, ("{prompt} : (" + quoted + ")" if prompts_only else quoted,)


def _beginning(word: str, *, prompts_only: bool) -> tuple[str, tuple[str, ...]]:
    column = " AND col = 'prompt'" if prompts_only else ""
    return f"{{t}}.id IN (SELECT doc FROM clips_terms WHERE {_BEGINS}{column})", _range(word)  # noqa: S608


def _scan(word: str, *, prompts_only: bool) -> tuple[str, tuple[str, ...]]:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    text = "prompt" if prompts_only else _TEXT
    return f"(SELECT {text} FROM clips AS whole WHERE whole.id = {{t}}.id) LIKE ? ESCAPE '\\'", (f"%{escaped}%",)  # noqa: S608


def _is_rare(index: sqlite3.Connection, word: str) -> bool:
    """Whether a word of one or two characters is in few places, so that reading all of them costs little."""
    sql = f"SELECT count(*) FROM (SELECT 1 FROM clips_terms WHERE {_BEGINS} LIMIT {_RARE})"  # noqa: S608
    return bool(index.execute(sql, _range(word)).fetchone()[0] < _RARE)


def _range(word: str) -> tuple[str, str]:
    """Between what the trigrams lie that begin with a word; they are without case."""
    lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in word)
    return lowered, lowered + chr(sys.maxunicode)
