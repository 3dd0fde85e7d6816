"""The ledger's rows: what the append-only table of submits says, with the clips they belong to."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from seedance_desktop.domain.clip import Clip, Verdict
from seedance_desktop.domain.ledger import Entry
from seedance_desktop.domain.money import Limits, Money, Spend, check_budget
from seedance_desktop.domain.reason import Reason

from . import rows
from .database import open_reader, sound
from .files import Folders

_SELECT = """
SELECT submits.*, coalesce(clips.prompt, '') AS prompt, coalesce(clips.project, '') AS project,
    coalesce(clips.shot, '') AS shot
FROM submits LEFT JOIN clips ON clips.id = submits.clip
"""


def entries(connection: sqlite3.Connection, since: int = 0, until: int = 1 << 62) -> list[Entry]:
    """Every submit approved in the time span (ms), newest first."""
    rows = connection.execute(
        f"{_SELECT} WHERE submits.approved >= ? AND submits.approved < ? ORDER BY submits.approved DESC, submits.id",
        (since, until),
    )
    return [_entry(row) for row in rows]


def correct(connection: sqlite3.Connection, submit: int, verdict: Verdict, note: str) -> int:
    """Write the creator's own verdict and note; returns the clip's id. Raises KeyError for an unknown submit."""
    row = connection.execute("SELECT clip FROM submits WHERE id = ?", (submit,)).fetchone()
    if row is None:
        raise KeyError(submit)
    connection.execute("UPDATE submits SET verdict = ?, note = ? WHERE id = ?", (verdict.value, note, submit))
    return int(row["clip"])


def project_spend(connection: sqlite3.Connection, project: str) -> Spend:
    """What a project has cost so far, charged and unknown, and what is planned for it."""
    spent = connection.execute(
        "SELECT coalesce(sum(submits.price), 0) FROM submits JOIN clips ON clips.id = submits.clip "
        "WHERE clips.project = ? AND verdict IN ('yes', 'unsure')",
        (project,),
    ).fetchone()[0]
    planned = connection.execute(
        "SELECT coalesce(sum(price), 0) FROM clips WHERE stage = 'planned' AND project = ?", (project,)
    ).fetchone()[0]
    return Spend(int(spent), int(planned))


def check_limits(connection: sqlite3.Connection, clip: Clip, limits: Limits) -> None:
    """Raise `OverBudget` if sending this clip now would go over a budget; what is planned besides does not count."""
    if limits.month:
        spent = rows.spend(connection, limits.since, limits.until).spent
        check_budget(Spend(spent), clip.price, limits.month)
    if limits.project and clip.project:
        check_budget(Spend(project_spend(connection, clip.project).spent), clip.price, limits.project, clip.project)


def read_entries(folder: Path) -> list[Entry]:
    """The whole ledger of a library that another program may hold (blocking, without the lock)."""
    folders = Folders(folder)
    if not folders.database.exists():
        return []
    with sound(folders), closing(open_reader(folders)) as connection:
        return entries(connection)


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(
        id=row["id"],
        clip=row["clip"],
        approved=row["approved"],
        sent=row["sent"],
        gateway=row["gateway"],
        price=Money(row["price"], row["currency"]),
        verdict=Verdict(row["verdict"]),
        task=row["task"],
        reason=Reason.from_json(row["reason"]),
        note=row["note"],
        prompt=row["prompt"],
        project=row["project"],
        shot=row["shot"],
    )
