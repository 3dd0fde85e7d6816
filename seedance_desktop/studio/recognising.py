"""Which of the library's clips a file from outside is, wherever it lies; and which of what is given are videos."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.errors import Problem

from . import outside

if TYPE_CHECKING:
    from seedance_desktop.library import Library


async def recognise(library: Library, files: Sequence[Path]) -> dict[Path, Clip]:
    """The clip that each file is, byte for byte; those of the trash and files of no clip are left out."""
    clips = await library.of_sizes(await asyncio.to_thread(outside.sizes, files))
    of_size: defaultdict[int, list[Clip]] = defaultdict(list)
    for clip in clips:
        if clip.footage and (clip.file or clip.outside) and not clip.trashed:
            of_size[clip.footage.size].append(clip)

    def match(file: Path) -> Clip | None:
        try:
            known = outside.print_of(file)
        except Problem:  # whoever takes it in says so
            return None
        twins = of_size[known.size]
        return next((twin for twin in twins if outside.same(library.folders.file_of(twin), known)), None)

    found = await asyncio.to_thread(lambda: {file: match(file) for file in files})
    return {file: clip for file, clip in found.items() if clip is not None}


def part(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Videos and folders that hold some, and the rest, which is for the composer (blocking)."""
    videos = [path for path in paths if path.suffix.lower() in outside.SUFFIXES or _holds_videos(path)]
    return videos, [path for path in paths if path not in videos]


def _holds_videos(path: Path) -> bool:
    try:
        return path.is_dir() and not any(isinstance(one, Problem) for one in outside.expand([path]))
    except (OSError, ValueError):  # a name that no file can have, a disk that doesn't answer
        return False
