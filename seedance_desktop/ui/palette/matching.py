"""Which commands a few typed letters mean, the likeliest first: by their beginning, their words, their initials."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# A Chinese, Japanese or Korean character is a word by itself.
_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]|[^\W_\u3040-\u9fff\uac00-\ud7af]+")


@dataclass(frozen=True, slots=True)
class Named:
    """What is known of a command: its name, and the menu it stands in."""

    name: str
    menu: str


def ranked(commands: Iterable[Named], typed: str, recent: Sequence[str] = ()) -> list[int]:
    """Positions of the commands that `typed` means, likeliest first.

    Of equally likely ones those of `recent` (names, the latest first) come before the others, which keep their order.
    With nothing typed that is all of them.
    """
    asked = " ".join(typed.casefold().split())
    found = []
    for position, command in enumerate(commands):
        rank = _rank(command, asked)
        if rank is not None:
            used = recent.index(command.name) if command.name in recent else len(recent)
            found.append((rank, used, position))
    return [position for _, _, position in sorted(found)]


def _rank(command: Named, asked: str) -> int | None:
    """0 for the likeliest; None where it isn't meant."""
    if not asked:
        return 0
    name = command.name.casefold()
    words, letters = _WORDS.findall(name), asked.replace(" ", "")
    initials = "".join(word[0] for word in words)
    around = words + _WORDS.findall(command.menu.casefold())
    ways = (
        name.startswith(asked),
        _begin_words(asked, words),
        initials.startswith(letters),
        asked in name,
        _begin_words(asked, around),
        len(letters) > 1 and _in_order(letters, initials),
    )
    return next((rank for rank, fits in enumerate(ways) if fits), None)


def _begin_words(asked: str, words: list[str]) -> bool:
    """Whether each typed word is the beginning of a word."""
    return all(any(word.startswith(part) for word in words) for part in _WORDS.findall(asked) or [asked])


def _in_order(letters: str, initials: str) -> bool:
    """Whether all letters stand in `initials` in this order, with gaps or without."""
    rest = iter(initials)
    return all(letter in rest for letter in letters)
