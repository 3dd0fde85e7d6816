"""A recipe as the body of a submit: strict in what is sent (GATEWAY.md, "What the client sends")."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from seedance_desktop.domain.recipe import Recipe, Use


@dataclass(frozen=True, slots=True)
class Image:
    """An image ready for the wire: encoded bytes with their MIME type, or a public link."""

    mime: str = ""
    data: bytes = b""
    link: str = ""

    @property
    def url(self) -> str:
        """The link itself, or a `data:` URL with the MIME type in lower case."""
        return self.link or f"data:{self.mime.lower()};base64,{b64encode(self.data).decode()}"


def body(recipe: Recipe, images: Sequence[Image]) -> bytes:
    """The JSON body of a submit; `images` stand in the order of `recipe.references`. Call it off the loop."""
    content: list[dict[str, Any]] = [{"type": "text", "text": recipe.prompt}]
    for image, role in zip(images, _roles(recipe.use, len(images)), strict=True):
        item: dict[str, Any] = {"type": "image_url", "image_url": {"url": image.url}}
        if role:
            item["role"] = role
        content.append(item)
    return json.dumps(
        {
            "model": recipe.model,
            "content": content,
            "ratio": recipe.ratio,
            "duration": recipe.duration,
            "resolution": recipe.resolution,
        },
        ensure_ascii=False,
    ).encode()


def _roles(use: Use, count: int) -> Sequence[str]:
    """One first frame carries no role: that is the documented form."""
    if use is Use.FIRST_LAST:
        return ("first_frame", "last_frame")
    return ("reference_image" if use is Use.REFERENCES else "",) * count
