"""What there is to say about a clip, as short texts in the creator's language."""

from __future__ import annotations

from pathlib import PurePath

from seedance_desktop.domain.clip import Clip
from seedance_desktop.ui import when
from seedance_desktop.words import charge, money, ntr, tr

_TITLE_WORDS = 8
_TITLE_LETTERS = 80


def title(clip: Clip) -> str:
    """The first words of the prompt (Chinese has no spaces: then the first letters)."""
    return " ".join(clip.recipe.prompt[: _TITLE_LETTERS * 4].split()[:_TITLE_WORDS])[:_TITLE_LETTERS]


def takes(clip: Clip) -> str:
    """`Take 1 of 4`; empty where there is only one."""
    return tr("Take {n} of {count}").format(n=clip.take, count=clip.takes) if clip.takes > 1 else ""


def rows(clip: Clip) -> list[tuple[str, str]]:
    """Name and value of each fact that is known."""
    named = [
        (tr("Project"), project(clip)),
        (tr("Duration"), duration(clip)),
        (tr("Resolution"), resolution(clip)),
        (tr("Price"), price(clip)),
        (tr("Made"), made(clip)),
        (tr("File"), PurePath(clip.file).name),
        (tr("References"), ", ".join(reference.name for reference in clip.recipe.references)),
    ]
    return [(name, value) for name, value in named if value]


def line(clip: Clip) -> str:
    """The facts on one line: `16:9 · 5 s · 1080p · charged $0.28`."""
    recipe = clip.recipe
    return " · ".join((recipe.ratio, _seconds(recipe.duration), recipe.resolution, price(clip)))


def project(clip: Clip) -> str:
    """`Lighthouse film · 12B`, or whichever of the two there is."""
    return " · ".join(part for part in (clip.project, clip.shot) if part)


def duration(clip: Clip) -> str:
    """`5 s · 121 frames`, as asked and as found in the file."""
    asked = _seconds(clip.recipe.duration)
    if clip.footage is None:
        return asked
    return asked + " · " + ntr("{n} frame", "{n} frames", clip.footage.frames)


def resolution(clip: Clip) -> str:
    """`1080p · 1920 × 1080`, as asked and as found in the file."""
    asked = clip.recipe.resolution
    return f"{asked} · {clip.footage.width} × {clip.footage.height}" if clip.footage else asked


def price(clip: Clip) -> str:
    """`charged $0.28`."""
    return charge(clip.charged, money(clip.price.minor, clip.price.currency))


def made(clip: Clip) -> str:
    """The day and time in the order of the locale, without the day of the week: `21 Nov 2026, 18:42`."""
    return tr("{day}, {time}").format(day=when.day(clip.made), time=when.time_of_day(clip.made))


def _seconds(seconds: int) -> str:
    return tr("{n} s").format(n=seconds)
