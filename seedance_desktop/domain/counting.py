"""How long a prompt is, and whether it is Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HAN = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_WORD = r"[^\W_\u3400-\u9fff\uf900-\ufaff]+(?:['\u2019-][^\W_]+)*"


@dataclass(frozen=True, slots=True)
class Count:
    """How long a prompt is: `characters` without white space, of them `han`, and `words` of alphabetic scripts."""

    characters: int
    han: int
    words: int


def count(prompt: str) -> Count:
    """Count a prompt for the composer's advice."""
    if not prompt:
        return Count(0, 0, 0)  # an empty composer at the start does without the patterns
    return Count(
        sum(not character.isspace() for character in prompt),
        len(re.findall(_HAN, prompt)),
        len(re.findall(_WORD, prompt)),
    )


def is_chinese(prompt: str) -> bool:
    """Whether a prompt is written in Chinese rather than with a Chinese name or two in it."""
    counted = count(prompt)
    return counted.han > counted.words
