"""Decodes an image's bytes into an upright 8-bit sRGB picture, whatever they are and however hostile."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from PIL import Image, ImageCms, ImageOps

from seedance_desktop.domain.errors import BadImage

from . import sniff

# Pillow only warns between its limit and twice its limit; here the limit is the limit.
warnings.simplefilter("error", Image.DecompressionBombWarning)

MOST_PIXELS = 90_000_000
"""The most pixels that are decoded at full size: 4 bytes each, and turning one upright needs them twice."""
MOST_PIXELS_JPEG = 180_000_000
"""JPEG decodes straight to a half, a quarter or an eighth, so photographs may be twice as large."""

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
_BIG_JPEG_SIDE = 6000
_TURNED = (5, 6, 7, 8)
_ORIENTATION = 0x0112
_WEAK_STARTS = (".bmp", ".tiff")  # a start so short that a text may have it


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded first frame. `width` and `height` are the original's in pixels as a person sees it; `image` is
    upright, in the original's mode and colours, and may be smaller where the decoder reduced it."""

    image: Image.Image
    suffix: str
    width: int
    height: int
    upright: bool
    first_of_many: bool


def decode(data: bytes, name: str, side: int = 0) -> Picture:
    """Decode all of the first frame; with `side`, a JPEG may come out smaller, its shorter side at least `side`.

    Raises `BadImage`: image-empty, image-is-page, image-unreadable, image-damaged, image-too-large.
    """
    kind = _kind(data, name)
    with _read(kind, data, name) as image:
        width, height = image.size
        if width * height > (MOST_PIXELS_JPEG if kind == ".jpg" else MOST_PIXELS):
            raise BadImage("image-too-large", name=name, width=width, height=height)
        if not side and width * height > MOST_PIXELS:
            side = _BIG_JPEG_SIDE
        with _damaged(name):
            turned = image.getexif().get(_ORIENTATION, 1)
            many = kind != ".jpg" and bool(getattr(image, "is_animated", False))
            if side and kind == ".jpg":
                image.draft(None, (side, side))
            image.load()
            upright = ImageOps.exif_transpose(image)
    if turned in _TURNED and kind != ".tiff":  # Pillow turns a TIFF's size by itself
        width, height = height, width
    return Picture(upright, kind, width, height, turned == 1, many)


def to_srgb(image: Image.Image, background: tuple[int, int, int] = (255, 255, 255)) -> Image.Image:
    """The picture in 8-bit sRGB without metadata, what is transparent laid on `background` (red, green, blue)."""
    profile = image.info.get("icc_profile")
    image = _eight_bit(image)
    alpha = None
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        image = image.convert("RGBA")
        alpha = image.getchannel("A")
        image = image.convert("RGB")
    elif image.mode not in ("RGB", "L", "CMYK"):
        image = image.convert("RGB")
    image = _through(image, profile) if profile else image
    image = image if image.mode == "RGB" else image.convert("RGB")
    if alpha is not None:
        ground = Image.new("RGB", image.size, background)
        ground.paste(image, mask=alpha)
        image = ground
    plain = image.copy() if image.info else image
    plain.info = {}
    return plain


def is_srgb(image: Image.Image) -> bool:
    """Whether its colours are sRGB already: no profile, or one that says so."""
    profile = image.info.get("icc_profile")
    if not profile:
        return True
    try:
        return "srgb" in ImageCms.getProfileDescription(io.BytesIO(profile)).lower()
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return False


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


def _eight_bit(image: Image.Image) -> Image.Image:
    """16-bit, 32-bit and floating-point greys scaled to 8 bits; anything else as it is."""
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda grey: grey * (1 / 257)).convert("L")
    if image.mode not in ("I", "F"):
        return image
    highest = image.getextrema()[1]
    top = float(highest) if isinstance(highest, (int, float)) else 255.0
    full = 1.0 if image.mode == "F" and top <= 1 else 255.0 if top <= 255 else max(65535.0, top)
    return image.point(lambda grey: grey * (255 / full)).convert("L")


def _through(image: Image.Image, profile: bytes) -> Image.Image:
    """From the profile's colours to sRGB; as it is where the profile cannot be used for it."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, source, _srgb(), outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
