"""Wishes for the long jobs: handing over and importing."""

from __future__ import annotations

import asyncio
from pathlib import Path

from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.errors import Problem
from seedance_desktop.domain.handover import Handover
from seedance_desktop.ui.handover import keep, kept

from .context import Context
from .shelf import reveal

_CHOICES = "hand-over"  # the name under which the library keeps how it was done the last time
_PAGE = 200  # clips read at once: a long selection must not hold the window up


class Jobs:
    """Answers the dialog and the menus; how far a job is comes by the studio's news."""

    def __init__(self, context: Context) -> None:
        """For the window's program."""
        self._context = context

    def prepare(self, clips: list[int]) -> None:
        """Ask how these clips are handed over."""
        self._context.go(self._prepare(clips))

    async def _prepare(self, numbers: list[int]) -> None:
        library = self._context.studio.parts.library
        found: dict[int, Clip] = {}
        for first in range(0, len(numbers), _PAGE):
            found |= {clip.id: clip for clip in await library.get(numbers[first : first + _PAGE])}
        ready = [found[number] for number in numbers if number in found and found[number].stage is Stage.READY]
        chosen = kept(await library.setting(_CHOICES))
        self._context.window.outside.ask_how(ready, chosen)

    def hand_over(self, handover: Handover) -> None:
        """Begin, and remember how."""
        self._context.go(self._hand_over(handover))

    async def _hand_over(self, handover: Handover) -> None:
        self._context.studio.jobs.hand_over(handover)
        await self._context.studio.parts.library.keep_setting(_CHOICES, keep(handover))

    def import_clips(self, paths: list[str], reference: bool) -> None:
        """Bring videos in."""
        self._context.go(self._import(paths, reference=reference))

    async def _import(self, paths: list[str], *, reference: bool) -> None:
        self._context.studio.jobs.import_clips(paths, reference=reference)

    def cancel(self, number: int) -> None:
        """Stop a job."""
        if self._context.house is not None:
            self._context.studio.jobs.cancel(number)

    def show_file(self, file: str) -> None:
        """Show what was handed over."""
        self._context.go(self._show_file(Path(file)))

    async def _show_file(self, file: Path) -> None:
        if not await asyncio.to_thread(file.exists):
            raise Problem("handed-file-missing", file=str(file))
        reveal(file)
