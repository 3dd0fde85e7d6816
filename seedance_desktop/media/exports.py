"""What leaves the house: a copy without its recipe, a part cut out to the frame, and forms that every editor reads."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from threading import Event

from seedance_desktop.domain.handover import Format

from . import joining
from .spans import Part
from .working import Progress, quiet


def ending(file: Path) -> str:
    """The ending that a part of `file`, or a copy of it without recipe, gets: `.mov` stays, the rest becomes `.mp4`."""
    return ".mov" if file.suffix.lower() == ".mov" else ".mp4"


def bare(file: Path, target: Path, *, progress: Progress = quiet, stop: Event | None = None) -> bool:
    """Write the clip without recipe, title or any other words in it; whether copied, as in `trim`."""
    return joining.join([Part(file)], target, progress=progress, stop=stop)


def trim(
    file: Path,
    target: Path,
    first: int,
    last: int,
    *,
    tags: Mapping[str, str] | None = None,
    progress: Progress = quiet,
    stop: Event | None = None,
) -> bool:
    """Write the frames `first` to `last` (inclusive, -1: to the end) and their sound to `target` (.mp4 or .mov), whole
    or not at all; whether copied.

    Copied where the part begins with a key frame and ends where nothing later is needed, else encoded as H.264. See
    `joining.join` for both, for `tags` and what is raised.
    """
    return joining.join([Part(file, first, last)], target, tags=tags, progress=progress, stop=stop)


def transcode(
    file: Path,
    target: Path,
    form: Format,
    first: int = 0,
    last: int = -1,
    *,
    tags: Mapping[str, str] | None = None,
    progress: Progress = quiet,
    stop: Event | None = None,
) -> None:
    """Encode the frames `first` to `last` (inclusive, -1: to the end) and their sound, whole or not at all.

    ProRes 422 HQ and DNxHR HQ, both with PCM of 24 bits and a time code from 0, go into .mov, H.264 with AAC into .mp4;
    `encoding.FORMS[form].suffix` says so. Upright, the size and colours kept, every frame once: at its own time where
    the clip's rate varies. Raises as `joining.join` does.
    """
    joining.join([Part(file, first, last)], target, form=form, tags=tags, progress=progress, stop=stop)
