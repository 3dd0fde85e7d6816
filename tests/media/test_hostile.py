"""Flipped, cut and hostile bytes come out as words: `BadImage` or `BadClip`, never anything else, and never a hang."""

from __future__ import annotations

import random
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from seedance_desktop.domain.cropping import part_of
from seedance_desktop.domain.errors import BadClip, BadImage
from seedance_desktop.media import boxes, containers, crops, exports, filmstrips, images, joining, recipes
from seedance_desktop.media import clips as room
from seedance_desktop.media import frames as stage
from seedance_desktop.media.spans import Part
from tests.media.conftest import Clips
from tests.media.gallery import exif
from tests.media.making import photo, saved
from tests.media.test_images import KINDS as IMAGES

EXAMPLES = 60


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A copy with some bits flipped, bytes overwritten, cut out, doubled or missing at the end."""
    copy = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 30))):
        at = chance.randrange(min(len(copy), chance.choice((64, 1000, 1 << 30))))
        match chance.randrange(5):
            case 0:
                copy[at] ^= 1 << chance.randrange(8)
            case 1:
                copy[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff"))
            case 2:
                del copy[at : at + chance.randrange(1, 40)]
            case 3:
                copy[at:at] = copy[at : at + chance.randrange(1, 400)]
            case _:
                if chance.random() < 0.3:
                    del copy[max(at, 1) :]
        if not copy:
            break
    return bytes(copy)


@pytest.mark.parametrize("suffix", IMAGES)
@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's own words about what it read
def test_damaged_images(suffix: str, folder: Path) -> None:
    chance = random.Random(suffix)
    path = folder / "image"
    for _ in range(EXAMPLES // 2):
        data = damaged(IMAGES[suffix], chance)
        path.write_bytes(data)
        with suppress(BadImage):
            assert images.take_in(data, "image").data == data
            assert images.for_wire(path, "image").data
        with suppress(BadImage):
            assert images.thumbnail(data, (60, 60))


def hostile_number(chance: random.Random) -> object:
    edges = (0, 0.0, -0.0, 1, 1.0, 1 - 2**-53, 2**-53, 5e-324, 1e-9, 0.5, -1, 2, 1e308, float("inf"), float("nan"))
    return chance.choice((*edges, chance.random(), chance.random(), chance.random(), None, "0.5", "x", [], True))


@pytest.mark.parametrize("seed", range(4))
def test_hostile_crops(seed: int, folder: Path) -> None:
    """Whatever a recipe says that an image is cropped to: a picture that the gateway takes, or `BadImage`."""
    chance = random.Random(seed)
    size = chance.choice(((300, 300), (750, 300), (900, 1201)))
    path = folder / "image"
    path.write_bytes(saved(photo(size), chance.choice(("PNG", "JPEG")), exif=exif(chance.randrange(1, 9))))
    made = 0
    for _ in range(150):
        read = [hostile_number(chance) for _ in range(chance.choice((4, 4, 4, 4, 3, 5, 0)))]
        part = part_of(chance.choice((read, read, read, None, "part", 5, {"left": 1})))
        with suppress(BadImage):
            sent = images.for_wire(path, "image", part=part)
            assert min(sent.width, sent.height) >= 300
            assert 0.4 <= sent.width / sent.height <= 2.5
            assert sent.changed or sent.data == path.read_bytes()
            made += 1
    assert made > 0


def test_whatever_the_crop_it_lies_inside() -> None:
    chance = random.Random(7)
    for _ in range(3000):
        part = part_of([hostile_number(chance) for _ in range(4)])
        width, height = chance.choice((1, 300, 3001)), chance.choice((1, 299, 12_000))
        left, top, right, bottom = crops.box(part, width, height)
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height


def everything(path: Path, target: Path) -> list[Callable[[], object]]:
    return [
        lambda: room.probe(path),
        lambda: room.timeline(path),
        lambda: room.poster(path, target),
        lambda: list(stage.frames(path, 5, 8)),
        lambda: stage.still(path, 20),
        lambda: recipes.read(path),
        lambda: recipes.write(path, target, {"prompt": "x"}, "x"),
        lambda: filmstrips.hover(path, 12, 60),
        lambda: exports.trim(path, target.with_suffix(".mp4"), 1, 5),
        lambda: joining.join([Part(path), Part(path)], target.with_suffix(".mp4")),
    ]


@pytest.mark.parametrize("kind", ["plain", "audio", "hevc", "vfr", "fragments"])
def test_damaged_clips(kind: str, clips: Clips, folder: Path) -> None:
    chance = random.Random(kind)
    whole = clips[kind].read_bytes()
    tables = whole.index(b"moov")
    path, target = folder / "clip.mp4", folder / "out"
    refused = 0
    for number in range(EXAMPLES // 2):
        data = whole[:tables] + damaged(whole[tables:], chance) if number % 2 else damaged(whole, chance)
        path.write_bytes(data)
        before = time.monotonic()
        for call in everything(path, target):
            try:
                call()
            except BadClip:
                refused += 1
        assert time.monotonic() - before < 10
        assert list(folder.glob(".*")) == []
    assert refused > 0


def patched(data: bytes, box: bytes, skip: int, value: int) -> bytes:
    at = data.index(box) + 4 + skip
    return data[:at] + struct.pack(">I", value) + data[at + 4 :]


@pytest.mark.parametrize(
    ("box", "skip", "value"),
    [
        (b"stsz", 8, 0x7FFFFFFF),
        (b"stts", 8, 0x7FFFFFFF),
        (b"ctts", 8, 0x7FFFFFFF),
        (b"elst", 4, 0x7FFFFFF),
    ],
)
def test_absurd_counts_are_not_believed(box: bytes, skip: int, value: int, clips: Clips, folder: Path) -> None:
    path = folder / "clip.mp4"
    path.write_bytes(patched(clips["plain"].read_bytes(), box, skip, value))
    with pytest.raises(boxes.Absurd):
        boxes.check(path)
    with pytest.raises(BadClip):
        room.probe(path)


def test_absurd_fragments_are_not_believed(clips: Clips, folder: Path) -> None:
    path = folder / "clip.mp4"
    path.write_bytes(patched(clips["fragments"].read_bytes(), b"trun", 4, 0x7FFFFFFF))
    with pytest.raises(BadClip):
        room.probe(path)


def test_boxes_that_never_end(folder: Path) -> None:
    path = folder / "clip.mp4"
    path.write_bytes(struct.pack(">I4s", 8, b"free") * 30_000)
    with pytest.raises(boxes.Absurd):
        boxes.check(path)
    path.write_bytes(struct.pack(">I4sQ", 1, b"moov", 0) * 100)
    boxes.check(path)


def test_a_picture_too_large_to_hold(clips: Clips, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "_MOST_PIXELS", 320 * 180)
    assert room.probe(clips["plain"]).frames == 48
    monkeypatch.setattr(containers, "_MOST_PIXELS", 320 * 180 - 1)
    with pytest.raises(BadClip):
        room.probe(clips["plain"])
