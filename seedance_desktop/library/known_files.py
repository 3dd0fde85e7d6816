"""Which finished clips could be a given file: those whose own files have its size."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from seedance_desktop.domain.clip import Clip

from . import rows


def of_sizes(connection: sqlite3.Connection, sizes: Iterable[int]) -> list[Clip]:
    """The finished clips, in the trash or not, whose files have one of these sizes in bytes: one walk for them all."""
    found = connection.execute(
        "SELECT * FROM clips WHERE stage = 'ready' AND "
        "json_extract(iif(json_valid(footage), footage, '{}'), '$.size') IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(set(sizes))),),
    )
    return [rows.from_row(row) for row in found]
