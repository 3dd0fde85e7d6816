"""Cut to the frame, in every form: the numbers in the pictures and the clicks in the sound say so."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from threading import Event

import av
import pytest
from PIL import Image, ImageChops, ImageStat

from seedance_desktop.domain.errors import BadClip, DiskProblem
from seedance_desktop.domain.handover import Format
from seedance_desktop.media import clips as room
from seedance_desktop.media import encoding, exports, frames, joining, recipes, splicing
from seedance_desktop.media.spans import Part
from seedance_desktop.media.working import Stopped
from tests.faults.fixtures import SmallDisk, small_disk
from tests.media import making
from tests.media.clicks import clicking, heard, numbers, packets
from tests.media.conftest import KINDS, UNEVEN, Clips

__all__ = ["small_disk"]
FORMS = (Format.H264, Format.PRORES, Format.DNXHR)


@pytest.mark.parametrize("kind", KINDS)
def test_a_part_is_cut_to_the_frame(kind: str, clips: Clips, folder: Path) -> None:
    source, target = clips[kind], folder / "part.mp4"
    times = room.timeline(source).times
    for first, last in ((0, -1), (0, 11), (12, 23), (12, -1), (5, 20), (20, 20), (len(times) - 1, -1)):
        exports.trim(source, target, first, last)
        span = range(first, len(times) if last < 0 else last + 1)
        assert numbers(target) == list(span)
        moved = [times[number] - times[first] for number in span]
        assert list(room.timeline(target).times) == pytest.approx(moved, abs=21)  # unsteady ones in 1/90000 s
        before, after = room.probe(source), room.probe(target)
        assert (after.width, after.height, after.audio) == (before.width, before.height, before.audio)
    assert [path.name for path in folder.iterdir()] == ["part.mp4"]


def test_copied_where_that_gives_the_very_frames(clips: Clips, folder: Path) -> None:
    target = folder / "part.mp4"
    source = packets(clips["intra"])
    assert exports.trim(clips["intra"], target, 7, 29)
    assert packets(target) == source[7:30]
    assert exports.trim(clips["plain"], target, 12, 35)
    assert set(packets(target)) < set(packets(clips["plain"]))
    assert not exports.trim(clips["plain"], target, 13, 35), "begins between key frames"
    with av.open(str(clips["plain"])) as container:
        order = [packet.pts // 1000 for packet in container.demux(video=0) if packet.pts is not None]
    last = next(one for before, one in pairwise(order) if one < before and one > 12)
    assert not exports.trim(clips["plain"], target, 12, last), "what is shown last needs what comes later"
    assert numbers(target) == list(range(12, last + 1))


def test_an_open_group_of_pictures_is_cut_too(clips: Clips, folder: Path) -> None:
    for kind in ("open", "hevc-open"):
        for first in range(8, 24):
            exports.trim(clips[kind], folder / "part.mp4", first, -1)
            assert numbers(folder / "part.mp4") == list(range(first, 48))


def test_a_copy_that_shows_something_else_is_encoded(
    clips: Clips, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = splicing._packets

    def loses(part: object, offset: int) -> Iterator[object]:
        found = list(real(part, offset))  # type: ignore[arg-type]
        yield from (*found[:5], *found[6:])

    monkeypatch.setattr(splicing, "_packets", loses)
    assert not exports.trim(clips["plain"], folder / "part.mp4", 0, -1)
    assert numbers(folder / "part.mp4") == list(range(48))


@pytest.mark.parametrize("first", [0, 12, 13])
@pytest.mark.parametrize("form", [None, *FORMS])
def test_sound_stays_with_the_picture(form: Format | None, first: int, folder: Path) -> None:
    source = clicking(folder / "clicks.mp4", [0.25, 0.75, 1.0, 1.5])
    target = folder / ("part.mp4" if form in (None, Format.H264) else "part.mov")
    if form is None:
        exports.trim(source, target, first, 35)
    else:
        exports.transcode(source, target, form, first, 35)
    clicks, begin, end = heard(target)
    cut, length = first / 24, (36 - first) / 24
    wanted = [time - cut for time in (0.25, 0.75, 1.0) if time >= cut]
    if end > length + 0.001:
        assert end - length < 0.05, "a packet of sound may be longer than the picture"
    assert clicks[: len(wanted)] == pytest.approx(wanted, abs=0.0015)
    assert begin == pytest.approx(0, abs=0.0001)
    assert end >= length - 0.0001


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ["plain", "audio", "hevc-open", "ten-bit", "vfr", "left", "head-down"])
def test_every_form_has_every_frame(form: Format, kind: str, clips: Clips, folder: Path) -> None:
    target = folder / f"whole{encoding.FORMS[form].suffix}"
    if (kind, form) == ("left", Format.DNXHR):
        with pytest.raises(BadClip, match="export-failed"):  # there is no DNxHR so narrow
            exports.transcode(clips[kind], target, form)
        assert list(folder.iterdir()) == []
        return
    exports.transcode(clips[kind], target, form)
    count = len(UNEVEN) if kind == "vfr" else 48
    assert numbers(target) == list(range(count))
    before, after = room.probe(clips[kind]), room.probe(target)
    assert (after.width, after.height, after.audio) == (before.width, before.height, before.audio)
    assert after.codec == {Format.H264: "h264", Format.PRORES: "prores", Format.DNXHR: "dnxhd"}[form]
    if kind != "vfr":
        assert after.fps == pytest.approx(24)
    assert list(room.timeline(target).times) == pytest.approx(list(room.timeline(clips[kind]).times), abs=21)
    with av.open(str(target)) as container:
        assert container.streams.video[0].profile == {
            Format.H264: "High", Format.PRORES: "HQ", Format.DNXHR: "DNXHR HQ",
        }[form]  # fmt: skip
        if form is not Format.H264 and kind != "vfr":
            assert {stream.metadata.get("timecode") for stream in container.streams.video} == {"00:00:00:00"}
        for sound in container.streams.audio:
            assert sound.codec_context.name == ("aac" if form is Format.H264 else "pcm_s24le")


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("space", [None, 1, 5])
@pytest.mark.parametrize("form", FORMS)
def test_colours_are_kept_and_tagged(form: Format, space: int | None, full: bool, folder: Path) -> None:
    picture = Image.new("RGB", (320, 180), (200, 60, 30))
    picture.paste((20, 150, 220), (160, 0, 320, 180))
    options = {"crf": "4"} | ({"x264-params": "fullrange=on"} if full else {})
    pixels = "yuvj420p" if full else "yuv420p"
    source = making.clip(folder / "a.mp4", pictures=[picture] * 3, space=space, pixels=pixels, options=options)
    target = folder / f"b{encoding.FORMS[form].suffix}"
    exports.transcode(source, target, form)
    for number in range(3):
        difference = ImageChops.difference(still(source, number), still(target, number))
        assert max(ImageStat.Stat(difference).mean) < 2.5
    with av.open(str(target)) as container:
        context = container.streams.video[0].codec_context
        assert context.colorspace == (1 if form is Format.DNXHR else {None: 6, 1: 1, 5: 6}[space])
        assert context.color_range == 1
        assert context.color_primaries == context.color_trc == {None: 6, 1: 1, 5: 6}[space]


def still(path: Path, number: int) -> Image.Image:
    return Image.open(io.BytesIO(frames.still(path, number))).convert("RGB")


def test_recipes_go_along_or_stay(clips: Clips, folder: Path) -> None:
    source = folder / "clip.mp4"
    recipes.write(clips["audio"], source, {"prompt": "a secret"}, "Shot 1")
    assert exports.bare(source, folder / "bare.mp4")
    data = (folder / "bare.mp4").read_bytes()
    assert recipes.read(folder / "bare.mp4") is None
    assert b"secret" not in data
    assert b"Shot 1" not in data
    assert packets(folder / "bare.mp4") == packets(source)
    assert packets(folder / "bare.mp4", "audio") == packets(source, "audio")
    tags = recipes.tags({"prompt": "a secret"}, "Shot 1")
    for name, form in (("part.mp4", Format.H264), ("part.mov", Format.PRORES)):
        exports.transcode(source, folder / name, form, 3, 5, tags=tags)
        assert recipes.read(folder / name) == {"prompt": "a secret"}
    exports.trim(source, folder / "trim.mp4", 0, 11, tags=tags)
    assert recipes.read(folder / "trim.mp4") == {"prompt": "a secret"}


def test_frames_that_are_not_there(clips: Clips, folder: Path) -> None:
    for first, last in ((48, -1), (5, 4), (-1, 5), (0, 48)):
        with pytest.raises(BadClip, match="video-unreadable"):
            exports.trim(clips["plain"], folder / "part.mp4", first, last)
    with pytest.raises(BadClip, match="export-failed"):
        exports.trim(clips["plain"], folder / "part.avi", 0, 5)
    assert list(folder.iterdir()) == []


def everything(source: Path, folder: Path) -> list[Callable[..., object]]:
    part = folder / "part.mp4"
    return [
        lambda **work: exports.trim(source, part, 12, 35, **work),
        lambda **work: exports.trim(source, part, 13, 35, **work),
        lambda **work: exports.transcode(source, folder / "part.mov", Format.PRORES, **work),
        lambda **work: joining.join([Part(source), Part(source)], part, **work),
        lambda **work: joining.join([Part(source), Part(source, 1)], part, **work),
    ]


def test_progress_grows_and_stopping_leaves_nothing(clips: Clips, folder: Path) -> None:
    for call in everything(clips["audio"], folder):
        told: list[float] = []
        call(progress=told.append)
        assert told == sorted(told)
        assert 0 <= told[0] < 0.1
        assert told[-1] == 1.0
        [made] = folder.iterdir()
        made.write_bytes(b"before")
        for point in (0.0, 0.2, 0.5):
            stop = Event()
            with pytest.raises(Stopped):
                call(progress=lambda done, stop=stop, point=point: done >= point and stop.set(), stop=stop)
            assert made.read_bytes() == b"before"
            assert list(folder.iterdir()) == [made]
        made.unlink()


def test_a_full_disk_leaves_nothing(clips: Clips, small_disk: SmallDisk, folder: Path) -> None:
    source = making.clip(folder / "big.mp4", audio=True, frames=48, options={"crf": "0"})
    (small_disk.root / "out").mkdir()
    small_disk.fill()
    for call in everything(source, small_disk.root / "out"):
        with pytest.raises(DiskProblem, match="disk-full"):
            call()
        assert list((small_disk.root / "out").iterdir()) == []


def test_a_folder_that_is_gone(clips: Clips, folder: Path) -> None:
    for call in everything(clips["plain"], folder / "gone"):
        with pytest.raises(DiskProblem, match="disk-gone"):
            call()
    shutil.copy(clips["plain"], folder / "damaged.mp4")
    (folder / "damaged.mp4").write_bytes((folder / "damaged.mp4").read_bytes()[:3000])
    for call in everything(folder / "damaged.mp4", folder):
        with pytest.raises(BadClip, match="video-unreadable"):
            call()
    assert [path.name for path in folder.iterdir()] == ["damaged.mp4"]
