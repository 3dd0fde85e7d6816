"""A recipe as the body of a submit: strict in what is sent (GATEWAY.md, "What the client sends")."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from seedance_desktop.domain.recipe import Recipe, Use

_HERE = ";base64,"
_PIECE = 3 * 65_536  # a multiple of three, so that only the last piece ends with padding


@dataclass(frozen=True, slots=True)
class Image:
    """An image ready for the wire: encoded bytes with their MIME type, or a public link."""

    mime: str = ""
    data: bytes = b""
    link: str = ""


def body(recipe: Recipe, images: Sequence[Image]) -> bytes:
    """The JSON body of a submit; `images` stand in the order of `recipe.references`. Call it off the loop.

    Images are put between pieces of JSON: to write megabytes of them through `json` would hold Python's lock, and the
    window with it, all the while.
    """
    items = [_json({"type": "text", "text": recipe.prompt})]
    items += [_item(image, role) for image, role in zip(images, _roles(recipe.use, len(images)), strict=True)]
    settings = _json({"ratio": recipe.ratio, "duration": recipe.duration, "resolution": recipe.resolution})
    model = _json({"model": recipe.model})
    return b"".join((model[:-1], b', "content": [', b", ".join(items), b"], ", settings[1:]))


def _item(image: Image, role: str) -> bytes:
    """One image: the link itself, or a `data:` URL with the MIME type in lower case."""
    url = image.link or f"data:{image.mime.lower()}{_HERE}"
    item: dict[str, Any] = {"type": "image_url", "image_url": {"url": url}}
    if role:
        item["role"] = role
    if image.link:
        return _json(item)
    before, after = _json(item).split(_HERE.encode())
    return b"".join((before, _HERE.encode(), *_base64(image.data), after))


def _base64(data: bytes) -> Iterator[bytes]:
    """In pieces, between which other threads have their turn."""
    for start in range(0, len(data), _PIECE):
        yield b64encode(data[start : start + _PIECE])


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _roles(use: Use, count: int) -> Sequence[str]:
    """One first frame carries no role: that is the documented form."""
    if use is Use.FIRST_LAST:
        return ("first_frame", "last_frame")
    return ("reference_image" if use is Use.REFERENCES else "",) * count
