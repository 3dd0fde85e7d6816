"""The ledger: every approved submit with what is known of its charge, and what they add up to."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from .clip import Verdict, id_to_name
from .money import Money
from .reason import Reason
from .spreadsheet import cell

COLUMNS = (
    "approved",
    "sent",
    "clip",
    "prompt",
    "project",
    "shot",
    "gateway",
    "price",
    "currency",
    "verdict",
    "task",
    "reason",
    "note",
)
"""The head line of the ledger as CSV."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the ledger. `id` names the submit; times are ms since 1970 UTC, 0 where it was never sent."""

    id: int
    clip: int
    approved: int
    sent: int
    gateway: str
    price: Money
    verdict: Verdict
    task: str = ""
    reason: Reason | None = None
    note: str = ""
    prompt: str = ""
    project: str = ""
    shot: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """How many submits have one verdict, and their sum in the smallest unit."""

    count: int = 0
    minor: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums by verdict. What counts towards a budget is charged and unknown together."""

    charged: Total = Total()
    unsure: Total = Total()
    refunded: Total = Total()
    free: Total = Total()

    @property
    def counted(self) -> int:
        """What counts towards a budget, in the smallest unit."""
        return self.charged.minor + self.unsure.minor


def totals(entries: Iterable[Entry]) -> Totals:
    """Add up entries of one currency."""
    sums = {verdict: [0, 0] for verdict in Verdict}
    for entry in entries:
        sums[entry.verdict][0] += 1
        sums[entry.verdict][1] += entry.price.minor
    made = {verdict: Total(count, minor) for verdict, (count, minor) in sums.items()}
    return Totals(made[Verdict.YES], made[Verdict.UNSURE], made[Verdict.REFUNDED], made[Verdict.NO])


def group(entries: Iterable[Entry], key: Callable[[Entry], str]) -> dict[str, Totals]:
    """The sums of each group, in the order in which the groups first appear."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(key(entry), []).append(entry)
    return {name: totals(members) for name, members in groups.items()}


def day(entry: Entry) -> str:
    """The local day of an entry: `2026-11-22`."""
    return time.strftime("%Y-%m-%d", time.localtime(entry.approved / 1000))


def month(entry: Entry) -> str:
    """The local month of an entry: `2026-11`."""
    return time.strftime("%Y-%m", time.localtime(entry.approved / 1000))


def to_csv(entries: Iterable[Entry], verdicts: Mapping[str, str], say: Callable[[Reason | None], str]) -> str:
    """The ledger as CSV with a head line: times in ISO 8601 UTC, prices in the currency's main unit.

    `verdicts` has the word for a verdict's value, `say` makes a reason's sentence.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        values = (
            _iso(entry.approved),
            _iso(entry.sent),
            id_to_name(entry.clip),
            entry.prompt,
            entry.project,
            entry.shot,
            entry.gateway,
            f"{entry.price.minor / 100:.2f}",
            entry.price.currency,
            verdicts[entry.verdict.value],
            entry.task,
            say(entry.reason),
            entry.note,
        )
        writer.writerow([cell(value) for value in values])
    return text.getvalue()


def _iso(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="seconds") if milliseconds else ""
