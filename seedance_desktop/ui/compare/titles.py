"""What a comparison is called, and whether one of two clips goes on from the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.differences import continued
from seedance_desktop.domain.recipe import Use
from seedance_desktop.ui.stage import facts
from seedance_desktop.words import tr

from .badge import LETTERS


class Cut(NamedTuple):
    """The sides of parent and child, the parent's frame (-1 is its last), and whether the child repeats it."""

    parent: int
    child: int
    frame: int
    repeats: bool


def cut_of(clips: Sequence[Clip]) -> Cut | None:
    """Of two clips, how one goes on from the other."""
    if len(clips) == 2:
        for parent, child in ((0, 1), (1, 0)):
            frame = continued(clips[child], clips[parent])
            if frame is not None:
                return Cut(parent, child, frame, clips[child].recipe.use is not Use.REFERENCES)
    return None


def titles(clips: Sequence[Clip], cut: Cut | None, *, playing: bool) -> tuple[str, str]:
    """The title, and in a few words how the sides belong together; `playing` is the seam."""
    title = facts.title(clips[0]) if clips else ""
    if cut is None:
        return title, tr("Synchronised")
    shots = [clips[cut.parent].shot, clips[cut.child].shot]
    if all(shots) and shots[0] != shots[1]:
        title = tr("{first} to {second}").format(first=shots[0], second=shots[1])
    follows = tr("{second} follows {first}")
    if playing:
        follows = tr("Seam: last second of {first}, first second of {second}")
    return title, follows.format(first=LETTERS[cut.parent], second=LETTERS[cut.child])
