"""The program's icon: every file is there, is what its drawing shows now, and can be told at every size."""

from __future__ import annotations

import re
from functools import reduce
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from PIL.IcnsImagePlugin import IcnsImageFile
from PIL.IcoImagePlugin import IcoImageFile

from release import icons

BLUE, WHITE = (0x30, 0x68, 0xE0), (255, 255, 255)


def near(picture: Image.Image, colour: tuple[int, int, int], within: int) -> int:
    """How many pixels have about this colour."""
    off = ImageChops.difference(picture.convert("RGB"), Image.new("RGB", picture.size, colour))
    furthest = reduce(ImageChops.lighter, off.split())  # of the three channels
    return sum(furthest.histogram()[: within + 1])


def differ(one: Image.Image, other: Image.Image) -> int:
    """The largest difference of any channel of any pixel."""
    extremes = ImageChops.difference(one, other).getextrema()
    return max(int(high) for _low, high in extremes)  # type: ignore[misc]


@pytest.mark.parametrize("size", icons.SIZES)
def test_each_png_is_what_its_drawing_shows(size: int) -> None:
    with Image.open(icons.FOLDER / f"seedance-{size}.png") as picture:
        assert (picture.size, picture.mode) == ((size, size), "RGBA")
        assert differ(picture, icons.draw(size)) <= 8, "stale: run release.icons"


@pytest.mark.parametrize("size", icons.SIZES)
def test_the_mark_can_be_told_from_its_tile(size: int) -> None:
    picture = icons.draw(size)
    everything = size * size
    assert near(picture, BLUE, 48) > everything * 0.12
    assert near(picture, WHITE, 60) > everything * 0.02
    corners = [picture.getpixel((x, y)) for x in (0, size - 1) for y in (0, size - 1)]
    assert all(isinstance(corner, tuple) and corner[3] < 128 for corner in corners), "the tile is round"


def test_windows_gets_every_size() -> None:
    with Image.open(icons.FOLDER / "seedance.ico") as picture:
        assert isinstance(picture, IcoImageFile)
        assert picture.ico.sizes() == {(size, size) for size in icons.WINDOWS}
        for size in icons.WINDOWS:
            frame = picture.ico.getimage((size, size)).convert("RGBA")
            assert differ(frame, icons.draw(size)) <= 8


def test_macos_gets_every_size_within_its_margin() -> None:
    with Image.open(icons.FOLDER / "seedance.icns") as picture:
        assert isinstance(picture, IcnsImageFile)
        assert {width * scale for width, _height, scale in picture.icns.itersizes()} >= set(icons.MACOS)
        picture.size = (512, 512)
        picture.load(scale=2)
        left, top, right, bottom = picture.convert("RGBA").getbbox() or (0, 0, 0, 0)
    assert (left, top, 1024 - right, 1024 - bottom) == pytest.approx((100, 100, 100, 100), abs=2)


def test_small_icons_stay_on_whole_pixels_within_the_margin() -> None:
    assert icons.draw(32, icons.MACOS_MARGIN).getbbox() == (3, 3, 29, 29)


def test_the_symbolic_icon_has_one_colour_for_the_desktop_to_replace() -> None:
    text = (icons.FOLDER / "seedance-symbolic.svg").read_text(encoding="utf-8")
    assert set(re.findall(r"#[0-9A-Fa-f]{6}", text)) == {"#2E3436"}
    assert "stroke" not in text


def test_icons_are_written_again_to_the_same_bytes(tmp_path: Path) -> None:
    for drawing in icons.FOLDER.glob("*.svg"):
        (tmp_path / drawing.name).write_bytes(drawing.read_bytes())
    first = {path.name: path.read_bytes() for path in icons.make(tmp_path)}
    assert {path.name: path.read_bytes() for path in icons.make(tmp_path)} == first
    assert set(first) == {path.name for path in icons.FOLDER.iterdir() if path.suffix != ".svg"}


def test_the_installers_picture_is_todays(tmp_path: Path) -> None:
    with Image.open(icons.WIZARD) as picture, Image.open(icons.make_wizard(tmp_path / "wizard.bmp")) as drawn:
        assert differ(picture.convert("RGBA"), drawn.convert("RGBA")) <= 8, "stale: run release.icons"
