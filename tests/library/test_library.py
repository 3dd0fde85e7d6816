"""What the studio relies on: each call returns when it is on disk, money stays, and errors are ours."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from seedance_desktop.domain.clip import Clip, Stage, Verdict, new_id
from seedance_desktop.domain.errors import DiskProblem, LibraryProblem
from seedance_desktop.domain.money import Money, Spend
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.recipe import Recipe
from seedance_desktop.library import Library, list_clips, one_clip
from tests.faults.fixtures import SmallDisk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
async def library(folder: Path) -> AsyncIterator[Library]:
    opened = Library.open(folder)
    yield opened
    opened.close()


def clip(**changes: object) -> Clip:
    number = new_id()
    made = Clip(number, Recipe("a fox in the snow"), 1_000, "https://gateway.example", Money(28), click=number)
    return replace(made, approved=1_000, **changes)  # type: ignore[arg-type]


def on_disk(folder: Path, sql: str) -> list[tuple[object, ...]]:
    """What another program sees at this moment."""
    with closing(sqlite3.connect(folder / "library.sqlite")) as other:
        return other.execute(sql).fetchall()


async def test_a_clip_comes_back_as_it_went(library: Library, folder: Path) -> None:
    one = clip(tags=("night", "rain"), notes="x\n'\"雨", reason=Reason.of("refused", message="no"))
    await library.add([one])
    assert await library.get([one.id]) == [one]
    assert on_disk(folder, "SELECT id FROM clips") == [(one.id,)]


async def test_all_takes_or_none(library: Library) -> None:
    good = clip()
    broken = replace(clip(), made="never")  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        await library.add([good, broken])
    assert await library.under_way() == []


async def test_sending_and_its_submit_are_one_step(library: Library, folder: Path) -> None:
    one = clip()
    await library.add([one])
    sending = await library.begin_submit(replace(one, stage=Stage.SENDING, sent=5))
    assert sending.charged is Verdict.UNSURE
    assert on_disk(folder, "SELECT stage, charged FROM clips") == [("sending", "unsure")]
    assert on_disk(folder, "SELECT verdict, price, currency, sent FROM submits") == [("unsure", 28, "USD", 5)]


async def test_an_answer_ends_the_submit_in_row_and_record(library: Library, folder: Path) -> None:
    one = clip()
    await library.add([one])
    sending = await library.begin_submit(replace(one, stage=Stage.SENDING))
    waiting = await library.end_submit(replace(sending, stage=Stage.WAITING, task="t"), Verdict.YES)
    await library.record(waiting)
    assert waiting.charged is Verdict.YES
    assert on_disk(folder, "SELECT verdict, task FROM submits") == [("yes", "t")]
    record = json.loads((folder / "records" / f"{one.name}.json").read_bytes())
    assert (record["task"], record["charged"], record["gateway"]) == ("t", "yes", one.gateway)
    assert [submit["verdict"] for submit in record["submits"]] == ["yes"]


async def test_the_task_is_on_disk_even_if_the_record_is_not(library: Library, folder: Path) -> None:
    one = clip()
    await library.add([one])
    sending = await library.begin_submit(replace(one, stage=Stage.SENDING))
    shutil.rmtree(folder / "records")
    waiting = await library.end_submit(replace(sending, stage=Stage.WAITING, task="t"), Verdict.YES)
    with pytest.raises(DiskProblem):
        await library.record(waiting)
    assert on_disk(folder, "SELECT task FROM clips") == [("t",)]
    with pytest.raises(DiskProblem):
        await library.save(replace(waiting, stage=Stage.READY), record=True)
    assert on_disk(folder, "SELECT stage FROM clips") == [("waiting",)], "row and record, or neither"


async def test_a_second_try_of_one_approval_is_one_row_and_a_new_approval_another(library: Library) -> None:
    one = clip()
    await library.add([one])
    for _ in range(2):
        sending = await library.begin_submit(replace(one, stage=Stage.SENDING))
        one = await library.end_submit(replace(sending, stage=Stage.PLANNED), Verdict.NO, Reason.of("not-sent"))
    assert one.charged is Verdict.NO
    again = await library.begin_submit(replace(one, stage=Stage.SENDING, approved=2_000))
    await library.record(await library.end_submit(replace(again, stage=Stage.WAITING, task="t"), Verdict.YES))
    record = json.loads((library.folders.records / f"{one.name}.json").read_bytes())
    assert [(submit["approved"], submit["verdict"]) for submit in record["submits"]] == [(1_000, "no"), (2_000, "yes")]


@pytest.mark.parametrize(
    ("verdicts", "together"),
    [
        ([Verdict.NO], Verdict.NO),
        ([Verdict.NO, Verdict.REFUNDED], Verdict.REFUNDED),
        ([Verdict.REFUNDED, Verdict.UNSURE], Verdict.UNSURE),
        ([Verdict.YES, Verdict.NO], Verdict.YES),
        ([Verdict.UNSURE, Verdict.YES], Verdict.YES),
    ],
)
async def test_the_worst_of_its_submits_is_what_a_clip_has_cost(
    library: Library, verdicts: list[Verdict], together: Verdict
) -> None:
    one = clip()
    await library.add([one])
    for number, verdict in enumerate(verdicts):
        sending = await library.begin_submit(replace(one, stage=Stage.SENDING, approved=number + 1))
        one = await library.end_submit(replace(sending, stage=Stage.UNSURE), verdict)
    assert one.charged is together


async def test_submits_are_never_deleted(library: Library, folder: Path) -> None:
    one = clip()
    await library.add([one])
    await library.begin_submit(replace(one, stage=Stage.SENDING))
    assert await library.remove(one) is False
    with closing(sqlite3.connect(folder / "library.sqlite")) as other:
        with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
            other.execute("DELETE FROM submits")
        other.rollback()
    assert on_disk(folder, "SELECT count(*) FROM submits") == [(1,)]


async def test_what_was_never_sent_can_be_taken_back(library: Library) -> None:
    one = clip()
    await library.add([one])
    assert await library.remove(one) is True
    assert await library.get([one.id]) == []


async def test_an_adopted_task_without_a_submit_makes_one(library: Library, folder: Path) -> None:
    one = clip(stage=Stage.FAILED)
    await library.add([one])
    adopted = await library.end_submit(replace(one, stage=Stage.WAITING, task="found"), Verdict.YES)
    assert adopted.charged is Verdict.YES
    assert on_disk(folder, "SELECT verdict, task, price FROM submits") == [("yes", "found", 28)]


async def test_spend_counts_charged_unknown_and_planned(library: Library) -> None:
    clips = [clip() for _ in range(5)]
    await library.add(clips)
    for one, verdict in zip(clips, (Verdict.YES, Verdict.UNSURE, Verdict.NO, Verdict.REFUNDED), strict=False):
        await library.begin_submit(replace(one, stage=Stage.SENDING))
        await library.end_submit(replace(one, stage=Stage.CANCELLED), verdict)
    assert await library.ledger.spend(0, 2_000) == Spend(56, 28)
    assert await library.ledger.spend(1_001, 2_000) == Spend(0, 28)
    assert await library.ledger.spend(0, 1_000) == Spend(0, 28)


async def test_settings_survive(folder: Path) -> None:
    library = Library.open(folder)
    await library.keep_setting("queue-paused", "yes")
    library.close()
    library = Library.open(folder)
    assert await library.setting("queue-paused") == "yes"
    assert await library.setting("nothing") == ""
    library.close()


async def test_typical_time_is_a_median_of_the_last(library: Library) -> None:
    def done(seconds: int) -> Clip:
        return clip(stage=Stage.READY, accepted=1_000, done=1_000 + seconds * 1000)

    await library.add([done(60), done(120)])
    assert await library.typical_seconds() is None
    await library.add([done(9000)])
    assert await library.typical_seconds() == 120.0


async def test_it_opens_in_a_worker_and_serves_from_many_tasks(folder: Path) -> None:
    import asyncio

    library = await asyncio.to_thread(Library.open, folder)
    clips = [clip() for _ in range(30)]
    await asyncio.gather(*(library.add([one]) for one in clips), *(library.under_way() for _ in range(10)))
    assert {one.id for one in await library.under_way()} == {one.id for one in clips}
    await asyncio.to_thread(library.close)
    assert not (folder / "library.sqlite-wal").exists(), "the log is folded into the file"


# Beside another program


async def test_others_may_look_while_we_write(library: Library, folder: Path) -> None:
    one = clip()
    await library.add([one])
    assert list_clips(folder) == [one]
    assert one_clip(folder, one.id) == one
    assert one_clip(folder, 1) is None
    looked = subprocess.run(
        [sys.executable, "-c", LOOK, str(folder)], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert looked.stdout.split() == [one.name]


LOOK = """
import sys
from pathlib import Path
from seedance_desktop.library import list_clips
print(*[clip.name for clip in list_clips(Path(sys.argv[1]))])
"""


def test_looking_makes_nothing(folder: Path) -> None:
    assert list_clips(folder) == []
    assert not folder.exists()
    folder.mkdir()
    (folder / "library.sqlite").write_bytes(b"")
    assert list_clips(folder) == []


async def test_a_busy_database_is_waited_out_and_then_the_disks_fault(library: Library, folder: Path) -> None:
    library._threads.writer.execute("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(folder / "library.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DiskProblem) as raised:
            await library.add([clip()])
        other.execute("ROLLBACK")
    assert raised.value.reason.code == "disk-error"
    await library.add([clip()])


# A disk that fails


async def test_a_folder_that_is_gone_takes_no_save(library: Library, folder: Path) -> None:
    one = clip()
    await library.add([one])
    folder.rename(folder.with_name("moved"))
    with pytest.raises(DiskProblem) as raised:
        await library.begin_submit(replace(one, stage=Stage.SENDING))
    assert raised.value.reason.code == "disk-gone"
    folder.with_name("moved").rename(folder)
    await library.begin_submit(replace(one, stage=Stage.SENDING))


async def test_another_library_in_its_place_takes_no_save_either(library: Library, folder: Path) -> None:
    folder.rename(folder.with_name("moved"))
    Library.open(folder).close()
    with pytest.raises(DiskProblem):
        await library.add([clip()])
    assert on_disk(folder, "SELECT count(*) FROM clips") == [(0,)]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(LibraryProblem) as raised:
        Library.open(tmp_path / "file" / "library")
    assert raised.value.reason.code == "library-not-writable"


async def test_a_full_disk_is_said_and_loses_nothing(small_disk: SmallDisk) -> None:
    library = Library.open(small_disk.root / "library")
    one = clip()
    await library.add([one])
    small_disk.fill()
    with pytest.raises(DiskProblem) as raised:  # noqa: PT012
        for _ in range(100):
            await library.add([replace(clip(), notes="x" * 20_000)])
    assert raised.value.reason.code == "disk-full"
    assert one in await library.get([one.id])
    small_disk.make_room()
    await library.begin_submit(replace(one, stage=Stage.SENDING))
    library.close()


def test_a_read_only_disk_is_said_and_can_be_looked_at(small_disk: SmallDisk) -> None:
    folder = small_disk.root / "library"
    Library.open(folder).close()
    small_disk.make_read_only()
    with pytest.raises(LibraryProblem) as raised:
        Library.open(folder)
    assert raised.value.reason.code == "library-not-writable"
    assert list_clips(folder) == []


async def test_a_crash_in_the_middle_of_a_transaction_leaves_the_row_as_it_was(folder: Path) -> None:
    library = Library.open(folder)
    one = clip()
    await library.add([one])
    library.close()
    killed = subprocess.run([sys.executable, "-c", DIE, str(folder), str(one.id)], check=False)
    assert killed.returncode == -9
    library = Library.open(folder)
    assert await library.get([one.id]) == [one]
    library.close()


DIE = """
import os, signal, sqlite3, sys
other = sqlite3.connect(sys.argv[1] + "/library.sqlite", isolation_level=None)
other.execute("BEGIN IMMEDIATE")
other.execute("UPDATE clips SET stage = 'ready' WHERE id = ?", (int(sys.argv[2]),))
os.kill(os.getpid(), signal.SIGKILL)
"""


# Backups


async def test_one_backup_a_day_and_seven_are_kept(library: Library, folder: Path) -> None:
    one = clip()
    await library.add([one])
    for day in range(10, 20):
        (folder / "backups" / f"library-2020-01-{day}.sqlite").write_bytes(b"")
    await library.back_up()
    kept = sorted(path.name for path in (folder / "backups").iterdir())
    assert len(kept) == 7
    with closing(sqlite3.connect(folder / "backups" / kept[-1])) as copy:
        assert copy.execute("SELECT id FROM clips").fetchall() == [(one.id,)]
    first = (folder / "backups" / kept[-1]).stat()
    await library.back_up()
    assert (folder / "backups" / kept[-1]).stat().st_mtime_ns == first.st_mtime_ns


async def test_a_backup_that_cannot_be_written_is_the_disks_fault(library: Library, folder: Path) -> None:
    (folder / "backups").rmdir()
    with pytest.raises(DiskProblem):
        await library.back_up()


def test_no_thread_outlives_it(folder: Path) -> None:
    before = threading.active_count()
    Library.open(folder).close()
    assert threading.active_count() == before
