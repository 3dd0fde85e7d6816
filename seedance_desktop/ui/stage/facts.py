"""What there is to say about a clip, as short texts in the creator's language."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from seedance_desktop.domain import mentions
from seedance_desktop.domain.catalogue import FPS
from seedance_desktop.domain.clip import Clip
from seedance_desktop.ui import when
from seedance_desktop.words import charge, money, ntr, number, tr

if TYPE_CHECKING:
    from seedance_desktop.domain.family import Family

_TITLE_WORDS = 8
_TITLE_LETTERS = 80
_CODECS = {"h264": "H.264", "hevc": "HEVC", "prores": "ProRes", "dnxhd": "DNxHR"}  # others by their capitals


def title(clip: Clip) -> str:
    """The first words of the prompt (Chinese has no spaces: then the first letters), else the name of its file."""
    words = " ".join(clip.recipe.prompt[: _TITLE_LETTERS * 4].split()[:_TITLE_WORDS])[:_TITLE_LETTERS]
    return words or PurePath(clip.file or clip.outside).stem


def takes(clip: Clip) -> str:
    """`Take 1 of 4`; empty where there is only one."""
    return tr("Take {n} of {count}").format(n=clip.take, count=clip.takes) if clip.takes > 1 else ""


def rows(clip: Clip, family: Family | None = None) -> list[tuple[str, str]]:
    """Name and value of each fact that is known; with its `family` also which clip it came from."""
    imported = not clip.gateway
    named = [
        (tr("Project"), project(clip)),
        (tr("Duration"), duration(clip)),
        (tr("Range"), chosen_range(clip)),
        (tr("Resolution"), resolution(clip)),
        (tr("Price"), "" if imported else price(clip)),
        (tr("Imported") if imported else tr("Made"), made(clip)),
        (tr("Came from"), came_from(clip, family)),
        (tr("References"), references(clip)),
        (tr("Handed over"), when.moment(clip.handed) if clip.handed else ""),
        (tr("File"), PurePath(clip.file).name),
        (tr("Referenced at"), clip.outside),
    ]
    return [(name, value) for name, value in named if value]


def line(clip: Clip) -> str:
    """The facts on one line: `16:9 · 5 s · 1080p · charged $0.28`; of a video from outside what was found in it."""
    recipe = clip.recipe
    if not clip.gateway:
        return _dotted(resolution(clip), duration(clip))
    return _dotted(recipe.ratio, _seconds(recipe.duration), recipe.resolution, price(clip))


def project(clip: Clip) -> str:
    """`Lighthouse film · 12B`, or whichever of the two there is."""
    return " · ".join(part for part in (clip.project, clip.shot) if part)


def duration(clip: Clip) -> str:
    """`5 s · 121 frames`, as asked and as found in the file; and what isn't as usual: `25 fps · with sound`."""
    asked, found = _seconds(clip.recipe.duration), clip.footage
    if found is None:
        return asked
    length = asked if clip.gateway else tr("{n} s").format(n=_number(found.seconds))  # nobody asked a gateway for it
    rate = tr("{n} fps").format(n=_number(found.fps)) if found.fps not in (0, FPS) else ""
    sound = tr("with sound") if found.audio else ""
    return _dotted(length, ntr("{n} frame", "{n} frames", found.frames), rate, sound)


def resolution(clip: Clip) -> str:
    """`1080p · 1920 × 1080 · H.264`, as asked and as found in the file."""
    asked, found = clip.recipe.resolution if clip.gateway else "", clip.footage
    if found is None:
        return asked
    return _dotted(asked, f"{found.width} × {found.height}", _CODECS.get(found.codec, found.codec.upper()))


def price(clip: Clip) -> str:
    """`charged $0.28`."""
    return charge(clip.charged, money(clip.price.minor, clip.price.currency))


def usable(clip: Clip) -> bool:
    """Whether it has a recipe: a video from outside may have none."""
    return bool(clip.recipe.prompt or clip.recipe.references)


def made(clip: Clip) -> str:
    """When it was made, or came into the library."""
    return when.moment(clip.made)


def chosen_range(clip: Clip) -> str:
    """`24 – 96 · 3.04 s`: first and last frame and how long that is; empty where none is chosen."""
    if clip.footage is None or (clip.mark_in < 0 and clip.mark_out < 0):
        return ""
    from seedance_desktop.domain.handover import span

    first, last = span(clip)
    frames = f"{first} – {last}"
    if clip.footage.fps <= 0:
        return frames
    return frames + " · " + tr("{n} s").format(n=_number((last - first + 1) / clip.footage.fps))


def references(clip: Clip) -> str:
    """The names of its images, unless the prompt shows each of them anyway; frames of clips are what it came from."""
    images = [(one.key, one.name) for one in clip.recipe.references]
    said = {one.key for one in mentions.pieces(mentions.bound(clip.recipe.prompt, images)) if not isinstance(one, str)}
    own = [one for one in clip.recipe.references if not one.clip]
    return "" if all(one.key in said for one in own) else ", ".join(one.name for one in own)


def came_from(clip: Clip, family: Family | None) -> str:
    """`12A, frame 120`, or each clip that it took a frame of."""
    from seedance_desktop.ui.takes import tree

    links = family.parents(clip.id) if family is not None else ()
    return "; ".join(
        tr("{clip}, frame {n}").format(clip=tree.title(family.node(link.parent)), n=link.frame)
        for link in links
        if family is not None
    )


def _dotted(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _number(value: float) -> str:
    """With two digits at most: `23.98`, `24`."""
    rounded = round(value, 2)
    return number(rounded, 0 if rounded == int(rounded) else 2)


def _seconds(seconds: int) -> str:
    return tr("{n} s").format(n=seconds)
