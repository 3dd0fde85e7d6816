"""The long jobs beside the clips under way: one after the other, each with a number, progress, and a way to stop."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from seedance_desktop.domain.errors import DiskProblem, LibraryProblem, Problem
from seedance_desktop.domain.handover import Handover, check
from seedance_desktop.domain.news import JobKind, JobProgress, JobState
from seedance_desktop.domain.reason import Reason

from . import arriving, staging
from .desk import Desk
from .job import Job, Stopped
from .keeping import Keeping
from .pictures import Pictures

log = logging.getLogger(__name__)

Work = Callable[[Job], Coroutine[Any, Any, None]]


class Jobs:
    """Handing over and importing. What each has finished stays, however it ends; nothing half is ever left."""

    def __init__(self, desk: Desk, keeping: Keeping, pictures: Pictures) -> None:
        """No job begins before one is asked for."""
        self._desk, self._keeping, self._pictures = desk, keeping, pictures
        self._jobs: dict[int, Job] = {}
        self._waiting: deque[tuple[Job, Work]] = deque()
        self._runner: asyncio.Task[None] | None = None
        self._last = 0

    async def open(self) -> None:
        """Finish what a job that was killed had as good as done, and clear away the rest."""
        try:
            await staging.sweep(self._desk, arriving.finish)
        except (DiskProblem, LibraryProblem) as problem:  # what is paid for doesn't wait for this; the next start does
            log.warning("what a job has left stays: %s", problem.reason.code)

    def hand_over(self, handover: Handover) -> int:
        """Export clips for the editor, in order; the job's number. Raises `BadRecipe` for what cannot be asked."""
        handover = check(handover)

        async def work(job: Job) -> None:
            from . import handing  # what decodes is not imported for the first paint

            await handing.hand_over(self._desk, self._keeping, job, handover)

        return self._start(JobKind.HAND_OVER, work)

    def import_clips(self, paths: Sequence[str | Path], *, reference: bool = False) -> int:
        """Videos from outside into the library, copied or referenced where they lie; the job's number."""
        files = [Path(path) for path in paths]

        async def work(job: Job) -> None:
            from . import importing

            await importing.import_clips(self._desk, self._keeping, self._pictures, job, files, reference=reference)

        return self._start(JobKind.IMPORT, work)

    def cancel(self, number: int) -> None:
        """Stop a job as soon as it can be; what it has finished stays. A job that has ended is none any more."""
        job = self._jobs.get(number)
        if job is None:
            return
        job.stop.set()
        for waiting in [one for one in self._waiting if one[0] is job]:
            self._waiting.remove(waiting)
            self._end(job, JobState.CANCELLED)

    async def over(self, number: int) -> JobProgress:
        """Wait for the end of a job; how it ended. Raises `KeyError` for one that has ended before."""
        job = self._jobs[number]
        await job.ended.wait()
        return job.progress

    async def close(self, patience: float) -> None:
        """Cancel everything, and wait until what runs has cleared up behind itself; not for a disk that hangs."""
        for number in list(self._jobs):
            self.cancel(number)
        if self._runner is None or self._runner.done():
            return
        await asyncio.wait([self._runner], timeout=patience)
        if not self._runner.done():
            log.warning("a job does not stop; the next start clears up")
            self._runner.cancel()
            await asyncio.wait([self._runner])

    def _start(self, kind: JobKind, work: Work) -> int:
        if self._desk.closing:
            raise Problem("closing")
        self._last += 1
        job = Job(self._last, kind, self._desk.say)
        self._jobs[self._last] = job
        self._waiting.append((job, work))
        job.tell()
        if self._runner is None or self._runner.done():
            self._runner = asyncio.create_task(self._run(), name="jobs")
        return self._last

    async def _run(self) -> None:
        while self._waiting:
            job, work = self._waiting.popleft()
            await self._carry_out(job, work)

    async def _carry_out(self, job: Job, work: Work) -> None:
        job.tell(state=JobState.RUNNING)
        try:
            await work(job)
        except Problem as problem:
            self._end(job, JobState.FAILED, _reason(problem))
        except Stopped:
            self._end(job, JobState.CANCELLED)
        except asyncio.CancelledError:
            self._end(job, JobState.CANCELLED)
            raise
        except Exception as error:
            log.exception("job %d broke off", job.progress.number)
            self._end(job, JobState.FAILED, Reason.of("unexpected", detail=type(error).__name__))
        else:
            self._end(job, JobState.DONE)

    def _end(self, job: Job, state: JobState, reason: Reason | None = None) -> None:
        stopped = job.stop.is_set() and state is not JobState.DONE
        job.end(JobState.CANCELLED if stopped else state, None if stopped else reason)
        self._jobs.pop(job.progress.number, None)


def _reason(problem: Problem) -> Reason:
    """A disk's trouble in a job is the end of the job: nothing goes on by itself."""
    if isinstance(problem, DiskProblem) and problem.reason.code.startswith("disk-"):
        return Reason(f"job-{problem.reason.code}", problem.reason.facts)
    return problem.reason
