"""What is in a clip's file, told exactly; and whatever isn't a playable video is refused."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import av
import pytest
from PIL import Image

from seedance_desktop import words
from seedance_desktop.domain.clip import Footage
from seedance_desktop.domain.errors import BadClip, DiskProblem
from seedance_desktop.media import clips as room
from seedance_desktop.media import containers
from tests.media import making
from tests.media.conftest import KINDS, UNEVEN, Clips


@pytest.mark.parametrize("kind", KINDS)
def test_probe_tells_what_is_in_the_file(kind: str, clips: Clips) -> None:
    asked = KINDS[kind]
    path = clips[kind]
    footage = room.probe(path)
    width, height = asked.get("size", making.SIZE)
    frames = asked.get("frames", 48)
    seconds = UNEVEN[-1] / 24_000 if kind == "vfr" else frames / 24
    assert footage.fps == pytest.approx(24, rel=0.4 if kind == "vfr" else 1e-6)
    assert footage.seconds == pytest.approx(seconds, abs=0.13 if kind == "vfr" else 1e-3)
    codec = "hevc" if "codec" in asked else "h264"
    size = path.stat().st_size
    assert footage == Footage(width, height, frames, footage.fps, footage.seconds, size, codec, "audio" in asked)


@pytest.mark.parametrize("kind", KINDS)
def test_timeline_says_when_each_frame_is_shown(kind: str, clips: Clips) -> None:
    timeline = room.timeline(clips[kind])
    wanted = KINDS[kind].get("times") or [number * 1000 for number in range(KINDS[kind].get("frames", 48))]
    if kind == "fragments":  # nothing there says that the two frames' delay of B-frames is to be cut off
        wanted = [time + 2000 for time in wanted]
    assert list(timeline.times) == [round(time * 1_000_000 / 24_000) for time in wanted]
    assert timeline.fps == room.probe(clips[kind]).fps


def trimmed(source: Path, target: Path, units: int) -> Path:
    """A copy without its first frames, cut by an edit list: they are still in the file."""
    with av.open(str(source)) as old, av.open(str(target), "w") as new:
        stream = new.add_stream_from_template(old.streams.video[0])
        for packet in old.demux(video=0):
            if packet.pts is None or packet.dts is None:
                continue
            packet.pts, packet.dts, packet.stream = packet.pts - units, packet.dts - units, stream
            new.mux(packet)
    return target


def test_what_an_edit_list_cuts_off_is_not_counted(clips: Clips, folder: Path) -> None:
    path = trimmed(clips["plain"], folder / "trimmed.mp4", 5000)
    assert room.probe(path).frames == 43
    assert room.timeline(path).times == tuple(round(number * 1_000_000 / 24) for number in range(43))


@pytest.mark.parametrize(("audio", "first"), [(True, 208_000), (False, 0)])
def test_a_picture_that_begins_after_the_sound(audio: bool, first: int, folder: Path) -> None:
    """As a QMediaPlayer of Qt 6.11 gave the frames' start times for these very clips (edit lists are in ms)."""
    late = [5000 + 1000 * number for number in range(12)]
    path = making.clip(folder / "late.mp4", frames=12, times=late, audio=audio)
    assert room.timeline(path).times[0] == first
    assert room.probe(path).frames == 12


def test_a_single_frame_is_a_video_too(folder: Path) -> None:
    footage = room.probe(making.clip(folder / "one.mp4", frames=1))
    assert footage.frames == 1
    assert footage.fps > 0
    assert footage.seconds > 0


@pytest.mark.parametrize("kind", ["plain", "hevc", "left", "right", "head-down", "ten-bit"])
def test_poster_is_the_first_frame_upright(kind: str, clips: Clips, folder: Path) -> None:
    target = folder / "poster.jpg"
    target.write_bytes(b"an older one")
    room.poster(clips[kind], target)
    with Image.open(target) as image:
        assert image.format == "JPEG"
        assert image.size == KINDS[kind].get("size", making.SIZE)
        assert making.number_in(image) == 0
    room.poster(clips[kind], target, 100)
    with Image.open(target) as image:
        assert max(image.size) == 100
    assert list(folder.iterdir()) == [target]


