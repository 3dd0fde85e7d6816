"""Reading a library without owning it: for commands that only look, beside a window that may hold it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from seedance_desktop.domain.clip import Clip, Stage

from . import rows, search
from .database import open_reader, sound
from .files import Folders
from .migrations import version

T = TypeVar("T")


def list_clips(folder: Path, *, text: str = "", stage: Stage | None = None) -> list[Clip]:
    """All clips outside the trash, newest first, that match; empty where there is no library (blocking)."""
    return _read(folder, lambda connection: search.everything(connection, text, stage)) or []


def one_clip(folder: Path, clip: int) -> Clip | None:
    """The clip with that id (blocking)."""
    return _read(folder, lambda connection: rows.get(connection, clip))


def _read(folder: Path, look: Callable[[sqlite3.Connection], T]) -> T | None:
    folders = Folders(folder)
    if not folders.database.exists():
        return None
    with sound(folders), closing(open_reader(folders)) as connection:
        return look(connection) if version(connection) else None
