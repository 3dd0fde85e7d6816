"""Turns a picture of any mode and colours into plain 8-bit sRGB, without anything that came with it."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache

from PIL import Image, ImageCms

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)

_ALPHA = ("RGBA", "LA", "PA", "La", "RGBa")
_WORD = 257  # what makes 255 of 65535


def plain(image: Image.Image, background: Colour = WHITE) -> tuple[Image.Image, bool]:
    """The picture in RGB without metadata, and whether anything in it was transparent.

    What is transparent is laid on `background` (red, green, blue) after the colours became sRGB.
    """
    profile = image.info.get("icc_profile")
    image = _keyed(image)
    alpha = None
    if image.mode in _ALPHA or "transparency" in image.info:
        image = image.convert("RGBA")
        alpha = image.getchannel("A")
        image = image.convert("RGB")
    elif image.mode not in ("RGB", "L", "CMYK"):
        image = image.convert("RGB")
    image = _through(image, profile) if profile else image
    made = image.convert("RGB") if image.mode != "RGB" else image.copy() if image.info else image
    made.info = {}
    if alpha is None or alpha.getextrema()[0] == 255:
        return made, False
    ground = Image.new("RGB", made.size, background)
    ground.paste(made, mask=alpha)
    return ground, True


def eight_bit(image: Image.Image) -> Callable[[Image.Image], Image.Image]:
    """What scales this picture, and any piece of it, to 8 bits where it is 16-bit, 32-bit or floating-point grey."""
    if image.mode.startswith("I;16"):
        return lambda piece: piece.convert("I").point(lambda grey: grey * (1 / _WORD)).convert("L")
    if image.mode not in ("I", "F"):
        return lambda piece: piece
    highest = image.getextrema()[1]
    top = float(highest) if isinstance(highest, (int, float)) else 255.0
    full = 1.0 if image.mode == "F" and top <= 1 else 255.0 if top <= 255 else max(65535.0, top)
    return lambda piece: piece.point(lambda grey: grey * (255 / full)).convert("L")


def _keyed(image: Image.Image) -> Image.Image:
    """With the transparent colour of a 16-bit PNG in 8 bits too, as its pixels are by now."""
    key = image.info.get("transparency")
    if image.mode == "L" and isinstance(key, int) and key > 255:
        image.info["transparency"] = key // _WORD
    elif image.mode == "RGB" and isinstance(key, tuple) and max(key) > 255:
        image.info["transparency"] = tuple(part >> 8 for part in key)
    return image


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
