"""The record beside each clip: a small JSON file with what the MP4 does not carry."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from seedance_desktop.domain.clip import Clip, id_to_name

from . import rows
from .files import Folders, to_json, write_all, write_json

_FORMAT = 1
_LEFT_OUT = ("recipe", "prompt", "footage", "reason", "seconds", "link", "tags", "id")
"""Columns that the record says in a better form, or that mean nothing later (a link lives a day)."""

_AT_ONCE = 20  # files between which others may write


def write_record(folders: Folders, clip: Clip, submits: Sequence[dict[str, object]]) -> None:
    """Write the record of a clip and its submits; raises `DiskProblem`."""
    write_json(_path(folders, clip.name), _record(clip, submits))


def _path(folders: Folders, name: str) -> Path:
    return folders.records / f"{name}.json"


def _record(clip: Clip, submits: Sequence[dict[str, object]]) -> dict[str, Any]:
    row = {name: value for name, value in rows.to_row(clip).items() if name not in _LEFT_OUT}
    return {
        "seedance": _FORMAT,
        "id": clip.name,
        **row,
        "recipe": clip.recipe.to_dict(),
        "footage": asdict(clip.footage) if clip.footage else None,
        "tags": list(clip.tags),
        "reason": {"code": clip.reason.code, "facts": dict(clip.reason.facts)} if clip.reason else None,
        "submits": list(submits),
    }


def owe(connection: sqlite3.Connection, clips: Iterable[int]) -> None:
    """Note, in the transaction that saves or deletes them, that the files beside these clips are yet to follow."""
    connection.executemany("INSERT OR IGNORE INTO records_due (clip) VALUES (?)", [(clip,) for clip in clips])


def due(connection: sqlite3.Connection) -> set[int]:
    """The clips whose rows say more than the files beside them."""
    return {row[0] for row in connection.execute("SELECT clip FROM records_due")}


def write_due(connection: sqlite3.Connection, folders: Folders) -> bool:
    """Write some of the files that are due, or delete them where the rows are gone; whether more are.

    Raises `DiskProblem`, and then they stay due.
    """
    first = [row[0] for row in connection.execute("SELECT clip FROM records_due LIMIT ?", (_AT_ONCE + 1,))]
    now = first[:_AT_ONCE]
    found = [(clip, rows.submits_of(connection, clip.id)) for clip in rows.get_many(connection, now)]
    write_all({_path(folders, clip.name): to_json(_record(clip, submits)) for clip, submits in found})
    for gone in set(now) - {clip.id for clip, _ in found}:
        _path(folders, id_to_name(gone)).unlink(missing_ok=True)
    connection.execute("DELETE FROM records_due WHERE clip IN (SELECT value FROM json_each(?))", (json.dumps(now),))
    return len(first) > _AT_ONCE
