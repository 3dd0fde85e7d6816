"""What is handed over to the editor: which clips, where, under which names, in which form, and what goes with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from .clip import Clip
from .errors import BadRecipe
from .family import descents
from .naming import DEFAULT_TEMPLATE, NameParts, check_template, file_stem

NUMBER = "{number}"
"""What a template for handing over may name besides `naming.FIELDS`: the clip's place in the order, from 1."""


class Format(StrEnum):
    """The forms of the files. `COPY` is the library's own file, byte for byte where nothing is to be changed in it."""

    COPY = "copy"
    H264 = "h264"
    PRORES = "prores"
    DNXHR = "dnxhr"


class Listing(StrEnum):
    """The forms of the list with all recipes that lies beside the files."""

    NONE = ""
    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Handover:
    """The clips `ids`, in that order, into the absolute `folder` (made where it is missing).

    `trimmed` cuts each to its range; `joined` makes one file of all, without the first picture of a clip that repeats
    the end of the one before; `otio` puts a timeline beside the files, with in and out points as cuts; `recipes` says
    whether files carry their recipes; `listing` is a list with all recipes.
    """

    ids: tuple[int, ...]
    folder: str
    template: str = DEFAULT_TEMPLATE
    format: Format = Format.COPY
    trimmed: bool = False
    joined: bool = False
    otio: bool = False
    recipes: bool = True
    listing: Listing = Listing.NONE


def check(handover: Handover) -> Handover:
    """The hand-over with each clip once; raises `BadRecipe` for what cannot be asked."""
    if not handover.ids:
        raise BadRecipe("handover-empty")
    if not PurePath(handover.folder).is_absolute():
        raise BadRecipe("handover-folder", folder=handover.folder)
    check_template(handover.template.replace(NUMBER, ""))
    return Handover(
        tuple(dict.fromkeys(handover.ids)),
        handover.folder,
        handover.template,
        Format(handover.format),
        handover.trimmed,
        handover.joined,
        handover.otio,
        handover.recipes,
        Listing(handover.listing),
    )


def stem(template: str, clip: Clip, number: int, count: int) -> str:
    """The name of a clip's file without its ending; as the template says, the id in it only where it names it."""
    made = template.replace(NUMBER, f"{number:0{len(str(count))}}")
    parts = NameParts(clip.made, clip.project, clip.shot, clip.recipe.prompt, clip.take, clip.name)
    return file_stem(made, parts, with_id=False)


def span(clip: Clip) -> tuple[int, int]:
    """The first and the last frame of a clip's range, inclusive; of the whole clip where no range is set."""
    frames = clip.footage.frames if clip.footage else 1
    first = clip.mark_in if 0 <= clip.mark_in < frames else 0
    last = clip.mark_out if first <= clip.mark_out < frames else frames - 1
    return first, last


def repeats(clip: Clip, before: Clip, last: int) -> bool:
    """Whether `clip` begins with the very picture with which `before` ends at its frame `last`."""
    return any(one.exact and (one.parent, one.frame) == (before.id, last) for one in descents(clip))


def parts(clips: Sequence[Clip], *, trimmed: bool) -> list[tuple[int, int]]:
    """What of each clip goes into one file that joins them: first and last frame, inclusive.

    The first picture of a clip that was continued exactly from where the one before ends is left out: it would be
    there twice.
    """
    spans: list[tuple[int, int]] = []
    for index, clip in enumerate(clips):
        first, last = span(clip) if trimmed else (0, max(0, (clip.footage.frames if clip.footage else 1) - 1))
        if index and first == 0 < last and repeats(clip, clips[index - 1], spans[-1][1]):
            first = 1
        spans.append((first, last))
    return spans
