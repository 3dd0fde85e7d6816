"""Makes the image files that creators really have, and those that are none: by name, small, free to ship.

`FILES` are good and come out `SIZE` as a person sees them; `NO_IMAGES` must be refused in a sentence.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pillow_heif
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from tests.media.making import display_p3, photo, saved

SIZE = (480, 360)
SECRET = b"GPS-SECRET"
"""Written in every place of a file where something private may be."""

_TO_STORED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
_LEAST_LOSS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 95, "subsampling": 0},
    "WEBP": {"lossless": True},
    "AVIF": {"quality": 95, "speed": 10, "subsampling": "4:4:4"},
}


@cache
def scene(size: tuple[int, int] = SIZE) -> Image.Image:
    """A picture in which every pixel differs from its neighbours: slopes, and thin lines that are never repeated."""
    slopes = [
        Image.linear_gradient("L").resize(size),
        Image.linear_gradient("L").rotate(90).resize(size),
        Image.radial_gradient("L").resize(size),
    ]
    image = Image.merge("RGB", slopes)
    draw = ImageDraw.Draw(image)
    for number in range(0, max(size), 11):
        draw.line((number, 0, number * 2 % size[0], size[1]), fill=(number % 256, 90, 255 - number % 256))
    return image


def heif(image: Image.Image, **options: Any) -> bytes:
    """The bytes of a HEIC file; `more` are further images of it."""
    more = options.pop("more", ())
    made = pillow_heif.from_pillow(image)
    for one in more:
        made.add_from_pillow(one)
    out = io.BytesIO()
    made.save(out, **{"quality": 90, **options})
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """What a telephone writes: how it was held, where it was."""
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x010E] = SECRET.decode()
    made.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)})
    return made


def stored(image: Image.Image, orientation: int) -> Image.Image:
    """The picture as a camera stores it that is to be turned by `orientation` (EXIF, 1 to 8) to be upright."""
    turn = _TO_STORED.get(orientation)
    return image if turn is None else image.transpose(turn)


def held(kind: str, orientation: int, image: Image.Image | None = None) -> bytes:
    """A photograph of a telephone that was held so, with its position; `kind` as Pillow names formats, or HEIC."""
    image = stored(image or scene(), orientation)
    if kind == "HEIC":
        return heif(image, exif=exif(orientation).tobytes(), quality=95, chroma=444)
    return saved(image, kind, exif=exif(orientation), **_LEAST_LOSS.get(kind, {}))


def clear() -> Image.Image:
    """The scene with a hole: transparent at the left, opaque from a quarter on, a slope between."""
    image = scene().convert("RGBA")
    slope = Image.linear_gradient("L").rotate(90).resize(image.size)
    image.putalpha(slope.point([min(255, max(0, (grey - 32) * 8)) for grey in range(256)]))
    return image


def palette_clear() -> bytes:
    """A palette PNG with a half and a fully transparent colour, as web tools make them."""
    image = scene().quantize(64)
    return saved(image, "PNG", transparency=bytes([0, 128] + [255] * 62))


def animation(kind: str) -> bytes:
    """GIF, WEBP, PNG (APNG), AVIF or TIFF (pages) with the scene first and two other pictures behind it."""
    more = [Image.new("RGB", SIZE, "black"), Image.new("RGB", SIZE, "white")]
    return saved(scene(), kind, save_all=True, append_images=more, **_LEAST_LOSS.get(kind, {}))


def png(depth: int, kind: int, rows: bytes, size: tuple[int, int], key: bytes = b"") -> bytes:
    """A PNG of raw rows (PNG 3rd edition, 11.2.1): what Pillow does not write, such as 48-bit colours.

    `kind` 0 is grey, 2 is RGB; `rows` without filter bytes, big end first; `key` is a tRNS chunk's content.
    """
    line = len(rows) // size[1]
    raw = b"".join(b"\0" + rows[at : at + line] for at in range(0, len(rows), line))
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", *size, depth, kind, 0, 0, 0)), (b"tRNS", key)]
    chunks += [(b"IDAT", zlib.compress(raw, 1)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks if body or name != b"tRNS")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def sixteen_bit_rgb() -> bytes:
    """A 48-bit PNG of the scene; its low bytes are noise that must not matter."""
    words = bytearray()
    for value in scene().tobytes():
        words += bytes((value, value * 7 % 256))
    return png(16, 2, bytes(words), SIZE)


def sixteen_bit_grey() -> Image.Image:
    """The scene in 16-bit grey."""
    return scene().convert("L").convert("I").point(lambda grey: grey * 257).convert("I;16")


def text_png() -> bytes:
    """A PNG with a text and XMP in it."""
    notes = PngInfo()
    notes.add_text("Where", SECRET.decode())
    notes.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{SECRET.decode()}</x:xmpmeta>")
    return saved(scene(), "PNG", pnginfo=notes)


def commented_jpeg() -> bytes:
    """A JPEG with EXIF, XMP and a comment in it, and a wide profile."""
    xmp = b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
    return saved(scene(), "JPEG", quality=95, exif=exif(), xmp=xmp, comment=SECRET, icc_profile=display_p3() + SECRET)


FILES: dict[str, Callable[[], bytes]] = {
    "photo.jpg": lambda: saved(scene(), "JPEG", quality=95, subsampling=0),
    "progressive.jpg": lambda: saved(scene(), "JPEG", quality=90, progressive=True),
    "grey.jpg": lambda: saved(scene().convert("L"), "JPEG", quality=95),
    "print.jpg": lambda: saved(scene().convert("CMYK"), "JPEG", quality=95),
    "private.jpg": commented_jpeg,
    "phone, held upright.jpg": lambda: held("JPEG", 6),
    "wide gamut.jpg": lambda: saved(scene(), "JPEG", quality=95, subsampling=0, icc_profile=display_p3()),
    "plain.png": lambda: saved(scene(), "PNG"),
    "wide gamut.png": lambda: saved(scene(), "PNG", icc_profile=display_p3()),
    "transparent.png": lambda: saved(clear(), "PNG"),
    "palette.png": lambda: saved(scene().quantize(200), "PNG"),
    "palette, transparent.png": palette_clear,
    "grey and transparent.png": lambda: saved(clear().convert("LA"), "PNG"),
    "black and white.png": lambda: saved(scene().convert("1"), "PNG"),
    "48 bit.png": sixteen_bit_rgb,
    "16 bit grey.png": lambda: saved(sixteen_bit_grey(), "PNG"),
    "with texts.png": text_png,
    "animated.png": lambda: animation("PNG"),
    "plain.webp": lambda: saved(scene(), "WEBP", quality=90, exif=exif()),
    "transparent.webp": lambda: saved(clear(), "WEBP", lossless=True, exact=True),
    "animated.webp": lambda: animation("WEBP"),
    "plain.bmp": lambda: saved(scene(), "BMP"),
    "plain.gif": lambda: saved(scene().quantize(256), "GIF", comment=SECRET),
    "animated.gif": lambda: animation("GIF"),
    "packed.tiff": lambda: saved(scene(), "TIFF", compression="tiff_lzw", exif=exif()),
    "print.tiff": lambda: saved(scene().convert("CMYK"), "TIFF", compression="tiff_adobe_deflate"),
    "16 bit grey.tiff": lambda: saved(sixteen_bit_grey(), "TIFF"),
    "transparent.tiff": lambda: saved(clear(), "TIFF", compression="tiff_lzw"),
    "pages.tiff": lambda: animation("TIFF"),
    "phone.heic": lambda: heif(scene(), exif=exif().tobytes()),
    "phone, held upright.heic": lambda: held("HEIC", 6),
    "wide gamut.heic": lambda: heif(_with_profile(scene())),
    "transparent.heic": lambda: heif(clear()),
    "several.heic": lambda: heif(scene(), more=[Image.new("RGB", SIZE, "black")]),
    "plain.avif": lambda: saved(scene(), "AVIF", quality=95, speed=10, exif=exif()),
    "transparent.avif": lambda: saved(clear(), "AVIF", quality=95, speed=10),
    "animated.avif": lambda: animation("AVIF"),
}
"""Images by the name that a creator may see, each made when it is called for."""


@cache
def file(name: str) -> bytes:
    """The bytes of one of `FILES`, made once."""
    return FILES[name]()


ANIMATED = {name for name in FILES if name.startswith(("animated", "pages", "several"))}
TRANSPARENT = {name for name in FILES if "transparent" in name}


def _with_profile(image: Image.Image) -> Image.Image:
    copy = image.copy()
    copy.info["icc_profile"] = display_p3()
    return copy


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of a few bytes that says it is huge."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


NO_IMAGES: dict[str, Callable[[], bytes]] = {
    "bomb.png": bomb,
    "cut short.jpg": lambda: FILES["photo.jpg"]()[:9000],
    "cut short.png": lambda: FILES["plain.png"]()[:9000],
    "cut short.heic": lambda: FILES["phone.heic"]()[:5000],
    "empty.png": lambda: b"",
    "page.jpg": lambda: b"<!DOCTYPE html><html><head><title>Not found</title></head><body>404</body></html>",
    "film.png": lambda: b"\x00\x00\x00\x18ftypmp42\0\0\0\0mp42isom" + bytes(500),
    "text.tiff": lambda: b"II*\x00 is how a TIFF begins, and this is none",
    "tiny.png": lambda: saved(photo((120, 90)), "PNG"),
    "narrow.png": lambda: saved(photo((1200, 300)), "PNG"),
}
"""What looks like an image in a folder and cannot be used."""


def folder(path: Path, count: int = 200, size: tuple[int, int] = (800, 600)) -> list[Path]:
    """`path` with `count` different JPEGs in it, named 1.jpg, 2.jpg … as a camera does; quick: about 3 ms each."""
    path.mkdir(parents=True, exist_ok=True)
    made = []
    for number in range(1, count + 1):
        image = Image.new("RGB", size, (number % 256, 120, 255 - number % 256))
        ImageDraw.Draw(image).rectangle((number, number, number + 80, number + 60), fill="white")
        file = path / f"{number}.jpg"
        image.save(file, "JPEG", quality=80, exif=exif(1 + number % 8))
        made.append(file)
    return made


def everything(path: Path) -> list[Path]:
    """`path` with all of `FILES` in it, then all of `NO_IMAGES` in `path`/no images; the good ones are returned."""
    worse = path / "no images"
    worse.mkdir(parents=True, exist_ok=True)
    for name, make in NO_IMAGES.items():
        (worse / name).write_bytes(make())
    for name, make in FILES.items():
        (path / name).write_bytes(make())
    return [path / name for name in FILES]


def giant_tiff(path: Path, size: tuple[int, int] = (11_600, 8_700), rows: int = 100) -> Path:
    """A real RGB TIFF of 100 megapixels in deflated strips, made without ever holding it: about a second, 2 MB.

    Its pixel (x, y) is (x * 255 // width, y // rows * 2 % 256, 128): every strip has another green.
    """
    width, height = size
    red = bytes(x * 255 // (width - 1) for x in range(width))
    strips, offsets, at = [], [], 8
    for number in range(-(-height // rows)):
        line = bytearray(3 * width)
        line[0::3], line[1::3], line[2::3] = red, bytes([number * 2 % 256]) * width, b"\x80" * width
        strips.append(zlib.compress(bytes(line) * min(rows, height - number * rows), 1))
        offsets.append(at)
        at += len(strips[-1])
    counts = [len(strip) for strip in strips]
    many = len(strips)
    fields = [(256, 4, 1, width), (257, 4, 1, height), (258, 3, 3, at), (259, 3, 1, 8), (262, 3, 1, 2)]
    fields += [(273, 4, many, at + 6), (277, 3, 1, 3), (278, 4, 1, rows), (279, 4, many, at + 6 + 4 * many)]
    tables = struct.pack(f"<3H{many}I{many}I", 8, 8, 8, *offsets, *counts)
    entries = b"".join(struct.pack("<HHII", *field) for field in fields)
    directory = struct.pack("<H", len(fields)) + entries + bytes(4)
    with path.open("wb") as file:
        file.write(b"II*\0" + struct.pack("<I", at + len(tables)))
        file.writelines([*strips, tables, directory])
    return path
