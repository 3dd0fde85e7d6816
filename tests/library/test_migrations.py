"""From an empty file to the present schema, and what is never touched."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from seedance_desktop.domain.errors import LibraryProblem
from seedance_desktop.library import Library, list_clips
from seedance_desktop.library.migrations import STEPS, migrate, version


def made(folder: Path) -> Path:
    Library.open(folder).close()
    return folder / "library.sqlite"


def test_an_empty_folder_becomes_a_library(tmp_path: Path) -> None:
    database = made(tmp_path / "new" / "library")
    with closing(sqlite3.connect(database)) as connection:
        assert version(connection) == len(STEPS)
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        mode = connection.execute("PRAGMA journal_mode").fetchone()
    assert {"clips", "submits", "images", "drafts", "settings"} <= tables
    assert mode == ("wal",)
    folders = {path.name for path in database.parent.iterdir() if path.is_dir()}
    assert folders == {"clips", "records", "references", "posters", "backups"}


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    database = made(tmp_path)
    before = database.read_bytes()
    made(tmp_path)
    assert database.read_bytes() == before
    assert not list((tmp_path / "backups").iterdir())


def test_a_newer_library_is_left_alone(tmp_path: Path) -> None:
    database = made(tmp_path)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    before = database.read_bytes()
    for look in (Library.open, list_clips):
        with pytest.raises(LibraryProblem) as raised:
            look(tmp_path)
        assert raised.value.reason.code == "library-newer"
    assert database.read_bytes() == before


@pytest.mark.parametrize(
    "rubbish", [b"this is no database, but it is long enough" * 100, b"SQLite format 3\0" + b"\1" * 4096]
)
def test_a_damaged_file_is_said_and_left_alone(tmp_path: Path, rubbish: bytes) -> None:
    database = made(tmp_path)
    database.write_bytes(rubbish)
    for look in (Library.open, list_clips):
        with pytest.raises(LibraryProblem) as raised:
            look(tmp_path)
        assert raised.value.reason.code == "library-damaged"
    assert database.read_bytes() == rubbish


def test_a_folder_where_the_file_should_be(tmp_path: Path) -> None:
    from seedance_desktop.domain.errors import Problem

    (tmp_path / "library.sqlite").mkdir()
    with pytest.raises(Problem):
        Library.open(tmp_path)


def test_each_step_comes_after_a_backup_and_is_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path)
    good, bad = "CREATE TABLE first (x);", "CREATE TABLE second (x); CREATE TABLE second (y);"
    monkeypatch.setattr("seedance_desktop.library.migrations.STEPS", (*STEPS, good, bad))
    labels: list[str] = []
    with closing(sqlite3.connect(tmp_path / "library.sqlite", isolation_level=None)) as connection:
        with pytest.raises(sqlite3.OperationalError):
            migrate(connection, str(tmp_path), labels.append)
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        assert version(connection) == len(STEPS) + 1
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert "first" in tables
    assert "second" not in tables
    assert labels == [f"before-version-{len(STEPS) + 1}", f"before-version-{len(STEPS) + 2}"]
