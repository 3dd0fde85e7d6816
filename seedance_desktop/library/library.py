"""The library as the studio uses it: each method returns when what it did is on disk."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from seedance_desktop.domain.clip import Clip, Verdict
from seedance_desktop.domain.errors import DiskProblem
from seedance_desktop.domain.ledger import Entry
from seedance_desktop.domain.money import Limits, Spend
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.recipe import Draft
from seedance_desktop.domain.shelf import Query

from . import ledger, rows, search
from .database import daily_backup, open_reader, open_writer, sound, transaction
from .files import Folders
from .records import write_record

P = ParamSpec("P")
T = TypeVar("T")

_NO_LIMITS = Limits()


class Library:
    """One writer thread and one reader thread over a library folder. Made by `open`; `close` when done."""

    def __init__(self, folders: Folders, writer: sqlite3.Connection, reader: sqlite3.Connection) -> None:
        """Use `open`."""
        self.folders = folders
        self._writer, self._reader = writer, reader
        self._file = folders.database.stat()
        self._writing = ThreadPoolExecutor(1, "library-writer")
        self._reading = ThreadPoolExecutor(1, "library-reader")

    @classmethod
    def open(cls, folder: Path) -> Library:
        """Open or make the library in `folder` (blocking); raises `LibraryProblem` or `DiskProblem`."""
        folders = Folders(folder)
        folders.make()
        writer = open_writer(folders)
        try:
            return cls(folders, writer, open_reader(folders))
        except BaseException:
            writer.close()
            raise

    def close(self) -> None:
        """End both threads and close the database (blocking); the log is folded into the file."""
        self._reading.shutdown()
        self._writing.shutdown()
        self._reader.close()
        self._writer.close()

    # What the studio saves

    async def add(self, clips: Sequence[Clip]) -> None:
        """New clips, all or none."""
        await self._write(_put_all, clips)

    async def save(self, clip: Clip, *, record: bool = False) -> None:
        """A clip in its new state; with `record`, the file beside it too: both or neither."""
        await self._write(_save, self.folders if record else None, clip)

    async def remove(self, clip: Clip) -> bool:
        """Take a planned clip back; False if something was once sent for it, then its row stays."""
        return await self._write(rows.delete_unsent, clip.id)

    async def begin_submit(self, clip: Clip, limits: Limits = _NO_LIMITS) -> Clip:
        """The clip as `sending` and its submit as unsure, row and record in one step; returns the clip with its money.

        The record too: a library whose database is lost must know of every submit that may have been charged.
        Raises `OverBudget` and changes nothing where a budget does not allow it.
        """
        return await self._write(_begin_submit, self.folders, clip, limits)

    async def end_submit(self, clip: Clip, verdict: Verdict, reason: Reason | None = None) -> Clip:
        """The clip in its new state and what its submit has cost, in one transaction; `record` is the next thing to do.

        Money must not wait for a second file.
        """
        return await self._write(_end_submit, clip, verdict, reason)

    async def correct(self, submit: int, verdict: Verdict, note: str) -> Clip:
        """Write the creator's own verdict on a submit; returns its clip with what it has cost now, saved."""
        return await self._write(_correct, submit, verdict, note)

    async def record(self, clip: Clip) -> None:
        """The file beside a clip whose row is on disk."""

        def write(connection: sqlite3.Connection) -> None:
            write_record(self.folders, clip, rows.submits_of(connection, clip.id))

        await self._run(self._writing, self._writer, write)

    async def keep_draft(self, draft: Draft, name: str = "") -> None:
        """Keep the composer's state."""
        await self._write(_keep_draft, name, draft)

    async def keep_setting(self, name: str, value: str) -> None:
        """Keep a small fact of this library, such as whether the queue is paused."""
        await self._write(_keep_setting, name, value)

    async def back_up(self) -> None:
        """Today's backup, if there is none yet."""
        await self._run(self._writing, self._writer, daily_backup, self.folders.backups)

    # What is read

    async def under_way(self) -> list[Clip]:
        """Every clip in the making, in order."""
        return await self._read(rows.under_way)

    async def get(self, ids: Iterable[int]) -> list[Clip]:
        """The clips with these ids that exist."""
        return await self._read(rows.get_many, list(ids))

    async def find(self, query: Query) -> array[int]:
        """The ids that the library view shows, in order."""
        return await self._read(search.ids, query)

    async def spend(self, since: int, until: int) -> Spend:
        """Money of a time span in ms."""
        return await self._read(rows.spend, since, until)

    async def project_spend(self, project: str) -> Spend:
        """Money of a project, whenever it was spent."""
        return await self._read(ledger.project_spend, project)

    async def ledger(self) -> list[Entry]:
        """Every approved submit, newest first."""
        return await self._read(ledger.entries)

    async def typical_seconds(self) -> float | None:
        """How long this library's clips have taken lately; None while too few are known."""
        return await self._read(rows.typical_seconds)

    async def projects(self) -> list[str]:
        """The names of all projects, the one worked on last first."""
        return await self._read(rows.projects)

    async def draft(self, name: str = "") -> Draft | None:
        """The kept state of the composer."""
        return await self._read(_draft, name)

    async def setting(self, name: str) -> str:
        """A kept fact; empty where there is none."""
        return await self._read(_setting, name)

    # The threads

    async def _write(self, do: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kw: P.kwargs) -> T:
        def in_transaction(connection: sqlite3.Connection, /, *args: P.args, **kw: P.kwargs) -> T:
            self._still_there()
            with transaction(connection):
                return do(connection, *args, **kw)

        return await self._run(self._writing, self._writer, in_transaction, *args, **kw)

    async def _read(self, do: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kw: P.kwargs) -> T:
        return await self._run(self._reading, self._reader, do, *args, **kw)

    def _still_there(self) -> None:
        """SQLite goes on writing into a file that was moved away or deleted: such a save is none."""
        if not os.path.samestat(self._file, self.folders.database.stat()):
            raise DiskProblem("disk-gone", where=str(self.folders.root), detail="")

    async def _run(
        self,
        thread: ThreadPoolExecutor,
        connection: sqlite3.Connection,
        do: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **kw: P.kwargs,
    ) -> T:
        def work() -> T:
            with sound(self.folders):
                return do(connection, *args, **kw)

        return await asyncio.get_running_loop().run_in_executor(thread, work)


