"""Where a job writes: a hidden folder beside the goal, remembered until it is gone, so that nothing half is left."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import secrets
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from seedance_desktop.domain.errors import DiskProblem
from seedance_desktop.library.files import sync_folder

from .desk import Desk

log = logging.getLogger(__name__)

_PREFIX = ".seedance-"
_OURS = re.compile(re.escape(_PREFIX) + r"[0-9a-f]{12}")
_SETTING = "staging"
_MOST_REMEMBERED = 20


@asynccontextmanager
async def staged(desk: Desk, folder: Path) -> AsyncIterator[Path]:
    """A hidden folder in `folder` (which is made where it is missing), on the same disk; gone afterwards.

    The library remembers it before it is made. Raises `DiskProblem`.
    """
    place = folder / f"{_PREFIX}{secrets.token_hex(6)}"
    await _remember(desk, [*await _remembered(desk), str(place)])
    try:
        await asyncio.to_thread(_make, place)
        yield place
    finally:
        if await asyncio.to_thread(_remove, place):
            await _remember(desk, [one for one in await _remembered(desk) if one != str(place)])


async def sweep(desk: Desk, finish: Callable[[Desk, Path], Awaitable[None]]) -> None:
    """Remove what jobs that were killed have left, after `finish` has looked into each folder.

    A disk that isn't connected now is swept another time. Raises `DiskProblem`.
    """
    found = await _remembered(desk)
    if not found:
        return
    left = []
    for one in found:
        await finish(desk, Path(one))
        if not await asyncio.to_thread(_swept, Path(one)):
            left.append(one)
    await _remember(desk, left)


def place_free(file: Path, folder: Path, stem: str) -> Path:
    """Move a finished file into `folder` under a name that nothing has there; no file is ever written over.

    Blocking. Raises `DiskProblem`.
    """
    target, number = folder / f"{stem}{file.suffix}", 2
    try:
        while not _moved(file, target):
            target, number = folder / f"{stem} {number}{file.suffix}", number + 1
        sync_folder(folder)
    except OSError as error:
        raise DiskProblem.of(error, str(target)) from error
    return target


def _moved(file: Path, target: Path) -> bool:
    """Whether the name was free and the file has it now."""
    try:
        if os.name == "nt":
            file.rename(target)  # there it never replaces
            return True
        target.hardlink_to(file)
    except FileExistsError:
        return False
    except OSError:  # a file system without links, such as a camera card's
        if target.exists() or target.is_symlink():
            return False
        file.rename(target)
        return True
    file.unlink()
    return True


def _make(place: Path) -> None:
    try:
        place.mkdir(parents=True)
    except OSError as error:
        raise DiskProblem.of(error, str(place.parent)) from error


def _remove(place: Path) -> bool:
    """Whether it is surely gone (blocking)."""
    shutil.rmtree(place, ignore_errors=True)
    try:
        place.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:  # the disk answers with an error: it is looked at another time
        return False
    return False


def _swept(place: Path) -> bool:
    """Whether nothing of it is left to sweep."""
    if not _OURS.fullmatch(place.name):
        return True
    return os.path.isdir(place.parent) and _remove(place)  # noqa: PTH112 - Path's own raises what the disk answers


async def _remembered(desk: Desk) -> list[str]:
    text = await desk.parts.library.setting(_SETTING)
    try:
        return [str(one) for one in json.loads(text or "[]")]
    except (ValueError, TypeError):  # none of ours
        return []


async def _remember(desk: Desk, places: list[str]) -> None:
    await desk.parts.library.keep_setting(_SETTING, json.dumps(places[-_MOST_REMEMBERED:]))
