"""Videos from outside: copied or referenced, with what they carry, never doubled, and never half."""

from __future__ import annotations

import asyncio
import json
import shutil
import struct
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from seedance_desktop.domain.clip import Clip, Stage, Verdict
from seedance_desktop.domain.news import ClipSaved, JobProgress, JobState
from seedance_desktop.domain.recipe import Recipe, Reference, Use
from seedance_desktop.domain.shelf import Query
from seedance_desktop.gateway import Gateway
from seedance_desktop.library import Library
from seedance_desktop.media import recipes
from seedance_desktop.studio import copying
from seedance_desktop.studio.rebuilding import rebuild_library
from tests.faults.fixtures import SmallDisk
from tests.faults.gateway import FaultGateway
from tests.media.making import clip as film
from tests.media.making import saved
from tests.studio.conftest import Bench


async def bring(bench: Bench, *paths: Path, reference: bool = False) -> JobProgress:
    return await bench.studio.jobs.over(bench.studio.jobs.import_clips(paths, reference=reference))


def codes(progress: JobProgress) -> list[str]:
    return [reason.code for reason in progress.problems]


def left(folder: Path) -> list[str]:
    """What no video, record or poster is."""
    return [str(path) for path in folder.rglob(".*")]


async def row(bench: Bench, number: int) -> Clip:
    [clip] = await bench.library.get([number])
    return clip


@pytest.fixture
def shoot(tmp_path: Path) -> Path:
    """A folder with an MP4, a MOV and a WebM, and things that are none."""
    folder = tmp_path / "shoot"
    (folder / "more").mkdir(parents=True)
    film(folder / "Take 2.mp4", frames=24, audio=True)
    film(folder / "more" / "take 10.MOV", frames=30, size=(180, 320))
    film(folder / "more" / "take 3.webm", codec="libvpx-vp9", frames=12, between=0, size=(240, 240))
    (folder / "notes.txt").write_text("no video")
    (folder / ".hidden.mp4").write_bytes(b"no video")
    return folder


async def test_folders_and_files_come_in_whole_and_in_order(bench: Bench, shoot: Path) -> None:
    ended = await bring(bench, shoot)
    assert (ended.state, ended.done, ended.total, ended.share, codes(ended)) == (JobState.DONE, 3, 3, 1.0, [])
    clips = [await row(bench, number) for number in ended.clips]
    assert [clip.recipe.prompt for clip in clips] == ["Take 2", "take 3", "take 10"]
    assert [Path(clip.file).suffix for clip in clips] == [".mp4", ".webm", ".mov"]
    assert [clip.recipe.ratio for clip in clips] == ["16:9", "1:1", "9:16"]
    for clip, source in zip(clips, ("Take 2.mp4", "more/take 3.webm", "more/take 10.MOV"), strict=True):
        assert (bench.folder / clip.file).read_bytes() == (shoot / source).read_bytes()
        assert (clip.stage, clip.charged, clip.price.minor, clip.project) == (Stage.READY, Verdict.NO, 0, "")
        assert clip.name in clip.file
        with Image.open(bench.folder / clip.poster) as poster:
            assert poster.size[0] >= 180
        read = json.loads((bench.folder / "records" / f"{clip.name}.json").read_bytes())
        assert (read["stage"], read["file"]) == ("ready", clip.file)
    assert [clip.footage.frames for clip in clips if clip.footage] == [24, 12, 30]
    assert [news.clip.id for news in bench.said if isinstance(news, ClipSaved)] == list(ended.clips)
    assert set(await bench.studio.find(Query())) == set(ended.clips)
    assert bench.rows("SELECT count(*) FROM submits") == [(0,)]
    assert left(bench.folder) == []
    assert await bench.library.setting("staging") == "[]"


