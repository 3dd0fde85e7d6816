"""What is sent is, pixel by pixel, the part of the upright sRGB picture that the creator chose, and nothing else.

The picture is made here a second time by another way (whole picture upright, then colours, then background, then the
crop with Pillow's own whole-number boxes) and compared with what `for_wire` gives. A changed picture goes as JPEG, so
the test's own goes through the same step (quality 92, 4:4:4), and what is left may differ by rounding only.
"""

from __future__ import annotations

import io
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, ImageChops, ImageCms, ImageOps, ImageStat

from seedance_desktop.domain.cropping import WHOLE, Part, framed
from seedance_desktop.domain.errors import BadImage
from seedance_desktop.media import cuts, images, pictures, wire
from tests.media import gallery
from tests.media.making import saved

ROUNDING = 0.6
"""Mean difference of a channel, of 255: transparency and colours are rounded in another order here."""
SCALING = 3
"""The same where a JPEG was decoded at a half or a quarter; half a pixel further aside is 6."""
PARTS: dict[str, Part] = {
    "whole": WHOLE,
    "left top": (0.0, 0.0, 0.7, 0.9),
    "uneven": (0.1248, 0.0582, 0.7018, 0.8769),
    "right bottom": (0.25, 0.1, 0.75, 0.9),
}
MARKS = (
    gallery.SECRET,
    b"Exif",
    b"xmpmeta",
    b"ns.adobe.com",
    b"ICC_PROFILE",
    b"acsp",
    b"iCCP",
    b"eXIf",
    b"tEXt",
    b"iTXt",
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "original"


def sent(
    place: Path, data: bytes, part: Part = WHOLE, background: tuple[int, int, int] = (255, 255, 255)
) -> images.Sent:
    place.write_bytes(data)
    return images.for_wire(place, "photo", part=part, background=background)


def opened(made: images.Sent) -> Image.Image:
    image = Image.open(io.BytesIO(made.data))
    image.load()
    assert image.size == (made.width, made.height)
    return image


def upright(data: bytes, background: tuple[int, int, int] = (255, 255, 255)) -> Image.Image:
    """The whole original as a person sees it, by a way of the test's own."""
    heif = data[4:8] == b"ftyp" and not data[8:12].startswith(b"avi")
    image: Image.Image = pillow_heif.open_heif(io.BytesIO(data)).to_pillow() if heif else Image.open(io.BytesIO(data))
    profile = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I"):
        wide = image.convert("I")
        grey = [int(wide.getpixel((x, y))) // 257 for y in range(wide.height) for x in range(wide.width)]  # type: ignore[arg-type]
        image = Image.new("L", wide.size)
        image.putdata(grey)
    alpha = image.convert("RGBA").getchannel("A")
    colours = image if image.mode == "CMYK" else image.convert("RGBA").convert("RGB")
    if profile:
        wanted = ImageCms.createProfile("sRGB")
        changed = ImageCms.profileToProfile(colours, io.BytesIO(profile), wanted, outputMode="RGB")
        assert changed is not None
        colours = changed
    ground = Image.new("RGBA", image.size, background)
    over = colours.convert("RGB").convert("RGBA")
    over.putalpha(alpha)
    return Image.alpha_composite(ground, over).convert("RGB")


def cropped(image: Image.Image, part: Part) -> Image.Image:
    """By whole pixels: the size to the nearest, then the corner to the nearest."""
    left, top, wide, high = (
        round(share * side) for share, side in zip(part, (image.width, image.height) * 2, strict=True)
    )
    return image.crop((left, top, left + wide, top + high))


def encoded(image: Image.Image) -> Image.Image:
    """The picture after the same loss as what is sent."""
    return Image.open(io.BytesIO(saved(image, "JPEG", quality=92, subsampling=0)))


def apart(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of the channel that differs most, of 255."""
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


@pytest.mark.parametrize("part", [WHOLE, PARTS["uneven"]], ids=["whole", "part"])
@pytest.mark.parametrize("name", gallery.FILES)
def test_what_is_sent_is_what_was_chosen(name: str, part: Part, place: Path) -> None:
    data = gallery.file(name)
    made = sent(place, data, part)
    wanted = cropped(upright(data), part)
    assert apart(opened(made), encoded(wanted) if made.changed else wanted) <= (ROUNDING if made.changed else 0)
    shifted = ImageChops.offset(wanted, 1, 0)
    assert apart(opened(made), encoded(shifted)) > 4 * ROUNDING, "a pixel further would not be noticed"
    assert (made.before_size, made.before_width, made.before_height) == (len(data), *gallery.SIZE)
    assert made.first_of_many == (name in gallery.ANIMATED)
    assert made.changed == (made.data != data)
    assert part == WHOLE or made.changed
    assert not made.reduced


@pytest.mark.parametrize("part", [WHOLE, PARTS["uneven"]], ids=["whole", "part"])
@pytest.mark.parametrize("name", gallery.FILES)
def test_nothing_else_is_in_what_is_sent(name: str, part: Part, place: Path) -> None:
    made = sent(place, gallery.file(name), part)
    assert [mark for mark in MARKS if mark in made.data] == []
    assert set(opened(made).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}


@pytest.mark.parametrize("name", sorted(gallery.TRANSPARENT))
def test_what_is_transparent_comes_out_in_the_background_colour(name: str, place: Path) -> None:
    data, colour, most = gallery.file(name), (10, 200, 90), (0.05, 0.1, 0.95, 0.9)
    made = sent(place, data, most, colour)
    assert made.filled
    assert apart(opened(made), encoded(cropped(upright(data, colour), most))) <= ROUNDING


def test_a_part_without_a_hole_is_not_filled(place: Path) -> None:
    data = gallery.file("transparent.png")
    assert sent(place, data).filled
    assert not sent(place, data, (0.3, 0, 0.7, 1)).filled
    opaque = gallery.scene().convert("RGBA")
    made = sent(place, saved(opaque, "PNG"))
    assert made.changed
    assert not made.filled


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_a_part_is_of_the_picture_as_seen(kind: str, part: Part, orientation: int, place: Path) -> None:
    """Of what loses nothing: the very bytes of a JPEG made of the scene itself, however it was stored."""
    data = gallery.held(kind, orientation)
    wanted = saved(cropped(gallery.scene(), part), "JPEG", quality=92, subsampling=0)
    assert sent(place, data, part).data == wanted


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "AVIF", "WEBP", "HEIC"])
def test_however_the_telephone_was_held(kind: str, orientation: int, place: Path) -> None:
    made = sent(place, gallery.held(kind, orientation), PARTS["uneven"])
    assert apart(opened(made), cropped(gallery.scene(), PARTS["uneven"])) <= 6  # by the camera too: 6 of 255


HALF = (0.5, 0.25, 0.5, 0.75)
BIG = (4001, 2999)  # odd, so that a half, a quarter and an eighth have a remainder


@pytest.mark.parametrize(
    ("part", "orientation"),
    [(WHOLE, 1), (WHOLE, 6), ((0.9, 0.9, 0.1, 0.1), 7), *((HALF, turn) for turn in range(2, 9))],
)
def test_large_photographs(part: Part, orientation: int, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "WIRE_LONG_SIDE", 500)  # so that the whole is decoded to a quarter, its half to a half
    big = gallery.scene((1000, 750)).resize(BIG)
    data = gallery.held("JPEG", orientation, big)
    made = sent(place, data, part)
    wanted = cropped(big, part)
    assert (made.reduced, made.changed) == (part != (0.9, 0.9, 0.1, 0.1), True)
    assert max(made.width, made.height) == min(500, max(wanted.size))
    wanted = wanted.resize((made.width, made.height), Image.Resampling.LANCZOS)
    assert apart(opened(made), encoded(wanted)) <= SCALING


@pytest.mark.parametrize(
    ("orientation", "inner"),
    [
        (1, (0.25, 0.0, 49.75, 40.0)),
        (2, (0.5, 0.0, 50.0, 40.0)),
        (3, (0.5, 0.25, 50.0, 40.25)),
        (4, (0.25, 0.25, 49.75, 40.25)),
    ],
)
def test_what_a_decoder_rounds_up_does_not_move_the_picture(orientation: int, inner: Part) -> None:
    """201 x 161 at a quarter are 51 x 41 pixels, of which the last are a quarter full: flipped, they come first."""
    image = Image.new("RGB", (51, 41))
    picture = pictures.Picture(image, ".jpg", 201, 161, orientation, first_of_many=False, shrunk=4)
    found = cuts.cut(picture, (1, 0, 199, 160), side=100)
    assert found.inner == inner
    assert found.sized(99, 80).size == (99, 80)


def test_a_small_part_of_a_huge_photograph_keeps_its_pixels(place: Path) -> None:
    """The whole is decoded to a half or less; a tenth of it must not be."""
    huge = gallery.scene((900, 600)).resize((9000, 6000), Image.Resampling.NEAREST)
    data = saved(huge, "JPEG", quality=90, subsampling=0)
    part = (0.3, 0.3, 0.1, 0.1)
    assert apart(opened(sent(place, data, part)), encoded(cropped(huge, part))) <= SCALING
    whole = sent(place, data)
    assert (whole.width, whole.height, whole.reduced) == (2048, 1365, True)
    assert apart(opened(whole), encoded(huge.resize((2048, 1365), Image.Resampling.LANCZOS))) <= SCALING


@pytest.mark.parametrize("size", [(300, 300), (300, 750), (750, 300), (301, 420), (534, 301), (1200, 800)])
@pytest.mark.parametrize("ratio", ["16:9", "9:16", "1:1"])
@pytest.mark.parametrize("centre", [(0.0, 0.0), (0.37, 0.61), (1.0, 1.0)])
def test_no_crop_to_a_ratio_is_refused(
    size: tuple[int, int], ratio: str, centre: tuple[float, float], place: Path
) -> None:
    """However far it is zoomed, of however small an image."""
    image, part = gallery.scene(size), framed(*size, ratio, centre, 100)
    made = sent(place, saved(image, "PNG"), part)
    wanted = cropped(image, part)
    assert min(made.width, made.height) >= 300
    assert apart(opened(made), encoded(wanted) if made.changed else wanted) <= (ROUNDING if made.changed else 0)


@pytest.mark.parametrize("size", [(5000, 2000), (2000, 5000), (2051, 821), (821, 2051)])
def test_rounding_never_leaves_the_shapes_that_the_gateway_takes(size: tuple[int, int], place: Path) -> None:
    made = sent(place, saved(Image.new("RGB", size), "BMP"))
    assert 0.4 <= made.width / made.height <= 2.5


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ((0.0, 0.0, 0.299, 0.8), "image-part-too-small"),
        ((0.3, 0.3, 0.2996, 0.3), None),
        ((0.5, 0.5, 5e-324, 5e-324), "image-part-too-small"),
        ((0.0, 0.0, 1.0, 0.4), None),
        ((0.0, 0.0, 1.0, 0.39), "image-part-too-narrow"),
        ((0.0, 0.0, 0.4, 1.0), None),
    ],
)
def test_what_a_crop_leaves_may_be_too_little(part: Part, code: str | None, place: Path) -> None:
    data = saved(gallery.scene((1000, 1000)), "PNG")
    if code is None:
        assert sent(place, data, part).changed
        return
    with pytest.raises(BadImage, match=code):
        sent(place, data, part)
