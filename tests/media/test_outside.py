"""Videos from outside, of other kinds than the gateway's: all that the library does with them, or a plain refusal."""

from __future__ import annotations

import io
import random
from contextlib import suppress
from pathlib import Path
from typing import Any

import av
import pytest
from PIL import Image

from seedance_desktop.domain.errors import BadClip
from seedance_desktop.domain.handover import Format
from seedance_desktop.media import clips as room
from seedance_desktop.media import exports, filmstrips, frames, recipes
from seedance_desktop.media.joining import join
from seedance_desktop.media.spans import Part
from tests.media import making
from tests.media.clicks import numbers, packets
from tests.media.test_hostile import damaged

OUTSIDE: dict[str, dict[str, Any]] = {
    "vp9.webm": {"codec": "libvpx-vp9", "options": {"deadline": "realtime", "cpu-used": "8", "b": "2M"}},
    "vp8.webm": {"codec": "libvpx", "options": {"deadline": "realtime", "cpu-used": "8", "b": "2M"}},
    "av1.webm": {"codec": "libsvtav1", "options": {"preset": "12", "crf": "30"}},
    "av1.mp4": {"codec": "libsvtav1", "options": {"preset": "12", "crf": "30"}},
    "prores.mov": {"codec": "prores_ks", "pixels": "yuv422p10le", "options": {"profile": "hq"}},
    "prores4444.mov": {"codec": "prores_ks", "pixels": "yuva444p10le", "options": {"profile": "4444"}},
    "dnxhr.mov": {"codec": "dnxhd", "pixels": "yuv422p", "options": {"profile": "dnxhr_hq"}},
    "h264.mov": {"audio": True},
    "hevc.mov": {"codec": "libx265"},
}
CODECS = {"vp9": "vp9", "vp8": "vp8", "av1": "av1", "prores": "prores", "prores4444": "prores", "dnxhr": "dnxhd"}
FRAMES = 30


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("outside")
    times = [round(number * 1000 / 24) * 24 for number in range(FRAMES)]  # Matroska counts milliseconds
    return {
        name: making.clip(
            folder / name, frames=FRAMES, between=0, times=times if name.endswith("webm") else None, **how
        )
        for name, how in OUTSIDE.items()
    }


@pytest.mark.parametrize("name", OUTSIDE)
def test_it_is_seen_as_it_is(name: str, outside: dict[str, Path], folder: Path) -> None:
    path = outside[name]
    footage = room.probe(path)
    assert (footage.width, footage.height, footage.frames) == (*making.SIZE, FRAMES)
    assert footage.fps == pytest.approx(24, rel=0.01)
    assert footage.seconds == pytest.approx(FRAMES / 24, abs=0.05)
    kind = name.partition(".")[0]
    assert footage.codec == CODECS.get(kind, kind)
    times = room.timeline(path).times
    assert list(times) == pytest.approx([number * 1_000_000 / 24 for number in range(FRAMES)], abs=1000)
    assert numbers(path) == list(range(FRAMES))
    room.poster(path, folder / "poster.jpg")
    with Image.open(folder / "poster.jpg") as poster:
        assert (poster.size, making.number_in(poster)) == (making.SIZE, 0)
    with Image.open(io.BytesIO(frames.still(path, FRAMES - 1))) as still:
        assert making.number_in(still) == FRAMES - 1
    assert len(filmstrips.filmstrip(path, 5, 60)) == 5
    assert recipes.read(path) is None


@pytest.mark.parametrize("name", OUTSIDE)
def test_it_is_handed_over(name: str, outside: dict[str, Path], folder: Path) -> None:
    path = outside[name]
    ending = exports.ending(path)
    exports.trim(path, folder / f"part{ending}", 7, 20)
    assert numbers(folder / f"part{ending}") == list(range(7, 21))
    copied = exports.bare(path, folder / f"bare{ending}")
    assert copied is (name != "vp8.webm"), "what MP4 holds is copied"
    assert numbers(folder / f"bare{ending}") == list(range(FRAMES))
    if copied:
        assert packets(folder / f"bare{ending}") == packets(path)
    exports.transcode(path, folder / "whole.mov", Format.PRORES)
    assert numbers(folder / "whole.mov") == list(range(FRAMES))
    assert list(room.timeline(folder / "whole.mov").times) == [round(n * 1_000_000 / 24) for n in range(FRAMES)]


def test_kinds_are_joined(outside: dict[str, Path], folder: Path) -> None:
    parts = [Part(path) for path in outside.values()]
    assert not join(parts, folder / "joined.mp4")
    assert numbers(folder / "joined.mp4") == [*range(FRAMES)] * len(parts)


def test_sound_of_other_kinds(folder: Path) -> None:
    path = folder / "opus.mkv"
    video = making.clip(folder / "video.webm", **OUTSIDE["vp9.webm"])
    with av.open(str(video)) as old, av.open(str(path), "w", format="webm") as new:
        stream = new.add_stream_from_template(old.streams.video[0])
        sound = new.add_stream("libopus", rate=48_000, layout="mono")
        for packet in old.demux(video=0):
            if packet.size:
                packet.stream = stream
                new.mux(packet)
        for tone in making._tone(2):
            new.mux(sound.encode(tone))
        new.mux(sound.encode())
    webm = path.rename(folder / "clip.webm")
    assert room.probe(webm).audio
    exports.bare(webm, folder / "clip.mp4")
    with av.open(str(folder / "clip.mp4")) as container:
        assert container.streams.audio[0].codec_context.name == "aac", "which everything plays"
        heard = [frame.time for frame in container.decode(audio=0)]
    assert heard[0] == pytest.approx(0, abs=0.001)
    assert heard[-1] == pytest.approx(2, abs=0.05)


def test_a_picture_alone_is_no_video(folder: Path) -> None:
    (folder / "cover.mov").write_bytes(making.saved(making.photo(), "PNG"))
    with pytest.raises(BadClip):
        room.probe(folder / "cover.mov")


@pytest.mark.parametrize("name", ["vp9.webm", "av1.webm", "prores.mov", "h264.mov"])
def test_damaged_ones(name: str, outside: dict[str, Path], folder: Path) -> None:
    chance = random.Random(name)
    whole = outside[name].read_bytes()
    path = folder / name
    target = folder / f"out{exports.ending(path)}"
    refused = 0
    for _ in range(12):
        path.write_bytes(damaged(whole, chance))
        for call in (
            lambda: room.probe(path),
            lambda: room.poster(path, folder / "poster.jpg"),
            lambda: list(frames.frames(path, 5, 8)),
            lambda: filmstrips.hover(path, 4, 60),
            lambda: exports.trim(path, target, 3, 9),
            lambda: exports.transcode(path, folder / "out.mov", Format.PRORES, 3, 9),
            lambda: join([Part(path), Part(path)], target),
        ):
            try:
                call()
            except BadClip:
                refused += 1
        assert list(folder.glob(".*")) == []
    assert refused > 0
    with suppress(FileNotFoundError):
        target.unlink()
