"""Handing over: in order, under free names, in each form, with what goes beside; whole files only, whatever happens."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import opentimelineio as otio
import pytest

from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.errors import BadClip, BadRecipe
from seedance_desktop.domain.handover import Format, Handover, Listing
from seedance_desktop.domain.news import JobProgress, JobState
from seedance_desktop.domain.recipe import Recipe, Reference, Use
from seedance_desktop.gateway import Gateway
from seedance_desktop.media import clips as room
from seedance_desktop.media import exports, frames, recipes
from seedance_desktop.studio import rooms
from tests.faults.fixtures import SmallDisk
from tests.faults.gateway import FaultGateway
from tests.media.making import clip as film
from tests.media.making import number_of
from tests.studio.conftest import Bench


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where it goes; not made yet."""
    return tmp_path / "to the editor"


async def shelve(bench: Bench, tmp_path: Path, *kinds: dict[str, Any]) -> list[Clip]:
    """Clips of ours whose frames carry their numbers, each with a recipe inside."""
    made = []
    for number, kind in enumerate(kinds or ({}, {}, {})):
        plain, file = film(tmp_path / "plain.mp4", **{"frames": 36, **kind}), tmp_path / f"film {number}.mp4"
        recipe = Recipe(f"Shot {number} at sea", resolution="480p")
        recipes.write(plain, file, recipe.to_public_dict(), "a title")
        ended = await bench.studio.jobs.over(bench.studio.jobs.import_clips([file]))
        [clip] = await bench.library.get(ended.clips)
        made.append(replace(clip, gateway="https://gateway", project="Pier", shot=str(number), made=1_700_000_000_000))
    await bench.library.save_many(made)
    return made


def order(clips: list[Clip], out: Path, **asked: Any) -> Handover:
    return Handover(tuple(clip.id for clip in clips), str(out), **{"template": "{number} {shot}", **asked})


async def hand(bench: Bench, asked: Handover) -> JobProgress:
    return await bench.studio.jobs.over(bench.studio.jobs.hand_over(asked))


def numbers(file: Path) -> list[int]:
    return [number_of(frame) for frame in frames.frames(file, 0, 10_000)]


def names(out: Path) -> list[str]:
    return sorted(path.name for path in out.rglob("*"))


async def handed(bench: Bench) -> set[int]:
    return {number for (number,) in bench.rows("SELECT id FROM clips WHERE handed > 0") if isinstance(number, int)}


async def test_copies_go_out_in_order_and_byte_for_byte(bench: Bench, tmp_path: Path, out: Path) -> None:
    clips = await shelve(bench, tmp_path)
    clips.reverse()
    ended = await hand(bench, order(clips, out))
    assert (ended.state, ended.done, ended.share, ended.problems) == (JobState.DONE, 3, 1.0, ())
    assert [Path(file).name for file in ended.files] == ["1 2.mp4", "2 1.mp4", "3 0.mp4"] == names(out)
    for clip, file in zip(clips, ended.files, strict=True):
        assert Path(file).read_bytes() == (bench.folder / clip.file).read_bytes()
    assert await handed(bench) == {clip.id for clip in clips} == set(ended.clips)
    record = json.loads((bench.folder / "records" / f"{clips[0].name}.json").read_bytes())
    assert record["handed"] > 0


async def test_no_file_is_ever_written_over(bench: Bench, tmp_path: Path, out: Path) -> None:
    clips = await shelve(bench, tmp_path)
    out.mkdir()
    (out / "Pier.mp4").write_text("theirs")
    (out / "Pier 3.mp4").symlink_to(out / "nowhere")
    ended = await hand(bench, order(clips, out, template="{project}"))
    assert [Path(file).name for file in ended.files] == ["Pier 2.mp4", "Pier 4.mp4", "Pier 5.mp4"]
    assert (out / "Pier.mp4").read_text() == "theirs"


async def test_recipes_go_in_or_out_as_wished(bench: Bench, tmp_path: Path, out: Path) -> None:
    clip, *_ = await shelve(bench, tmp_path, {"audio": True})
    ended = await hand(bench, order([clip], out, recipes=False))
    bare = Path(ended.files[0])
    assert recipes.read(bare) is None
    assert b"at sea" not in bare.read_bytes()
    assert b"a title" not in bare.read_bytes()
    assert numbers(bare) == numbers(bench.folder / clip.file)
    (bench.folder / clip.file).write_bytes(bare.read_bytes())
    ended = await hand(bench, order([clip], out, template="with"))
    read = recipes.read(Path(ended.files[0]))
    assert read is not None
    assert read["prompt"] == "Shot 0 at sea"
    await bench.library.save(replace(clip, gateway=""), record=True)
    ended = await hand(bench, order([clip], out, template="none"))
    assert Path(ended.files[0]).read_bytes() == bare.read_bytes(), "what came without a recipe has none to give"


