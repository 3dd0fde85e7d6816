"""From an empty file to the present schema, and what is never touched."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from seedance_desktop.domain.clip import Clip, Footage, Stage
from seedance_desktop.domain.errors import LibraryProblem
from seedance_desktop.domain.kept_images import ImageQuery, KeptImage
from seedance_desktop.domain.memory import KeptDraft
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.recipe import Draft, Recipe, Reference
from seedance_desktop.domain.shelf import Query
from seedance_desktop.library import Library, list_clips, one_clip, read_entries, rows
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


# From version 1, as 0.1 left it

MARA = Reference("Mara", "a" * 64, ".png", "", 800, 600)
STREET = Reference("雨夜", "b" * 64, ".jpg", "https://example.com/b.jpg", 0, 0)
LINK = Reference("only a link", url="https://example.com/c.jpg")
BESIDE = Reference("elsewhere", "../../outside", ".png")


def a_clip(number: int, *images: Reference, **facts: object) -> Clip:
    made = Clip(number, Recipe(f"雨夜 {number}", images), 1_000 + number, "g", Money(28), number, notes="late")
    return replace(made, **facts)  # type: ignore[arg-type]


OLD = (
    a_clip(1, replace(MARA, name="IMG_0042"), MARA, stage=Stage.READY),
    a_clip(2, replace(MARA, name="renamed later"), STREET, LINK, BESIDE),
    a_clip(3, STREET, stage=Stage.FAILED, trashed=7),
    a_clip(4, project="P", shot="1A"),
)
STRANGE = a_clip(5, MARA, stage=Stage.READY, footage=Footage(1, 1, 1, 24.0, 1.0, 1))
DRAFT = Draft(Recipe("half a thought", (MARA,)), 3, "P", "1A")


def old_library(folder: Path) -> None:
    """A library of version 1: clips, one of them with a recipe that SQLite takes for no JSON, a draft and money."""
    (folder / "backups").mkdir(parents=True)
    with closing(sqlite3.connect(folder / "library.sqlite", isolation_level=None)) as database:
        database.executescript(STEPS[0] + "PRAGMA user_version = 1; PRAGMA journal_mode = WAL;")
        columns = {found[1] for found in database.execute("PRAGMA table_info (clips)")}
        for clip in (*OLD, STRANGE):
            row = {name: value for name, value in rows.to_row(clip).items() if name in columns}
            if clip is STRANGE:
                row["recipe"] = str(row["recipe"]).replace('"duration": 5', '"duration": NaN')
            marks = ", ".join(f":{name}" for name in row)
            database.execute(f"INSERT INTO clips ({', '.join(row)}) VALUES ({marks})", row)
        database.execute(
            "INSERT INTO submits (clip, approved, gateway, price, currency, sent, verdict) "
            "VALUES (1, 5, 'g', 28, 'USD', 6, 'yes')"
        )
        draft = json.dumps(DRAFT.to_dict())
        database.execute("INSERT INTO drafts VALUES ('', ?, 50), ('other', ?, 60)", (draft, draft))
        database.execute("INSERT INTO settings VALUES ('queue-paused', 'yes')")


async def test_a_library_of_version_1_is_carried_over_whole(tmp_path: Path) -> None:
    old_library(tmp_path)
    library = Library.open(tmp_path)
    assert (await library.get([1, 2, 3, 4])) == [replace(clip, place=clip.made) for clip in OLD]
    assert [clip.id for clip in await library.under_way()] == [2, 4]
    assert list(await library.find(Query("雨夜"))) == [5, 1]
    assert (await library.ledger.spend(0, 10)).spent == 28
    assert await library.setting("queue-paused") == "yes"
    assert await library.memory.current() != 0
    assert await library.memory.draft(await library.memory.current()) == KeptDraft(1, DRAFT, "", 50)
    assert [draft.name for draft in await library.memory.drafts()] == ["other", ""]
    assert [(one.prompt, one.clips) for one in await library.memory.prompts()] == [("雨夜 1", 1)]
    library.close()


async def test_the_images_that_old_recipes_name_are_known(tmp_path: Path) -> None:
    old_library(tmp_path)
    library = Library.open(tmp_path)
    assert await library.images.find(ImageQuery()) == [
        KeptImage(STREET.hash, ".jpg", "雨夜", 0, 0, 1_002, uses=1, url=STREET.url),
        KeptImage(MARA.hash, ".png", "IMG_0042", 800, 600, 1_001, uses=2),
    ]
    assert list(await library.find(Query(image=MARA.hash))) == [1]
    await library.add([a_clip(9, MARA, stage=Stage.READY)])
    assert list(await library.find(Query(image=MARA.hash))) == [9, 1]
    library.close()


def test_an_old_library_is_backed_up_first_and_can_be_looked_at_as_it_is(tmp_path: Path) -> None:
    old_library(tmp_path)
    assert {clip.id for clip in list_clips(tmp_path)} == {1, 2, 4, 5}
    assert one_clip(tmp_path, 1) == OLD[0]
    assert [entry.prompt for entry in read_entries(tmp_path)] == ["雨夜 1"]
    Library.open(tmp_path).close()
    copy, *later = sorted((tmp_path / "backups").iterdir())
    assert [path.name for path in later] == ["library-before-version-3.sqlite"]
    with closing(sqlite3.connect(copy)) as backup:
        assert (copy.name, version(backup)) == ("library-before-version-2.sqlite", 1)
        assert backup.execute("SELECT count(*) FROM clips").fetchone() == (5,)
        assert backup.execute("SELECT name FROM drafts ORDER BY name").fetchall() == [("",), ("other",)]
