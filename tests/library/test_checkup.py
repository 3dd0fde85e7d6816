"""The library in numbers: beside who has it open, damaged or absent, in time, and naming nothing."""

from __future__ import annotations

import json
from pathlib import Path

from seedance_desktop.domain.catalogue import DEMO
from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.recipe import Recipe
from seedance_desktop.library import Library
from seedance_desktop.library.checkup import check_up, last_clips

PROMPT = "a heron of brass over Lake Quillow"


def clip(number: int, stage: Stage) -> Clip:
    return Clip(number, Recipe(PROMPT), number, DEMO, Money(28), stage=stage, project="Quillow", notes="Quillow")


async def test_numbers_beside_a_library_that_is_open(tmp_path: Path) -> None:
    library = Library.open(tmp_path)
    await library.add([clip(1, Stage.READY), clip(2, Stage.READY), clip(3, Stage.FAILED)])
    facts = check_up(tmp_path, 10, lambda: False)
    newest = last_clips(tmp_path, 2)
    library.close()
    assert facts["clips"] == 3
    assert facts["clips by stage"] == {"failed": 1, "ready": 2}
    assert facts["quick check"] == "ok"
    assert facts["schema"] == facts["schema of this program"]
    assert facts["files and bytes"]["library.sqlite"].startswith("1 files, ")
    assert facts["free on its disk"] > 0
    told = json.dumps(facts)
    assert "Quillow" not in told
    assert str(tmp_path) not in told
    assert [one.id for one in newest] == [3, 2]


async def test_it_stops_when_it_is_told_to(tmp_path: Path) -> None:
    library = Library.open(tmp_path)
    await library.add([clip(number, Stage.READY) for number in range(1, 600)])
    library.close()
    assert check_up(tmp_path, 10, lambda: True)["quick check"] == "unfinished"
    assert check_up(tmp_path, 0, lambda: False)["quick check"] == "unfinished"


def test_no_library_and_a_damaged_one_are_said(tmp_path: Path) -> None:
    assert check_up(tmp_path, 10, lambda: False)["database"] == "none"
    assert last_clips(tmp_path, 5) == []
    (tmp_path / "library.sqlite").write_bytes(b"no database at all, " * 400)
    facts = check_up(tmp_path, 10, lambda: False)
    assert facts["database"] == "library-damaged"
    assert str(check_up(tmp_path / "gone", 10, lambda: False)["free on its disk"]).startswith("unknown")
