"""Records after batches: written one by one, known while they are due, and rebuilt with all that review adds."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from seedance_desktop.domain.clip import Clip, Footage, Stage
from seedance_desktop.domain.errors import DiskProblem
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.recipe import Recipe, Reference
from seedance_desktop.library import Library, records
from seedance_desktop.library.rebuild import rebuild

FOOTAGE = Footage(1, 1, 1, 24.0, 1.0, 1)


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    opened = Library.open(tmp_path)
    yield opened
    opened.close()


def clips(count: int, **changes: object) -> list[Clip]:
    made = [Clip(number, Recipe(f"words {number}"), number, "g", Money(28)) for number in range(1, count + 1)]
    return [replace(one, stage=Stage.READY, file=f"clips/{one.name}.mp4", **changes) for one in made]  # type: ignore[arg-type]


def record(library: Library, clip: Clip) -> dict[str, Any]:
    return dict(json.loads((library.folders.records / f"{clip.name}.json").read_bytes()))


def look(_path: Path) -> tuple[Footage, dict[str, Any] | None]:
    return FOOTAGE, None


def make_poster(_source: Path, target: Path) -> bool:
    target.write_bytes(b"")
    return True


def lose(folder: Path) -> None:
    for file in folder.glob("library.sqlite*"):
        file.unlink()


async def test_rows_are_one_step_and_each_has_its_record(library: Library) -> None:
    many = clips(70, tags=("night",))
    await library.save_many(many)
    assert all(record(library, one)["tags"] == ["night"] for one in many)
    await library.save_many([replace(one, stars=4) for one in many], record=False)
    assert [one.stars for one in await library.get([1, 70])] == [4, 4]
    assert record(library, many[0])["stars"] == 0


async def test_others_write_in_between(library: Library) -> None:
    """A click that costs money waits for a few files, not for all of them."""
    many = clips(300)
    saving = asyncio.ensure_future(library.save_many(many))
    await library._threads.write(lambda connection: connection.execute("SELECT 1"))
    assert not saving.done()
    await library.begin_submit(replace(many[0], id=999, stage=Stage.SENDING))
    written = len(list(library.folders.records.iterdir()))
    await saving
    assert written < 150
    assert len(list(library.folders.records.iterdir())) == 301


async def test_records_that_could_not_be_written_stay_due(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise DiskProblem("disk-full", where="", detail="")

    many = clips(3)
    with monkeypatch.context() as patch:
        patch.setattr(records, "write_all", full)
        with pytest.raises(DiskProblem):
            await library.save_many(many)
    assert len(await library.get([1, 2, 3])) == 3, "the rows are there"
    await library.save_many([])
    assert record(library, many[2])["id"] == many[2].name


async def test_a_record_that_comes_late_says_what_is_so_by_then(library: Library) -> None:
    """A full disk holds it up, and meanwhile the clip was thrown away, or taken back."""
    [old, gone] = clips(2)
    await library.add([replace(old, trashed=5), gone])
    assert await library.remove(gone)
    await library.record(old)
    await library.record(gone)
    assert record(library, old)["trashed"] == 5
    assert [path.stem for path in library.folders.records.iterdir()] == [old.name]


async def test_what_is_taken_back_leaves_no_record(library: Library) -> None:
    [planned] = clips(1)
    await library.save(planned, record=True)
    assert await library.remove(planned)
    await library.save_many([])
    assert list(library.folders.records.iterdir()) == []


async def test_a_rebuild_trusts_no_record_that_is_due(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise DiskProblem("disk-gone", where="", detail="")

    old = clips(2)
    await library.save_many(old)
    with monkeypatch.context() as patch:
        patch.setattr(records, "write_all", killed)
        with pytest.raises(DiskProblem):
            await library.save_many([replace(old[0], tags=("new",))])
    library.close()
    rebuild(library.folders.root, look, make_poster)
    again = Library.open(library.folders.root)
    assert {one.id: one.tags for one in await again.get([1, 2])} == {1: ("new",), 2: ()}
    assert record(again, old[0])["tags"] == ["new"], "and it writes them"
    again.close()


async def test_what_review_adds_survives_a_lost_database(library: Library, tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere.mov"
    outside.write_bytes(b"x")
    [one] = clips(1, mark_in=3, mark_out=90, handed=1_790_000_000_000, tags=("blue hour",), footage=FOOTAGE)
    recipe = Recipe("child", (Reference("frame", "a" * 64, ".png", clip=1, frame=90),))
    child = replace(one, id=2, recipe=recipe, file="", outside=str(outside), shot="12B", mark_in=-1)
    gone = replace(child, id=3, outside=str(tmp_path / "gone.mov"), recipe=Recipe("x"))
    await library.save_many([one, child, gone])
    library.close()
    lose(tmp_path)
    (tmp_path / one.file).write_bytes(b"x")
    report = rebuild(tmp_path, look, make_poster)
    assert report.missing_files == [gone.outside]
    assert outside.exists()
    again = Library.open(tmp_path)
    found = {clip.id: replace(clip, poster="", place=0) for clip in await again.get([1, 2, 3])}
    assert found == {clip.id: clip for clip in (one, child, gone)}
    assert [clip.poster for clip in await again.get([2])] == [f"posters/{child.name}.jpg"]
    assert [edge.parent for edge in (await again.family(2)).edges] == [1]
    assert await again.tags() == ["blue hour"]
    assert {clip.id for clip in await again.takes(2)} == {2, 3}
    again.close()


def test_a_rebuild_says_how_far_it_is(tmp_path: Path) -> None:
    Library.open(tmp_path).close()
    for number in range(30):
        (tmp_path / "clips" / f"{number}.mp4").write_bytes(b"")
    steps: list[tuple[int, int]] = []
    report = rebuild(tmp_path, look, make_poster, lambda done, total: steps.append((done, total)))
    assert report.from_clips == 30
    assert steps == [(number, 30) for number in range(1, 31)] * 2, "files, then posters"
