"""Images named in a prompt: marks while it is written, "Image 1" (in Chinese 图片1) on the wire.

A mark in the text of a draft is bound to an image by its key (`Reference.key`), so it follows when images change their
order, and is known as missing when its image is gone. Sent prompts hold the numbers; `bound` makes marks of them again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .counting import is_chinese
from .errors import BadRecipe

_OPEN, _BETWEEN, _CLOSE = "\ue000", "\ue001", "\ue002"  # private characters, which no prompt has
_MARK = re.compile(f"{_OPEN}([^{_BETWEEN}{_CLOSE}]*){_BETWEEN}([^{_CLOSE}]*){_CLOSE}")
_NUMBERED = re.compile(r"\bImage ([1-9])(?![0-9])|图片 ?([1-9])(?![0-9])")
_STRAY = str.maketrans("", "", _OPEN + _BETWEEN + _CLOSE)


@dataclass(frozen=True, slots=True)
class Mention:
    """One mark: the key of its image, and the name that it had when it was made."""

    key: str
    name: str

    def __str__(self) -> str:
        """The mark as it stands in a draft's prompt."""
        return f"{_OPEN}{self.key.translate(_STRAY)}{_BETWEEN}{self.name.translate(_STRAY)}{_CLOSE}"


def pieces(prompt: str) -> list[str | Mention]:
    """A draft's prompt as texts and mentions in turn; stray private characters are left out."""
    found: list[str | Mention] = []
    end = 0
    for mark in _MARK.finditer(prompt):
        found += [prompt[end : mark.start()].translate(_STRAY), Mention(mark[1], mark[2])]
        end = mark.end()
    found.append(prompt[end:].translate(_STRAY))
    return [piece for piece in found if piece]


def bound(prompt: str, images: Sequence[tuple[str, str]]) -> str:
    """A sent prompt with marks for the numbers of `images` (key and name of each, in order); marks in it stay."""

    def mark(number: re.Match[str]) -> str:
        index = int(number[1] or number[2]) - 1
        return str(Mention(*images[index])) if index < len(images) else number[0]

    return "".join(_NUMBERED.sub(mark, one) if isinstance(one, str) else str(one) for one in pieces(prompt))


def missing(prompt: str, keys: Sequence[str]) -> list[Mention]:
    """The mentions of images that are not among `keys`."""
    return [piece for piece in pieces(prompt) if isinstance(piece, Mention) and piece.key not in keys]


def wire(prompt: str, keys: Sequence[str]) -> str:
    """The prompt as it is sent, images by their place in `keys`; raises `BadRecipe("mention-missing")`."""
    for gone in missing(prompt, keys):
        raise BadRecipe("mention-missing", name=gone.name)
    return shown(prompt, keys)


def shown(prompt: str, keys: Sequence[str]) -> str:
    """The prompt as plain text: images by their place in `keys`, or by name where they are gone."""
    parts = pieces(prompt)
    chinese = is_chinese("".join(part for part in parts if isinstance(part, str)))
    text = ""
    for part in parts:
        told = part if isinstance(part, str) else _word(part, keys, chinese=chinese)
        apart = not isinstance(part, str) and not chinese
        text += (" " if apart and text[-1:].isalnum() else "") + told
        if isinstance(part, str) and part[0].isalnum() and not chinese and text[: -len(part)].endswith(_DIGITS):
            text = f"{text[: -len(part)]} {part}"
    return text


_DIGITS = tuple("0123456789")


def _word(mention: Mention, keys: Sequence[str], *, chinese: bool) -> str:
    if mention.key not in keys:
        return mention.name
    return word(list(keys).index(mention.key) + 1, chinese=chinese)


def word(number: int, *, chinese: bool) -> str:
    """What an image is called on the wire, by its number from 1."""
    return f"图片{number}" if chinese else f"Image {number}"
