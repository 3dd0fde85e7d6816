"""What one click on Generate comes to: how many variations, takes and clips, or why they can't be asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from seedance_desktop.domain import mentions, variations
from seedance_desktop.domain.catalogue import MOST_BATCH
from seedance_desktop.domain.money import Money
from seedance_desktop.words import money, ntr, say, tr

Span = tuple[int, int]
"""From the first character to past the last one."""

_OPEN, _CLOSE = "\ue003", "\ue004"  # private characters, as those of mentions, which are out by then
_CHOICE = re.compile(f"{_OPEN}[^{_CLOSE}]*{_CLOSE}")
_NO_BREAK = "\u00a0"
_BAR = re.compile("[|｜]")


@dataclass(frozen=True, slots=True)
class Batch:
    """`variations` is 1 without any."""

    variations: int = 1
    takes: int = 1

    @property
    def clips(self) -> int:
        """How many clips the click makes."""
        return self.variations * self.takes

    @property
    def mistake(self) -> str:
        """Why so many can't be asked at once; empty where they can."""
        if self.clips <= MOST_BATCH:
            return ""
        return say("variations-too-many", {"count": self.clips, "most": MOST_BATCH})


def batch(prompt: str, keys: Sequence[str], takes: int) -> Batch:
    """Of a draft's prompt with its marks, `keys` being those of its images."""
    return Batch(variations.count(_plain(prompt, keys)), takes)


def prompts(prompt: str, keys: Sequence[str]) -> dict[str, list[Span]]:
    """Every prompt that will be sent, in order, with where its choices stand in it; raises `BadRecipe` for too many."""
    found: dict[str, list[Span]] = {}
    for marked in variations.expand(_marked(_plain(prompt, keys))):
        spans = [match.span() for match in _CHOICE.finditer(marked)]
        text = marked.replace(_OPEN, "").replace(_CLOSE, "")
        # each span had two marks of its own in it, and two of each span before it
        found.setdefault(text, [(start - 2 * n, end - 2 * n - 2) for n, (start, end) in enumerate(spans)])
    return found


def counted(one: Batch) -> str:
    """`3 variations × 2 takes`; only the one of the two that there is more than one of."""
    takes = ntr("{n} take", "{n} takes", one.takes)
    if one.variations == 1:
        return takes
    variations = ntr("{n} variation", "{n} variations", one.variations)
    return variations if one.takes == 1 else tr("{variations} × {takes}").format(variations=variations, takes=takes)


def summed(one: Batch, price: Money) -> str:
    """`3 variations × 2 takes = 6 clips · $1.68`; it may break in two before the equals sign, and nowhere after it.

    With one take of each: `3 variations · $0.84`.
    """
    cost = price * one.clips
    told = money(cost.minor, cost.currency)
    if one.takes == 1:
        return f"{counted(one)} · {told}".replace(" ", _NO_BREAK)
    result = tr("= {clips} · {price}").format(clips=ntr("{n} clip", "{n} clips", one.clips), price=told)
    return f"{counted(one)} {result.replace(' ', _NO_BREAK)}"


def _marked(prompt: str) -> str:
    """The prompt with marks round each of its choices."""
    text, end = "", 0
    for start, past in variations.groups(prompt):
        choices = (one.strip() for one in _BAR.split(prompt[start + 1 : past - 1]))
        marked = "|".join(f"{_OPEN}{one}{_CLOSE}" if one else "" for one in choices)
        text += prompt[end:start] + "{" + marked + "}"
        end = past
    return text + prompt[end:]


def _plain(prompt: str, keys: Sequence[str]) -> str:
    """The text as it will be sent; an image that is gone by its name, for it is not for us to say so."""
    return mentions.shown(prompt, keys).strip()
