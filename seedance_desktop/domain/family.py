"""A clip's family: the clips whose frames it was made with, theirs in turn, and what was made with its own frames."""

from __future__ import annotations

from dataclasses import dataclass

from .clip import Clip, Stage
from .cropping import WHOLE
from .recipe import Reference, Use

_TITLE = 80  # characters


@dataclass(frozen=True, slots=True)
class Relative:
    """A clip of a family. `stage` is None where the library knows it no more; `title` is its shot, else its words."""

    id: int
    title: str = ""
    stage: Stage | None = None
    poster: str = ""
    trashed: bool = False


@dataclass(frozen=True, slots=True)
class Descent:
    """`child` was made with frame number `frame` of `parent`, counted from 0.

    `exact`: it begins with just that frame, so that one of the two can be left out where both are played in turn.
    """

    parent: int
    child: int
    frame: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Family:
    """The family of the clip `id`, which is one of `nodes`; ancestors come before it, the oldest first.

    `more`: it was too large, and its far ends were left out.
    """

    id: int
    nodes: tuple[Relative, ...] = ()
    edges: tuple[Descent, ...] = ()
    more: bool = False

    def node(self, clip: int) -> Relative:
        """The relative with that id; one that nothing is known of where it is none of the family."""
        return next((one for one in self.nodes if one.id == clip), Relative(clip))

    def parents(self, clip: int) -> tuple[Descent, ...]:
        """What a clip came from, in the order of its images."""
        return tuple(edge for edge in self.edges if edge.child == clip)

    def children(self, clip: int) -> tuple[Descent, ...]:
        """What came from a clip, the oldest first."""
        return tuple(edge for edge in self.edges if edge.parent == clip)


def relative(clip: Clip) -> Relative:
    """A clip as one of a family."""
    words = " ".join(clip.recipe.prompt.split())
    return Relative(clip.id, (clip.shot or words)[:_TITLE], clip.stage, clip.poster, clip.trashed > 0)


def descents(clip: Clip) -> tuple[Descent, ...]:
    """What a clip came from, by its recipe; each frame of each parent once."""
    found = (
        Descent(image.clip, clip.id, image.frame, number == 0 and _is_begun_with(clip, image))
        for number, image in enumerate(clip.recipe.references)
        if _is_id(image.clip) and isinstance(image.frame, int)
    )
    return tuple(dict.fromkeys(found))


def _is_begun_with(clip: Clip, image: Reference) -> bool:
    return clip.recipe.use is not Use.REFERENCES and image.part == WHOLE


def _is_id(value: object) -> bool:
    """A recipe may come from a file that is not ours, and then say anything."""
    return type(value) is int and value != 0
