"""The library as the studio uses it: each method returns when what it did is on disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from seedance_desktop.domain.clip import Clip, Verdict
from seedance_desktop.domain.money import Limits
from seedance_desktop.domain.reason import Reason

from . import ledger, records, rows, settings
from .database import daily_backup
from .files import Folders
from .images import KeptImages
from .ledger import Ledger
from .memory import Memory
from .records import write_record
from .review import Review
from .threads import Threads

_NO_LIMITS = Limits()


class Library(Review):
    """The clips of a library folder, with its `images`, its `ledger` and the composer's `memory`. Made by `open`."""

    def __init__(self, threads: Threads) -> None:
        """Use `open`."""
        super().__init__(threads)
        self.images = KeptImages(threads)
        self.memory = Memory(threads)
        self.ledger = Ledger(threads)

    @classmethod
    def open(cls, folder: Path) -> Library:
        """Open or make the library in `folder` (blocking); raises `LibraryProblem` or `DiskProblem`."""
        return cls(Threads.open(folder))

    def close(self) -> None:
        """End the threads and close the database (blocking); the log is folded into the file."""
        self._threads.close()

    # What the studio saves

    async def add(self, clips: Sequence[Clip]) -> None:
        """New clips, or clips in a new state: all or none."""
        await self._threads.write(_put_all, clips)

    async def save(self, clip: Clip, *, record: bool = False) -> None:
        """A clip in its new state; with `record`, the file beside it too: both or neither."""
        await self._threads.write(_save, self.folders if record else None, clip)

    async def save_many(self, clips: Sequence[Clip], *, record: bool = True) -> None:
        """Clips in their new states, all or none of the rows; with `record`, the files beside them after that.

        A few files at a time, in between whatever else is to be written: a click that costs money does not wait. Which
        files are still due is on disk with the rows: those are written with the next ones, and no rebuild trusts them.
        """
        await self._threads.write(_save_many, clips, record=record)
        if record:
            await self._write_due()

    async def place(self, places: Mapping[int, int]) -> None:
        """Other places among what is planned, by clip id: all or none, and nothing but the places."""
        await self._threads.write(rows.place, places)

    async def remove(self, clip: Clip) -> bool:
        """Take a planned clip back; False if something was once sent for it, then its row stays."""
        return await self._threads.write(_remove, clip.id)

    async def begin_submit(self, clip: Clip, limits: Limits = _NO_LIMITS) -> Clip:
        """The clip as `sending` and its submit as unsure, row and record in one step; returns the clip with its money.

        The record too: a library whose database is lost must know of every submit that may have been charged.
        Raises `OverBudget` and changes nothing where a budget does not allow it.
        """
        return await self._threads.write(_begin_submit, self.folders, clip, limits)

    async def end_submit(self, clip: Clip, verdict: Verdict, reason: Reason | None = None) -> Clip:
        """The clip in its new state and what its submit has cost, in one transaction; `record` is the next thing to do.

        Money must not wait for a second file.
        """
        return await self._threads.write(_end_submit, clip, verdict, reason)

    async def record(self, clip: Clip) -> None:
        """The file beside a clip whose row is on disk: as the row is by now, however late this comes."""

        def write(connection: sqlite3.Connection) -> None:
            now = rows.get(connection, clip.id)
            if now is not None:
                write_record(self.folders, now, rows.submits_of(connection, clip.id))

        await self._threads.after_writes(write)

    async def keep_setting(self, name: str, value: str) -> None:
        """Keep a small fact of this library, such as whether the queue is paused."""
        await self._threads.write(settings.keep, name, value)

    async def back_up(self) -> None:
        """Today's backup, if there is none yet."""
        await self._threads.after_writes(daily_backup, self.folders.backups)

    # What is read

    async def under_way(self) -> list[Clip]:
        """Every clip in the making, in order."""
        return await self._threads.read(rows.under_way)

    async def get(self, ids: Iterable[int]) -> list[Clip]:
        """The clips with these ids that exist."""
        return await self._threads.read(rows.get_many, list(ids))

    async def typical_seconds(self) -> float | None:
        """How long this library's clips have taken lately; None while too few are known."""
        return await self._threads.read(rows.typical_seconds)

    async def setting(self, name: str) -> str:
        """A kept fact; empty where there is none."""
        return await self._threads.read(settings.get, name)


def _put_all(connection: sqlite3.Connection, clips: Sequence[Clip]) -> None:
    for clip in clips:
        rows.put(connection, clip)


def _save(connection: sqlite3.Connection, folders: Folders | None, clip: Clip) -> None:
    rows.put(connection, clip)
    if folders:
        write_record(folders, clip, rows.submits_of(connection, clip.id))


def _save_many(connection: sqlite3.Connection, clips: Sequence[Clip], *, record: bool) -> None:
    _put_all(connection, clips)
    if record:
        records.owe(connection, [clip.id for clip in clips])


def _remove(connection: sqlite3.Connection, clip: int) -> bool:
    """With the file beside it, if it has one: that goes with the next files that are due."""
    gone = rows.delete_unsent(connection, clip)
    if gone:
        records.owe(connection, [clip])
    return gone


def _begin_submit(connection: sqlite3.Connection, folders: Folders, clip: Clip, limits: Limits) -> Clip:
    ledger.check_limits(connection, clip, limits)
    rows.begin_submit(connection, clip)
    counted = rows.recount(connection, clip)
    write_record(folders, counted, rows.submits_of(connection, clip.id))
    return counted


def _end_submit(connection: sqlite3.Connection, clip: Clip, verdict: Verdict, reason: Reason | None) -> Clip:
    rows.end_submit(connection, clip, verdict, clip.task, reason)
    return rows.recount(connection, clip)
