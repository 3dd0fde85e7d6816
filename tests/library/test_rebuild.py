"""The library made again: from a sound database, a backup, the records, the files; and nothing sent by itself."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from seedance_desktop.domain.clip import Clip, Flag, Stage, Verdict
from seedance_desktop.domain.kept_images import ImageQuery, KeptImage
from seedance_desktop.domain.ledger import Entry
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.recipe import Recipe, Reference, Use
from seedance_desktop.library import Library
from seedance_desktop.studio.rebuilding import rebuild_library
from tests.faults.fixtures import CLIP


def a_clip(number: int, stage: Stage = Stage.PLANNED, **facts: object) -> Clip:
    made = 1_790_000_000_000 + number
    clip = Clip(number, Recipe(f"shot {number}"), made, "https://gateway.test", Money(28), number, approved=made)
    return replace(clip, stage=stage, **facts)  # type: ignore[arg-type]


async def submitted(library: Library, number: int, stage: Stage, verdict: Verdict, task: str = "") -> Clip:
    """A clip that was sent, and what became of it."""
    sending = await library.begin_submit(a_clip(number, Stage.SENDING, sent=5))
    reason = None if stage in (Stage.READY, Stage.WAITING) else Reason.of("cut-off")
    ended = await library.end_submit(replace(sending, stage=stage, task=task, reason=reason), verdict, reason)
    await library.record(ended)
    return ended


async def shelved(library: Library, number: int) -> Clip:
    """A clip on the shelf, judged."""
    clip = await submitted(library, number, Stage.WAITING, Verdict.YES, f"task_{number}")
    name = f"clips/2026-11-22 shot {clip.name}.mp4"
    shutil.copy(CLIP, library.folders.root / name)
    ready = replace(clip, stage=Stage.READY, file=name, stars=4, flag=Flag.PICK, tags=("sea",), notes="the one")
    await library.save(ready, record=True)
    return ready


async def all_of(library: Library) -> tuple[dict[int, Clip], list[Entry]]:
    entries = await library.ledger.entries()
    with closing(sqlite3.connect(library.folders.database)) as database:
        ids = [row[0] for row in database.execute("SELECT id FROM clips")]
    return {clip.id: clip for clip in await library.get(ids)}, entries


def again(folder: Path) -> Library:
    """The library, after its database was made again."""
    rebuild_library(folder, lambda _done, _all: None)
    return Library.open(folder)


def lose(folder: Path) -> None:
    for file in folder.glob("library.sqlite*"):
        file.unlink()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "library"


def facts(entries: list[Entry]) -> list[tuple[object, ...]]:
    return sorted((one.clip, one.approved, one.price, one.verdict.value, one.task, one.note) for one in entries)


async def test_a_lost_database_comes_back_from_the_records_with_its_ledger(place: Path) -> None:
    library = Library.open(place)
    ready = await shelved(library, 1)
    unsure = await submitted(library, 2, Stage.UNSURE, Verdict.UNSURE)
    refused = await submitted(library, 3, Stage.FAILED, Verdict.NO)
    [entry] = [one for one in await library.ledger.entries() if one.clip == 2]
    await library.record(await library.ledger.correct(entry.id, Verdict.REFUNDED, "refunded 3 May"))
    _, before = await all_of(library)
    library.close()
    lose(place)
    library = again(place)
    clips, entries = await all_of(library)
    assert clips.keys() == {1, 2, 3}
    assert replace(clips[1], poster="") == ready
    assert (clips[2].stage, clips[2].charged) == (unsure.stage, Verdict.REFUNDED)
    assert (clips[3].stage, clips[3].reason) == (refused.stage, refused.reason)
    assert facts(entries) == facts(before)
    library.close()


async def test_a_submit_that_was_out_is_known(place: Path) -> None:
    library = Library.open(place)
    await library.begin_submit(a_clip(1, Stage.SENDING, sent=5))
    library.close()
    lose(place)
    library = again(place)
    clips, entries = await all_of(library)
    assert clips[1].stage is Stage.SENDING, "the start makes it unsure, as after any crash"
    assert [one.verdict for one in entries] == [Verdict.UNSURE]
    library.close()


async def test_a_damaged_database_is_set_aside_and_what_only_the_backup_knows_is_not_sent(place: Path) -> None:
    library = Library.open(place)
    await library.add([a_clip(1), a_clip(2)])
    await library.back_up()
    await library.save(replace(a_clip(2), stage=Stage.PLANNED, reason=Reason.of("not-sent")), record=True)
    library.close()
    database = place / "library.sqlite"
    database.write_bytes(b"\0" * 500 + database.read_bytes()[500:])
    report = rebuild_library(place, lambda _done, _all: None)
    assert report.backup
    assert (place / "backups" / report.set_aside).is_file()
    library = Library.open(place)
    clips, _ = await all_of(library)
    assert (clips[1].stage, clips[1].charged) == (Stage.UNSURE, Verdict.UNSURE), "it may have been sent since then"
    assert (clips[2].stage, clips[2].charged) == (Stage.FAILED, Verdict.NO), "its record says that it was not sent"
    assert [clip.reason and clip.reason.code for clip in clips.values()] == ["only-in-backup", "planned-before-rebuild"]
    library.close()


async def test_a_sound_database_is_kept_whole_even_where_a_backup_is_younger(place: Path) -> None:
    library = Library.open(place)
    await library.add([a_clip(1)])
    await library.back_up()
    await library.add([a_clip(2)])
    library.close()
    library = again(place)
    clips, _ = await all_of(library)
    assert {clip.id: clip.stage for clip in clips.values()} == {1: Stage.PLANNED, 2: Stage.PLANNED}
    library.close()


async def test_files_alone_come_onto_the_shelf_and_keep_their_ids(place: Path) -> None:
    library = Library.open(place)
    ready = await shelved(library, 7)
    library.close()
    lose(place)
    shutil.rmtree(place / "records")
    (place / ready.file).rename(place / "clips" / "renamed by hand.mp4")
    (place / "clips" / "broken.mp4").write_bytes(b"no video")
    report = rebuild_library(place, lambda _done, _all: None)
    assert (report.from_clips, report.bad_clips) == (1, ["broken.mp4"])
    library = Library.open(place)
    first, _ = await all_of(library)
    library.close()
    lose(place)
    library = again(place)
    second, _ = await all_of(library)
    assert first.keys() == second.keys()
    assert [clip.stage for clip in second.values()] == [Stage.READY]
    library.close()


async def test_what_could_not_be_recovered_is_said(place: Path) -> None:
    library = Library.open(place)
    ready = await shelved(library, 1)
    library.close()
    lose(place)
    (place / ready.file).unlink()
    (place / "records" / "00000009.json").write_text(json.dumps({"id": "00000009"}))
    (place / "records" / "torn.json").write_bytes(b'{"id": "0000')
    report = rebuild_library(place, lambda _done, _all: None)
    assert sorted(report.bad_records) == ["00000009.json", "torn.json"]
    assert report.missing_files == [ready.file]
    assert report.from_records == 1


async def test_a_record_that_names_no_video_of_the_library_names_none(place: Path) -> None:
    library = Library.open(place)
    ready = await shelved(library, 1)
    library.close()
    lose(place)
    record = place / "records" / f"{ready.name}.json"
    for file in ("library.sqlite", "../away.mp4", "clips/../records", str(place / ready.file)):
        record.write_text(json.dumps({**json.loads(record.read_bytes()), "file": file}))
        library = again(place)
        clips, entries = await all_of(library)
        library.close()
        lose(place)
        assert clips[1].file == ready.file, "found by what its own name says"
        assert [entry.verdict for entry in entries] == [Verdict.YES]


async def test_a_record_of_an_older_program_has_its_place(place: Path) -> None:
    library = Library.open(place)
    await library.save(a_clip(1, place=77), record=True)
    await library.save(a_clip(2, place=78), record=True)
    library.close()
    lose(place)
    old = place / "records" / f"{a_clip(1).name}.json"
    old.write_text(json.dumps({name: value for name, value in json.loads(old.read_bytes()).items() if name != "place"}))
    library = again(place)
    clips, _ = await all_of(library)
    assert {clip.id: clip.place for clip in clips.values()} == {1: clips[1].made, 2: 78}
    library.close()


# Images


def an_image(number: int, folder: Path, **facts: object) -> KeptImage:
    """An image with an original in the library."""
    image = KeptImage(f"{number:064x}", ".png", f"image {number}", 80, 60, 1_000 + number)
    (folder / "references" / f"{image.hash}.png").write_bytes(b"an original")
    return replace(image, **facts)  # type: ignore[arg-type]


async def images_of(library: Library) -> list[KeptImage]:
    return [*await library.images.find(ImageQuery()), *await library.images.find(ImageQuery(trashed=True))]


async def test_names_and_tags_of_images_survive_a_lost_database(place: Path) -> None:
    library = Library.open(place)
    kept = [an_image(number, place, url="https://example.com/a.png") for number in (1, 2, 3)]
    for image in kept:
        await library.images.add(image)
    await library.images.name(kept[0].hash, "雨夜 Mara")
    await library.images.tag([kept[0].hash, kept[1].hash], ["lead", "雨夜"])
    await library.images.trash([kept[2].hash], 5_000)
    used = replace(a_clip(1), recipe=Recipe("x", (kept[0].reference, kept[2].reference), Use.FIRST_LAST))
    await library.save(used, record=True)
    before = await images_of(library)
    assert [(image.name, image.uses) for image in before] == [("image 2", 0), ("雨夜 Mara", 1), ("image 3", 1)]
    library.close()
    lose(place)
    library = again(place)
    assert await images_of(library) == before
    library.close()


async def test_an_original_without_its_file_is_called_as_the_recipes_call_it(place: Path) -> None:
    library = Library.open(place)
    used, unused, carried = (an_image(number, place) for number in (1, 2, 3))
    for number, name in ((5, "first name"), (6, "later name")):
        reference = Reference(name, used.hash, ".png", "", 80, 60)
        await library.save(replace(a_clip(number), recipe=Recipe("x", (reference,))), record=True)
    bare = Reference("from a file", carried.hash, ".png", width="80 px")  # type: ignore[arg-type]
    await library.save(replace(a_clip(7), recipe=Recipe("x", (bare,))), record=True)
    library.close()
    lose(place)
    library = again(place)
    found = {image.hash: image for image in await images_of(library)}
    assert found[used.hash] == replace(used, name="first name", added=a_clip(5).made, uses=2)
    assert found[carried.hash] == replace(carried, name="from a file", width=0, height=0, added=a_clip(7).made, uses=1)
    plain = found[unused.hash]
    assert (plain.name, plain.width, plain.uses) == (unused.hash[:8], 0, 0)
    assert plain.added > 1_700_000_000_000, "its file's own time"
    library.close()


async def test_files_beside_originals_that_cannot_be_believed_are_passed_over_and_named(place: Path) -> None:
    library = Library.open(place)
    good, bad, gone = [await library.images.add(an_image(number, place)) for number in (1, 2, 3)]
    library.close()
    lose(place)
    references = place / "references"
    (references / f"{bad.hash}.json").write_text(json.dumps({"hash": bad.hash, "suffix": "/../../../x", "name": 1}))
    (references / f"{'f' * 64}.json").write_bytes(b"[" * 60_000)
    (references / "..json").write_text("{}")
    (references / f"{gone.hash}.png").unlink()
    (references / "stray.png").write_bytes(b"not ours")
    (references / f"{'e' * 64}.png").mkdir()
    report = rebuild_library(place, lambda _done, _all: None)
    names = [f"{bad.hash}.json", f"{'f' * 64}.json", "..json"]
    assert sorted(report.bad_records) == sorted(f"references/{name}" for name in names)
    assert report.missing_images == [gone.name]
    library = Library.open(place)
    assert {image.hash: image.name for image in await images_of(library)} == {
        good.hash: good.name,
        bad.hash: bad.hash[:8],
    }
    library.close()


async def test_what_only_a_backup_knows_of_an_image_is_kept(place: Path) -> None:
    library = Library.open(place)
    old, renamed = [await library.images.add(an_image(number, place, tags=("sea",))) for number in (1, 2)]
    await library.back_up()
    await library.images.name(renamed.hash, "renamed since")
    library.close()
    (place / "references" / f"{old.hash}.json").unlink()
    lose(place)
    library = again(place)
    assert await images_of(library) == [replace(renamed, name="renamed since"), old]
    library.close()


@pytest.mark.parametrize("record", [b"[" * 100_000, b'{"id": "00000009", "recipe": {"prompt": "x"}, "made": 1e400}'])
def test_records_that_break_readers_are_named(place: Path, record: bytes) -> None:
    Library.open(place).close()
    (place / "records" / "00000009.json").write_bytes(record)
    assert rebuild_library(place, lambda _done, _all: None).bad_records == ["00000009.json"]


def test_a_record_with_a_number_too_large_is_named(place: Path) -> None:
    Library.open(place).close()
    hostile = {"id": "00000009", "recipe": {"prompt": "x"}, "made": 10**30, "price": 28, "currency": "USD"}
    text = json.dumps({**hostile, "stage": "ready", "charged": "no"})
    (place / "records" / "00000009.json").write_text(text)
    assert rebuild_library(place, lambda _done, _all: None).bad_records == ["00000009.json"]
