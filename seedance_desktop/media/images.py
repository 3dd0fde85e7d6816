"""Takes a reference image in: what it truly is, whether it can be used, and a small picture of it for the strip."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from seedance_desktop.domain.catalogue import IMAGE_LEAST_SHAPE, IMAGE_LEAST_SIDE, IMAGE_MOST_SHAPE
from seedance_desktop.domain.errors import BadImage

from . import originals, pictures
from .wire import Sent, for_wire

__all__ = ["Sent", "Taken", "for_wire", "take_in", "thumbnail"]

_SMALLEST_DECODE = 256
_THUMBNAIL_QUALITY = 88


@dataclass(frozen=True, slots=True)
class Taken:
    """An image that can be used: `data` are the original's bytes, `hash` their SHA-256 in hex, `suffix` the format by
    content, `width` and `height` in pixels as a person sees it; `first_of_many` where only the first frame is used."""

    hash: str
    suffix: str
    width: int
    height: int
    data: bytes
    first_of_many: bool


def take_in(source: Path | bytes, name: str) -> Taken:
    """Read, decode and check an image called `name`; limits from GATEWAY.md, "What the client sends".

    Raises `BadImage`: image-missing, image-is-folder, image-empty, image-is-page, image-unreadable, image-damaged,
    image-too-heavy, image-too-large, image-too-small, image-too-narrow.
    """
    data = originals.read(source, name)
    picture = pictures.decode(data, name, side=_SMALLEST_DECODE)
    _check_shape(picture.width, picture.height, name)
    digest = hashlib.sha256(data).hexdigest()
    return Taken(digest, picture.suffix, picture.width, picture.height, data, picture.first_of_many)


def thumbnail(source: Path | bytes, target: tuple[int, int]) -> bytes:
    """An upright sRGB JPEG of the image in its true shape, at most `target` (width, height) pixels.

    Transparent parts are white, as they are sent. Raises `BadImage` as `take_in` does, except for size and shape.
    """
    name = source.name if isinstance(source, Path) else ""
    picture = pictures.decode(originals.read(source, name), name, side=2 * max(target))
    image = picture.image
    if image.mode in ("RGB", "RGBA", "L", "CMYK") and "transparency" not in image.info:
        image.thumbnail((2 * target[0], 2 * target[1]), Image.Resampling.BOX)
    image = pictures.to_srgb(image)
    image.thumbnail(target, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_THUMBNAIL_QUALITY)
    return out.getvalue()


def _check_shape(width: int, height: int, name: str) -> None:
    if min(width, height) < IMAGE_LEAST_SIDE:
        raise BadImage("image-too-small", name=name, width=width, height=height, least=IMAGE_LEAST_SIDE)
    if not IMAGE_LEAST_SHAPE <= width / height <= IMAGE_MOST_SHAPE:
        raise BadImage("image-too-narrow", name=name, width=width, height=height)
