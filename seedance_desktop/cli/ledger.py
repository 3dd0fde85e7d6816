"""The ledger on the command line: a table with its sums for people, CSV for accounting."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from seedance_desktop import words
from seedance_desktop.domain import ledger
from seedance_desktop.domain.clip import id_to_name
from seedance_desktop.domain.ledger import Entry, Total
from seedance_desktop.library import read_entries
from seedance_desktop.words import tr

from .report import sentence, write

_SHOWN_WORDS = 6
_WIDE = 200  # characters a line where no terminal says how many it has


def show(folder: Path, *, as_csv: bool) -> None:
    """Write the whole ledger of a library to standard output, newest first."""
    entries = read_entries(folder)
    if as_csv:
        write(ledger.to_csv(entries, words.VERDICTS, sentence).rstrip("\n"))
    else:
        _table(entries)


def _table(entries: Sequence[Entry]) -> None:
    table = Table(box=None, pad_edge=False)
    for name in (tr("Time"), tr("Clip"), tr("Prompt"), tr("Project")):
        table.add_column(name)
    table.add_column(tr("Price"), justify="right")
    for name in (tr("Verdict"), tr("Task ID"), tr("Note")):
        table.add_column(name)
    for entry in entries:
        table.add_row(
            datetime.fromtimestamp(entry.approved / 1000).astimezone().strftime("%Y-%m-%d %H:%M"),
            id_to_name(entry.clip),
            " ".join(entry.prompt.split()[:_SHOWN_WORDS]),
            " · ".join(filter(None, (entry.project, entry.shot))),
            words.money(entry.price.minor, entry.price.currency),
            tr(words.VERDICTS[entry.verdict.value]),
            entry.task,
            entry.note or sentence(entry.reason),
        )
    console = Console() if sys.stdout and sys.stdout.isatty() else Console(width=_WIDE)
    console.print(table)
    sums = ledger.totals(entries)
    parts = (
        _sum(tr("charged"), sums.charged),
        _sum(tr("unknown"), sums.unsure),
        _sum(tr("refunded"), sums.refunded),
        _sum(tr("not charged"), sums.free),
    )
    console.print("   ".join(parts))


def _sum(name: str, total: Total) -> str:
    return f"{name} · {total.count}: {words.money(total.minor)}"
