"""How the ledger says times, months, verdicts and reasons. No widgets here."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seedance_desktop.domain.clip import Verdict
from seedance_desktop.domain.reason import Reason
from seedance_desktop.ui.when import day as day_of
from seedance_desktop.ui.when import moment
from seedance_desktop.ui.when import month as month_of
from seedance_desktop.words import VERDICTS, mark, say, tr

if TYPE_CHECKING:
    from seedance_desktop.domain.ledger import Entry


@dataclass(frozen=True, slots=True)
class Look:
    """The icon of a verdict, its colour, and its name at the beginning of a line."""

    icon: str
    color: str
    name: str


LOOKS = {
    Verdict.YES: Look("check", "text-2", mark("Charged")),
    Verdict.NO: Look("minus", "text-3", mark("Not charged")),
    Verdict.REFUNDED: Look("undo", "success", mark("Refunded")),
    Verdict.UNSURE: Look("stage-unsure", "warning", mark("Unknown")),
}
"""In the order of the menu "Mark as…"."""

COUNTS = frozenset({Verdict.YES, Verdict.UNSURE})
"""What counts toward a budget."""


def verdict(entry: Entry) -> str:
    """`charged`, `not charged`, `unknown` or `refunded`."""
    return tr(VERDICTS[entry.verdict.value])


def sentence(reason: Reason | None) -> str:
    """A reason in words; empty for none."""
    return say(reason.code, dict(reason.facts)) if reason else ""


def note(entry: Entry) -> str:
    """What the creator noted, or else why it is so."""
    return entry.note or sentence(entry.reason)


def when(milliseconds: int) -> str:
    """`21 Nov, 19:14` in local time, with the year where it isn't this one."""
    year = time.localtime(milliseconds / 1000).tm_year
    return moment(milliseconds, this_year=year == time.localtime().tm_year)


def day(key: str) -> str:
    """`2026-11-21` as `21 Nov 2026`."""
    return day_of(round(time.mktime(time.strptime(key, "%Y-%m-%d")) * 1000))


def month(key: str) -> str:
    """`2026-11` as `November 2026`."""
    return month_of(round(time.mktime(time.strptime(key, "%Y-%m")) * 1000))
