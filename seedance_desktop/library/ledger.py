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
from .threads import Threads

_SELECT = """
SELECT submits.*, coalesce(clips.prompt, '') AS prompt, coalesce(clips.project, '') AS project,
    coalesce(clips.shot, '') AS shot
FROM submits LEFT JOIN clips ON clips.id = submits.clip
"""


class Ledger:
    """The money of a library: what was spent, on what, and the creator's own word on it."""

    def __init__(self, threads: Threads) -> None:
        """Over a library's threads."""
        self._threads = threads

    async def entries(self) -> list[Entry]:
        """Every approved submit, newest first."""
        return await self._threads.read(entries)

    async def spend(self, since: int, until: int) -> Spend:
        """Money of a time span in ms."""
        return await self._threads.read_long(rows.spend, since, until)

    async def project_spend(self, project: str) -> Spend:
        """Money of a project, whenever it was spent."""
        return await self._threads.read(project_spend, project)

    async def correct(self, submit: int, verdict: Verdict, note: str) -> Clip:
        """Write the creator's own verdict on a submit; returns its clip with what it has cost now, saved.

        Raises KeyError for an unknown submit.
        """
        return await self._threads.write(_correct, submit, verdict, note)


def entries(connection: sqlite3.Connection, since: int = 0, until: int = 1 << 62) -> list[Entry]:
    """Every submit approved in the time span (ms), newest first."""
    found = connection.execute(
        f"{_SELECT} WHERE submits.approved >= ? AND submits.approved < ? ORDER BY submits.approved DESC, submits.id",
        (since, until),
    )
    return [_entry(row) for row in found]


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


def _correct(connection: sqlite3.Connection, submit: int, verdict: Verdict, note: str) -> Clip:
    row = connection.execute("SELECT clip FROM submits WHERE id = ?", (submit,)).fetchone()
    clip = rows.get(connection, row["clip"]) if row else None
    if clip is None:
        raise KeyError(submit)
    connection.execute("UPDATE submits SET verdict = ?, note = ? WHERE id = ?", (verdict.value, note, submit))
    return rows.recount(connection, clip)


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
