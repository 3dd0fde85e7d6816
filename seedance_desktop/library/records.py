"""The record beside each clip: a small JSON file with what the MP4 does not carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from seedance_desktop.domain.clip import Clip

from .files import Folders, write_json
from .rows import to_row

_FORMAT = 1
_LEFT_OUT = ("recipe", "prompt", "footage", "reason", "seconds", "link", "tags", "id")
"""Columns that the record says in a better form, or that mean nothing later (a link lives a day)."""


def write_record(folders: Folders, clip: Clip, submits: Sequence[dict[str, object]]) -> None:
    """Write the record of a clip and its submits; raises `DiskProblem`."""
    row = {name: value for name, value in to_row(clip).items() if name not in _LEFT_OUT}
    record: dict[str, Any] = {
        "seedance": _FORMAT,
        "id": clip.name,
        **row,
        "recipe": clip.recipe.to_dict(),
        "footage": asdict(clip.footage) if clip.footage else None,
        "tags": list(clip.tags),
        "reason": {"code": clip.reason.code, "facts": dict(clip.reason.facts)} if clip.reason else None,
        "submits": list(submits),
    }
    write_json(folders.records / f"{clip.name}.json", record)
