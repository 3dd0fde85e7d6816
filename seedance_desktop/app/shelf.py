"""What the screens ask to see: rows of the library, the clip on the stage, frames round the playhead, folders."""

from __future__ import annotations

import asyncio
import logging
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QProcess, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from seedance_desktop import words
from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.errors import BadClip, Problem
from seedance_desktop.domain.frames import Frame, FramesWanted, Timeline
from seedance_desktop.domain.news import ClipRemoved, ClipSaved, Fetched, Health, JobProgress, News
from seedance_desktop.domain.shelf import Query

from .context import Context

log = logging.getLogger(__name__)

_SUMS_AFTER_MS = 150
_FILES = 8  # whose times are remembered: those on the stage and in Compare
_PAGE = 120  # clips; twice what the largest screen shows at once
_PAGE_SECONDS = 0.1  # the time that its rows and posters have to come, before the reader is busy again


class ShelfData:
    """Brings values from the library's reader to the screens; nothing here blocks the window."""

    def __init__(self, context: Context) -> None:
        """For the window's program."""
        self._context = context
        self._query = Query()
        self._asked = 0
        self._opened = 0
        self._compared = 0
        self._timelines: dict[str, Timeline] = {}  # of the files opened last, oldest first
        self._sums = QTimer(context.wishes, singleShot=True, interval=_SUMS_AFTER_MS)
        self._sums.timeout.connect(lambda: context.go(self._bring_sums()))

    # The library

    def bring_rows(self, ids: list[int]) -> None:
        """Rows that came into view."""
        self._context.go(self._bring_rows(ids))

    async def _bring_rows(self, ids: list[int]) -> None:
        self._context.model.rows(await self._context.studio.parts.library.get(ids))
        await self._bring_stacks(ids)

    async def _bring_stacks(self, ids: list[int]) -> None:
        """How many takes lie on the stacks of these cards."""
        if self._query.stacked and ids:
            self._context.window.shelf.set_stacks(await self._context.studio.parts.library.stack_sizes(ids))

    def find(self, query: Query) -> None:
        """The ids of what the library view shows; only the last question is answered."""
        new, self._query = query != self._query, query
        if self._context.house is not None:
            self._context.go(self._find(query, new=new))

    async def _find(self, query: Query, *, new: bool) -> None:
        """A new question has its first page answered at once; all of it only when the page is on screen."""
        self._asked += 1
        mine = self._asked
        ids = await self._context.studio.find(replace(query, most=_PAGE if new else 0))
        if len(ids) == _PAGE and new and mine == self._asked:
            self._context.model.set_ids(ids, whole=False)
            await asyncio.sleep(_PAGE_SECONDS)
            if mine != self._asked:
                return
            ids = await self._context.studio.find(query)
        if mine == self._asked:
            shelf = self._context.window.shelf
            self._context.model.set_ids(ids)
            clips = await self._clips_behind(query, len(ids))
            if mine == self._asked:
                shelf.set_counts(len(ids), clips)
                await self._bring_stacks(shelf.in_memory())

    async def _clips_behind(self, query: Query, cards: int) -> int:
        """How many clips the cards of an answer stand for."""
        one_each = replace(query, stacked=False)
        return await self._context.studio.parts.library.count(one_each) if query.stacked else cards

    def hear(self, news: News) -> None:
        """The window hears everything; the month's money is added up a moment after the last change."""
        self._context.window.hear(news)
        match news:
            case ClipSaved() | ClipRemoved() | Health():
                self._sums.start()
            case Fetched() | JobProgress():
                return

    async def _bring_sums(self) -> None:
        if self._context.house is None:
            return
        studio = self._context.studio
        spend = await studio.books.spend()
        self._context.window.set_spend(spend.spent, self._context.preferences.monthly_budget)
        self._context.window.making.set_typical(await studio.parts.library.typical_seconds())
        self._context.window.set_projects(await studio.parts.library.memory.projects())
        tags = await studio.parts.library.tags()
        self._context.window.shelf.set_tags(tags)
        self._context.window.stage.set_tags(tags)

    # The stage

    def open_clip(self, clip: int | None) -> None:
        """Show a clip on the stage; the last one asked for wins."""
        self._opened += 1
        if clip is None:
            self._context.window.stage.open(None, None, None)
            return
        self._context.go(self._open_clip(clip, self._opened))

    async def _open_clip(self, number: int, mine: int) -> None:
        studio = self._context.studio
        found = await studio.parts.library.get([number])
        if not found or mine != self._opened:
            return
        clip = found[0]
        stage = self._context.window.stage
        file = self._file(clip)
        sizes = await studio.parts.library.stack_sizes([number])
        if mine != self._opened:
            return
        if file is None:
            stage.open(clip, None, None)
            stage.onward.set_takes(number, sizes.get(number, 1))
            return
        try:
            timeline = await self._timeline(file)
        except Problem as problem:
            if mine == self._opened:
                gone = problem.reason.code == "clip-file-missing"
                stage.open(clip, None if gone else file, None)
                stage.cannot_play(words.say(problem.reason.code, dict(problem.reason.facts)))
            return
        if mine == self._opened:
            stage.open(clip, file, timeline)
            stage.onward.set_takes(number, sizes.get(number, 1))

    async def _timeline(self, file: Path) -> Timeline:
        """When each frame of a file is shown, read now and remembered for the frames that will be wished for."""
        timeline = await asyncio.to_thread(_timeline, file)
        self._timelines.pop(str(file), None)
        self._timelines[str(file)] = timeline
        while len(self._timelines) > _FILES:
            del self._timelines[next(iter(self._timelines))]
        return timeline

    def compare(self, clips: list[int]) -> None:
        """Clips beside each other, in this order; the last ones asked for win, and Compare that was left stays shut."""
        self._compared += 1
        self._context.go(self._compare(clips, self._compared, within=self._context.window.compare.is_open))

    async def _compare(self, numbers: list[int], mine: int, *, within: bool) -> None:
        found = {clip.id: clip for clip in await self._context.studio.parts.library.get(numbers)}
        entries = []
        for clip in (found[number] for number in numbers if number in found):
            file = self._file(clip)
            if file is not None:
                entries.append((clip, file, await self._timeline(file)))
        compare = self._context.window.compare
        if len(entries) > 1 and mine == self._compared and (compare.is_open or not within):
            compare.open(entries)

    def bring_takes(self, clip: int) -> None:
        """Every take of a clip's stack."""
        self._context.go(self._bring_takes(clip, within=self._context.window.compare.is_open))

    async def _bring_takes(self, number: int, *, within: bool) -> None:
        takes = await self._context.studio.parts.library.takes(number)
        compare = self._context.window.compare
        if compare.is_open or not within:  # asked for from elsewhere, they are compared
            compare.set_takes(number, takes)

    def _file(self, clip: Clip) -> Path | None:
        """The clip's MP4 where it is finished."""
        if clip.stage is not Stage.READY or not (clip.file or clip.outside):
            return None
        return self._context.studio.parts.library.folders.file_of(clip)

    def bring_frames(self, wanted: FramesWanted) -> None:
        """Decoded frames round the playhead."""
        self._context.go(self._bring_frames(wanted))

    async def _bring_frames(self, wanted: FramesWanted) -> None:
        try:
            frames = await asyncio.to_thread(_frames, wanted, self._timelines.get(wanted.file))
        except BadClip:
            log.info("no frames %d to %d: the player's own seek is what remains", wanted.first, wanted.last)
            return
        self._context.window.stage.frames(frames, wanted.file)
        self._context.window.compare.frames(frames, wanted.file)

    # The file manager

    def show_in_folder(self, number: int) -> None:
        """Show a clip's file in the system's file manager."""
        self._context.go(self._show_in_folder(number))

    async def _show_in_folder(self, number: int) -> None:
        found = await self._context.studio.parts.library.get([number])
        file = self._file(found[0]) if found else None
        if file is None:
            return
        if not file.exists():
            raise Problem("clip-file-missing", file=file.name)
        reveal(file)

    def open_library_folder(self) -> None:
        """Open the library's folder in the file manager."""
        self._context.go(self._open_library_folder())

    async def _open_library_folder(self) -> None:
        root = self._context.studio.parts.library.folders.root
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(root)))


def reveal(file: Path) -> None:
    """The file manager with the file selected where the system can (Windows, macOS), else with its folder open."""
    if sys.platform == "win32":
        QProcess.startDetached("explorer.exe", ["/select,", str(file)])
    elif sys.platform == "darwin":
        QProcess.startDetached("open", ["-R", str(file)])
    else:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))


def _timeline(file: Path) -> Timeline:
    from seedance_desktop.media import clips

    if not file.exists():
        raise Problem("clip-file-missing", file=file.name)
    return clips.timeline(file)


def _frames(wanted: FramesWanted, timeline: Timeline | None) -> list[Frame]:
    from seedance_desktop.media import frames

    return list(frames.frames(Path(wanted.file), wanted.first, wanted.last, timeline))
