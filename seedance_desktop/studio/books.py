"""Money before it is spent and after: budgets, the room on the disk for what will be paid, and the ledger."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

from seedance_desktop.domain.clip import Clip, Verdict
from seedance_desktop.domain.errors import DiskProblem, OverBudget
from seedance_desktop.domain.ledger import Entry
from seedance_desktop.domain.money import Limits, Money, Spend, check_budget
from seedance_desktop.domain.trouble import Halt

from .desk import Desk
from .parts import month_span, now_ms


class Books:
    """The ledger of a library as the window and the command line see it."""

    def __init__(self, desk: Desk) -> None:
        """Over the studio's library."""
        self._desk = desk

    async def spend(self) -> Spend:
        """This month's money."""
        return await self._desk.parts.library.ledger.spend(*month_span(now_ms()))

    async def entries(self) -> list[Entry]:
        """The whole ledger, newest first."""
        return await self._desk.parts.library.ledger.entries()

    async def correct(self, submit: int, verdict: Verdict, note: str) -> Clip:
        """Write the creator's own verdict on a submit, with a note; what was known counts no more."""
        clip = await self._desk.parts.library.ledger.correct(submit, verdict, note)
        await self._desk.parts.library.record(clip)
        self._desk.clear(Halt.BUDGET_REACHED)
        return self._desk.note(clip)

    async def allow(self, asked: Money, project: str) -> None:
        """Raise `OverBudget` if a budget has no room for `asked`, what is planned and unknown counted."""
        preferences = self._desk.parts.preferences
        check_budget(await self.spend(), asked, preferences.monthly_budget)
        limit = preferences.project_budgets.get(project, 0)
        if limit:
            check_budget(await self._desk.parts.library.ledger.project_spend(project), asked, limit, project)


def limits(desk: Desk, clip: Clip) -> Limits:
    """The budgets that hold for a clip as it is sent."""
    preferences = desk.parts.preferences
    since, until = month_span(now_ms())
    return Limits(preferences.monthly_budget, since, until, preferences.project_budgets.get(clip.project, 0))


async def until_room(desk: Desk) -> None:
    """Wait while the disk has no room for what would be paid for; says so while it lasts."""
    waited = False
    while not await asyncio.to_thread(_has_room, desk.parts.library.folders.root, desk.parts.least_free):
        waited = True
        desk.disk_trouble(DiskProblem("disk-full", where=str(desk.parts.library.folders.root)))
        await desk.nap(desk.parts.pace.longest_backoff)
    if waited:
        desk.clear(Halt.DISK_FULL)


async def until_affordable(desk: Desk, clip: Clip, problem: OverBudget) -> None:
    """Wait while the month's budget does not allow a clip: until it is raised, or the next month begins."""
    desk.trouble(Halt.BUDGET_REACHED, problem.reason)
    while True:
        await desk.nap(desk.parts.pace.longest_backoff)
        spent = (await desk.parts.library.ledger.spend(*month_span(now_ms()))).spent
        try:
            check_budget(Spend(spent), clip.price, desk.parts.preferences.monthly_budget)
        except OverBudget:
            continue
        desk.clear(Halt.BUDGET_REACHED)
        return


def _has_room(folder: Path, least: int) -> bool:
    try:
        return shutil.disk_usage(folder).free >= least
    except OSError:
        return True  # a folder that is gone is noticed by what is written there
