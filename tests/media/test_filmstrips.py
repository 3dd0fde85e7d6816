"""Small pictures along a clip: from the right places, upright, in the right colours, and soon."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from seedance_desktop.domain.errors import BadClip, DiskProblem
from seedance_desktop.media import clips as room
from seedance_desktop.media import containers, filmstrips
from tests.media import making
from tests.media.conftest import KINDS, Clips


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    assert image.format == "JPEG"
    return image


@pytest.mark.parametrize("count", [1, 5, 12])
@pytest.mark.parametrize("kind", KINDS)
def test_each_picture_is_from_its_part_of_the_time(kind: str, count: int, clips: Clips) -> None:
    timeline = room.timeline(clips[kind])
    first, length = timeline.times[0], room.probe(clips[kind]).seconds * 1_000_000
    width, height = KINDS[kind].get("size", making.SIZE)
    found = [opened(data) for data in filmstrips.filmstrip(clips[kind], count, height)]
    assert [image.size for image in found] == [(width, height)] * count
    numbers = [making.number_in(image) for image in found]
    assert numbers == sorted(numbers)
    for part, number in enumerate(numbers):
        middle = first + length * (part + 0.5) / count
        wanted = timeline.frame_at(round(middle))
        near = abs(timeline.times[number] - middle) <= length / count / 2 + 1
        assert near or abs(number - wanted) <= 4, f"part {part}: frame {number} instead of {wanted}"


def test_a_clip_with_fewer_frames_repeats_them(folder: Path) -> None:
    one = making.clip(folder / "one.mp4", frames=1)
    assert {making.number_in(opened(data)) for data in filmstrips.filmstrip(one, 12, 180)} == {0}
    three = making.clip(folder / "three.mp4", frames=3, gop=1, between=0)
    found = [making.number_in(opened(data)) for data in filmstrips.filmstrip(three, 6, 180)]
    assert found == [0, 0, 1, 1, 2, 2]


@pytest.mark.parametrize(("kind", "size"), [("plain", (174, 98)), ("left", (174, 309))])
def test_pictures_for_hovering_are_as_wide_as_asked(kind: str, size: tuple[int, int], clips: Clips) -> None:
    assert {opened(data).size for data in filmstrips.hover(clips[kind], 4, 174)} == {size}


def test_a_strip_may_be_higher_than_the_clip(clips: Clips) -> None:
    assert {opened(data).size for data in filmstrips.filmstrip(clips["plain"], 2, 360)} == {(640, 360)}


@pytest.mark.parametrize("space", [1, 5])
@pytest.mark.parametrize("gop", [1, 12])
def test_the_true_colours(space: int, gop: int, folder: Path) -> None:
    red = [Image.new("RGB", (320, 180), (200, 60, 30))] * 8
    path = making.clip(folder / "red.mp4", pictures=red, space=space, gop=gop, options={"crf": "4"})
    for data in filmstrips.filmstrip(path, 4, 60):
        colour = opened(data).getpixel((50, 30))
        assert isinstance(colour, tuple)
        assert all(abs(one - other) <= 6 for one, other in zip(colour, (200, 60, 30), strict=True))


def test_only_what_is_needed_is_decoded(clips: Clips, monkeypatch: pytest.MonkeyPatch) -> None:
    """Key frames alone where there are enough; in one long group each frame at most once."""
    used: list[int] = []
    real = containers.decoded

    def counted(container: InputContainer, stream: VideoStream, key: int) -> Iterator[VideoFrame]:
        for frame in real(container, stream, key):
            used.append(key)
            yield frame

    monkeypatch.setattr(containers, "decoded", counted)
    filmstrips.filmstrip(clips["plain"], 4, 60)
    assert used == []
    filmstrips.filmstrip(clips["long"], 12, 60)
    assert 12 <= len(used) < 121


def test_what_is_no_video(clips: Clips, folder: Path) -> None:
    (folder / "bad.mp4").write_bytes(b"bad")
    with pytest.raises(BadClip, match="video-unreadable"):
        filmstrips.filmstrip(folder / "bad.mp4", 12, 60)
    with pytest.raises(DiskProblem, match="disk-gone"):
        filmstrips.hover(folder / "gone" / "clip.mp4", 12, 174)
