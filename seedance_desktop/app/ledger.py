"""Wishes about money: the ledger's rows, corrected verdicts, and the file for accounting."""

from __future__ import annotations

import asyncio
from pathlib import Path

from seedance_desktop import words
from seedance_desktop.domain.clip import Verdict
from seedance_desktop.domain.errors import DiskProblem
from seedance_desktop.domain.ledger import Entry, to_csv
from seedance_desktop.domain.reason import Reason
from seedance_desktop.words import tr

from .context import Context


class LedgerData:
    """Answers the wishes of the ledger."""

    def __init__(self, context: Context) -> None:
        """For the window's program."""
        self._context = context

    def bring(self) -> None:
        """Every approved submit."""
        self._context.go(self._bring())

    async def _bring(self) -> None:
        self._context.window.ledger.set_entries(await self._context.studio.books.entries())

    def correct(self, submit: int, verdict: str, note: str) -> None:
        """The creator's own verdict on one submit."""
        self._context.go(self._correct(submit, Verdict(verdict), note))

    async def _correct(self, submit: int, verdict: Verdict, note: str) -> None:
        await self._context.studio.books.correct(submit, verdict, note)
        await self._bring()

    def export(self, file: str, entries: list[Entry]) -> None:
        """Write the rows that are shown as CSV."""
        self._context.go(self._export(Path(file), entries))

    async def _export(self, file: Path, entries: list[Entry]) -> None:
        text = to_csv(entries, words.VERDICTS, _say)
        await asyncio.to_thread(_write, file, text)
        self._context.window.toast(tr("The ledger is written to {name}.").format(name=file.name))


def _say(reason: Reason | None) -> str:
    return words.say(reason.code, dict(reason.facts)) if reason else ""


def _write(file: Path, text: str) -> None:
    """The file whole or not at all; with a mark at its beginning that tells spreadsheets its encoding."""
    temporary = file.with_name(f".{file.name}.tmp")
    try:
        temporary.write_text(text, encoding="utf-8-sig", newline="")
        temporary.replace(file)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise DiskProblem.of(error, str(file)) from error
