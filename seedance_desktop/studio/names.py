"""What a clip is called: as a file of the library, and as a title inside the file."""

from __future__ import annotations

from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.naming import NameParts, file_stem

_WORDS, _LONGEST = 8, 80


def stem(clip: Clip, template: str) -> str:
    """A clip's file name in the library, without its ending; the id is always in it."""
    parts = NameParts(clip.made, clip.project, clip.shot, clip.recipe.prompt, clip.take, clip.name)
    return file_stem(template, parts)


def title(clip: Clip) -> str:
    """The first words of a clip's prompt."""
    return " ".join(clip.recipe.prompt.split()[:_WORDS])[:_LONGEST]
