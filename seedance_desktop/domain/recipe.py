"""What is asked of the gateway, as one value."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from . import mentions
from .catalogue import (
    DURATIONS,
    MODELS,
    MOST_REFERENCES,
    MOST_TAKES,
    RATIOS,
    RESOLUTIONS,
    SEEDANCE_2,
)
from .cropping import WHOLE, Part, part_of
from .errors import BadRecipe


class Use(StrEnum):
    """What reference images are for; the three never mix."""

    FIRST_FRAME = "first-frame"
    FIRST_LAST = "first-last"
    REFERENCES = "references"


USE_COUNTS = {Use.FIRST_FRAME: (1, 1), Use.FIRST_LAST: (2, 2), Use.REFERENCES: (1, MOST_REFERENCES)}
"""The least and the most images of each use."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference image: bytes in the library under their content hash, or a public link.

    `width` and `height` are in pixels as a person sees the picture (orientation applied), 0 where unknown. `url` is
    where it came from, if it came from the web; with `as_link`, or without bytes, that link is what is sent. `part` is
    what the creator has cropped it to: left, top, width and height as shares of the upright picture. A frame of a
    clip names its parent: the id of the `clip`, and the number of the `frame`, counted from 0.
    """

    name: str
    hash: str = ""
    suffix: str = ""
    url: str = ""
    width: int = 0
    height: int = 0
    part: Part = WHOLE
    as_link: bool = False
    clip: int = 0
    frame: int = -1

    @property
    def file(self) -> str:
        """The path inside the library's `references/` folder; empty where there are no bytes."""
        return f"{self.hash}{self.suffix}" if self.hash else ""

    @property
    def link(self) -> str:
        """The link that is sent in place of bytes; empty where bytes are."""
        return self.url if self.as_link or not self.hash else ""

    @property
    def key(self) -> str:
        """What makes it this image, whatever it is called: its content, else its link."""
        return self.hash or self.url


@dataclass(frozen=True, slots=True)
class Recipe:
    """Prompt, references and settings of one generation. `duration` is in seconds."""

    prompt: str
    references: tuple[Reference, ...] = ()
    use: Use = Use.FIRST_FRAME
    ratio: str = RATIOS[0]
    duration: int = DURATIONS[0]
    resolution: str = RESOLUTIONS[-1]
    model: str = SEEDANCE_2.id

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready dict; `from_dict` reads it back."""
        return asdict(self)

    def to_public_dict(self) -> dict[str, Any]:
        """What may travel inside the MP4, which goes to clients: of an image its name and hash, never its link."""
        public = self.to_dict()
        public["references"] = [
            {"name": one.name, "hash": one.hash, "suffix": one.suffix, "part": one.part} for one in self.references
        ]
        return public

    @classmethod
    def from_dict(cls, read: dict[str, Any]) -> Recipe:
        """Read what `to_dict` made; unknown fields of a later version are passed over."""
        known = {name: read[name] for name in cls.__slots__ if name in read}
        known["use"] = Use(known.get("use", Use.FIRST_FRAME))
        known["references"] = tuple(_reference(one) for one in known.get("references", ()))
        return cls(**known)


def _reference(read: dict[str, Any]) -> Reference:
    known = {name: read[name] for name in Reference.__slots__ if name in read}
    return Reference(**known | {"part": part_of(read.get("part"))})


@dataclass(frozen=True, slots=True)
class Draft:
    """The composer's whole state: a recipe in the making, how many takes, and where they belong."""

    recipe: Recipe = Recipe("")
    takes: int = 1
    project: str = ""
    shot: str = ""

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready dict; `from_dict` reads it back."""
        return {
            "recipe": self.recipe.to_dict(),
            "takes": self.takes,
            "project": self.project,
            "shot": self.shot,
        }

    @classmethod
    def from_dict(cls, read: dict[str, Any]) -> Draft:
        """Read what `to_dict` made."""
        return cls(
            Recipe.from_dict(read["recipe"]), read.get("takes", 1), read.get("project", ""), read.get("shot", "")
        )


def natural_use(images: int) -> Use:
    """The use that `images` images have unless the creator says otherwise."""
    if images <= 1:
        return Use.FIRST_FRAME
    return Use.FIRST_LAST if images == 2 else Use.REFERENCES


def check(draft: Draft) -> Draft:
    """The draft ready to send; raises `BadRecipe` if it cannot be asked.

    The prompt comes out as it goes over the wire: images by their number, without outer white space. Its variations
    are still in it; `variations.plan` makes a recipe of each.
    """
    recipe = replace(draft.recipe, prompt=mentions.wire(whole(draft.recipe.prompt).strip(), _keys(draft.recipe)))
    if not recipe.prompt:
        raise BadRecipe("prompt-empty")
    if not 1 <= draft.takes <= MOST_TAKES:
        raise BadRecipe("takes-out-of-range", most=MOST_TAKES)
    for name, value, known in (
        ("ratio", recipe.ratio, RATIOS),
        ("duration", recipe.duration, DURATIONS),
        ("resolution", recipe.resolution, RESOLUTIONS),
        ("model", recipe.model, tuple(MODELS)),
    ):
        if value not in known:
            raise BadRecipe("setting-unknown", name=name, value=str(value), known=", ".join(map(str, known)))
    _check_references(recipe)
    return replace(draft, recipe=recipe, project=whole(draft.project).strip(), shot=whole(draft.shot).strip())


def _keys(recipe: Recipe) -> list[str]:
    return [one.key for one in recipe.references]


def whole(text: str) -> str:
    """The text with question marks for half characters, which neither a disk nor the wire takes."""
    return text.encode(errors="replace").decode()


def _check_references(recipe: Recipe) -> None:
    images = len(recipe.references)
    if images == 0:
        return
    if images > MOST_REFERENCES:
        raise BadRecipe("images-too-many", count=images, most=MOST_REFERENCES)
    least, most = USE_COUNTS[recipe.use]
    if not least <= images <= most:
        raise BadRecipe("images-for-use", use=recipe.use.value, count=images)