async def test_a_video_of_ours_brings_its_recipe_and_finds_its_images(bench: Bench, tmp_path: Path) -> None:
    known = await bench.studio.pictures.take_in(saved(Image.new("RGB", (320, 320), "red"), "PNG"))
    await bench.studio.pictures.name(known.hash, "Mara")
    images = (replace(known, name="old name"), Reference("gone", "0" * 64, ".png"))
    recipe = Recipe("Mara at the sea", images, Use.REFERENCES, "9:16", 10, "720p")
    plain, carrying = film(tmp_path / "plain.mp4", frames=12), tmp_path / "carrying.mp4"
    recipes.write(plain, carrying, recipe.to_public_dict(), "Mara")
    ended = await bring(bench, carrying)
    clip = await row(bench, ended.clips[0])
    assert replace(clip.recipe, references=()) == replace(recipe, references=())
    assert [(one.name, one.width) for one in clip.recipe.references] == [("Mara", 320), ("gone", 0)]


async def test_a_referenced_video_stays_where_it_lies(bench: Bench, shoot: Path) -> None:
    file = film(shoot / "large.mp4", frames=24, size=(640, 360))
    before = file.stat().st_mtime_ns
    ended = await bring(bench, file, reference=True)
    clip = await row(bench, ended.clips[0])
    assert (clip.outside, clip.file) == (str(file), "")
    assert list((bench.folder / "clips").iterdir()) == []
    assert (bench.folder / clip.poster).exists()
    assert bench.library.folders.file_of(clip) == file
    still = await bench.studio.pictures.frame(clip.id, -1)
    assert (still.clip, still.frame, still.width) == (clip.id, 23, 640)
    assert file.stat().st_mtime_ns == before
    file.unlink()
    again = await bring(bench, file, reference=True)
    assert codes(again) == ["video-missing"]


async def test_what_is_there_already_is_not_doubled(bench: Bench, shoot: Path, tmp_path: Path) -> None:
    [made] = await bench.ready()
    first = await bring(bench, shoot / "Take 2.mp4")
    copy = Path(shutil.copy(shoot / "Take 2.mp4", tmp_path / "another name.mp4"))
    exported = Path(shutil.copy(bench.folder / made.file, tmp_path / "exported.mp4"))
    await bench.studio.keeping.trash([made.id])
    again = await bring(bench, copy, copy, shoot / "Take 2.mp4", exported)
    assert set(again.clips) == {first.clips[0], made.id} == set(again.known)
    assert len(list((bench.folder / "clips").iterdir())) == 2
    assert (await row(bench, made.id)).trashed == 0, "it is wanted again"
    other = bytearray(copy.read_bytes())
    other[-1] ^= 1
    (bench.folder / (await row(bench, first.clips[0])).file).write_bytes(other)
    third = await bring(bench, copy)
    assert third.known == (), "the library's own file is another by now"


async def test_a_file_that_lies_in_the_library_is_taken_where_it_lies(bench: Bench, shoot: Path) -> None:
    lost = Path(shutil.copy(shoot / "Take 2.mp4", bench.folder / "clips" / "lost.mp4"))
    ended = await bring(bench, lost)
    assert (await row(bench, ended.clips[0])).file == "clips/lost.mp4"
    assert [path.name for path in (bench.folder / "clips").iterdir()] == ["lost.mp4"]


async def test_what_is_no_video_is_said_one_by_one_and_the_rest_comes(
    bench: Bench, shoot: Path, tmp_path: Path
) -> None:
    (tmp_path / "page.mp4").write_text("<html>")
    (tmp_path / "empty.mov").write_bytes(b"")
    (tmp_path / "nothing").mkdir()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes((shoot / "Take 2.mp4").read_bytes()[:-2000])
    ended = await bring(
        bench, tmp_path / "page.mp4", tmp_path / "empty.mov", tmp_path / "gone.mp4", shoot / "notes.txt",
        tmp_path / "nothing", cut, Path("bad\0name.mp4"), shoot / "Take 2.mp4",
    )  # fmt: skip
    assert codes(ended) == [
        "video-unreadable",
        "video-unreadable",
        "video-missing",
        "video-kind",
        "folder-without-videos",
        "video-unreadable",
        "video-missing",
    ]
    assert len(ended.clips) == 1
    assert ended.state is JobState.DONE
    assert left(bench.folder) == []
    assert len(list((bench.folder / "posters").iterdir())) == 1


