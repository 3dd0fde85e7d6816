"""The life of a task after its submit: it waits, it is rendered, it is done; a restart goes on where it was."""

import asyncio
import logging
import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from seedance_desktop.demo.film import Stopped
from seedance_desktop.demo.store import Store, Task

PENDING: Final = (1.0, 2.0)  # seconds a task stands in the queue, at least
AT_LEAST: Final = 4.0  # seconds from submit to clip, at least: quicker than that nobody believes it
REFUSED: Final = "InputTextSensitiveContentDetected"
BROKEN: Final = "InternalServiceError"
_REFUSE: Final = re.compile(r"\brefuse\b", re.IGNORECASE)
_log = logging.getLogger(__name__)

Render = Callable[[Task, Path, Callable[[], bool]], None]


class Rendering:
    """Carries every unfinished task to its end, one picture machine at a time so that the computer stays usable."""

    def __init__(self, store: Store, render: Render, *, speed: float = 1.0) -> None:
        """`render(task, path, stopped)` draws a clip in a worker thread; `speed` divides the waiting times."""
        self._store = store
        self._render = render
        self._speed = speed
        self._machine = asyncio.Semaphore(1)
        self._stopped = threading.Event()
        self._lives: set[asyncio.Task[None]] = set()

    def begin(self, task: Task) -> None:
        """Start or go on with a task."""
        life = asyncio.create_task(self._live(task), name=f"render {task.id}")
        self._lives.add(life)
        life.add_done_callback(self._lives.discard)

    async def close(self) -> None:
        """Stop at once; what isn't finished is begun again at the next start."""
        self._stopped.set()
        lives = list(self._lives)
        for life in lives:
            life.cancel()
        await asyncio.gather(*lives, return_exceptions=True)

    async def _live(self, task: Task) -> None:
        async with self._machine:  # first come, first rendered
            await self._until(task, random.Random(task.id).uniform(*PENDING))
            task = await self._put(task, "processing")
            failure = REFUSED if _REFUSE.search(task.order.prompt) else await self._draw(task)
        await self._until(task, AT_LEAST)
        await self._put(task, "failed" if failure else "completed", failure)

    async def _draw(self, task: Task) -> str | None:
        """Render the clip, unless a run before this one did; return the failure's code, if any."""
        path = self._store.clip(task)
        try:
            if not path.exists():
                await asyncio.to_thread(self._render, task, path, self._stopped.is_set)
        except Stopped:
            raise asyncio.CancelledError from None
        except Exception:  # noqa: BLE001  whatever breaks, the task must end and say so
            _log.exception("rendering %s", task.id)
            return BROKEN
        return None

    async def _put(self, task: Task, status: str, failure: str | None = None) -> Task:
        changed = replace(task, status=status, failure=failure)
        return await asyncio.to_thread(partial(self._store.put, changed))

    async def _until(self, task: Task, age: float) -> None:
        """Wait until a task is `age` seconds old; a clock that was set back must not make it wait for long."""
        wanted = age / self._speed
        await asyncio.sleep(min(wanted, max(0.0, task.created + wanted - time.time())))
