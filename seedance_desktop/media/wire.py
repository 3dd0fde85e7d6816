"""Makes what is sent for an image: its own bytes where they may go as they are, else a clean JPEG within the limit."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from seedance_desktop.domain.catalogue import IMAGE_LEAST_SIDE, WIRE_IMAGE_BYTES, WIRE_LONG_SIDE
from seedance_desktop.domain.errors import BadImage

from . import originals, pictures, sniff

QUALITY = 92
_LOWER_QUALITIES = (84, 75)
_SHRINK = 0.8
_MIMES = {".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


@dataclass(frozen=True, slots=True)
class Sent:
    """What goes over the wire. `width` and `height` in pixels; `reduced` where it was scaled down or its quality
    lowered below the usual to fit."""

    data: bytes
    mime: str
    width: int
    height: int
    reduced: bool


def for_wire(
    path: Path,
    name: str,
    *,
    most_bytes: int = WIRE_IMAGE_BYTES,
    background: tuple[int, int, int] = (255, 255, 255),
) -> Sent:
    """What is sent for an original, within `most_bytes` once it is base64 (GATEWAY.md, "What the client sends").

    Sent as it is: an upright 8-bit sRGB JPEG, PNG or WebP without transparency, animation or any metadata, within the
    long side. Else a JPEG (quality 92, 4:4:4, sRGB, no metadata, transparency laid on `background`), at most the long
    side, then with lower quality and size until it fits. Raises `BadImage` as `take_in`, and image-unfit.
    """
    data = originals.read(path, name)
    picture = pictures.decode(data, name, side=2 * WIRE_LONG_SIDE)
    if _may_go_as_it_is(data, picture) and base64_size(len(data)) <= most_bytes:
        return Sent(data, _MIMES[picture.suffix], picture.width, picture.height, reduced=False)
    image = pictures.to_srgb(picture.image, background)
    for width, height, quality in _steps(picture.width, picture.height):
        sized = image if (width, height) == image.size else image.resize((width, height), Image.Resampling.LANCZOS)
        made = jpeg(sized, quality)
        if base64_size(len(made)) <= most_bytes:
            reduced = quality < QUALITY or width < picture.width
            return Sent(made, "image/jpeg", width, height, reduced)
    raise BadImage("image-unfit", name=name, most=round(most_bytes / 1_000_000, 1))


def base64_size(size: int) -> int:
    """How many characters `size` bytes take in base64, padding included."""
    return (size + 2) // 3 * 4


def jpeg(image: Image.Image, quality: int) -> bytes:
    """A JPEG without chroma subsampling and without metadata."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, subsampling=0)  # `optimize` fails on noise: too small a buffer
    return out.getvalue()


def _may_go_as_it_is(data: bytes, picture: pictures.Picture) -> bool:
    return (
        picture.upright
        and not picture.first_of_many
        and max(picture.width, picture.height) <= WIRE_LONG_SIDE
        and picture.image.mode in ("RGB", "L")
        and sniff.bare(data, picture.suffix)
        and pictures.is_srgb(picture.image)
    )


def _steps(width: int, height: int) -> Iterator[tuple[int, int, int]]:
    """(width, height, quality) from the best on, never below the gateway's least side."""
    scale = min(1.0, WIRE_LONG_SIDE / max(width, height))
    while True:
        sized = round(width * scale), round(height * scale)
        if min(sized) < IMAGE_LEAST_SIDE:
            return
        for quality in (QUALITY, *_LOWER_QUALITIES):
            yield *sized, quality
        scale *= _SHRINK
