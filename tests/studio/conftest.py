"""A studio of real parts at a far end that misbehaves, which can be left as a crash leaves it and opened again."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.news import ClipRemoved, ClipSaved, Fetched, Health, News
from seedance_desktop.domain.pacing import Pace
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.recipe import Draft, Recipe
from seedance_desktop.domain.trouble import Halt
from seedance_desktop.gateway import Gateway
from seedance_desktop.library import Library
from seedance_desktop.studio import Parts, Studio
from seedance_desktop.system.keys import Keys
from tests.faults.fixtures import client, far, mp4, small_disk
from tests.faults.gateway import PATIENCE, FaultGateway

__all__ = ["client", "far", "mp4", "small_disk"]

PACE = Pace(poll=0.02, margin=0.0, longest_backoff=0.05, not_found_grace=0.2, closing=PATIENCE)


class Bench:
    """One library folder, and the studios that come and go over it. `said` is all news in order."""

    def __init__(self, folder: Path, far: FaultGateway, client: Gateway) -> None:
        self.folder, self.far, self.client = folder, far, client
        self.keys = Keys("session", {far.address: far.key})
        self.preferences = Preferences()
        self.pace = PACE
        self.said: list[News] = []
        self.clips: dict[int, Clip] = {}
        self.health = Health()
        self.is_open = False
        self._heard = asyncio.Event()
        self._before: set[asyncio.Task[object]] = set()

    async def open(self, **how: Any) -> list[Clip]:
        """A new studio over the folder, as at the start of the program."""
        self._before = asyncio.all_tasks()
        self.library = await asyncio.to_thread(Library.open, self.folder)
        parts = Parts(self.library, self.client, self.keys, self.preferences, lambda gateway: gateway, self.pace, 0)
        self.studio = Studio(parts)
        self.studio.listen(self._hear)
        self.is_open = True
        clips = await self.studio.open(**how)
        known = await self.library.get(self.clips)
        self.clips |= {clip.id: clip for clip in (*known, *clips)}
        return clips

    async def open_for_own(self) -> None:
        """As a command does: nothing that it finds is its business, and neither is the pause."""
        await self.open(carry_on=lambda _clip: False, heed_pause=False)

    async def close(self) -> bool:
        """The end of the program in good order."""
        self.is_open = False
        finished = await self.studio.close()
        await asyncio.to_thread(self.library.close)
        return finished

    async def crash(self) -> None:
        """The end of the program by a power cut: nothing is said, nothing is waited for."""
        self.is_open = False
        own = {task for task in asyncio.all_tasks() - self._before if task is not asyncio.current_task()}
        for task in own:
            task.cancel()
        await asyncio.gather(*own, return_exceptions=True)
        self.studio._desk.queue.close()
        self.library.close()

    def _hear(self, news: News) -> None:
        self.said.append(news)
        if isinstance(news, ClipSaved):
            self.clips[news.clip.id] = news.clip
        elif isinstance(news, ClipRemoved):
            self.clips.pop(news.id, None)
        elif isinstance(news, Health):
            self.health = news
        self._heard.set()

    async def until(self, true: Callable[[], object]) -> None:
        """Wait until something said makes it true."""
        async with asyncio.timeout(PATIENCE):
            while not true():
                self._heard.clear()
                await self._heard.wait()

    async def stage(self, clip: int | Clip, *stages: Stage) -> Clip:
        """Wait until a clip is at one of these stages."""
        number = clip.id if isinstance(clip, Clip) else clip
        await self.until(lambda: self.clips[number].stage in stages)
        return self.clips[number]

    async def halted(self, *halts: Halt) -> Health:
        """Wait until exactly these troubles are said."""
        await self.until(lambda: tuple(trouble.halt for trouble in self.health.troubles) == halts)
        return self.health

    async def generate(self, takes: int = 1, prompt: str = "a fox", undo: float = 0.0) -> list[Clip]:
        """One click."""
        return await self.studio.generate(Draft(Recipe(prompt), takes), self.far.address, undo_seconds=undo)

    async def ready(self, takes: int = 1) -> list[Clip]:
        """Clips made from click to shelf."""
        return [await self.stage(clip, Stage.READY) for clip in await self.generate(takes)]

    def stages(self, clip: Clip) -> list[Stage]:
        """The stages of a clip in the order in which they were said, each once."""
        said = [news.clip.stage for news in self.said if isinstance(news, ClipSaved) and news.clip.id == clip.id]
        return list(dict.fromkeys(said))

    def fetched(self, clip: Clip) -> list[int]:
        """How many bytes were said to be there."""
        return [news.got for news in self.said if isinstance(news, Fetched) and news.id == clip.id]

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """What is on disk at this moment, seen by another program."""
        with closing(sqlite3.connect(f"file:{self.folder / 'library.sqlite'}?mode=ro", uri=True)) as other:
            return other.execute(sql).fetchall()

    def submits(self) -> list[tuple[object, ...]]:
        """Verdict and task of every submit on disk."""
        return self.rows("SELECT verdict, task FROM submits ORDER BY id")

    def submits_with(self, verdict: str) -> int:
        """How many submits on disk have this verdict."""
        return sum(one == verdict for one, _ in self.submits())

    def prefer(self, **changes: object) -> None:
        """Use other preferences."""
        self.preferences = replace(self.preferences, **changes)  # type: ignore[arg-type]
        self.studio.prefer(self.preferences)


@pytest.fixture
async def closed(tmp_path: Path, far: FaultGateway, client: Gateway) -> AsyncIterator[Bench]:
    """A bench whose studio is not open yet; what is open at the end is closed."""
    made = Bench(tmp_path / "library", far, client)
    yield made
    if made.is_open:
        await made.close()


@pytest.fixture
async def bench(closed: Bench) -> Bench:
    """A bench with an open studio."""
    await closed.open()
    return closed
