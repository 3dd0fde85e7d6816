"""The right frame, every time: each frame of these clips carries its own number."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from PIL import Image

from seedance_desktop.domain.errors import BadClip, DiskProblem
from seedance_desktop.domain.frames import Frame, Timeline
from seedance_desktop.media import clips as room
from seedance_desktop.media import frames
from tests.media import making
from tests.media.conftest import KINDS, Clips
from tests.media.test_clips import trimmed


def numbers(found: list[Frame]) -> list[int]:
    assert [frame.number for frame in found] == [making.number_of(frame) for frame in found]
    return [frame.number for frame in found]


@pytest.mark.parametrize("kind", KINDS)
def test_all_frames_in_order(kind: str, clips: Clips) -> None:
    timeline = room.timeline(clips[kind])
    found = list(frames.frames(clips[kind], 0, 10_000, timeline))
    assert numbers(found) == list(range(len(timeline.times)))
    assert tuple(frame.time for frame in found) == timeline.times
    assert {(frame.width, frame.height) for frame in found} == {KINDS[kind].get("size", making.SIZE)}
    y, u, v = found[0].planes
    width, height = found[0].width, found[0].height
    assert len(y) >= width * height
    assert len(u) == len(v) >= width * height // 4
    assert all(stride >= need for stride, need in zip(found[0].strides, (width, width // 2, width // 2), strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_any_span_whatever_was_asked_before(kind: str, clips: Clips) -> None:
    chance = random.Random(kind)
    with frames.FrameReader(clips[kind], most_bytes=10 * 320 * 180 * 3 // 2) as reader:
        last = len(reader.timeline.times) - 1
        for _ in range(40):
            first = chance.randrange(last + 1)
            span = range(first, min(last, first + chance.randrange(6)) + 1)
            found = list(reader.frames(span[0], span[-1]))
            assert numbers(found) == list(span)
            assert [frame.time for frame in found] == [reader.timeline.times[number] for number in span]


@pytest.mark.parametrize("kind", ["long", "open", "hevc-open", "vfr"])
def test_a_reader_opened_afresh_at_any_frame(kind: str, clips: Clips) -> None:
    for number in (0, 1, 7, 9, 10, 11, 23, 31, 43, 44):
        assert numbers(list(frames.frames(clips[kind], number, number))) == [number]


def test_stepping_back_keeps_what_it_decoded_and_no_more(clips: Clips) -> None:
    most = 12 * 384 * 180 * 3 // 2  # a line may be padded
    with frames.FrameReader(clips["long"], most_bytes=most) as reader:
        for number in [*range(121), *range(120, -1, -1)]:
            assert numbers(list(reader.frames(number, number))) == [number]
            kept = reader._kept.values()
            assert sum(frame.size for frame in kept) == reader._kept_bytes <= most


def test_a_request_given_up_halfway_harms_nothing(clips: Clips) -> None:
    with frames.FrameReader(clips["plain"]) as reader:
        for frame in reader.frames(5, 30):
            if frame.number == 9:
                break
        assert numbers(list(reader.frames(8, 14))) == list(range(8, 15))


def test_numbers_that_the_clip_does_not_have(clips: Clips) -> None:
    assert numbers(list(frames.frames(clips["plain"], -3, 1))) == [0, 1]
    assert numbers(list(frames.frames(clips["plain"], 46, 60))) == [46, 47]
    assert list(frames.frames(clips["plain"], 48, 50)) == []
    assert list(frames.frames(clips["plain"], 9, 8)) == []
    for number in (-1, 48):
        with pytest.raises(BadClip):
            frames.still(clips["plain"], number)


def test_what_an_edit_list_cuts_off_is_not_shown(clips: Clips, folder: Path) -> None:
    path = trimmed(clips["plain"], folder / "trimmed.mp4", 5000)
    found = list(frames.frames(path, 0, 100))
    assert [making.number_of(frame) for frame in found] == list(range(5, 48))


def test_a_file_that_has_changed_since_it_was_counted(clips: Clips) -> None:
    with pytest.raises(BadClip):
        list(frames.frames(clips["plain"], 0, 1, Timeline((0, 1), 24.0)))


def test_damaged_packets_are_passed_over(clips: Clips, folder: Path) -> None:
    data = bytearray(clips["intra"].read_bytes())
    start = data.index(b"mdat") + 4
    data[start + 9000 : start + 9400] = bytes(400)
    path = folder / "damaged.mp4"
    path.write_bytes(data)
    found = [frame.number for frame in frames.frames(path, 0, 47)]
    assert found == sorted(set(found))
    assert {0, 1, 2, 45, 46, 47} <= set(found)


@pytest.mark.parametrize("space", [(1, "bt709"), (5, "bt601"), (None, "bt601")])
def test_matrix_and_range_are_the_stream_s(space: tuple[int | None, str], folder: Path) -> None:
    path = making.clip(folder / "a.mp4", frames=2, space=space[0])
    assert [(frame.matrix, frame.full_range) for frame in frames.frames(path, 0, 0)] == [(space[1], False)]
    full = making.clip(folder / "f.mp4", frames=2, pixels="yuvj420p", space=space[0])
    assert [frame.full_range for frame in frames.frames(full, 0, 0)] == [True]


@pytest.mark.parametrize("kind", ["plain", "hevc", "right", "ten-bit"])
def test_still_is_the_frame_at_full_size(kind: str, clips: Clips) -> None:
    for number in (0, 17, 47):
        image = Image.open(io.BytesIO(frames.still(clips[kind], number)))
        assert (image.format, image.size) == ("PNG", KINDS[kind].get("size", making.SIZE))
        assert making.number_in(image) == number


def test_what_is_no_video(folder: Path) -> None:
    path = folder / "page.mp4"
    path.write_bytes(b"<html>")
    for call in (lambda: list(frames.frames(path, 0, 1)), lambda: frames.FrameReader(path)):
        with pytest.raises(BadClip):
            call()
    with pytest.raises(DiskProblem):
        frames.still(folder / "none.mp4", 0)
