"""What is sent for an image: as it is where that is safe, else a clean sRGB JPEG that fits."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from seedance_desktop import words
from seedance_desktop.domain.errors import BadImage
from seedance_desktop.media import images
from tests.media.making import display_p3, photo, saved


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "original"


def sent(place: Path, data: bytes, **options: int) -> images.Sent:
    place.write_bytes(data)
    return images.for_wire(place, "photo", **options)  # type: ignore[arg-type]


def opened(made: images.Sent) -> Image.Image:
    image = Image.open(io.BytesIO(made.data))
    image.load()
    assert image.size == (made.width, made.height)
    return image


def colour(image: Image.Image, x: int = 20, y: int = 20) -> tuple[int, int, int]:
    found = image.convert("RGB").getpixel((x, y))
    assert isinstance(found, tuple)
    return (int(found[0]), int(found[1]), int(found[2]))


def near(found: tuple[int, ...], wanted: tuple[int, ...], by: int = 4) -> bool:
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize(("kind", "mime"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_clean_small_image_goes_as_it_is(kind: str, mime: str, mode: str, place: Path) -> None:
    data = saved(photo(mode=mode), kind)
    suffix = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}[kind]
    assert sent(place, data) == images.Sent(data, mime, 400, 300, False, len(data), suffix, 400, 300)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_not_even_an_srgb_profile_goes_along(kind: str, place: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = sent(place, saved(photo(), kind, icc_profile=profile))
    assert made.changed
    assert b"acsp" not in made.data
    assert near(colour(opened(made)), (254, 0, 0))


def private() -> list[bytes]:
    """Images that know where they were taken, each in another place of the file."""
    exif = Image.Exif()
    exif[0x010E] = "GPS-SECRET"  # the description
    exif.get_ifd(0x8825)[1] = "N"
    xmp = b"<x:xmpmeta>GPS-SECRET</x:xmpmeta>"
    text, packed = PngInfo(), PngInfo()
    text.add_text("Where", "GPS-SECRET")
    packed.add_itxt("XML:com.adobe.xmp", xmp.decode())
    plain = saved(photo(), "JPEG")
    return [
        *(saved(photo(), kind, exif=exif) for kind in ("JPEG", "PNG", "WEBP", "TIFF", "AVIF")),
        saved(photo(), "JPEG", comment=b"GPS-SECRET"),
        saved(photo(), "JPEG", xmp=xmp),
        saved(photo(), "WEBP", xmp=xmp),
        saved(photo(), "PNG", pnginfo=text),
        saved(photo(), "PNG", pnginfo=packed),
        saved(photo(), "GIF", comment=b"GPS-SECRET"),
        saved(photo(), "PNG") + b"GPS-SECRET",
        plain + b"GPS-SECRET",
        plain + b"GPS-SECRET" + plain,
        plain[:2] + b"\xff\xed\x00\x0cGPS-SECRET" + plain[2:],
    ]


@pytest.mark.parametrize("data", private(), ids=range(len(private())))
def test_nothing_private_is_sent(data: bytes, place: Path) -> None:
    assert b"GPS-SECRET" in data
    made = sent(place, data)
    assert b"GPS-SECRET" not in made.data
    assert b"Exif" not in made.data
    assert not opened(made).getexif()
    assert near(colour(opened(made)), (254, 0, 0))


def test_wide_colours_become_srgb(place: Path) -> None:
    """A P3 (200, 100, 50) is (215, 93, 31) in sRGB; read without its profile it would be duller."""
    picture, profile = Image.new("RGB", (400, 300), (200, 100, 50)), display_p3()
    for data in (saved(picture, "PNG", icc_profile=profile), saved(picture, "JPEG", icc_profile=profile, quality=98)):
        made = sent(place, data)
        assert near(colour(opened(made)), (215, 93, 31), by=4)
        assert "icc_profile" not in opened(made).info
        small = Image.open(io.BytesIO(images.thumbnail(data, (50, 50))))
        assert near(colour(small), (215, 93, 31), by=4)


def test_a_broken_profile_is_passed_over(place: Path) -> None:
    assert near(colour(opened(sent(place, saved(photo(), "PNG", icc_profile=b"nonsense" * 30)))), (254, 0, 0))


def test_transparent_parts_lie_on_white_or_what_is_asked(place: Path) -> None:
    clear = photo(mode="RGBA")
    clear.putalpha(Image.linear_gradient("L").point(lambda grey: 0).resize(clear.size))
    for data in (saved(clear, "PNG"), saved(clear, "WEBP", exact=True, lossless=True)):
        made = sent(place, data)
        assert made.mime == "image/jpeg"
        assert near(colour(opened(made)), (255, 255, 255))
    over = images.for_wire(place, "photo", background=(0, 0, 255))
    assert near(colour(opened(over)), (0, 0, 254))


def sixteen(grey: int) -> Image.Image:
    return Image.new("I;16", (400, 300), grey)


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (saved(photo(mode="CMYK"), "JPEG", quality=95), (254, 0, 0)),
        (saved(photo(mode="CMYK"), "TIFF"), (254, 0, 0)),
        (saved(photo(mode="P"), "PNG"), (254, 0, 0)),
        (saved(photo(mode="P"), "PNG", transparency=0), None),
        (saved(photo(), "GIF"), (254, 0, 0)),
        (saved(sixteen(0x8000), "PNG"), (128, 128, 128)),
        (saved(sixteen(0x4000), "TIFF"), (64, 64, 64)),
        (saved(Image.new("F", (400, 300), 0.5), "TIFF"), (127, 127, 127)),
        (saved(Image.new("1", (400, 300), 1), "PNG"), (255, 255, 255)),
        (saved(Image.new("LA", (400, 300), (90, 255)), "PNG"), (90, 90, 90)),
        (saved(photo(), "BMP"), (254, 0, 0)),
    ],
)
def test_unusual_pixels_become_plain_ones(data: bytes, wanted: tuple[int, int, int] | None, place: Path) -> None:
    made = sent(place, data)
    image = opened(made)
    assert (made.mime, image.mode) == ("image/jpeg", "RGB")
    assert wanted is None or near(colour(image), wanted)


def test_what_is_encoded_keeps_its_colour_detail(place: Path) -> None:
    """4:4:4: thin red lines on blue stay red and blue."""
    lines = Image.new("RGB", (400, 300), "blue")
    for x in range(0, 400, 2):
        lines.paste("red", (x, 0, x + 1, 300))
    image = opened(sent(place, saved(lines, "BMP")))
    assert colour(image, 100, 100)[0] > 200
    assert colour(image, 101, 100)[2] > 200


def test_large_images_are_scaled_to_the_long_side(place: Path) -> None:
    made = sent(place, saved(photo((6400, 4000)), "JPEG", quality=60))
    assert (made.width, made.height, made.reduced) == (2048, 1280, True)
    assert opened(made).mode == "RGB"


def noise(side: int) -> Image.Image:
    bands = [Image.effect_noise((side, side), 120) for _ in range(3)]
    return Image.merge("RGB", bands)


@pytest.mark.parametrize("most", [4_000_000, 800_000, 200_000])
def test_it_fits_the_limit_as_base64(most: int, place: Path) -> None:
    made = sent(place, saved(noise(1000), "PNG", compress_level=1), most_bytes=most)
    assert len(base64.b64encode(made.data)) <= most
    assert min(made.width, made.height) >= 300
    assert made.reduced == (most < 4_000_000)
    assert opened(made).mode == "RGB"


def test_where_it_cannot_fit_it_says_the_limit(place: Path) -> None:
    with pytest.raises(BadImage) as caught:
        sent(place, saved(noise(400), "PNG"), most_bytes=20_000)
    assert caught.value.reason.code == "image-unfit"
    sentence = words.say(caught.value.reason.code, dict(caught.value.reason.facts))
    assert "photo" in sentence
    assert "…" not in sentence


def test_an_original_that_is_gone_or_damaged(place: Path) -> None:
    with pytest.raises(BadImage, match="image-missing"):
        images.for_wire(place, "photo")
    with pytest.raises(BadImage, match="image-damaged"):
        sent(place, saved(noise(400), "JPEG")[:20_000])