@pytest.mark.parametrize(
    ("form", "marks", "suffix", "codec"),
    [
        (Format.COPY, (12, 23), ".mp4", "h264"),
        (Format.COPY, (5, 17), ".mp4", "h264"),
        (Format.H264, (5, -1), ".mp4", "h264"),
        (Format.PRORES, (-1, 7), ".mov", "prores"),
        (Format.DNXHR, (3, 9), ".mov", "dnxhd"),
    ],
)
async def test_each_form_is_cut_to_the_frame(
    bench: Bench, tmp_path: Path, out: Path, form: Format, marks: tuple[int, int], suffix: str, codec: str
) -> None:
    [clip] = await shelve(bench, tmp_path, {"size": (640, 360)})
    await bench.studio.keeping.mark(clip.id, *marks)
    first, last = max(0, marks[0]), marks[1] if marks[1] >= 0 else 35
    ended = await hand(bench, order([clip], out, format=form, trimmed=True, listing=Listing.JSON))
    assert ended.problems == ()
    file = Path(ended.files[0])
    assert (file.suffix, room.probe(file).codec) == (suffix, codec)
    assert numbers(file) == list(range(first, last + 1))
    [told] = json.loads(Path(ended.files[1]).read_bytes())["clips"]
    assert (told["first_frame"], told["last_frame"]) == (0, last - first)
    whole = await hand(bench, order([clip], out, format=form, template="whole", listing=Listing.JSON))
    assert numbers(Path(whole.files[0])) == list(range(36))
    [told] = json.loads(Path(whole.files[1]).read_bytes())["clips"]
    assert (told["first_frame"], told["last_frame"]) == (first, last), "cuts for the editor"


async def test_h264_encodes_only_what_is_none(bench: Bench, tmp_path: Path, out: Path) -> None:
    h264, hevc = await shelve(bench, tmp_path, {}, {"codec": "libx265"})
    ended = await hand(bench, order([h264, hevc], out, format=Format.H264))
    assert Path(ended.files[0]).read_bytes() == (bench.folder / h264.file).read_bytes()
    assert room.probe(Path(ended.files[1])).codec == "h264"
    read = recipes.read(Path(ended.files[1]))
    assert read is not None
    assert read["prompt"] == "Shot 1 at sea"


async def test_joined_the_picture_that_a_child_repeats_is_there_once(bench: Bench, tmp_path: Path, out: Path) -> None:
    parent, child, other = await shelve(bench, tmp_path)
    start = Reference("end", "ab" * 32, ".png", clip=parent.id, frame=35)
    child = replace(child, recipe=replace(child.recipe, references=(start,), use=Use.FIRST_FRAME))
    await bench.library.save(child, record=True)
    await bench.studio.keeping.mark(other.id, 5, 10)
    asked = order([parent, child, other], out, joined=True, listing=Listing.JSON)
    ended = await hand(bench, asked)
    assert [Path(file).name for file in ended.files][:1] == ["1 0 +2.mp4"]
    assert numbers(Path(ended.files[0])) == [*range(36), *range(1, 36), *range(36)]
    assert recipes.read(Path(ended.files[0])) is None, "it is none of the three"
    told = json.loads(Path(ended.files[1]).read_bytes())["clips"]
    assert [(one["first_frame"], one["last_frame"]) for one in told] == [(0, 35), (36, 70), (76, 81)]
    assert [note.code for note in ended.notes] in (["joined-copied"], ["joined-encoded"])
    trimmed = await hand(bench, replace(asked, trimmed=True, format=Format.PRORES))
    assert room.probe(Path(trimmed.files[0])).codec == "prores"
    assert numbers(Path(trimmed.files[0])) == [*range(36), *range(1, 36), *range(5, 11)]
    assert await handed(bench) == {parent.id, child.id, other.id}


