"""Images are taken in by what they are, upright, and refused in words."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import sys
import zlib
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image

from seedance_desktop import words
from seedance_desktop.domain.errors import BadImage
from seedance_desktop.media import images, originals
from tests.media.making import photo, saved


def heic(image: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(image).save(out, quality=80, **options)
    return out.getvalue()


def orientation(value: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = value
    return exif


def refused(source: Path | bytes, name: str = "frame.png") -> BadImage:
    with pytest.raises(BadImage) as caught:
        images.take_in(source, name)
    sentence = words.say(caught.value.reason.code, dict(caught.value.reason.facts))
    assert name in sentence
    assert "…" not in sentence, "a fact of the sentence is missing"
    return caught.value


KINDS = {
    ".jpg": saved(photo(), "JPEG"),
    ".png": saved(photo(), "PNG"),
    ".webp": saved(photo(), "WEBP"),
    ".bmp": saved(photo(), "BMP"),
    ".tiff": saved(photo(), "TIFF"),
    ".gif": saved(photo(), "GIF"),
    ".heic": heic(photo()),
    ".avif": saved(photo(), "AVIF"),
}


@pytest.mark.parametrize("suffix", KINDS)
def test_every_format_is_told_by_content(suffix: str, tmp_path: Path) -> None:
    data = KINDS[suffix]
    file = tmp_path / "renamed.txt"
    file.write_bytes(data)
    taken = images.take_in(file, "renamed.txt")
    assert taken == images.take_in(data, "renamed.txt")
    assert (taken.suffix, taken.width, taken.height) == (suffix, 400, 300)
    assert taken.data == data
    assert taken.hash == hashlib.sha256(data).hexdigest()
    assert not taken.first_of_many


def corners(image: Image.Image) -> list[str]:
    """The colours of the four quarters in reading order: r, g, b or y."""
    names = {(True, False, False): "r", (False, True, False): "g", (False, False, True): "b", (True, True, False): "y"}
    small = image.convert("RGB")
    x, y = small.width // 4, small.height // 4
    found = [small.getpixel(point) for point in ((x, y), (3 * x, y), (x, 3 * y), (3 * x, 3 * y))]
    return [names[tuple(part > 90 for part in colour)] for colour in found if isinstance(colour, tuple)]  # type: ignore[index]


STORED_BY_ORIENTATION = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("value", STORED_BY_ORIENTATION)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIC"])
def test_orientation_is_applied_once(kind: str, value: int, tmp_path: Path) -> None:
    turn = STORED_BY_ORIENTATION[value]
    stored = photo() if turn is None else photo().transpose(turn)
    exif = orientation(value)
    data = heic(stored, exif=exif.tobytes()) if kind == "HEIC" else saved(stored, kind, exif=exif)
    taken = images.take_in(data, "photo")
    assert (taken.width, taken.height) == (400, 300)
    file = tmp_path / "photo"
    file.write_bytes(data)
    sent = images.for_wire(file, "photo")
    assert (sent.width, sent.height) == (400, 300)
    seen = Image.open(io.BytesIO(sent.data))
    assert corners(seen) == ["r", "g", "b", "y"]
    assert 0x0112 not in seen.getexif()
    small = Image.open(io.BytesIO(images.thumbnail(data, (80, 80))))
    assert small.size == (80, 60)
    assert corners(small) == ["r", "g", "b", "y"]


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_an_animation_the_first_frame_is_used(kind: str) -> None:
    more = [Image.new("RGB", (400, 300), "black"), Image.new("RGB", (400, 300), "white")]
    taken = images.take_in(saved(photo(), kind, save_all=True, append_images=more), "moving")
    assert taken.first_of_many
    small = Image.open(io.BytesIO(images.thumbnail(taken.data, (64, 64))))
    assert corners(small) == ["r", "g", "b", "y"]


@pytest.mark.parametrize(
    ("size", "code"),
    [
        ((299, 400), "image-too-small"),
        ((400, 299), "image-too-small"),
        ((300, 751), "image-too-narrow"),
        ((751, 300), "image-too-narrow"),
    ],
)
def test_too_small_and_too_narrow(size: tuple[int, int], code: str) -> None:
    problem = refused(saved(photo(size), "PNG"))
    assert problem.reason.code == code
    assert (problem.reason.fact("width"), problem.reason.fact("height")) == size


@pytest.mark.parametrize("size", [(300, 750), (750, 300), (300, 300), (6400, 4000)])
def test_the_limits_themselves_are_allowed(size: tuple[int, int]) -> None:
    taken = images.take_in(saved(photo(size), "PNG", compress_level=1), "just")
    assert (taken.width, taken.height) == size


def test_shape_is_judged_as_seen() -> None:
    tall = photo((600, 300)).transpose(Image.Transpose.ROTATE_90)
    assert images.take_in(saved(tall, "JPEG", exif=orientation(6)), "p").width == 600


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is huge."""
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(1000))),
        (b"IEND", b""),
    ]
    parts = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize("size", [(12_000, 10_001), (60_000, 60_000), (2_000_000_000, 1)])
def test_a_bomb_is_not_opened(size: tuple[int, int]) -> None:
    problem = refused(bomb(*size))
    assert problem.reason.code == "image-too-large"
    assert (problem.reason.fact("width"), problem.reason.fact("height")) == size


@pytest.mark.parametrize("suffix", KINDS)
@pytest.mark.parametrize("share", [0.3, 0.95])
def test_cut_short(suffix: str, share: float) -> None:
    data = KINDS[suffix]
    if share > 0.9 and suffix in (".gif", ".tiff"):
        data = saved(Image.effect_noise((400, 300), 90), {".gif": "GIF", ".tiff": "TIFF"}[suffix])
    problem = refused(data[: int(len(data) * share)])
    assert problem.reason.code in ("image-damaged", "image-unreadable")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "image-empty"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "image-is-page"),
        (b"\xef\xbb\xbf\n  <HTML lang=en>", "image-is-page"),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>', "image-is-page"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image-unreadable"),
        (b"BMW makes cars", "image-unreadable"),
        (b"%PDF-1.7", "image-unreadable"),
        (b"\0" * 5000, "image-unreadable"),
        (b"\x00\x00\x00\x18ftypmp42", "image-unreadable"),
    ],
)
def test_what_is_no_image(data: bytes, code: str, tmp_path: Path) -> None:
    assert refused(data).reason.code == code
    file = tmp_path / "frame.png"
    file.write_bytes(data)
    assert refused(file).reason.code == code


def test_places_that_hold_no_image(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(tmp_path / "none.png").reason.code == "image-missing"
    assert refused(Path("bad\0name")).reason.code == "image-missing"
    assert refused(tmp_path).reason.code == "image-is-folder"
    heavy = tmp_path / "heavy.png"
    heavy.write_bytes(b"x" * 3_000_000)
    monkeypatch.setattr(originals, "MOST_BYTES", 2_000_000)
    assert refused(heavy).reason.code == "image-too-heavy"
    assert refused(b"x" * 2_000_001).reason.code == "image-too-heavy"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.png"
    os.mkfifo(pipe)
    assert refused(pipe).reason.code == "image-unreadable"


@pytest.mark.parametrize(("box", "size"), [((100, 100), (100, 75)), ((30, 100), (30, 23)), ((2000, 2000), (400, 300))])
def test_thumbnail_keeps_the_shape(box: tuple[int, int], size: tuple[int, int]) -> None:
    assert Image.open(io.BytesIO(images.thumbnail(KINDS[".png"], box))).size == size
