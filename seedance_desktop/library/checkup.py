"""How a library is, in numbers that name nothing in it; and, for who is asked for them, its latest clips."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.errors import Problem

from .database import open_reader, sound
from .files import Folders
from .migrations import STEPS, version
from .rows import from_row

_TABLES = ("clips", "submits", "images", "drafts", "presets")
_STEPS = 20_000  # of SQLite's machine between two looks at the clock


def check_up(folder: Path, seconds: float, stopped: Callable[[], bool]) -> dict[str, Any]:
    """The numbers of the library in `folder`, JSON-ready; beside a program that has it open (blocking).

    It takes at most about `seconds`, and ends when `stopped` says so: what is not known by then is called unfinished.
    """
    until = time.monotonic() + seconds

    def late() -> bool:
        return stopped() or time.monotonic() > until

    folders = Folders(folder)
    facts: dict[str, Any] = {"schema of this program": len(STEPS), "free on its disk": _free(folder)}
    if not folders.database.exists():
        return {**facts, "database": "none"}
    try:
        with sound(folders), closing(open_reader(folders)) as connection:
            facts |= _counts(connection)
            facts["quick check"] = _quick_check(connection, late)
    except Problem as problem:
        facts["database"] = problem.reason.code
    parts = (folders.database, folders.clips, folders.records, folders.references, folders.posters, folders.backups)
    facts["files and bytes"] = {part.name: _weigh(part, late) for part in parts}
    return facts


def last_clips(folder: Path, count: int) -> list[Clip]:
    """The latest clips of the library, newest first, trashed ones too (blocking); raises `Problem`s."""
    folders = Folders(folder)
    if not folders.database.exists():
        return []
    with sound(folders), closing(open_reader(folders)) as connection:
        if not version(connection):
            return []
        return [from_row(row) for row in connection.execute("SELECT * FROM clips ORDER BY made DESC LIMIT ?", (count,))]


def _counts(connection: sqlite3.Connection) -> dict[str, Any]:
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    facts: dict[str, Any] = {"schema": version(connection)}
    for table in _TABLES:
        if table in there:
            facts[table] = connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]  # noqa: S608 - our names
    if "clips" in there:
        facts["clips by stage"] = dict(
            connection.execute("SELECT stage, COUNT(*) FROM clips GROUP BY stage").fetchall()
        )
    if "submits" in there:
        rows = connection.execute("SELECT verdict, COUNT(*) FROM submits GROUP BY verdict").fetchall()
        facts["submits by verdict"] = dict(rows)
    return facts


def _quick_check(connection: sqlite3.Connection, late: Callable[[], bool]) -> str:
    """`ok`, how many faults there are, or `unfinished`; what the faults are may quote the library."""
    connection.set_progress_handler(late, _STEPS)
    try:
        found = [row[0] for row in connection.execute("PRAGMA quick_check(20)")]
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            return "unfinished"
        raise
    finally:
        connection.set_progress_handler(None, 0)
    return "ok" if found == ["ok"] else f"{len(found)} faults"


def _weigh(part: Path, late: Callable[[], bool]) -> str:
    """`3 files, 1200 bytes`."""
    files = size = 0
    waiting = [part]
    while waiting:
        if late():
            return f"at least {files} files, {size} bytes"
        one = waiting.pop()
        try:
            if one.is_dir():
                waiting.extend(Path(entry.path) for entry in os.scandir(one))
            else:
                files, size = files + 1, size + one.stat().st_size
        except OSError:
            continue  # gone meanwhile, or closed to us
    return f"{files} files, {size} bytes"


def _free(folder: Path) -> int | str:
    try:
        return shutil.disk_usage(folder).free
    except OSError as error:
        return f"unknown ({type(error).__name__})"
