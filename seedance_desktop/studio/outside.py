"""Videos as they come from outside: which of what is given are any, whether two are the same, what is in one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from seedance_desktop.domain.catalogue import DURATIONS, RATIOS, RESOLUTIONS, SIZES, shape
from seedance_desktop.domain.clip import Footage
from seedance_desktop.domain.errors import DiskProblem, Problem, Refused
from seedance_desktop.domain.recipe import Recipe
from seedance_desktop.media import clips

from . import carried
from .sources import files_in

SUFFIXES = frozenset((".mp4", ".m4v", ".mov", ".webm"))
_EDGE = 1 << 20


@dataclass(frozen=True, slots=True)
class Print:
    """What tells one video from another without reading all of it: its size, and a hash of its first and last MiB.

    Two different videos with both alike are not to be expected: a container's index, with the size of every picture,
    lies in the one or the other.
    """

    size: int
    edges: str


def expand(given: Sequence[Path]) -> list[Path | Problem]:
    """Every video that is given, in order, folders as those in them, and what is wrong with the rest (blocking)."""
    found: list[Path | Problem] = []
    for path in dict.fromkeys(given):
        found += _of(path)
    return found


def _of(path: Path) -> Iterable[Path | Problem]:
    try:
        if path.is_dir():
            return [*files_in(path, _is_video)] or [Refused("folder-without-videos", name=path.name or str(path))]
        if not path.is_file():
            return [Problem("video-missing", name=str(path))]
    except (OSError, ValueError):  # a name that no file can have, a disk that doesn't answer
        return [Problem("video-missing", name=str(path))]
    if path.suffix.lower() not in SUFFIXES:
        return [Refused("video-kind", name=path.name)]
    return [path.absolute()]


def _is_video(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and path.is_file()


def sizes(files: Iterable[Path | Problem]) -> list[int]:
    """How many bytes each file has, as far as that can be seen (blocking)."""
    found = []
    for file in files:
        try:
            if isinstance(file, Path):
                found.append(file.stat().st_size)
        except OSError:  # it will be said when its turn comes
            continue
    return found


def print_of(file: Path) -> Print:
    """What tells this file from others (blocking); raises `Problem("video-missing")`."""
    try:
        with file.open("rb") as opened:
            edges = hashlib.sha256(opened.read(_EDGE))
            size = opened.seek(0, 2)
            opened.seek(max(_EDGE, size - _EDGE))
            edges.update(opened.read(_EDGE))
    except (OSError, ValueError) as error:
        raise Problem("video-missing", name=str(file)) from error
    return Print(size, edges.hexdigest())


def same(file: Path, known: Print) -> bool:
    """Whether a file of the library is the known one (blocking); False where it is gone."""
    try:
        return print_of(file) == known
    except Problem:
        return False


def look(file: Path) -> tuple[Footage, Recipe, bool]:
    """What is truly in a video, its recipe, and whether it carries that itself (blocking).

    One that carries none gets the name of the file as its words, and the settings that come nearest to what it is.
    Raises `BadClip`, and `Problem("video-missing")` where its bytes can't be read.
    """
    try:
        footage = clips.probe(file)
    except DiskProblem as problem:
        raise Problem("video-missing", name=str(file)) from problem
    try:
        return footage, carried.read(file), True
    except Refused:
        return footage, _likely(file, footage), False


def _likely(file: Path, footage: Footage) -> Recipe:
    here = footage.width / footage.height
    ratio = min(RATIOS, key=lambda one: abs(shape(one) - here))
    side = min(footage.width, footage.height)
    return Recipe(
        prompt=" ".join(file.stem.encode(errors="replace").decode().split()) or file.suffix,
        ratio=ratio,
        duration=min(DURATIONS, key=lambda one: abs(one - footage.seconds)),
        resolution=min(RESOLUTIONS, key=lambda one: abs(min(SIZES[one, ratio]) - side)),
    )
