"""Takes a reference image in: what it truly is, whether it can be used, and a small picture of it for the strip."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from math import floor
from pathlib import Path

from . import crops, cuts, originals, pictures
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
    picture = pictures.decode(data, name, _SMALLEST_DECODE)
    crops.check(picture.width, picture.height, name)
    digest = hashlib.sha256(data).hexdigest()
    return Taken(digest, picture.suffix, picture.width, picture.height, data, picture.first_of_many)


def thumbnail(source: Path | bytes, target: tuple[int, int]) -> bytes:
    """An upright sRGB JPEG of the image in its true shape, at most `target` (width, height) pixels.

    Transparent parts are white, as they are sent. Raises `BadImage` as `take_in` does, except for size and shape.
    """
    name = source.name if isinstance(source, Path) else ""
    picture = pictures.decode(originals.read(source, name), name, 2 * max(target))
    width, height = picture.width, picture.height
    cut = cuts.cut(picture, (0, 0, width, height), 2 * max(target))
    scale = min(1.0, target[0] / width, target[1] / height)
    out = io.BytesIO()
    small = cut.sized(max(1, floor(width * scale + 0.5)), max(1, floor(height * scale + 0.5)))
    small.save(out, "JPEG", quality=_THUMBNAIL_QUALITY)
    return out.getvalue()
