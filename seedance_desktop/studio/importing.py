"""The job that brings videos in from outside: each looked into, copied or referenced, and put on the shelf."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from seedance_desktop.domain.clip import Clip, Footage, Stage
from seedance_desktop.domain.errors import BadClip, DiskProblem, LibraryProblem, Problem
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.recipe import Recipe
from seedance_desktop.library.files import Folders
from seedance_desktop.media import clips

from . import arriving, copying, names, outside, rooms
from .desk import Desk
from .job import Job, Stopped
from .keeping import Keeping
from .parts import now_ms
from .pictures import Pictures
from .staging import staged

log = logging.getLogger(__name__)


async def import_clips(
    desk: Desk, keeping: Keeping, pictures: Pictures, job: Job, paths: Sequence[Path], *, reference: bool
) -> None:
    """Take every video in, one after the other; what is none is said and passed over.

    A file that the library has already isn't doubled: it comes out of the trash, if it is there. Raises `Stopped`,
    `DiskProblem` and `LibraryProblem` where the library can't be written.
    """
    files = await asyncio.to_thread(outside.expand, paths)
    job.tell(total=len(files))
    sizes = await asyncio.to_thread(outside.sizes, files)
    async with staged(desk, desk.parts.library.folders.clips) as place:
        intake = _Intake(desk, keeping, pictures, job, place, reference=reference)
        intake.knows(await desk.parts.library.of_sizes(sizes))
        for number, file in enumerate(files):
            if job.stop.is_set():
                raise Stopped
            job.tell(done=number, share=number / len(files), name=file.name if isinstance(file, Path) else "")
            try:
                await intake.take(file)
            except (DiskProblem, LibraryProblem):
                raise
            except Problem as problem:
                job.problem(problem.reason)
        job.tell(done=len(files), name="")


class _Intake:
    """One import: what the library knows, and what has come in so far."""

    def __init__(
        self, desk: Desk, keeping: Keeping, pictures: Pictures, job: Job, place: Path, *, reference: bool
    ) -> None:
        self._desk, self._keeping, self._pictures, self._job = desk, keeping, pictures, job
        self._place, self._reference = place, reference
        self._folders = desk.parts.library.folders
        self._known: defaultdict[int, list[Clip]] = defaultdict(list)

    def knows(self, found: Sequence[Clip]) -> None:
        """These are there."""
        for clip in found:
            if clip.footage and (clip.file or clip.outside):
                self._known[clip.footage.size].append(clip)

    async def take(self, file: Path | Problem) -> None:
        if isinstance(file, Problem):
            raise file
        known = await asyncio.to_thread(outside.print_of, file)
        for twin in self._known[known.size]:
            if await asyncio.to_thread(outside.same, self._folders.file_of(twin), known):
                await self._meet(twin)
                return
        footage, recipe, carries = await asyncio.to_thread(outside.look, file)
        clip = await self._bring(file, footage, await self._pictures.joined(recipe) if carries else recipe)
        self._known[known.size].append(clip)
        self._job.tell(clips=(*self._job.progress.clips, clip.id))

    async def _meet(self, twin: Clip) -> None:
        """It is there already; the one in the trash is wanted again."""
        await self._keeping.restore([twin.id])
        progress = self._job.progress
        if twin.id not in progress.clips:
            self._job.tell(clips=(*progress.clips, twin.id), known=(*progress.known, twin.id))

    async def _bring(self, file: Path, footage: Footage, recipe: Recipe) -> Clip:
        desk = self._desk
        [number] = await desk.fresh_ids(1)
        now = now_ms()
        clip = Clip(number, recipe, now, "", Money(0), number, stage=Stage.READY, done=now, footage=footage, place=now)
        inside = await asyncio.to_thread(_inside, self._folders, file)
        staged_file = None
        if inside or self._reference:
            clip = replace(clip, file=inside, outside="" if inside else str(file))
        else:
            staged_file = self._place / f"{clip.name}{file.suffix.lower()}"
            await asyncio.to_thread(self._copy, file, staged_file, footage)
            stem = names.stem(clip, desk.parts.preferences.file_names)
            clip = replace(clip, file=f"clips/{stem}{staged_file.suffix}")
        poster = await asyncio.to_thread(_poster, self._folders, clip, staged_file or file)
        return desk.note(await arriving.arrive(desk, replace(clip, poster=poster), staged_file))

    def _copy(self, file: Path, target: Path, footage: Footage) -> None:
        """The whole file into the hidden folder, if there is room (blocking)."""
        rooms.check(target.parent, footage.size)
        try:
            copying.copy(file, target, self._job.share, self._job.stop)
        except DiskProblem:
            target.unlink(missing_ok=True)
            raise


def _inside(folders: Folders, file: Path) -> str:
    """The stored name of a file that lies among the library's clips already; empty for any other (blocking)."""
    real = file.resolve()
    return f"clips/{real.name}" if real.parent == folders.clips.resolve() else ""


def _poster(folders: Folders, clip: Clip, source: Path) -> str:
    poster = f"posters/{clip.name}.jpg"
    try:
        clips.poster(source, folders.inside(poster))
    except BadClip as problem:
        log.warning("clip %s has no poster: %s", clip.name, problem.reason.code)
        return ""
    return poster
