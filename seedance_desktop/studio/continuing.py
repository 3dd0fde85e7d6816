"""From a clip to what comes after it: a draft that goes on from one of its frames."""

from __future__ import annotations

from dataclasses import dataclass, replace

from seedance_desktop.domain import mentions
from seedance_desktop.domain.catalogue import MOST_REFERENCES
from seedance_desktop.domain.clip import Stage
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.recipe import Draft, Recipe, Reference, Use

from .keeping import Keeping
from .pictures import Pictures


@dataclass(frozen=True, slots=True)
class Continued:
    """A draft that goes on from a clip; `left_out` are the parent's images that have no place in it, `said` says so."""

    draft: Draft
    left_out: tuple[Reference, ...] = ()
    said: Reason | None = None


class Continuing:
    """Continue from a frame: as the exact start, or with the same cast."""

    def __init__(self, keeping: Keeping, pictures: Pictures) -> None:
        """Over the studio's library."""
        self._keeping, self._pictures = keeping, pictures

    async def draft_from(self, clip: int, frame: int = -1, *, exact: bool = True) -> Continued:
        """A draft of one take with the parent's prompt, settings, project and shot, and the frame as an image.

        The frame is a lossless image at its full size that names its parent; -1 is the last. `exact` makes it the First
        frame by itself, as the gateway takes no other images with one. Otherwise it is one more reference image; of
        more than nine the oldest goes: the earliest frame that is there to continue from, else the first image. Raises
        `Refused`, `BadClip`, `Problem("clip-file-missing")`, `DiskProblem`.
        """
        parent = await self._keeping.clip(clip, Stage.READY)
        image = await self._pictures.frame(clip, frame)
        cast = [one for one in parent.recipe.references if one.key != image.key]
        kept = [] if exact else _with_room(cast)
        left_out = tuple(one for one in cast if one not in kept)
        recipe = replace(
            parent.recipe,
            prompt=_prompt(parent.recipe, [one.key for one in (*kept, image)]),
            references=(*kept, image),
            use=Use.FIRST_FRAME if exact else Use.REFERENCES,
        )
        return Continued(Draft(recipe, 1, parent.project, parent.shot), left_out, _said(left_out, exact=exact))


def _with_room(cast: list[Reference]) -> list[Reference]:
    """The cast with room for one more image."""
    kept = list(cast)
    while len(kept) >= MOST_REFERENCES:
        kept.remove(next((one for one in kept if one.clip), kept[0]))
    return kept


def _prompt(parent: Recipe, keys: list[str]) -> str:
    """The parent's prompt: images that are kept as marks, whatever their number is now, the others by their names."""
    images = [(one.key, one.name) for one in parent.references]
    pieces = mentions.pieces(mentions.bound(parent.prompt, images))
    return "".join(str(one) if isinstance(one, str) or one.key in keys else one.name for one in pieces)


def _said(left_out: tuple[Reference, ...], *, exact: bool) -> Reason | None:
    if not left_out:
        return None
    names = ", ".join(one.name for one in left_out)
    code = "continued-without-references" if exact else "continued-without-oldest"
    return Reason.of(code, names=names, count=len(left_out), most=MOST_REFERENCES)
