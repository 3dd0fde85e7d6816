"""One file of several: the very packets where their streams allow it, every frame once, and sound at its time."""

from __future__ import annotations

import io
from pathlib import Path

import av
import pytest
from PIL import Image

from seedance_desktop.media import clips as room
from seedance_desktop.media import frames
from seedance_desktop.media.joining import join
from seedance_desktop.media.spans import Part
from tests.media import making
from tests.media.clicks import clicking, heard, numbers, packets
from tests.media.conftest import KINDS, UNEVEN, Clips


def still(path: Path, number: int) -> Image.Image:
    return Image.open(io.BytesIO(frames.still(path, number))).convert("RGB")


@pytest.mark.parametrize("kind", ["plain", "audio", "intra", "long", "hevc", "ten-bit", "444", "left", "fragments"])
def test_clips_of_one_kind_are_copied(kind: str, clips: Clips, folder: Path) -> None:
    target = folder / "joined.mp4"
    assert join([Part(clips[kind])] * 3, target)
    assert packets(target) == packets(clips[kind]) * 3
    count = KINDS[kind].get("frames", 48)
    assert numbers(target) == [*range(count)] * 3
    assert room.timeline(target).times == tuple(round(number * 1_000_000 / 24) for number in range(3 * count))


def test_parts_are_copied_too(clips: Clips, folder: Path) -> None:
    source, target = clips["intra"], folder / "joined.mp4"
    assert join([Part(source, 40, 47), Part(source, 3, 3), Part(source, 0, 9)], target)
    assert packets(target) == [*packets(source)[40:], packets(source)[3], *packets(source)[:10]]
    assert numbers(target) == [*range(40, 48), 3, *range(10)]


def test_the_picture_that_repeats_at_a_seam_is_left_out(clips: Clips, folder: Path) -> None:
    target = folder / "joined.mp4"
    assert join([Part(clips["intra"]), Part(clips["intra"], 1)], target)
    assert numbers(target) == [*range(48), *range(1, 48)]
    assert not join([Part(clips["plain"]), Part(clips["plain"], 1)], target), "begins after its key frame"
    assert numbers(target) == [*range(48), *range(1, 48)]
    assert room.timeline(target).times == tuple(round(number * 1_000_000 / 24) for number in range(95))


def clicks_of(folder: Path, name: str, frames: int = 25, **options: int) -> Path:
    """A clip of no whole number of packets with a click 0.5 s after its beginning."""
    return clicking(folder / name, [0.5], frames / 24, frames=frames, **options)


@pytest.mark.parametrize("first", [0, 1])
def test_sound_stays_with_the_picture_at_every_seam(first: int, folder: Path) -> None:
    source, target = clicks_of(folder, "a.mp4"), folder / "joined.mp4"
    copied = join([Part(source), *[Part(source, first)] * 7], target)
    assert copied is (first == 0)
    length, short = 25 / 24, (25 - first) / 24
    wanted = [0.5, *(length + number * short + 0.5 - first / 24 for number in range(7))]
    found, begin, end = heard(target)
    assert found == pytest.approx(wanted, abs=0.0015 if first else 0.012), "no more than half a packet beside, ever"
    assert begin == pytest.approx(0, abs=0.001)
    assert end == pytest.approx(length + 7 * short, abs=0.03)
    if copied:
        assert set(packets(target, "audio")) <= set(packets(source, "audio"))


def test_gaps_in_the_sound_become_silence(clips: Clips, folder: Path) -> None:
    source, target = clicks_of(folder, "a.mp4"), folder / "joined.mp4"
    silent = making.clip(folder / "b.mp4", frames=25)
    short = clicking(folder / "c.mp4", [0.25], 0.6, frames=25)
    assert join([Part(source), Part(silent), Part(short), Part(source)], target), "the pictures are copied all the same"
    assert numbers(target) == [*range(25)] * 4
    found, begin, end = heard(target)
    length = 25 / 24
    assert found == pytest.approx([0.5, 2 * length + 0.25, 3 * length + 0.5], abs=0.0015)
    assert (begin, end) == pytest.approx((0, 4 * length), abs=0.03)
    assert join([Part(silent), Part(source)], target)
    assert heard(target)[0] == pytest.approx([length + 0.5], abs=0.0015)


