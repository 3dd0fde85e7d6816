"""Words to look for in clips, as conditions of SQL: in any script, of any length, whatever signs they hold."""

from __future__ import annotations

import sqlite3
import unicodedata

from seedance_desktop.domain.clip import Clip, Stage

from .rows import from_row

_TEXT = "prompt || char(10) || project || char(10) || shot || char(10) || tags || char(10) || notes"
_LEAST_TRIGRAM = 3
_MOST_WORDS = 40  # a pasted page is no search; SQLite's own limit is a depth of 1000


def everything(connection: sqlite3.Connection, text: str, stage: Stage | None) -> list[Clip]:
    """Every clip outside the trash that matches, newest first, whatever its stage; of a library of any version."""
    where, values = "trashed = 0", []
    for condition, value in matching(text):
        where += f" AND {condition.format(t='clips')}"
        values.append(value)
    if stage:
        where += " AND stage = ?"
        values.append(stage.value)
    found = connection.execute(f"SELECT * FROM clips WHERE {where} ORDER BY made DESC, take DESC, id", values)  # noqa: S608
    return [from_row(row) for row in found]


def matching(text: str, *, prompts_only: bool = False) -> list[tuple[str, str]]:
    """A condition and its value for each word of `text`; `{t}` stands for the table whose `id` is a clip's.

    The trigram index serves from three characters on; one or two of any script are looked for in the rows themselves.
    """
    return [
        _trigram(word, prompts_only) if len(word) >= _LEAST_TRIGRAM else _scan(word, prompts_only)
        for word in words(text)
    ]


def words(text: str) -> list[str]:
    """The words to look for, without what SQLite can't take."""
    return text.replace("\0", " ").encode(errors="ignore").decode().split()[:_MOST_WORDS]


def folded(text: str) -> str:
    """The text as it is compared: without case, wide letters as narrow ones, accents in one spelling."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def _trigram(word: str, prompts_only: bool) -> tuple[str, str]:
    quoted = '"' + word.replace('"', '""') + '"'
    found = "{t}.id IN (SELECT rowid FROM clips_text WHERE clips_text MATCH ?)"
    return found, "{prompt} : " + quoted if prompts_only else quoted


def _scan(word: str, prompts_only: bool) -> tuple[str, str]:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    text = "prompt" if prompts_only else _TEXT
    return f"(SELECT {text} FROM clips AS whole WHERE whole.id = {{t}}.id) LIKE ? ESCAPE '\\'", f"%{escaped}%"  # noqa: S608
