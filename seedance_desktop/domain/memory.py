"""What the composer remembers: drafts side by side, presets by name, and every prompt that was ever sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from . import mentions
from .recipe import Draft, Recipe, Reference

_TITLE = 40


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft by its number; `name` is the creator's own for it, if it was given one. `changed` is ms since 1970."""

    number: int
    draft: Draft
    name: str = ""
    changed: int = 0

    @property
    def title(self) -> str:
        """The name, else the first words; empty for an empty draft without a name."""
        return self.name or title(self.draft)


def title(draft: Draft) -> str:
    """The first words of a draft's prompt, on one line."""
    keys = [one.key for one in draft.recipe.references]
    text = " ".join(mentions.shown(draft.recipe.prompt, keys).split())
    return text if len(text) <= _TITLE else text[: _TITLE - 1].rstrip() + "…"


def is_empty(draft: Draft) -> bool:
    """Whether nothing would be lost with a draft: no words and no images."""
    return not draft.recipe.prompt.strip() and not draft.recipe.references


@dataclass(frozen=True, slots=True)
class Preset:
    """Settings by a name; `recipe` without a prompt. With `images`, its references and their use belong to it."""

    name: str
    recipe: Recipe
    takes: int = 1
    images: bool = False

    def on(self, draft: Draft) -> Draft:
        """A draft with this preset's settings; prompt, project and shot stay."""
        had, mine = draft.recipe, self.recipe
        references, use = (mine.references, mine.use) if self.images else (had.references, had.use)
        recipe = replace(mine, prompt=had.prompt, references=references, use=use)
        return replace(draft, recipe=recipe, takes=self.takes)

    @classmethod
    def of(cls, name: str, draft: Draft, *, images: bool) -> Preset:
        """A draft's settings under a name, with its images if wanted."""
        references: tuple[Reference, ...] = draft.recipe.references if images else ()
        return cls(name, replace(draft.recipe, prompt="", references=references), draft.takes, images)

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready dict; `from_dict` reads it back."""
        return {"name": self.name, "recipe": self.recipe.to_dict(), "takes": self.takes, "images": self.images}

    @classmethod
    def from_dict(cls, read: dict[str, Any]) -> Preset:
        """Read what `to_dict` made."""
        return cls(read["name"], Recipe.from_dict(read["recipe"]), read.get("takes", 1), bool(read.get("images")))


@dataclass(frozen=True, slots=True)
class PastPrompt:
    """A prompt that was sent: the newest clip that was made with it, when (ms since 1970), and how many there are."""

    prompt: str
    clip: int
    made: int
    clips: int
