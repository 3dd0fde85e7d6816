"""What a card says: its title, and the name that a screen reader reads."""

from __future__ import annotations

from seedance_desktop.domain.clip import Clip, Flag
from seedance_desktop.words import mark, ntr, tr

_TITLE_WORDS = 8
_TITLE_LETTERS = 80
_TOOLTIP_LETTERS = 400
_FLAGS = {Flag.PICK: mark("pick"), Flag.REJECT: mark("reject"), Flag.NONE: mark("no flag")}


def title(clip: Clip) -> str:
    """The first words of the prompt, for one line (Chinese has no spaces: then the first letters)."""
    return first_words(clip.recipe.prompt)


def first_words(prompt: str) -> str:
    """Of a prompt, what fits one line; no comma where it was cut."""
    return " ".join(prompt[: _TITLE_LETTERS * 4].split()[:_TITLE_WORDS])[:_TITLE_LETTERS].rstrip(" ,;:，、；：")


def settings(clip: Clip) -> str:
    """Ratio, length and size: `16:9, 5 s, 1080p`."""
    recipe = clip.recipe
    return ", ".join((recipe.ratio, length(clip), recipe.resolution))


def length(clip: Clip) -> str:
    """The clip's length in whole seconds, as asked: `5 s`."""
    return tr("{n} s").format(n=clip.recipe.duration)


def stars(clip: Clip) -> str:
    """`4 stars`."""
    return ntr("{n} star", "{n} stars", clip.stars)


def name_of(clip: Clip) -> str:
    """The accessible name of a card: its prompt, settings, stars and flag."""
    parts = [clip.recipe.prompt, settings(clip)]
    if clip.shot:
        parts.append(tr("shot {shot}").format(shot=clip.shot))
    return ", ".join([*parts, stars(clip), tr(_FLAGS[clip.flag])])


def tooltip(clip: Clip) -> str:
    """The prompt, cut where it is very long."""
    prompt = clip.recipe.prompt
    return prompt if len(prompt) <= _TOOLTIP_LETTERS else prompt[:_TOOLTIP_LETTERS] + "…"
