"""One long job as its own work sees it: how far it is, and whether it is to stop."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from seedance_desktop.domain.news import JobKind, JobProgress, JobState, News
from seedance_desktop.domain.reason import Reason
from seedance_desktop.media.working import Stopped

__all__ = ["Job", "Stopped"]

_SAY_EVERY = 0.1


class Job:
    """One job as its own work sees it; lives on the studio's loop, but for `stop` and `share`."""

    def __init__(self, number: int, kind: JobKind, say: Callable[[News], None]) -> None:
        """Nothing is done yet."""
        self.progress = JobProgress(number, kind)
        self.stop = threading.Event()
        self.ended = asyncio.Event()
        self._say = say
        self._loop = asyncio.get_running_loop()
        self._said = self._shared = 0.0
        self._later: asyncio.TimerHandle | None = None

    def tell(self, **changes: Any) -> None:
        """Other facts of the progress, said at most ten times a second; another state, and the last facts, always."""
        before, self.progress = self.progress, replace(self.progress, **changes)
        if self.progress.state is not before.state:
            self._say_now()
        elif self._later is None:
            wait = max(0.0, self._said + _SAY_EVERY - self._loop.time())
            self._later = self._loop.call_later(wait, self._say_now) if wait else None
            if not wait:
                self._say_now()

    def problem(self, reason: Reason) -> None:
        """Something was passed over; the rest goes on."""
        self.tell(problems=(*self.progress.problems, reason))

    def share(self, part: float) -> None:
        """How much of the present clip is done, from 0 to 1; from any thread, as often as it likes."""
        now = time.monotonic()
        if now - self._shared >= _SAY_EVERY:
            self._shared = now
            self._loop.call_soon_threadsafe(self._share, part)

    def _share(self, part: float) -> None:
        if self.progress.state is JobState.RUNNING:
            total = max(1, self.progress.total)
            self.tell(share=min(1.0, (self.progress.done + part) / total))

    def end(self, state: JobState, reason: Reason | None = None) -> None:
        """Nothing more is said after this."""
        share = 1.0 if state is JobState.DONE else self.progress.share
        self.progress = replace(self.progress, state=state, reason=reason, share=share)
        self._say_now()
        self.ended.set()

    def _say_now(self) -> None:
        if self._later is not None:
            self._later.cancel()
            self._later = None
        self._said = self._loop.time()
        self._say(self.progress)
