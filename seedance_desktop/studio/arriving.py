"""How a copied video becomes a clip without a moment in which it is lost: its row, then its name, then its record."""

from __future__ import annotations

import asyncio
from pathlib import Path

from seedance_desktop.domain.clip import Clip, name_to_id
from seedance_desktop.domain.errors import DiskProblem
from seedance_desktop.library.files import Folders, put_in_place

from .desk import Desk


async def arrive(desk: Desk, clip: Clip, staged: Path | None) -> Clip:
    """The clip with its row, its file in its place, and its record; `staged` is where the file lies until then.

    Killed between, `finish` does the rest at the next start. Raises `DiskProblem`; then there is no such clip.
    """
    library = desk.parts.library
    await library.add([clip])
    try:
        if staged is not None:
            await asyncio.to_thread(put_in_place, staged, library.folders.inside(clip.file))
    except DiskProblem:
        await library.remove(clip)
        raise
    await library.record(clip)
    return clip


async def finish(desk: Desk, place: Path) -> None:
    """Bring files whose rows are there from a folder of a job that was killed to where the rows say that they lie."""
    library = desk.parts.library
    staged = await asyncio.to_thread(_staged, library.folders, place)
    for clip in await library.get(staged):
        if await asyncio.to_thread(_is_missing, library.folders, clip):
            await arrive(desk, clip, staged[clip.id])


def _staged(folders: Folders, place: Path) -> dict[int, Path]:
    """The files in a folder among the library's clips that are named after a clip (blocking)."""
    found: dict[int, Path] = {}
    if place.parent.resolve() != folders.clips.resolve() or not place.is_dir():
        return found
    for file in place.iterdir():
        try:
            found[name_to_id(file.stem)] = file
        except ValueError:  # none of ours
            continue
    return found


def _is_missing(folders: Folders, clip: Clip) -> bool:
    return bool(clip.file) and not folders.inside(clip.file).exists()
