"""`ledger` and `rebuild` as the command line has them: for people, for accounting, and beside a window."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from seedance_desktop.domain.clip import Clip, Stage, Verdict
from seedance_desktop.domain.ledger import COLUMNS
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.recipe import Recipe
from seedance_desktop.library import Library
from seedance_desktop.system.lock import LibraryLock
from tests.e2e.program import Program


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A library with a charged, an unknown and a refunded submit."""
    folder = tmp_path / "library"
    asyncio.run(_fill(folder))
    return folder


async def _fill(folder: Path) -> None:
    library = Library.open(folder)
    for number, verdict in enumerate((Verdict.YES, Verdict.UNSURE, Verdict.REFUNDED), 1):
        clip = Clip(
            number, Recipe("=a, fox"), number, "https://gateway.test", Money(28), approved=number, project="Sea"
        )
        clip = await library.begin_submit(replace(clip, stage=Stage.SENDING, sent=number))
        ended = await library.end_submit(replace(clip, stage=Stage.UNSURE, task=f"task_{number}"), verdict)
        await library.record(ended)
    library.close()


def said(*arguments: str, code: int = 0) -> Program:
    program = Program(arguments, {})
    assert program.end() == code, program.tell()
    return program


def test_csv_is_for_accounting(place: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(said("ledger", "--csv", "--library", str(place)).out)))
    assert tuple(rows[0]) == COLUMNS
    assert [row["task"] for row in rows] == ["task_3", "task_2", "task_1"]
    assert [row["verdict"] for row in rows] == ["refunded", "unknown", "charged"]
    assert {(row["price"], row["currency"], row["prompt"]) for row in rows} == {("0.28", "USD", "'=a, fox")}


def test_the_table_has_its_sums(place: Path) -> None:
    out = said("ledger", "--library", str(place)).out
    assert "task_2" in out
    assert "charged · 1: $0.28" in out
    assert "unknown · 1: $0.28" in out


def test_no_library_is_an_empty_ledger_and_makes_none(tmp_path: Path) -> None:
    assert said("ledger", "--csv", "--library", str(tmp_path / "none")).out.splitlines() == [",".join(COLUMNS)]
    assert not (tmp_path / "none").exists()


def test_rebuild_says_what_came_from_where(place: Path) -> None:
    before = said("ledger", "--csv", "--library", str(place)).out
    for file in place.glob("library.sqlite*"):
        file.unlink()
    run = said("rebuild", "--json", "--library", str(place))
    report = json.loads(run.out)
    assert (report["from_records"], report["submits"], report["bad_records"]) == (3, 3, [])
    assert "rebuilt" in run.err
    assert said("ledger", "--csv", "--library", str(place)).out == before


def test_rebuild_leaves_a_library_alone_that_is_in_use(place: Path) -> None:
    lock = LibraryLock(place)
    lock.take("window")
    try:
        assert "in use" in said("rebuild", "--library", str(place), code=4).err
        assert said("ledger", "--library", str(place)).out
    finally:
        lock.release()