@pytest.mark.parametrize("space", [1, 5])
def test_poster_shows_the_true_colours(space: int, folder: Path) -> None:
    red = [Image.new("RGB", (320, 180), (200, 60, 30))] * 3
    path = making.clip(folder / "red.mp4", pictures=red, space=space, options={"crf": "4"})
    room.poster(path, folder / "poster.jpg")
    with Image.open(folder / "poster.jpg") as image:
        colour = image.getpixel((100, 100))
    assert isinstance(colour, tuple)
    assert all(abs(one - other) <= 5 for one, other in zip(colour, (200, 60, 30), strict=True))


def only_sound(path: Path) -> bytes:
    with av.open(str(path), "w", format="mp4") as out:
        stream = out.add_stream("aac", rate=48_000, layout="mono")
        for tone in making._tone(1):
            out.mux(stream.encode(tone))
        out.mux(stream.encode())
    return path.read_bytes()


def no_videos(clips: Clips, folder: Path) -> dict[str, bytes]:
    whole = clips["plain"].read_bytes()
    faststart = making.clip(folder / "fast.mp4", muxer={"movflags": "+faststart"}).read_bytes()
    return {
        "empty": b"",
        "page": b"<!doctype html><html><body>Not found</body></html>",
        "json": b'{"error": "expired"}',
        "zeros": bytes(100_000),
        "png": making.saved(making.photo(), "PNG"),
        "jpeg": making.saved(making.photo(), "JPEG"),
        "gif": making.saved(making.photo(), "GIF"),
        "avif": making.saved(making.photo(), "AVIF"),
        "sound": only_sound(folder / "sound.mp4"),
        "no moov": whole[: len(whole) // 2],
        "half": faststart[: len(faststart) // 2],
        "one byte short": faststart[:-1],
        "head only": faststart[: faststart.index(b"mdat") + 4],
        "playlist": b"#EXTM3U\n#EXTINF:5,\nfile:///etc/passwd\n",
        "concat": b"ffconcat version 1.0\nfile /etc/passwd\n",
        "subtitles": b"1\n00:00:00,000 --> 00:00:01,000\nhello\n",
    }


def test_what_is_no_playable_video(clips: Clips, folder: Path) -> None:
    for kind, data in no_videos(clips, folder).items():
        path = folder / "clip.mp4"
        path.write_bytes(data)
        with pytest.raises(BadClip) as caught:
            room.probe(path)
        assert caught.value.reason.code == "video-unreadable", kind
        assert "clip.mp4" in words.say("video-unreadable", dict(caught.value.reason.facts))


def test_nothing_is_left_of_a_poster_that_cannot_be_made(folder: Path) -> None:
    (folder / "bad.mp4").write_bytes(b"bad")
    with pytest.raises(BadClip):
        room.poster(folder / "bad.mp4", folder / "poster.jpg")
    assert [path.name for path in folder.iterdir()] == ["bad.mp4"]


def test_a_folder_that_is_gone_is_the_disk_s_fault(clips: Clips, folder: Path) -> None:
    for call in (lambda path: room.probe(path), lambda path: room.timeline(path)):
        with pytest.raises(DiskProblem, match="disk-gone"):
            call(folder / "gone" / "clip.mp4")
    with pytest.raises(DiskProblem, match="disk-gone"):
        room.poster(clips["plain"], folder / "gone" / "poster.jpg")
    with pytest.raises(BadClip):
        room.probe(folder)


@pytest.mark.skipif(sys.platform != "linux", reason="a device that is always full")
def test_a_read_error_is_the_disk_s_fault(monkeypatch: pytest.MonkeyPatch, clips: Clips) -> None:
    def fails(path: Path) -> OSError:
        return OSError(5, "Input/output error")

    monkeypatch.setattr(containers, "_disk_trouble", fails)
    broken = io.BytesIO(b"broken").getvalue()
    path = clips["plain"].with_name("broken.mp4")
    path.write_bytes(broken)
    with pytest.raises(DiskProblem, match="disk-gone"):
        room.probe(path)
    path.unlink()
