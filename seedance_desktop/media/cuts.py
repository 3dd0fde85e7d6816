"""Cuts a part out of a decoded picture as plain upright sRGB, at any size, in bands so that no giant copy is made."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

from PIL import Image

from . import srgb, turning
from .crops import PartBox
from .pictures import Picture

_BAND_PIXELS = 4_000_000
_REDUCIBLE = ("RGB", "L", "CMYK", "RGBA", "LA")


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a picture in plain RGB, still as it was stored. `inner` is where the part lies in `image`, which may be
    smaller than the original; `filled` where something transparent was laid on the background."""

    image: Image.Image
    inner: turning.Box
    orientation: int
    filled: bool

    def sized(self, width: int, height: int) -> Image.Image:
        """The part upright, `width` x `height` pixels; pixel for pixel the original's where that is its own size."""
        size = turning.turned((width, height), self.orientation)
        image = self.image
        if self.inner != (0, 0, *size):
            image = image.resize(size, Image.Resampling.LANCZOS, box=self.inner)
        return turning.upright(image, self.orientation)


def cut(picture: Picture, box: PartBox, side: int, background: srgb.Colour = srgb.WHITE) -> Cut:
    """The `box` of the upright picture; where it is more than twice as long as `side` pixels, it is reduced first."""
    size = turning.turned((picture.width, picture.height), picture.orientation)
    exact = [edge / picture.shrunk for edge in turning.stored(box, picture.orientation, size)]
    hull = (floor(exact[0]), floor(exact[1]), ceil(exact[2]), ceil(exact[3]))
    factor = max(1, max(hull[2] - hull[0], hull[3] - hull[1]) // side)
    image, filled = _plain(picture.image, hull, factor, background)
    left, top, right, bottom = ((edge - hull[at % 2]) / factor for at, edge in enumerate(exact))
    return Cut(image, (left, top, right, bottom), picture.orientation, filled)


def _plain(image: Image.Image, hull: PartBox, factor: int, background: srgb.Colour) -> tuple[Image.Image, bool]:
    """The `hull` of a stored picture in plain sRGB, each side divided by `factor` and rounded up."""
    left, top, right, bottom = hull
    size = (-(-(right - left) // factor), -(-(bottom - top) // factor))
    made = Image.new("RGB", size, None)  # to fill it first would hold up other threads
    rows = max(1, _BAND_PIXELS // (right - left) // factor) * factor
    eight_bit, filled = srgb.eight_bit(image), False
    for at in range(top, bottom, rows):
        band = eight_bit(image.crop((left, at, right, min(bottom, at + rows))))
        band, clear = _reduced(band, factor, background)
        made.paste(band, (0, (at - top) // factor))
        filled = filled or clear
    return made, filled


def _reduced(band: Image.Image, factor: int, background: srgb.Colour) -> tuple[Image.Image, bool]:
    if factor > 1 and band.mode in _REDUCIBLE and "transparency" not in band.info:
        return srgb.plain(band.reduce(factor), background)  # far fewer pixels whose colours must be converted
    plain, clear = srgb.plain(band, background)
    return plain.reduce(factor) if factor > 1 else plain, clear
