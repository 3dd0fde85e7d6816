"""The command `import`: videos from files and folders into the library, said one by one."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from seedance_desktop.bootstrap import Options
from seedance_desktop.domain.news import ClipSaved, JobProgress, JobState, News
from seedance_desktop.domain.reason import Reason
from seedance_desktop.words import ntr, tr

from .report import as_json, complain, line, sentence, write
from .session import FAILED, READY, UNFINISHED, Session, session


async def import_files(args: argparse.Namespace, options: Options) -> int:
    """Copy videos into the library; the exit code is 1 if one of them could not be, 5 if it was stopped."""
    async with session(options, as_json=args.json) as running:
        studio = running.house.studio
        await studio.open(carry_on=lambda _clip: False, heed_pause=False)
        teller = _Teller(running, as_lines=args.json)
        studio.listen(teller.hear)
        teller.number = studio.jobs.import_clips(_paths(args.videos))
        try:
            ended = await _over(running, teller.number)
        finally:
            teller.close()
        await teller.say_known(ended)
        return _code(ended)


def _paths(given: Sequence[str]) -> list[Path]:
    return [Path(file).expanduser() for file in given]


async def _over(running: Session, number: int) -> JobProgress:
    """How the job has ended; the first signal stops it."""
    jobs = running.house.studio.jobs
    over = asyncio.ensure_future(jobs.over(number))
    stopped = asyncio.ensure_future(running.interrupted.wait())
    await asyncio.wait([over, stopped], return_when=asyncio.FIRST_COMPLETED)
    if not over.done():
        jobs.cancel(number)
    stopped.cancel()
    return await over


def _code(ended: JobProgress) -> int:
    fresh = len(ended.clips) - len(ended.known)
    complain(ntr("{n} clip imported.", "{n} clips imported.", fresh))
    if ended.state is JobState.CANCELLED:
        complain(tr("Stopped. What was imported stays; the same command goes on where it stopped."))
        return UNFINISHED
    if ended.state is JobState.FAILED:
        complain(sentence(ended.reason))
        return UNFINISHED
    return FAILED if ended.problems else READY


class _Teller:
    """Says each clip and each problem as it comes; draws a bar where standard error is a terminal."""

    def __init__(self, running: Session, *, as_lines: bool) -> None:
        self.number = 0
        self._house, self._json = running.house, as_lines
        self._problems = 0
        console = Console(stderr=True)
        self._bar: Progress | None = None
        if console.is_terminal and not as_lines:
            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                TextColumn(tr("{n} %").format(n="{task.completed:.0f}")),
            )
            self._bar = Progress(*columns, TimeElapsedColumn(), console=console)
            self._bar.start()
            self._task = self._bar.add_task("", total=100)

    def hear(self, news: News) -> None:
        """The studio's listener."""
        match news:
            case ClipSaved(clip):
                if self._json:
                    write(json.dumps(as_json(clip, self._house.folder), ensure_ascii=False))
                else:
                    self._say(line(clip, self._house.folder))
            case JobProgress(number=number) if number == self.number:
                self._progress(news)

    async def say_known(self, ended: JobProgress) -> None:
        """The clips that were there before: programs want to know which they are."""
        for clip in await self._house.studio.parts.library.get(ended.known):
            if self._json:
                write(json.dumps(as_json(clip, self._house.folder), ensure_ascii=False))
            complain(tr("{clip} is in the library already.").format(clip=clip.name))

    def close(self) -> None:
        """Put the terminal back in order."""
        if self._bar:
            self._bar.stop()

    def _progress(self, news: JobProgress) -> None:
        for reason in news.problems[self._problems :]:
            self._say(sentence(reason))
            if self._json:
                write(json.dumps(_failed(reason), ensure_ascii=False))
        self._problems = len(news.problems)
        if self._bar:
            name = f"{min(news.done + 1, news.total)} / {news.total}  {news.name}"
            self._bar.update(self._task, description=name, completed=100 * news.share)

    def _say(self, text: str) -> None:
        if self._bar:
            self._bar.console.print(text, markup=False, highlight=False, soft_wrap=True)
        else:
            complain(text)


def _failed(reason: Reason) -> dict[str, str | None]:
    """A file that is no clip, in the form of the clips' lines."""
    return {
        "clip": None,
        "stage": "failed",
        "task": None,
        "file": None,
        "reason": sentence(reason),
        "charged": "no",
    }