async def test_clips_of_one_kind_are_joined_without_encoding(bench: Bench, tmp_path: Path, out: Path) -> None:
    alike = await shelve(bench, tmp_path, {"between": 0}, {"between": 0})
    ended = await hand(bench, order(alike, out, joined=True))
    assert [note.code for note in ended.notes] == ["joined-copied"]
    [wide, tall] = await shelve(bench, tmp_path, {}, {"size": (180, 320)})
    ended = await hand(bench, order([wide, tall], out, joined=True))
    assert [note.code for note in ended.notes] == ["joined-encoded"]
    footage = room.probe(Path(ended.files[0]))
    assert (footage.width, footage.height, footage.frames) == (320, 180, 72)


@pytest.mark.parametrize("joined", [False, True])
async def test_a_file_that_is_gone_is_said_and_the_rest_goes_on(
    bench: Bench, tmp_path: Path, out: Path, joined: bool
) -> None:
    first, gone, last = await shelve(bench, tmp_path)
    (bench.folder / gone.file).unlink()
    await bench.studio.pause(paused=True)
    [planned] = await bench.generate()
    ended = await hand(bench, order([first, gone, planned, replace(last, id=12345), last], out, joined=joined))
    codes = [problem.code for problem in ended.problems]
    assert sorted(codes) == ["clip-file-missing", "clip-not-for-that", "clip-unknown"]
    assert ended.state is JobState.DONE
    assert len(ended.files) == (1 if joined else 2)
    assert await handed(bench) == {first.id, last.id}


async def test_a_damaged_file_is_said_and_the_rest_goes_on(bench: Bench, tmp_path: Path, out: Path) -> None:
    first, bad = await shelve(bench, tmp_path, {}, {})
    (bench.folder / bad.file).write_bytes(b"no video at all")
    ended = await hand(bench, order([bad, first], out, format=Format.PRORES))
    assert [problem.code for problem in ended.problems] == ["video-unreadable"]
    assert names(out) == ["2 0.mov"]


async def test_what_cannot_be_made_is_said_by_the_name_that_it_would_have(
    bench: Bench, tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clips = await shelve(bench, tmp_path, {})

    def fails(_source: Path, target: Path, *_: object, **__: object) -> None:
        target.write_bytes(b"half")
        raise BadClip("export-failed", name=target.name)

    monkeypatch.setattr(exports, "transcode", fails)
    ended = await hand(bench, order(clips, out, format=Format.PRORES))
    assert [(one.code, one.fact("name")) for one in ended.problems] == [("export-failed", "1 0.mov")]
    assert names(out) == []
    assert await handed(bench) == set()


async def test_a_referenced_clip_is_handed_over_from_where_it_lies(bench: Bench, tmp_path: Path, out: Path) -> None:
    file = film(tmp_path / "theirs.mov", frames=12)
    ended = await bench.studio.jobs.over(bench.studio.jobs.import_clips([file], reference=True))
    [clip] = await bench.library.get(ended.clips)
    done = await hand(bench, order([clip], out))
    assert names(out) == ["1.mov"]
    assert Path(done.files[0]).read_bytes() == file.read_bytes()
    file.unlink()
    again = await hand(bench, order([clip], out))
    assert [problem.fact("file") for problem in again.problems] == [str(file)]


async def test_the_list_as_csv_opens_in_a_spreadsheet(bench: Bench, tmp_path: Path, out: Path) -> None:
    clips = await shelve(bench, tmp_path)
    await bench.studio.keeping.tag(clips[0].id, ["雨夜"])
    ended = await hand(bench, order(clips, out, listing=Listing.CSV))
    data = Path(ended.files[-1]).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row["file"] for row in rows] == [Path(file).name for file in ended.files[:-1]]
    assert (rows[0]["tags"], rows[0]["prompt"]) == ("雨夜", "Shot 0 at sea")
    assert Path(ended.files[-1]).name.endswith(" Pier.csv")


def cuts(file: Path) -> list[tuple[str, int, int]]:
    """File, first and last frame of each cut of a timeline's pictures."""
    timeline = otio.adapters.read_from_file(str(file))
    [track] = timeline.video_tracks()
    return [
        (one.media_reference.target_url, one.source_range.start_time.value, one.source_range.end_time_inclusive().value)
        for one in track
    ]


