"""The composer's whole state at one moment, which undo goes back to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from seedance_desktop.domain.mentions import Mention, pieces
from seedance_desktop.domain.recipe import Draft

from .reference_list import Entry


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of the prompt: where, how many characters went, and the one that came (empty for none or several)."""

    position: int
    removed: int
    added: int
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A draft, its images with their small pictures, and where the cursor stood (anchor, position; no part of it)."""

    draft: Draft
    entries: list[Entry]
    cursor: tuple[int, int] = field(default=(0, 0), compare=False)

    def renamed(self, names: dict[str, str]) -> Snapshot:
        """The same with these names for images, by their key."""
        if not names:
            return self
        entries = [(replace(one, name=names.get(one.key, one.name)), data) for one, data in self.entries]
        prompt = "".join(
            one if isinstance(one, str) else str(Mention(one.key, names.get(one.key, one.name)))
            for one in pieces(self.draft.recipe.prompt)
        )
        recipe = replace(self.draft.recipe, prompt=prompt, references=tuple(one for one, _ in entries))
        return replace(self, draft=replace(self.draft, recipe=recipe), entries=entries)