def _put_all(connection: sqlite3.Connection, clips: Sequence[Clip]) -> None:
    for clip in clips:
        rows.put(connection, clip)


def _save(connection: sqlite3.Connection, folders: Folders | None, clip: Clip) -> None:
    rows.put(connection, clip)
    if folders:
        write_record(folders, clip, rows.submits_of(connection, clip.id))


def _begin_submit(connection: sqlite3.Connection, folders: Folders, clip: Clip, limits: Limits) -> Clip:
    ledger.check_limits(connection, clip, limits)
    rows.begin_submit(connection, clip)
    counted = rows.recount(connection, clip)
    write_record(folders, counted, rows.submits_of(connection, clip.id))
    return counted


def _end_submit(connection: sqlite3.Connection, clip: Clip, verdict: Verdict, reason: Reason | None) -> Clip:
    rows.end_submit(connection, clip, verdict, clip.task, reason)
    return rows.recount(connection, clip)


def _correct(connection: sqlite3.Connection, submit: int, verdict: Verdict, note: str) -> Clip:
    clip = rows.get(connection, ledger.correct(connection, submit, verdict, note))
    if clip is None:
        raise KeyError(submit)
    return rows.recount(connection, clip)


def _keep_draft(connection: sqlite3.Connection, name: str, draft: Draft) -> None:
    text = json.dumps(draft.to_dict(), ensure_ascii=False)
    connection.execute(
        "INSERT INTO drafts (name, draft, changed) VALUES (?, ?, unixepoch() * 1000) "
        "ON CONFLICT (name) DO UPDATE SET draft = excluded.draft, changed = excluded.changed",
        (name, text),
    )


def _draft(connection: sqlite3.Connection, name: str) -> Draft | None:
    row = connection.execute("SELECT draft FROM drafts WHERE name = ?", (name,)).fetchone()
    return Draft.from_dict(json.loads(row[0])) if row else None


def _keep_setting(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute(
        "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def _setting(connection: sqlite3.Connection, name: str) -> str:
    row = connection.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""
