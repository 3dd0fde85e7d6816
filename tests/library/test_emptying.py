"""Emptying the trash: what goes, what stays for the ledger, and what cannot be deleted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from seedance_desktop.domain.clip import Clip, Footage, Stage, Verdict
from seedance_desktop.domain.ledger import Entry
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.recipe import Recipe
from seedance_desktop.domain.shelf import Query
from seedance_desktop.library import Library, list_clips
from seedance_desktop.library.rebuild import Rebuilt, rebuild


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    opened = Library.open(tmp_path)
    yield opened
    opened.close()


def a_clip(library: Library, number: int, **changes: object) -> Clip:
    """A clip in the trash, with its files."""
    made = Clip(number, Recipe(f"words {number}"), number, "g", Money(28), stage=Stage.READY, approved=number)
    file = f"clips/{made.name}.mp4"
    made = replace(made, trashed=5, file=file, poster=f"posters/{made.name}.jpg")
    made = replace(made, **changes)  # type: ignore[arg-type]
    for name in filter(None, (made.file, made.poster)):
        (library.folders.root / name).write_bytes(b"x")
    return made


async def paid(library: Library, number: int, **changes: object) -> Clip:
    clip = await library.end_submit(a_clip(library, number, **changes), Verdict.YES)
    await library.record(clip)
    return clip


async def free(library: Library, number: int, **changes: object) -> Clip:
    clip = a_clip(library, number, **changes)
    await library.save(clip, record=True)
    return clip


def files(library: Library) -> list[str]:
    root = library.folders.root
    return sorted(path.stem for name in ("clips", "posters", "records") for path in (root / name).iterdir())


async def test_what_cost_nothing_is_gone_and_what_was_paid_stays_in_the_ledger(library: Library) -> None:
    bought, found = await paid(library, 1), await free(library, 2)
    assert await library.delete_trashed([1, 2, 3]) == []
    [left] = await library.get([1, 2])
    assert (left.id, left.stage, left.file, left.poster, left.charged) == (1, Stage.CANCELLED, "", "", Verdict.YES)
    assert left.reason == Reason.of("deleted")
    assert files(library) == [bought.name]
    assert found.name not in files(library)
    assert not await library.find(Query(trashed=True))
    assert not list_clips(library.folders.root)
    [entry] = await library.ledger.entries()
    assert (entry.prompt, entry.verdict) == ("words 1", Verdict.YES)


async def test_only_what_is_in_the_trash_goes(library: Library) -> None:
    await free(library, 1, trashed=0)
    await free(library, 2, stage=Stage.FAILED)
    before = files(library)
    assert await library.delete_trashed([1, 2]) == []
    assert files(library) == before
    assert len(await library.get([1, 2])) == 2


async def test_a_file_that_cannot_be_deleted_is_said_and_its_clip_stays(library: Library) -> None:
    stuck, _ = await paid(library, 1), await paid(library, 2)
    file = library.folders.root / stuck.file
    file.unlink()
    file.mkdir()  # what no program can unlink
    assert await library.delete_trashed([1, 2]) == [stuck.file]
    assert list(await library.find(Query(trashed=True))) == [1]
    file.rmdir()
    assert await library.delete_trashed([1]) == [], "what is gone already needs no deleting"
    assert not await library.find(Query(trashed=True))


async def test_what_others_have_too_and_what_lies_outside_is_not_ours_to_delete(
    library: Library, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("elsewhere") / "mine.mov"
    outside.write_bytes(b"x")
    await free(library, 1, file="clips/shared.mp4", poster="posters/shared.jpg")
    await free(library, 2, file="clips/shared.mp4", poster="posters/shared.jpg", trashed=0)
    await free(library, 3, file="", outside=str(outside))
    await free(library, 4, file="../away.mp4")
    away = library.folders.root.parent / "away.mp4"
    assert await library.delete_trashed([1, 3, 4]) == ["../away.mp4"]
    assert away.exists()
    away.unlink()
    assert outside.exists()
    assert (library.folders.root / "clips/shared.mp4").exists()
    assert (library.folders.root / "posters/shared.jpg").exists()
    assert [clip.id for clip in await library.get([1, 2, 3])] == [2]


async def test_nothing_but_a_video_among_the_clips_is_ever_deleted(library: Library) -> None:
    root = library.folders.root
    (root / "references" / "original.png").write_bytes(b"x")
    (root / "clips" / "needed.mp4").write_bytes(b"x")
    (root / "clips" / "link.mp4").symlink_to("needed.mp4")
    wrong = ["references/original.png", "library.sqlite", "clips/../library.sqlite", "clips/more/../needed.mp4"]
    for number, file in enumerate(wrong, 1):
        await library.save(replace(a_clip(library, number, file=""), file=file))
    await library.save(replace(a_clip(library, 9, file=""), file="clips/link.mp4"))
    assert sorted(await library.delete_trashed([1, 2, 3, 4, 9])) == sorted(wrong)
    assert (root / "references" / "original.png").exists()
    assert (root / "library.sqlite").exists()
    assert (root / "clips" / "needed.mp4").exists(), "a link goes, and not what it leads to"
    assert not (root / "clips" / "link.mp4").is_symlink()


async def test_a_rebuild_brings_nothing_of_it_back(library: Library) -> None:
    await paid(library, 1)
    await free(library, 2)
    await library.delete_trashed([1, 2])
    library.close()
    root = library.folders.root
    for file in root.glob("library.sqlite*"):
        file.unlink()
    report = rebuild(root, _no_video, lambda _source, _target: False)
    again = Library.open(root)
    assert report == Rebuilt(from_records=1, submits=1)
    assert [clip.stage for clip in await again.get([1, 2])] == [Stage.CANCELLED]
    entries: list[Entry] = await again.ledger.entries()
    assert [entry.verdict for entry in entries] == [Verdict.YES]
    again.close()


def _no_video(path: Path) -> tuple[Footage, dict[str, Any] | None]:
    raise AssertionError(path)
