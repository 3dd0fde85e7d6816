"""Makes what is sent for an image: its own bytes where they may go as they are, else a clean JPEG within the limit."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from math import floor
from pathlib import Path

from PIL import Image

from seedance_desktop.domain.catalogue import (
    IMAGE_LEAST_SHAPE,
    IMAGE_LEAST_SIDE,
    IMAGE_MOST_SHAPE,
    WIRE_IMAGE_BYTES,
    WIRE_LONG_SIDE,
)
from seedance_desktop.domain.cropping import WHOLE, Part
from seedance_desktop.domain.errors import BadImage

from . import crops, cuts, originals, pictures, sniff, srgb, turning

QUALITY = 92
_LOWER_QUALITIES = (84, 75)
_SHRINK = 0.8
_MIMES = {".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


@dataclass(frozen=True, slots=True)
class Sent:
    """What goes over the wire, and what it was made of.

    `width` and `height` in pixels. `reduced`: scaled down, or its quality lowered below the usual, to fit. `changed`:
    other bytes than the original's. `filled`: something transparent was laid on the background. `first_of_many`: the
    original is an animation or has several pages, and only the first goes. `before_…`: the original, its size in bytes,
    its format's suffix by content, its true width and height in pixels as seen.
    """

    data: bytes
    mime: str
    width: int
    height: int
    reduced: bool
    before_size: int
    before_suffix: str
    before_width: int
    before_height: int
    first_of_many: bool = False
    filled: bool = False
    changed: bool = False


def for_wire(
    path: Path,
    name: str,
    *,
    most_bytes: int = WIRE_IMAGE_BYTES,
    part: Part = WHOLE,
    background: srgb.Colour = srgb.WHITE,
) -> Sent:
    """What is sent for `part` of an original, within `most_bytes` as base64 (GATEWAY.md, "What the client sends").

    Sent as it is: an upright 8-bit JPEG, PNG or WebP without transparency, animation, colour profile or any metadata,
    within the long side, if `part` is the whole. Else a JPEG (quality 92, 4:4:4, sRGB, nothing else in it, transparency
    laid on `background`) of that part to the pixel (`crops.box`), at most the long side, then with lower quality and
    size until it fits, never below the gateway's least side.

    Raises `BadImage` as `take_in`, and image-unfit, image-part-too-small, image-part-too-narrow.
    """
    data = originals.read(path, name)
    picture = pictures.decode(data, name, 2 * WIRE_LONG_SIDE, part)
    before = len(data), picture.suffix, picture.width, picture.height
    box = _box(picture, part, name)
    whole = box == (0, 0, picture.width, picture.height)
    if whole and _may_go_as_it_is(data, picture) and base64_size(len(data)) <= most_bytes:
        return Sent(data, _MIMES[picture.suffix], picture.width, picture.height, False, *before)
    many = picture.first_of_many
    cut = cuts.cut(picture, box, 2 * WIRE_LONG_SIDE, background)
    del picture, data  # the giants among them are not needed any more
    wide = box[2] - box[0]
    for width, height in _sizes(wide, box[3] - box[1]):
        sized = cut.sized(width, height)
        for quality in (QUALITY, *_LOWER_QUALITIES):
            made = jpeg(sized, quality)
            if base64_size(len(made)) <= most_bytes:
                reduced = quality < QUALITY or width < wide
                return Sent(made, "image/jpeg", width, height, reduced, *before, many, cut.filled, changed=True)
    raise BadImage("image-unfit", name=name, most=round(most_bytes / 1_000_000, 1))


def base64_size(size: int) -> int:
    """How many characters `size` bytes take in base64, padding included."""
    return (size + 2) // 3 * 4


def jpeg(image: Image.Image, quality: int) -> bytes:
    """A JPEG without chroma subsampling and without metadata."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, subsampling=0)  # `optimize` fails on noise: too small a buffer
    return out.getvalue()


def _box(picture: pictures.Picture, part: Part, name: str) -> crops.PartBox:
    """The part in pixels; raises `BadImage` where the gateway would not take it."""
    crops.check(picture.width, picture.height, name)
    box = crops.box(part, picture.width, picture.height)
    crops.check(box[2] - box[0], box[3] - box[1], name, "image-part")
    return box


def _may_go_as_it_is(data: bytes, picture: pictures.Picture) -> bool:
    return (
        picture.orientation == turning.UPRIGHT
        and not picture.first_of_many
        and max(picture.width, picture.height) <= WIRE_LONG_SIDE
        and picture.image.mode in ("RGB", "L")
        and sniff.bare(data, picture.suffix)
    )


def _sizes(width: int, height: int) -> Iterator[tuple[int, int]]:
    """(width, height) from the best on, never below the gateway's least side nor, by rounding, out of its shapes."""
    scale = min(1.0, WIRE_LONG_SIDE / max(width, height))
    while True:
        wide, high = round(width * scale), round(height * scale)
        if min(wide, high) < IMAGE_LEAST_SIDE:
            return
        yield min(wide, floor(high * IMAGE_MOST_SHAPE)), min(high, floor(wide / IMAGE_LEAST_SHAPE))
        scale *= _SHRINK
