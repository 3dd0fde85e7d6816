"""The clips themselves: sizes, frames, colours, and that they show what was asked for."""

from __future__ import annotations

import io
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import av
import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat

from seedance_desktop.demo.film import Stopped, render
from seedance_desktop.demo.order import SIZES, Order
from tests.demo.support import frames_of, picture

if TYPE_CHECKING:
    from pathlib import Path

ORDER = Order("A lighthouse", "none", "16:9", 5, "480p")


def difference(a: Image.Image, b: Image.Image) -> float:
    """The mean difference of two pictures, in levels of 0 to 255."""
    return sum(ImageStat.Stat(ImageChops.difference(a, b)).mean) / 3


def photo(seed: int) -> tuple[bytes, Image.Image]:
    """Something with soft shapes in it, as a photograph has; its file and itself."""
    red, green, blue = (Image.radial_gradient("L").rotate(90 * turn + seed) for turn in range(3))
    image = Image.merge("RGB", (red, ImageOps.invert(green), blue.point([value // 2 for value in range(256)])))
    image = image.resize((900, 700), Image.Resampling.BICUBIC, box=(10 * seed, 20, 200, 240))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue(), image


@pytest.mark.parametrize("resolution", SIZES)
@pytest.mark.parametrize("ratio", ["16:9", "9:16", "1:1"])
def test_every_size_is_the_documented_one(tmp_path: Path, resolution: str, ratio: str) -> None:
    path = tmp_path / "clip.mp4"
    render(replace(ORDER, ratio=ratio, resolution=resolution), [], path, nonce="1", frames=3)
    with av.open(str(path), "r") as film:
        stream = film.streams.video[0]
        context = stream.codec_context
        assert (context.width, context.height) == SIZES[resolution][ratio]
        assert stream.frames == 3
        assert stream.average_rate == Fraction(24)
        assert (context.pix_fmt, context.name) == ("yuv420p", "h264")
        assert context.profile == "High"
        assert (context.colorspace, context.color_range) == (1, 1)
    assert path.read_bytes()[:4096].find(b"moov") > 0  # the index comes first


def test_a_clip_has_one_frame_more_than_its_seconds(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    render(ORDER, [], path, nonce="1")
    with av.open(str(path), "r") as film:
        packets = [packet for packet in film.demux(video=0) if packet.size]
    keys = [packet.pts or 0 for packet in packets if packet.is_keyframe]
    assert len(packets) == 121
    assert replace(ORDER, duration=10).frames == 241
    step = packets[0].duration
    assert step
    assert all(b - a <= 48 * step for a, b in pairwise(keys))


@pytest.mark.parametrize(
    "prompt", ["lighthouse", "boat", "balloons", "mountains", "aurora", "dunes", "city", "海上的灯塔", "🙂", "x" * 3000]
)
def test_every_scene_draws_moving_pictures(tmp_path: Path, prompt: str) -> None:
    path = tmp_path / "clip.mp4"
    render(replace(ORDER, prompt=prompt), [], path, nonce="1", frames=25)
    frames = frames_of(path)
    assert difference(frames[0], frames[-1]) > 0.4
    assert all(difference(a, b) < 8 for a, b in pairwise(frames))  # and nothing jumps
    assert max(ImageStat.Stat(frames[-1]).stddev) > 15


def test_prompts_and_takes_differ_and_the_same_take_is_the_same(tmp_path: Path) -> None:
    drawn = []
    for prompt, nonce in (("a thing", "1"), ("a thing", "1"), ("a thing", "2"), ("another", "1")):
        path = tmp_path / "clip.mp4"
        render(replace(ORDER, prompt=prompt), [], path, nonce=nonce, frames=1)
        drawn.append(frames_of(path)[0])
    same, take, other = (difference(drawn[0], each) for each in drawn[1:])
    assert same == 0
    assert min(take, other) > 3


@pytest.mark.parametrize("ratio", ["16:9", "9:16", "1:1"])
def test_the_first_frame_is_the_picture_cropped_at_the_centre(tmp_path: Path, ratio: str) -> None:
    data, image = photo(1)
    order = replace(ORDER, use="first_frame", ratio=ratio, resolution="720p")
    render(order, [data], tmp_path / "clip.mp4", nonce="1", frames=30)
    frames = frames_of(tmp_path / "clip.mp4")
    wanted = ImageOps.fit(image, order.size, Image.Resampling.LANCZOS)
    assert difference(frames[0], wanted) < 2.5
    assert difference(frames[-1], wanted) > difference(frames[0], wanted)


def test_first_and_last_frame_are_the_two_pictures(tmp_path: Path) -> None:
    (first, first_image), (last, last_image) = photo(1), photo(7)
    order = replace(ORDER, use="first_last")
    render(order, [first, last], tmp_path / "clip.mp4", nonce="1")
    frames = frames_of(tmp_path / "clip.mp4")
    for frame, image in ((frames[0], first_image), (frames[-1], last_image)):
        assert difference(frame, ImageOps.fit(image, order.size, Image.Resampling.LANCZOS)) < 2.5


def test_references_follow_each_other(tmp_path: Path) -> None:
    order = replace(ORDER, prompt="", use="references", ratio="1:1")
    files = [picture(left=colour, right=colour) for colour in ("red", "lime", "blue")]
    render(order, files, tmp_path / "clip.mp4", nonce="1")
    frames = frames_of(tmp_path / "clip.mp4")
    for index, channel in ((20, 0), (60, 1), (110, 2)):
        means = ImageStat.Stat(frames[index]).mean
        assert means.index(max(means)) == channel


def test_the_caption_comes_and_goes(tmp_path: Path) -> None:
    grey = picture(left="#404040", right="#404040")
    for prompt in ("Slow push in", "雨夜的城市街道，镜头缓慢推进"):
        render(replace(ORDER, prompt=prompt, use="first_frame"), [grey], tmp_path / "clip.mp4", nonce="1")
        frames = frames_of(tmp_path / "clip.mp4")
        brightest = [max(frame.convert("L").tobytes()) for frame in (frames[0], frames[60], frames[-1])]
        assert brightest[0] < 90
        assert brightest[1] > 200
        assert brightest[2] < 90


def test_transparent_turned_and_grey_pictures_are_drawn(tmp_path: Path) -> None:
    for mode in ("RGBA", "LA", "P", "L", "1", "I;16", "CMYK"):
        image = Image.new(mode, (320, 300))
        file = io.BytesIO()
        image.save(file, "TIFF" if mode == "CMYK" else "PNG")
        render(replace(ORDER, use="first_frame"), [file.getvalue()], tmp_path / "clip.mp4", nonce="1", frames=2)


def test_stopping_leaves_nothing_behind(tmp_path: Path) -> None:
    answers = iter([False, False, True])
    with pytest.raises(Stopped):
        render(ORDER, [], tmp_path / "clip.mp4", nonce="1", stopped=lambda: next(answers))
    assert not list(tmp_path.glob("clip*"))
