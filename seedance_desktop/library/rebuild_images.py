"""The images of a library made again: from the files beside the originals, else from the recipes that name them."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from seedance_desktop.domain.kept_images import KeptImage

from . import images, rows
from .files import Folders
from .sidecars import HASH, is_suffix, one_line, read_sidecar

_ENOUGH = 100  # recipes to ask for what an image is called


def take_images(connection: sqlite3.Connection, folders: Folders) -> tuple[list[str], list[str]]:
    """Bring the rows of the images up to date, after those of the clips.

    Returns the names of the files beside originals that could not be read, and of the images whose originals are gone.
    """
    originals = _originals(folders)
    bad, gone = [], []
    for path in sorted(folders.references.glob("*.json")):
        try:
            image = read_sidecar(path)
        except (OSError, ValueError):
            bad.append(f"references/{path.name}")
            continue
        if originals.get(image.hash) == image.suffix:
            images.put(connection, image)  # at least as new as any backup
        else:
            gone.append(image.name or image.hash)
    known = {row[0] for row in connection.execute("SELECT hash FROM images")}
    for hash_, suffix in originals.items():
        if hash_ not in known:
            images.put(connection, _from_recipes(connection, folders, hash_, suffix))
    return bad, gone


def _originals(folders: Folders) -> dict[str, str]:
    """The suffix of each original, by its hash; whatever else lies there is no image of ours."""
    found = (path for path in sorted(folders.references.iterdir()) if path.is_file())
    return {path.stem: path.suffix for path in found if HASH.fullmatch(path.stem) and is_suffix(path.suffix)}


def _from_recipes(connection: sqlite3.Connection, folders: Folders, hash_: str, suffix: str) -> KeptImage:
    """What the clips made with an image say of it: the first one its name and time, any one its size."""
    found = connection.execute(
        "SELECT clips.* FROM image_uses JOIN clips ON clips.id = image_uses.clip WHERE hash = ? ORDER BY made LIMIT ?",
        (hash_, _ENOUGH),
    )
    clips = [rows.from_row(row) for row in found]
    named = [one for clip in clips for one in clip.recipe.references if one.hash == hash_]
    width, height = next(filter(all, map(_size, named)), (0, 0))
    added = clips[0].made if clips else _changed(folders.references / f"{hash_}{suffix}")
    return KeptImage(hash_, suffix, next(filter(None, map(_name, named)), hash_[:8]), width, height, added)


def _name(reference: Any) -> str:
    """A recipe may come from a file that is not ours, and then say anything."""
    return one_line(reference.name) if isinstance(reference.name, str) else ""


def _size(reference: Any) -> tuple[int, int]:
    width, height = reference.width, reference.height
    sane = isinstance(width, int) and isinstance(height, int) and 0 < width < 1 << 31 and 0 < height < 1 << 31
    return (width, height) if sane else (0, 0)


def _changed(path: Path) -> int:
    return int(path.stat().st_mtime * 1000)
