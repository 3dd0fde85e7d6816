"""Wishes about money: the ledger's rows, corrected verdicts, and the file for accounting."""

from __future__ import annotations

import asyncio
from pathlib import Path

from seedance_desktop import words
from seedance_desktop.domain.clip import Verdict
from seedance_desktop.domain.ledger import Entry, to_csv
from seedance_desktop.domain.reason import Reason
from seedance_desktop.words import tr

from .context import Context
from .saving import save_file


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
        marked = text.encode("utf-8-sig")  # the mark at its beginning tells spreadsheets the encoding
        await asyncio.to_thread(save_file, file, marked)
        self._context.window.toast(tr("The ledger is written to {name}.").format(name=file.name))


def _say(reason: Reason | None) -> str:
    return words.say(reason.code, dict(reason.facts)) if reason else ""
