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

_MEGA = 1_000_000
MOST_PIXELS = {".jpg": 180 * _MEGA, ".tiff": 120 * _MEGA, ".png": 120 * _MEGA, ".bmp": 120 * _MEGA, ".webp": 50 * _MEGA}
"""The most pixels of each format, chosen so that no image takes more than about a gigabyte while it is open.

JPEG decodes straight to a half, a quarter or an eighth. TIFF, PNG and BMP decode straight into the picture, strip by
strip, 4 bytes a pixel. WebP holds it four times over.
"""
_MOST_PIXELS_ELSE = 90 * _MEGA

# Pillow's own check of the size, of which we have our own: it must not come first, as it hides the size from us. It
# refuses from twice this on (a WebP has at most 16383 x 16383) and only warns between; here a limit is a limit.
Image.MAX_IMAGE_PIXELS = 135 * _MEGA
warnings.simplefilter("error", Image.DecompressionBombWarning)

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
        if stored[0] * stored[1] > MOST_PIXELS.get(kind, _MOST_PIXELS_ELSE):
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
