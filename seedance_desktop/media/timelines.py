"""Puts a timeline beside files that were handed over, in the form of OpenTimelineIO, with their ranges as cuts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from seedance_desktop.domain.errors import Refused
from seedance_desktop.domain.listing import Handed

from . import files, spans
from .spans import Part


def write(target: Path, name: str, handed: Sequence[Handed], folder: Path, *, recipes: bool = True) -> None:
    """Write the cut of the files in `folder`, in order, to the .otio file `target`, whole or not at all.

    It counts in the frames of each file and runs at the rate of the first. Files are named as they lie beside it, with
    no address before: so DaVinci Resolve finds them, also when the folder has moved (it doesn't read `file://`). Sound
    lies on a track of its own. With `recipes`, each clip carries its own as metadata.

    Raises `BadClip` (video-unreadable) where a file isn't what it was, `DiskProblem`, `Refused` (timeline-not-here)
    where the library isn't made for this machine.
    """
    try:
        from . import otio
    except ImportError as error:
        raise Refused("timeline-not-here") from error
    found = {one.file: spans.find(Part(folder / one.file)) for one in handed}
    text = otio.laid_out(name, handed, found, recipes=recipes)
    with files.replacing(target) as temporary:
        temporary.write_text(text, encoding="utf-8")