async def test_the_timeline_has_the_ranges_as_cuts(bench: Bench, tmp_path: Path, out: Path) -> None:
    first, second = await shelve(bench, tmp_path, {"audio": True}, {"frames": 24})
    await bench.studio.keeping.mark(first.id, 5, 17)
    asked = order([second, first], out, otio=True)
    ended = await hand(bench, asked)
    assert ended.problems == ()
    assert [Path(file).suffix for file in ended.files] == [".mp4", ".mp4", ".otio"]
    assert cuts(Path(ended.files[2])) == [("1 1.mp4", 0, 23), ("2 0.mp4", 5, 17)]
    ended = await hand(bench, replace(asked, trimmed=True, format=Format.DNXHR))
    assert cuts(Path(ended.files[2])) == [("1 1.mov", 0, 23), ("2 0.mov", 0, 12)]
    ended = await hand(bench, replace(asked, joined=True, recipes=False))
    assert cuts(Path(ended.files[1])) == [("1 1 +1.mp4", 0, 23), ("1 1 +1.mp4", 29, 41)]
    assert "at sea" not in Path(ended.files[1]).read_text("utf-8")


async def test_what_cannot_be_asked_is_refused_at_once(bench: Bench, tmp_path: Path, out: Path) -> None:
    clips = await shelve(bench, tmp_path, {})
    for wrong in (order([], out), order(clips, Path("here")), order(clips, out, template="{price}")):
        with pytest.raises(BadRecipe):
            bench.studio.jobs.hand_over(wrong)
    ended = await hand(bench, order(clips, bench.folder / "clips" / "out"))
    assert (ended.state, ended.reason and ended.reason.code) == (JobState.FAILED, "handover-inside")
    in_the_way = tmp_path / "file"
    in_the_way.write_text("x")
    ended = await hand(bench, order(clips, in_the_way))
    assert ended.state is JobState.FAILED
    assert ended.reason is not None
    assert ended.reason.code.startswith("job-disk")


