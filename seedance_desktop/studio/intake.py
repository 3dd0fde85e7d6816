"""Reference images into the library: the original's bytes once, under their content hash."""

from __future__ import annotations

import asyncio
from pathlib import Path

from seedance_desktop.domain.errors import BadImage
from seedance_desktop.domain.recipe import Reference
from seedance_desktop.library.files import Folders, write_whole

_LONGEST_NAME = 80


async def take_in(folders: Folders, source: Path | bytes | str) -> Reference:
    """A file, encoded bytes, or a public http(s) link (kept as the link it is) as a reference of a recipe.

    Raises `BadImage` with what is wrong, and `DiskProblem`.
    """
    if isinstance(source, str):
        return _link(source)
    return await asyncio.to_thread(_keep, folders, source)


async def thumbnail(folders: Folders, reference: Reference, box: tuple[int, int]) -> bytes:
    """A small picture of a reference for the strip (JPEG), at most `box` pixels; empty for a link."""
    if reference.url:
        return b""
    return await asyncio.to_thread(_thumbnail, folders.references / reference.file, box)


def _link(link: str) -> Reference:
    link = link.strip()
    if not link.lower().startswith(("http://", "https://")):
        raise BadImage("image-link-refused", name=link[:_LONGEST_NAME])
    name = link.split("?", 1)[0].rstrip("/").rsplit("/", 1)[-1]
    return Reference(name=name[:_LONGEST_NAME] or link[:_LONGEST_NAME], url=link)


def _keep(folders: Folders, source: Path | bytes) -> Reference:
    from seedance_desktop.media import images

    name = source.name if isinstance(source, Path) else "image"
    taken = images.take_in(source, name)
    target = folders.references / f"{taken.hash}{taken.suffix}"
    if not target.exists():
        write_whole(target, taken.data)
    stem = source.stem if isinstance(source, Path) else name
    return Reference(stem[:_LONGEST_NAME], taken.hash, taken.suffix, "", taken.width, taken.height)


def _thumbnail(path: Path, box: tuple[int, int]) -> bytes:
    from seedance_desktop.media import images

    return images.thumbnail(path, box)
