"""The life of one clip, from top to bottom: one task a clip, entered at whatever stage its row is in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from seedance_desktop.domain.clip import Clip, Stage, Verdict
from seedance_desktop.domain.reason import Reason

from .desk import Desk
from .fetching import fetch
from .sending import Post, send
from .watching import watch

log = logging.getLogger(__name__)

_DOWNLOADS_AT_ONCE = 3
_MOST_FAULTS = 6
_CANCEL_AGAIN = 0.5


class Lives:
    """Every clip under way has a task here; every POST that is out has another, which nothing but the end cuts."""

    def __init__(self, desk: Desk) -> None:
        """No life begins before `start`."""
        self._desk = desk
        self._downloads = asyncio.Semaphore(_DOWNLOADS_AT_ONCE)
        self._lives: dict[int, asyncio.Task[None]] = {}
        self.posts: dict[int, Post] = {}

    def start(self, clip: Clip, *, found: bool = False) -> None:
        """Begin a clip's life at its stage; `found` if it was under way before."""
        if self._desk.closing:  # it is on disk, and goes on at the next start
            return
        self._desk.clips[clip.id] = clip
        if clip.stage is Stage.WAITING:
            self._desk.queue.occupy(clip.id)
        life = asyncio.create_task(self._live(clip, found=found), name=f"clip {clip.name}")
        self._lives[clip.id] = life
        life.add_done_callback(
            lambda done: self._lives.pop(clip.id, None) if self._lives.get(clip.id) is done else None
        )

    def posting(self, clip: int) -> bool:
        """Whether a POST of this clip is out."""
        post = self.posts.get(clip)
        return post is not None and not post.done()

    async def stop(self, *clips: int) -> None:
        """End these lives where they stand, all at once; a POST of theirs that is out goes on."""
        await _end([self._lives[clip] for clip in clips if clip in self._lives])

    def hold(self) -> None:
        """Send nothing more: what is planned stays so, on disk; POSTs that are out and what is paid for go on."""
        for number, life in self._lives.items():
            clip = self._desk.clips.get(number)
            if clip is not None and clip.stage is Stage.PLANNED and not self.posting(number):
                life.cancel()

    async def close(self, patience: float) -> bool:
        """End every life; wait so many seconds for POSTs that are out. False if one was still out at the end."""
        for life in self._lives.values():
            life.cancel()
        if self.posts:
            await asyncio.wait(self.posts.values(), timeout=patience)
        left = list(self.posts.values())
        await _end([*left, *self._lives.values()])
        return not left

    async def _live(self, clip: Clip, *, found: bool) -> None:
        """All stages to the end: that is also all of crash recovery."""
        faults = 0
        while not clip.stage.settled:
            try:
                clip = await self._step(clip, found=found)
                found = False
            except Exception as error:  # a fault of ours must not leave a paid clip unwatched
                faults += 1
                log.exception("the life of clip %s broke off at %s", clip.name, clip.stage)
                await self._desk.nap(self._desk.parts.pace.backoff(faults))
                clip, found = self._desk.clips.get(clip.id, clip), True
                if faults >= _MOST_FAULTS and clip.stage is Stage.FETCHING:
                    clip = await self._give_up(clip, error)

    async def _step(self, clip: Clip, *, found: bool) -> Clip:
        match clip.stage:
            case Stage.PLANNED:
                return await send(self._desk, self.posts, clip)
            case Stage.SENDING:
                return await self._desk.surely(lambda: recover(self._desk, clip))
            case Stage.WAITING:
                return await watch(self._desk, clip, at_once=found)
            case _:
                return await fetch(self._desk, self._downloads, clip)

    async def _give_up(self, clip: Clip, error: Exception) -> Clip:
        """A download that breaks our own code again and again fails, and says so: Retry goes on without a charge."""
        reason = Reason.of("unexpected", detail=type(error).__name__)
        return await self._desk.save(replace(clip, stage=Stage.FAILED, reason=reason), record=True)


async def _end(tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Cancel tasks until they have ended: a cancel that meets an answer or a timer can get lost below us."""
    while left := [task for task in tasks if not task.done()]:
        for task in left:
            task.cancel()
        await asyncio.wait(left, timeout=_CANCEL_AGAIN)
    await asyncio.gather(*tasks, return_exceptions=True)


async def recover(desk: Desk, clip: Clip) -> Clip:
    """The program ended while this was being sent: nobody knows whether it was charged. Raises what the disk does."""
    reason = Reason.of("ended-while-sending")
    unsure = replace(clip, stage=Stage.UNSURE, reason=reason)
    saved = await desk.parts.library.end_submit(unsure, Verdict.UNSURE, reason)
    await desk.parts.library.record(saved)
    return desk.note(saved)
