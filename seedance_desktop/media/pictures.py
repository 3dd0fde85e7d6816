"""Decodes the first frame of an image's bytes, whatever they are and however hostile, within bounds."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from PIL import Image

from seedance_desktop.domain.cropping import WHOLE, Part
from seedance_desktop.domain.errors import BadImage

from . import sniff, turning

# Pillow only warns between its limit and twice its limit; here the limit is the limit.
warnings.simplefilter("error", Image.DecompressionBombWarning)

MOST_PIXELS = 90_000_000
"""The most pixels that are decoded at full size: 4 bytes each, and most decoders hold the picture twice or more."""
MOST_PIXELS_PLAIN = 120_000_000
"""These decode straight into the picture, strip by strip, so a 100-megapixel scan or camera back may come in."""
MOST_PIXELS_JPEG = 180_000_000
"""JPEG decodes straight to a half, a quarter or an eighth, so photographs may be larger still."""

_PLUGINS = {
    ".jpg": ("PIL.JpegImagePlugin", "JpegImageFile"),
    ".png": ("PIL.PngImagePlugin", "PngImageFile"),
    ".webp": ("PIL.WebPImagePlugin", "WebPImageFile"),
    ".bmp": ("PIL.BmpImagePlugin", "BmpImageFile"),
    ".tiff": ("PIL.TiffImagePlugin", "TiffImageFile"),
    ".gif": ("PIL.GifImagePlugin", "GifImageFile"),
    ".avif": ("PIL.AvifImagePlugin", "AvifImageFile"),
    ".heic": ("pillow_heif.as_plugin", "HeifImageFile"),
}
_PLAIN = (".tiff", ".png", ".bmp")
_ORIENTATION = 0x0112
_WEAK_STARTS = (".bmp", ".tiff")  # a start so short that a text may have it


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded first frame.

    `image` is as it was stored: in its own mode, colours and `orientation` (EXIF, 1 to 8, what is still to be done).
    `width` and `height` are the original's in pixels as a person sees it; each side of `image` is that divided by
    `shrunk` (1, 2, 4 or 8) and rounded up. `first_of_many` where the original is an animation or has several pages.
    """

    image: Image.Image
    suffix: str
    width: int
    height: int
    orientation: int
    first_of_many: bool
    shrunk: int = 1


def decode(data: bytes, name: str, side: int, part: Part = WHOLE) -> Picture:
    """Decode all of the first frame; a JPEG may come out smaller, the longer side of `part` at least `side` pixels.

    Raises `BadImage`: image-empty, image-is-page, image-unreadable, image-damaged, image-too-large.
    """
    kind = _kind(data, name)
    with _read(kind, data, name) as image:
        stored = image.size
        if stored[0] * stored[1] > _most_pixels(kind):
            raise BadImage("image-too-large", name=name, width=stored[0], height=stored[1])
        with _damaged(name):
            orientation = turning.known(image.getexif().get(_ORIENTATION))
            many = kind != ".jpg" and bool(getattr(image, "is_animated", False))
            shown = stored if kind == ".tiff" else turning.turned(stored, orientation)
            shrunk = _shrink(image, shown, side, part) if kind == ".jpg" else 1
            image.load()
    if kind == ".tiff":  # Pillow turns it by itself, and its size from the start
        orientation = turning.UPRIGHT
    return Picture(image, kind, shown[0], shown[1], orientation, many, shrunk)


def _most_pixels(kind: str) -> int:
    if kind == ".jpg":
        return MOST_PIXELS_JPEG
    return MOST_PIXELS_PLAIN if kind in _PLAIN else MOST_PIXELS


def _shrink(image: Any, shown: tuple[int, int], side: int, part: Part) -> int:
    """Have a JPEG decoded at a half, a quarter or an eighth where that is enough; by how much."""
    longest = max(1.0, shown[0] * part[2], shown[1] * part[3])
    factor = next((factor for factor in (8, 4, 2) if longest / factor >= side), 1)
    if factor == 1 or image.draft(None, (image.width // factor, image.height // factor)) is None:
        return 1
    return int(image.decoderconfig[0])


def _kind(data: bytes, name: str) -> str:
    if not data:
        raise BadImage("image-empty", name=name)
    kind = sniff.suffix(data)
    if kind:
        return kind
    raise BadImage("image-is-page" if sniff.is_page(data) else "image-unreadable", name=name)


@contextmanager
def _read(kind: str, data: bytes, name: str) -> Iterator[Any]:
    """The format's own reader, opened without Pillow's check of the size, which would hide the size from us."""
    code = "image-unreadable" if kind in _WEAK_STARTS else "image-damaged"
    module, reader = _PLUGINS[kind]
    make = getattr(import_module(module), reader)
    with _damaged(name, code):
        image = make(io.BytesIO(data), name)
    with image:
        yield image


@contextmanager
def _damaged(name: str, code: str = "image-damaged") -> Iterator[None]:
    try:
        yield
    except BadImage:
        raise
    except Exception as error:  # a decoder may raise anything at all on hostile bytes
        raise BadImage(code, name=name) from error