def test_other_sizes_are_fitted_inside_on_black(clips: Clips, folder: Path) -> None:
    red = [Image.new("RGB", (180, 320), (200, 60, 30))] * 4
    portrait = making.clip(folder / "portrait.mp4", pictures=red, size=(180, 320))
    wide = making.clip(folder / "wide.mp4", pictures=[Image.new("RGB", (480, 120), (200, 60, 30))] * 4, size=(480, 120))
    target = folder / "joined.mp4"
    assert not join([Part(clips["plain"], 0, 3), Part(portrait), Part(wide)], target)
    assert room.probe(target).frames == 12
    assert still(target, 5).size == making.SIZE
    for number, inside, outside in ((5, (160, 90), (40, 90)), (9, (160, 90), (160, 10))):
        picture = still(target, number)
        assert near(picture, inside, (200, 60, 30))
        assert near(picture, outside, (0, 0, 0))
    assert near(still(target, 5), (112, 5), (200, 60, 30)), "101 pixels wide, and as high as the picture"
    assert near(still(target, 9), (5, 55), (200, 60, 30)), "80 pixels high, and as wide"


def near(picture: Image.Image, at: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    found = picture.getpixel(at)
    assert isinstance(found, tuple)
    return all(abs(one - other) <= 12 for one, other in zip(found, colour, strict=True))


def test_a_clip_on_its_side_is_turned(clips: Clips, folder: Path) -> None:
    target = folder / "joined.mp4"
    assert not join([Part(clips["left"]), Part(clips["right"]), Part(clips["left"])], target)
    assert numbers(target) == [*range(48)] * 3
    assert still(target, 0).size == (180, 320)


@pytest.mark.parametrize("other", ["hevc", "ten-bit", "444"])
def test_other_kinds_are_encoded(other: str, clips: Clips, folder: Path) -> None:
    target = folder / "joined.mp4"
    assert not join([Part(clips["plain"]), Part(clips[other])], target)
    assert numbers(target) == [*range(48)] * 2
    assert room.probe(target).codec == "h264"


@pytest.mark.parametrize("first", [0, 1])
def test_other_rates_keep_their_times(first: int, clips: Clips, folder: Path) -> None:
    target = folder / "joined.mp4"
    thirty = making.clip(folder / "thirty.mp4", frames=30, times=[number * 800 for number in range(30)])
    copied = join([Part(clips["plain"], first), Part(thirty), Part(clips["vfr"])], target)
    assert copied is (first == 0)
    assert numbers(target) == [*range(first, 48), *range(30), *range(len(UNEVEN))]
    due = [number / 24 for number in range(first, 48)]
    due += [2 + number / 30 for number in range(30)]
    due += [3 + time / 24_000 for time in UNEVEN]
    due = [time - due[0] for time in due]
    assert [time / 1_000_000 for time in room.timeline(target).times] == pytest.approx(due, abs=0.0001)


def test_other_colours_are_turned_into_those_of_the_first(folder: Path) -> None:
    red = [Image.new("RGB", (320, 180), (200, 60, 30))] * 4
    one = making.clip(folder / "one.mp4", pictures=red, space=1, options={"crf": "4"})
    other = making.clip(folder / "other.mp4", pictures=red, space=5, options={"crf": "4"})
    assert not join([Part(one), Part(other)], folder / "joined.mp4")
    for number in range(8):
        picture = still(folder / "joined.mp4", number).getpixel((100, 100))
        assert isinstance(picture, tuple)
        assert all(abs(one - other) <= 5 for one, other in zip(picture, (200, 60, 30), strict=True))


def test_a_player_finds_the_index_first(clips: Clips, folder: Path) -> None:
    for parts in ([Part(clips["audio"])] * 2, [Part(clips["audio"]), Part(clips["audio"], 1)]):
        join(parts, folder / "joined.mp4")
        data = (folder / "joined.mp4").read_bytes()
        assert data.index(b"moov") < data.index(b"mdat")
        with av.open(str(folder / "joined.mp4")) as container:
            assert len(container.streams) == 2