class Held:
    """Stops an export in its middle, until it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str, after: int = 0) -> None:
        self.reached, self._go = asyncio.Event(), threading.Event()
        self._loop, self._left = asyncio.get_running_loop(), after
        self._real: Callable[..., Any] = getattr(exports, name)
        monkeypatch.setattr(exports, name, self._held)

    def _held(self, *args: Any, progress: Callable[[float], object], **more: Any) -> Any:
        def wait(done: float) -> None:
            if done > 0 and self._left <= 0:
                self._loop.call_soon_threadsafe(self.reached.set)
                assert self._go.wait(30)
            progress(done)

        answer = self._real(*args, progress=wait, **more)
        self._left -= 1
        return answer

    def let_go(self) -> None:
        self._go.set()


async def test_cancelled_in_the_middle_what_is_finished_stays_and_nothing_half(
    bench: Bench, tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clips = await shelve(bench, tmp_path)
    held = Held(monkeypatch, "transcode", after=1)
    number = bench.studio.jobs.hand_over(order(clips, out, format=Format.PRORES, listing=Listing.CSV))
    over = asyncio.ensure_future(bench.studio.jobs.over(number))
    await held.reached.wait()
    assert any(name.startswith(".seedance-") for name in names(out))
    bench.studio.jobs.cancel(number)
    held.let_go()
    ended = await over
    assert (ended.state, ended.done, len(ended.files)) == (JobState.CANCELLED, 1, 1)
    assert 0.3 < ended.share < 1
    assert names(out) == ["1 0.mov"]
    assert numbers(out / "1 0.mov") == list(range(36))
    assert await handed(bench) == {clips[0].id}


async def test_killed_in_the_middle_the_next_start_clears_up(
    bench: Bench, tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clips = await shelve(bench, tmp_path)
    held = Held(monkeypatch, "transcode")
    bench.studio.jobs.hand_over(order(clips, out, format=Format.DNXHR))
    await held.reached.wait()
    remembered = await bench.library.setting("staging")
    [place] = json.loads(remembered)
    held.let_go()
    await bench.close()
    assert names(out) == []
    Path(place).mkdir()
    (Path(place) / "clip.mov").write_bytes(b"half")  # as a kill leaves it
    await bench.open()
    await bench.library.keep_setting("staging", remembered)
    await bench.close()
    await bench.open()
    assert names(out) == []
    assert await bench.library.setting("staging") == "[]"
    assert await handed(bench) == set()


async def test_jobs_go_one_after_the_other_and_a_waiting_one_can_be_cancelled(
    bench: Bench, tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clips = await shelve(bench, tmp_path, {})
    held = Held(monkeypatch, "transcode")
    jobs = bench.studio.jobs
    first, second, third = (jobs.hand_over(order(clips, out, format=Format.PRORES)) for _ in range(3))
    overs = [asyncio.ensure_future(jobs.over(number)) for number in (first, second, third)]
    await held.reached.wait()
    jobs.cancel(second)
    assert (await overs[1]).state is JobState.CANCELLED
    jobs.cancel(second)
    jobs.cancel(99)
    held.let_go()
    assert [(await over).state for over in overs] == [JobState.DONE, JobState.CANCELLED, JobState.DONE]
    assert names(out) == ["1 0 2.mov", "1 0.mov"]
    said = [news for news in bench.said if isinstance(news, JobProgress) and news.number == third]
    begun = next(index for index, news in enumerate(bench.said) if news in said and news.state is JobState.RUNNING)
    ended = next(
        index for index, news in enumerate(bench.said)
        if isinstance(news, JobProgress) and news.number == first and news.state.ended
    )  # fmt: skip
    assert begun > ended


async def test_clips_that_are_deleted_while_they_go_out_are_out_all_the_same(
    bench: Bench, tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [clip] = await shelve(bench, tmp_path, {})
    held = Held(monkeypatch, "transcode")
    over = asyncio.ensure_future(hand(bench, order([clip], out, format=Format.PRORES)))
    await held.reached.wait()
    await bench.studio.keeping.trash([clip.id])
    await bench.studio.keeping.empty_trash([clip.id])
    held.let_go()
    assert (await over).state is JobState.DONE
    assert names(out) == ["1 0.mov"]


@pytest.fixture
async def far_disk(small_disk: SmallDisk, far: FaultGateway, client: Gateway, tmp_path: Path) -> AsyncIterator[Bench]:
    bench = Bench(tmp_path / "library", far, client)
    await bench.open()
    yield bench
    await bench.close()


async def test_room_is_looked_for_before_anything_is_written(
    far_disk: Bench, small_disk: SmallDisk, tmp_path: Path
) -> None:
    clips = await shelve(far_disk, tmp_path, {"size": (1280, 720)})
    ended = await hand(far_disk, order(clips, small_disk.root / "out", format=Format.PRORES))
    assert (ended.state, ended.reason and ended.reason.code) == (JobState.FAILED, "no-room")
    assert names(small_disk.root) == ["out"]


async def test_a_disk_that_fills_ends_it_and_what_is_whole_stays(
    far_disk: Bench, small_disk: SmallDisk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clips = await shelve(far_disk, tmp_path)
    monkeypatch.setattr(rooms, "needed", lambda *_: 0)
    held = Held(monkeypatch, "transcode", after=1)
    out = small_disk.root / "out"
    number = far_disk.studio.jobs.hand_over(order(clips, out, format=Format.PRORES))
    over = asyncio.ensure_future(far_disk.studio.jobs.over(number))
    await held.reached.wait()
    small_disk.fill()
    held.let_go()
    ended = await over
    assert (ended.state, ended.reason and ended.reason.code) == (JobState.FAILED, "job-disk-full")
    assert names(out) == ["1 0.mov"]
    assert await handed(far_disk) == {clips[0].id}


async def test_a_thousand_copies(bench: Bench, tmp_path: Path, out: Path) -> None:
    [clip] = await shelve(bench, tmp_path, {"frames": 2})
    many = []
    for number in range(1, 1001):
        name = f"clips/copy {number}.mp4"
        os.link(bench.folder / clip.file, bench.folder / name)
        many.append(replace(clip, id=number, file=name))
    await bench.library.add(many)
    ended = await hand(bench, order(many, out, template="{number}"))
    assert (ended.state, len(ended.files), ended.problems) == (JobState.DONE, 1000, ())
    assert names(out) == [f"{number:04}.mp4" for number in range(1, 1001)]
    assert len(await handed(bench)) == 1000
    said = [news for news in bench.said if isinstance(news, JobProgress)]
    assert len(said) < 600


async def test_a_folder_that_no_disk_can_have_is_said_and_harms_no_start(bench: Bench, tmp_path: Path) -> None:
    clips = await shelve(bench, tmp_path, {})
    ended = await hand(bench, order(clips, tmp_path / ("x" * 300)))
    assert (ended.state, ended.reason and ended.reason.code) == (JobState.FAILED, "job-disk-error")
    await bench.close()
    await bench.open()
    assert (await hand(bench, order(clips, tmp_path / "out"))).state is JobState.DONE
