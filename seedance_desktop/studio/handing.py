"""The job that hands clips over to the editor: each exported under its name, or all joined, with what goes beside."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from seedance_desktop.domain import listing
from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.errors import DiskProblem, LibraryProblem, Problem, Refused
from seedance_desktop.domain.handover import Handover, Listing, stem
from seedance_desktop.domain.listing import Handed
from seedance_desktop.domain.naming import NameParts, file_stem
from seedance_desktop.domain.reason import Reason
from seedance_desktop.library.files import write_whole
from seedance_desktop.media import timelines

from . import exporting, rooms
from .desk import Desk
from .job import Job, Stopped
from .keeping import Keeping
from .parts import now_ms
from .staging import place_free, staged

log = logging.getLogger(__name__)

_MARK_EVERY = 2.0


async def hand_over(desk: Desk, keeping: Keeping, job: Job, handover: Handover) -> None:
    """Export the clips, in order; what can't be is said and passed over.

    What is finished stays, and its clips know that they were handed over, however this ends. Raises `Stopped`,
    `DiskProblem` where the folder can't be written, `BadClip` where a clip stops all of them from being joined.
    """
    folder = Path(handover.folder)
    await asyncio.to_thread(_check_outside, desk.parts.library.folders.clips, folder)
    work = _Handing(desk, keeping, job, handover, folder)
    clips = await work.clips()
    job.tell(total=len(clips))
    try:
        async with staged(desk, folder) as place:
            await asyncio.to_thread(rooms.check, folder, rooms.needed(clips, handover))
            if handover.joined:
                await work.join(clips, place)
            else:
                await work.each(clips, place)
            await work.beside(place)
    finally:
        await work.mark()


class _Handing:
    """One hand-over: what has been handed over so far."""

    def __init__(self, desk: Desk, keeping: Keeping, job: Job, handover: Handover, folder: Path) -> None:
        self._desk, self._keeping, self._job = desk, keeping, job
        self._handover, self._folder = handover, folder
        self._handed: list[Handed] = []
        self._unmarked: list[int] = []
        self._marked_at = asyncio.get_running_loop().time()

    async def clips(self) -> list[Clip]:
        """The clips that have files, in order; the others are said."""
        ids = self._handover.ids
        found = {clip.id: clip for clip in await self._desk.parts.library.get(ids)}
        ready = []
        for number in ids:
            clip = found.get(number)
            if clip is None:
                self._job.problem(Reason.of("clip-unknown", name=number))
            elif clip.stage is not Stage.READY or not (clip.file or clip.outside):
                self._job.problem(Reason.of("clip-not-for-that", name=clip.name, stage=clip.stage.value))
            else:
                ready.append(clip)
        return ready

    async def each(self, clips: Sequence[Clip], place: Path) -> None:
        """One file a clip."""
        for number, clip in enumerate(clips):
            if self._job.stop.is_set():
                raise Stopped
            name = stem(self._handover.template, clip, number + 1, len(clips))
            self._job.tell(done=number, share=number / len(clips), name=name)
            try:
                await self._one(clip, place, name)
            except LibraryProblem:
                raise
            except DiskProblem as problem:
                if exporting.is_ours(problem, self._desk.parts.library.folders.file_of(clip)):
                    raise
                self._job.problem(Reason.of("clip-file-missing", file=clip.file or clip.outside))
            except Problem as problem:
                self._job.problem(problem.reason)
        self._job.tell(done=len(clips), name="")

    async def _one(self, clip: Clip, place: Path, name: str) -> None:
        source = self._desk.parts.library.folders.file_of(clip)
        await asyncio.to_thread(exporting.source_of, clip, source)
        file, first, last = await asyncio.to_thread(
            exporting.export, clip, source, place, name, self._handover, self._job
        )
        target = await asyncio.to_thread(place_free, file, self._folder, name)
        await self._have([Handed(clip, target.name, first, last)], target)

    async def join(self, clips: Sequence[Clip], place: Path) -> None:
        """One file of all."""
        folders = self._desk.parts.library.folders
        there, sources = [], []
        for clip in clips:
            try:
                sources.append(await asyncio.to_thread(exporting.source_of, clip, folders.file_of(clip)))
                there.append(clip)
            except Problem as problem:
                self._job.problem(problem.reason)
        if not there:
            return
        more = f" +{len(there) - 1}" if len(there) > 1 else ""
        name = stem(self._handover.template, there[0], 1, 1) + more
        self._job.tell(name=name)
        file, copied = await asyncio.to_thread(exporting.join, there, sources, place, name, self._handover, self._job)
        target = await asyncio.to_thread(place_free, file, self._folder, name)
        self._job.tell(done=len(clips), name="", notes=(Reason.of("joined-copied" if copied else "joined-encoded"),))
        await self._have(exporting.places(there, target.name, self._handover), target)

    async def _have(self, handed: Sequence[Handed], target: Path) -> None:
        """These clips are out of the house."""
        ids = [one.clip.id for one in handed]
        progress = self._job.progress
        self._job.tell(files=(*progress.files, str(target)), clips=(*progress.clips, *ids))
        self._handed += handed
        self._unmarked += ids
        now = asyncio.get_running_loop().time()
        if now - self._marked_at > _MARK_EVERY:
            await self.mark()
            self._marked_at = now

    async def mark(self) -> None:
        """Let the clips know that they were handed over."""
        ids, self._unmarked, now = self._unmarked, [], now_ms()
        try:
            await self._keeping.change_all(ids, lambda clip: replace(clip, handed=now))
        except LibraryProblem:
            raise
        except Refused:  # all of them were deleted with the trash meanwhile
            log.info("%d clips that were handed over are no longer there", len(ids))

    async def beside(self, place: Path) -> None:
        """The timeline and the list, which tell of the files that are there."""
        if not self._handed:
            return
        clip = self._handed[0].clip
        name = file_stem("{date} {project}", NameParts(now_ms(), clip.project, "", "", 0, clip.name), with_id=False)
        for file in await asyncio.to_thread(_write_beside, place, name, self._handed, self._handover):
            target = await asyncio.to_thread(place_free, file, self._folder, name)
            self._job.tell(files=(*self._job.progress.files, str(target)))


def _write_beside(place: Path, name: str, handed: Sequence[Handed], handover: Handover) -> list[Path]:
    """What is asked for, finished in `place` (blocking)."""
    written = []
    if handover.otio:
        written.append(place / "timeline.otio")
        timelines.write(written[-1], name, handed, Path(handover.folder), recipes=handover.recipes)
    if handover.listing is Listing.CSV:
        written.append(place / "list.csv")
        write_whole(written[-1], listing.to_csv(handed).encode("utf-8-sig"))  # the mark tells spreadsheets
    if handover.listing is Listing.JSON:
        written.append(place / "list.json")
        write_whole(written[-1], listing.to_json(handed).encode())
    return written


def _check_outside(clips: Path, folder: Path) -> None:
    """The library's own clips are no place for copies of them (blocking)."""
    if folder.resolve().is_relative_to(clips.resolve()):
        raise Refused("handover-inside", folder=str(folder))