async def test_progress_is_said_ten_times_a_second_at_most_and_its_end_always(bench: Bench, shoot: Path) -> None:
    number = bench.studio.jobs.import_clips([shoot] * 40 + [shoot / "notes.txt"])
    started = asyncio.get_running_loop().time()
    await bench.studio.jobs.over(number)
    lasted = asyncio.get_running_loop().time() - started
    said = [news for news in bench.said if isinstance(news, JobProgress)]
    assert said[0].state is JobState.WAITING
    assert said[-1].state is JobState.DONE
    assert codes(said[-1]) == ["video-kind"]
    assert len(said) <= 4 + lasted * 10
    assert [one.share for one in said] == sorted(one.share for one in said)


async def test_a_rebuild_finds_copies_and_references_again(bench: Bench, shoot: Path) -> None:
    copied = await bring(bench, shoot / "more")
    referenced = await bring(bench, shoot / "Take 2.mp4", reference=True)
    ids = [*copied.clips, *referenced.clips]
    before = sorted(await bench.library.get(ids), key=lambda clip: clip.id)
    await bench.close()
    for file in bench.folder.glob("library.sqlite*"):
        file.unlink()
    report = await asyncio.to_thread(rebuild_library, bench.folder, lambda _done, _all: None)
    assert (report.missing_files, report.bad_records, report.from_records) == ([], [], 3)
    await bench.open()
    assert sorted(await bench.library.get(ids), key=lambda clip: clip.id) == before
    assert set(await bench.studio.find(Query())) == set(ids)


