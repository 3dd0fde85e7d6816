"""Emptying the trash: files go for good, and what was paid for is still known."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.reason import Reason

from . import rows
from .files import Folders
from .records import owe


def in_trash(connection: sqlite3.Connection, clips: Sequence[int]) -> tuple[list[Clip], set[str]]:
    """Those of the clips that lie in the trash, and which of their files other clips have too."""
    found = [clip for clip in rows.get_many(connection, clips) if clip.trashed and clip.stage is Stage.READY]
    files, numbers = [clip.file for clip in found if clip.file], [clip.id for clip in found]
    shared = connection.execute(
        "SELECT file FROM clips WHERE file IN (SELECT value FROM json_each(?)) "
        "AND id NOT IN (SELECT value FROM json_each(?))",
        (json.dumps(files), json.dumps(numbers)),
    )
    return found, {row[0] for row in shared}


def delete_file(folders: Folders, clip: Clip, shared: set[str]) -> bool:
    """Delete a clip's video and poster; False where the video cannot be deleted. What lies outside is not ours."""
    if clip.file and clip.file not in shared:
        try:
            folders.video(clip.file).unlink(missing_ok=True)
        except (OSError, ValueError):  # it can't be, or a row names what is no clip's: an original, the database
            return False
    if clip.poster == f"posters/{clip.name}.jpg":
        with suppress(OSError):  # it can be made again, and is in nobody's way
            (folders.root / clip.poster).unlink(missing_ok=True)
    return True


def forget(connection: sqlite3.Connection, clips: Sequence[int]) -> None:
    """Clips whose files are gone: rows that no submit names go; the others stay, for the ledger and the history.

    They are cancelled, and stay in the trash so that no list shows them; what they cost is still known.
    """
    for clip in rows.get_many(connection, clips):
        if clip.trashed and not rows.delete_unsent(connection, clip.id):
            reason = Reason.of("deleted")
            rows.put(connection, replace(clip, stage=Stage.CANCELLED, reason=reason, file="", poster="", outside=""))
    owe(connection, clips)
