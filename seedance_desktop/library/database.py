"""Connections to a library's SQLite file: one that writes, one that reads, backups, and errors as our own."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from seedance_desktop.domain.errors import DiskProblem, LibraryProblem

from .files import Folders
from .migrations import STEPS, migrate, version

_KEPT_DAILY = 7
_NO_ROOM = 1 << 20


def open_writer(folders: Folders) -> sqlite3.Connection:
    """The writing connection, the schema up to date, each commit on disk when it returns; raises `LibraryProblem`."""
    with sound(folders):
        connection = _connect(str(folders.database))
    try:
        with sound(folders):
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA fullfsync = ON")  # on macOS a plain fsync doesn't reach the disk
            migrate(connection, str(folders.root), lambda label: backup(connection, folders.backups, label))
    except BaseException:
        connection.close()
        raise
    return connection


def open_reader(folders: Folders) -> sqlite3.Connection:
    """A connection that cannot write; raises `LibraryProblem` where there is no library or a newer one."""
    with sound(folders):
        try:
            connection, found = _look_only(folders, "mode=ro")
        except sqlite3.OperationalError:
            if Path(f"{folders.database}-wal").exists():
                raise
            # A folder that can't be written, such as an archive's: then nobody else writes there either.
            connection, found = _look_only(folders, "immutable=1")
    if found > len(STEPS):
        connection.close()
        raise LibraryProblem("library-newer", folder=str(folders.root))
    return connection


def _look_only(folders: Folders, how: str) -> tuple[sqlite3.Connection, int]:
    connection = _connect(f"{folders.database.resolve().as_uri()}?{how}")
    try:
        return connection, version(connection)
    except BaseException:
        connection.close()
        raise


def _connect(name: str) -> sqlite3.Connection:
    # Each connection is used by one thread at a time: `Library` gives it a single-thread executor.
    connection = sqlite3.connect(
        name, uri=name.startswith("file:"), isolation_level=None, check_same_thread=False, timeout=5
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


@contextmanager
def sound(folders: Folders) -> Iterator[None]:
    """Turn SQLite's errors into ours: a damaged file is a `LibraryProblem`, a disk that fails a `DiskProblem`."""
    try:
        yield
    except OSError as error:
        raise DiskProblem.of(error, str(folders.root)) from error
    except sqlite3.OperationalError as error:
        raise _disk_problem(error, folders) from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise
        raise LibraryProblem("library-damaged", folder=str(folders.root), detail=str(error)) from error


def _disk_problem(error: sqlite3.OperationalError, folders: Folders) -> Exception:
    codes = {
        sqlite3.SQLITE_FULL: "disk-full",
        sqlite3.SQLITE_READONLY: "disk-read-only",
        sqlite3.SQLITE_CANTOPEN: _gone_or_full(folders),
        sqlite3.SQLITE_IOERR: _gone_or_full(folders),
    }
    number = error.sqlite_errorcode & 0xFF
    if number == sqlite3.SQLITE_ERROR:  # our own SQL is wrong
        return error
    return DiskProblem(codes.get(number, "disk-error"), where=str(folders.root), detail=str(error))


def _gone_or_full(folders: Folders) -> str:
    """SQLite calls a full disk an I/O error where it cannot make its helper files."""
    try:
        return "disk-full" if shutil.disk_usage(folders.root).free < _NO_ROOM else "disk-gone"
    except OSError:
        return "disk-gone"


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All or nothing: committed and on disk at the end, rolled back if anything is raised."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def backup(connection: sqlite3.Connection, folder: Path, label: str) -> Path:
    """Copy the database as it stands into `folder` under `label`, whole or not at all."""
    target, unfinished = folder / f"library-{label}.sqlite", folder / f".library-{label}.tmp"
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(unfinished)) as copy:
        connection.backup(copy)
    unfinished.replace(target)
    return target


def daily_backup(connection: sqlite3.Connection, folder: Path) -> None:
    """Today's backup if there is none yet; the last seven days are kept."""
    label = time.strftime("%Y-%m-%d")
    if not (folder / f"library-{label}.sqlite").exists():
        backup(connection, folder, label)
    for old in sorted(folder.glob("library-20??-??-??.sqlite"))[:-_KEPT_DAILY]:
        old.unlink(missing_ok=True)
