"""The threads of a library: one writes, one reads, one reads what takes long; each has its own connection."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from seedance_desktop.domain.errors import DiskProblem

from .database import open_reader, open_writer, sound, transaction
from .files import Folders

P = ParamSpec("P")
T = TypeVar("T")


class Threads:
    """What every part of a library reads and writes through. Made by `open`; `close` when done."""

    def __init__(
        self, folders: Folders, writer: sqlite3.Connection, reader: sqlite3.Connection, slow: sqlite3.Connection
    ) -> None:
        """Use `open`."""
        self.folders, self.writer, self.reader, self._slow = folders, writer, reader, slow
        self._file = folders.database.stat()
        self._writing = ThreadPoolExecutor(1, "library-writer")
        self._reading = ThreadPoolExecutor(1, "library-reader")
        self._reading_long = ThreadPoolExecutor(1, "library-long")

    @classmethod
    def open(cls, folder: Path) -> Threads:
        """Open or make the library in `folder` (blocking); raises `LibraryProblem` or `DiskProblem`."""
        folders = Folders(folder)
        folders.make()
        with ExitStack() as opened:
            connections = []
            for one in (open_writer, open_reader, open_reader):
                connections.append(one(folders))
                opened.callback(connections[-1].close)
            threads = cls(folders, *connections)
            opened.pop_all()
        return threads

    def close(self) -> None:
        """End the threads and close the database (blocking); the log is folded into the file."""
        for thread in (self._reading, self._reading_long, self._writing):
            thread.shutdown()
        for connection in (self.reader, self._slow, self.writer):
            connection.close()

    async def write(self, do: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kw: P.kwargs) -> T:
        """What `do` does is on disk when this returns, or none of it."""

        def in_transaction(connection: sqlite3.Connection, /, *args: P.args, **kw: P.kwargs) -> T:
            self._still_there()
            with transaction(connection):
                return do(connection, *args, **kw)

        return await self._run(self._writing, self.writer, in_transaction, *args, **kw)

    async def after_writes(
        self, do: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kw: P.kwargs
    ) -> T:
        """`do` in the writer's turn but outside a transaction: for files that say what the rows say by then."""
        return await self._run(self._writing, self.writer, do, *args, **kw)

    async def read(self, do: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kw: P.kwargs) -> T:
        """What `do` finds; it sees every write that has returned."""
        return await self._run(self._reading, self.reader, do, *args, **kw)

    async def read_long(self, do: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kw: P.kwargs) -> T:
        """As `read`, for what may take a tenth of a second: what is on screen doesn't wait for it."""
        return await self._run(self._reading_long, self._slow, do, *args, **kw)

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