class Gate:
    """Holds the copying up in the middle of a file."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._go = asyncio.Event()
        monkeypatch.setattr(copying, "_PIECE", 4096)
        monkeypatch.setattr(copying, "_cloned", lambda *_: False)
        self._read, self._pieces = copying._read, 0
        monkeypatch.setattr(copying, "_read", self.read)

    def read(self, source: Path, reading: object) -> bytes:
        self._pieces += 1
        if self._pieces == 2:
            self._loop.call_soon_threadsafe(self.reached.set)
            asyncio.run_coroutine_threadsafe(self._go.wait(), self._loop).result(30)
        return self._read(source, reading)  # type: ignore[arg-type]

    def open(self) -> None:
        self._go.set()


async def test_cancelled_in_the_middle_of_a_file_nothing_half_is_left(
    bench: Bench, shoot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await bring(bench, shoot / "more" / "take 3.webm")
    gate = Gate(monkeypatch)
    number = bench.studio.jobs.import_clips([shoot])
    over = asyncio.ensure_future(bench.studio.jobs.over(number))
    await gate.reached.wait()
    assert len(list((bench.folder / "clips").glob(".seedance-*/*"))) == 1
    bench.studio.jobs.cancel(number)
    gate.open()
    ended = await over
    assert (ended.state, ended.reason) == (JobState.CANCELLED, None)
    assert left(bench.folder) == []
    assert len(list((bench.folder / "clips").iterdir())) == 1 + len(ended.clips)
    assert set(await bench.studio.find(Query())) == {*first.clips, *ended.clips}


async def test_the_end_of_the_program_cancels_what_runs_and_what_waits(
    bench: Bench, shoot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    jobs = bench.studio.jobs
    running, waiting = jobs.import_clips([shoot]), jobs.import_clips([shoot])
    overs = [asyncio.ensure_future(jobs.over(one)) for one in (running, waiting)]
    await gate.reached.wait()
    closing = asyncio.ensure_future(bench.close())
    ended_waiting = await overs[1]
    gate.open()
    await closing
    assert [(await overs[0]).state, ended_waiting.state] == [JobState.CANCELLED] * 2
    assert left(bench.folder) == []
    await bench.open()
    assert list(await bench.studio.find(Query())) == []


async def test_killed_while_it_copies_the_next_start_clears_up(
    bench: Bench, shoot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    bench.studio.jobs.import_clips([shoot])
    await gate.reached.wait()
    at_the_kill = bench.folder.with_name("killed")
    shutil.copytree(bench.folder, at_the_kill)
    gate.open()
    await bench.close()
    assert left(at_the_kill / "clips")
    text = json.dumps([str(place) for place in (at_the_kill / "clips").glob(".seedance-*")])
    library = Library.open(at_the_kill)
    await library.keep_setting("staging", text)  # the copy lies elsewhere
    library.close()
    bench.folder = at_the_kill
    await bench.open()
    assert left(at_the_kill) == []
    assert list(await bench.studio.find(Query())) == []


async def test_killed_between_its_row_and_its_name_the_next_start_finishes_it(bench: Bench, shoot: Path) -> None:
    ended = await bring(bench, shoot / "Take 2.mp4")
    clip = await row(bench, ended.clips[0])
    place, theirs = bench.folder / "clips" / ".seedance-0123456789ab", bench.folder / "clips" / "mine"
    for folder in (place, theirs):
        folder.mkdir()
        (folder / "half.mp4").write_bytes(b"x")
    (bench.folder / clip.file).rename(place / f"{clip.name}.mp4")
    (bench.folder / "records" / f"{clip.name}.json").unlink()
    await bench.library.keep_setting("staging", json.dumps([str(place), str(theirs), "/gone/.seedance-0123456789ab"]))
    await bench.close()
    await bench.open()
    assert (bench.folder / clip.file).read_bytes() == (shoot / "Take 2.mp4").read_bytes()
    assert (bench.folder / "records" / f"{clip.name}.json").exists()
    assert left(bench.folder) == []
    assert (theirs / "half.mp4").exists(), "only what is surely ours is swept"
    assert json.loads(await bench.library.setting("staging")) == ["/gone/.seedance-0123456789ab"]


async def test_a_disk_that_answers_with_an_error_keeps_no_library_shut(bench: Bench) -> None:
    out_of_reach = f"/{'x' * 300}/.seedance-0123456789ab"  # as a network drive that has gone: not even a look at it
    await bench.library.keep_setting("staging", json.dumps([out_of_reach]))
    await bench.close()
    await bench.open()
    assert json.loads(await bench.library.setting("staging")) == [out_of_reach], "it is swept another time"


async def test_a_link_to_a_video_that_lies_among_the_clips_is_that_video(bench: Bench, shoot: Path) -> None:
    there = bench.folder / "clips" / "copied by hand.mp4"
    shutil.copyfile(shoot / "Take 2.mp4", there)
    link = shoot / "link.mp4"
    link.symlink_to(there)
    ended = await bring(bench, link)
    assert (await row(bench, ended.clips[0])).file == "clips/copied by hand.mp4"


@pytest.fixture
async def small(small_disk: SmallDisk, far: FaultGateway, client: Gateway) -> AsyncIterator[Bench]:
    bench = Bench(small_disk.root / "library", far, client)
    await bench.open()
    yield bench
    small_disk.make_room()
    if bench.is_open:
        await bench.close()


async def test_a_full_disk_ends_it_in_words_and_what_came_in_stays(
    small: Bench, small_disk: SmallDisk, shoot: Path
) -> None:
    large = film(shoot / "large.mp4", frames=12)
    with large.open("ab") as file:
        file.write(struct.pack(">I4s", 5_000_000, b"free") + bytes(5_000_000 - 8))
    ended = await bring(small, shoot / "Take 2.mp4", large)
    assert (ended.state, ended.reason and ended.reason.code) == (JobState.FAILED, "no-room")
    assert len(ended.clips) == 1
    assert left(small.folder) == []
    assert list(await small.studio.find(Query())) == list(ended.clips)


async def test_a_disk_that_fills_in_the_middle_leaves_no_half_file(
    small: Bench, small_disk: SmallDisk, shoot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    number = small.studio.jobs.import_clips([shoot / "Take 2.mp4"])
    over = asyncio.ensure_future(small.studio.jobs.over(number))
    await gate.reached.wait()
    small_disk.fill()
    gate.open()
    ended = await over
    assert (ended.state, ended.reason and ended.reason.code) == (JobState.FAILED, "job-disk-full")
    assert list((small.folder / "clips").iterdir()) == []
    small_disk.make_room()
    assert (await bring(small, shoot / "Take 2.mp4")).state is JobState.DONE
