"""What all lives share: saving before saying, the clips under way, and the studio's health."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from seedance_desktop.domain.address import host
from seedance_desktop.domain.catalogue import DEMO
from seedance_desktop.domain.clip import Clip, new_id
from seedance_desktop.domain.errors import DiskProblem, LibraryProblem, Problem
from seedance_desktop.domain.news import ClipSaved, Health, News
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.trouble import Halt, Trouble, worst_first

from .parts import Parts
from .queue import Queue

log = logging.getLogger(__name__)
T = TypeVar("T")

_SLICE = 5.0  # seconds of a nap after which the clock on the wall is looked at
_SLEPT = 10.0  # seconds that it may be ahead before the machine must have slept


@dataclass(slots=True)
class Desk:
    """Shared by the verbs and the lives; lives on the studio's loop."""

    parts: Parts
    queue: Queue
    clips: dict[int, Clip] = field(default_factory=dict)
    listeners: list[Callable[[News], None]] = field(default_factory=list)
    online: bool | None = None
    closing: bool = False
    unreached: dict[str, int] = field(default_factory=dict)
    next_look: dict[int, float] = field(default_factory=dict)  # the loop's time from which a clip may be polled again
    mended: Counter[str] = field(default_factory=Counter)  # how often a gateway's key or balance was said to be mended
    packing: asyncio.Lock = field(default_factory=asyncio.Lock)  # held from a clip's turn until its POST begins
    _failing: int = 0  # saves that wait for the disk now
    _bell: asyncio.Event = field(default_factory=asyncio.Event)

    # Saving, then saying

    async def save(self, clip: Clip, *, record: bool = False) -> Clip:
        """The clip saved, however long the disk takes to come back; then said."""
        await self.surely(lambda: self.parts.library.save(clip, record=record))
        return self.note(clip)

    async def surely(self, save: Callable[[], Awaitable[T]]) -> T:
        """Do `save` until the disk takes it: what is known of money must not be lost for a full disk."""
        failures = 0
        try:
            while True:
                try:
                    return await save()
                except (DiskProblem, LibraryProblem) as problem:
                    self._failing += not failures
                    failures += 1
                    self.disk_trouble(problem)
                    await self.nap(self.parts.pace.backoff(failures))
        finally:
            if failures:
                self._failing -= 1
                if not self._failing:
                    self.clear(Halt.DISK_FULL, Halt.FOLDER_GONE)

    def note(self, clip: Clip) -> Clip:
        """Remember a clip that is on disk in this state, and say so."""
        self.clips[clip.id] = clip
        if clip.stage.settled:
            self.drop(clip)
        self.say(ClipSaved(clip))
        return clip

    def drop(self, clip: Clip) -> None:
        """The clip is no longer under way. Where nothing else asks its gateway, nobody knows any more if it answers."""
        self.clips.pop(clip.id, None)
        asked = any(one.gateway == clip.gateway for one in self.clips.values())
        if not asked and self.queue.clear(Halt.OFFLINE, gateway=clip.gateway):
            self.online = None
            self.say_health()

    def say(self, news: News) -> None:
        """Tell every listener; one that fails is its own fault and stops nobody."""
        for listener in self.listeners:
            try:
                listener(news)
            except Exception:
                log.exception("a listener failed on %s", type(news).__name__)

    async def fresh_ids(self, count: int) -> list[int]:
        """Ids that no clip has."""
        while True:
            ids = [new_id() for _ in range(count)]
            if len(set(ids)) == count and not await self.parts.library.get(ids):
                return ids

    # Health

    def health(self) -> Health:
        """The studio as a whole."""
        return Health(
            tuple(worst_first(list(self.queue.troubles.values()))),
            self.online,
            sum(clip.stage.in_flight for clip in self.clips.values()),
            self.queue.paused,
            self.closing,
        )

    def say_health(self) -> None:
        """Say how the studio is."""
        self.say(self.health())

    def trouble(self, halt: Halt, reason: Reason, gateway: str = "") -> None:
        """Something stops the studio (or one gateway) from here on."""
        if self.queue.halt(Trouble(halt, reason, gateway)):
            log.info("trouble: %s (%s)", halt.value, reason.code)
            self.say_health()

    def disk_trouble(self, problem: Problem) -> None:
        """The trouble that a failed write means."""
        full = problem.reason.code == "disk-full"
        self.trouble(Halt.DISK_FULL if full else Halt.FOLDER_GONE, problem.reason)

    def clear(self, *halts: Halt, gateway: str = "") -> None:
        """These causes are gone."""
        if self.queue.clear(*halts, gateway=gateway):
            self.say_health()

    def reached(self, gateway: str, *, yes: bool, reason: Reason | None = None) -> None:
        """The gateway could or could not be reached just now."""
        self.unreached[gateway] = 0 if yes else self.unreached.get(gateway, 0) + 1
        if yes:
            changed = self.online is not True
            self.online = True
            if self.queue.clear(Halt.OFFLINE, gateway=gateway) or changed:
                self.say_health()
            return
        self.online = False
        self.trouble(Halt.OFFLINE, reason or Reason.of("offline", gateway=self.shown(gateway)), gateway)

    def shown(self, gateway: str) -> str:
        """A gateway's name for people."""
        return gateway if gateway == DEMO else host(gateway)

    # Time

    async def nap(self, seconds: float) -> None:
        """Wait, or until `ring`, or until the machine has slept meanwhile: then it is time to try."""
        bell, loop = self._bell, asyncio.get_running_loop()
        end = loop.time() + seconds
        while (left := end - loop.time()) > 0 and not bell.is_set():
            slice_of_time, wall = min(left, _SLICE), time.time()
            try:
                async with asyncio.timeout(slice_of_time):  # wait_for of Python 3.11 may swallow a cancel
                    await bell.wait()
            except TimeoutError:
                if time.time() - wall > slice_of_time + _SLEPT:
                    return

    def ring(self, *, asked: bool = False) -> None:
        """Wake everything that naps; with `asked`, the gateway's own wish to wait is passed over."""
        self._bell.set()
        self._bell = asyncio.Event()
        self.queue.release_holds(asked=asked)

    async def until(self, when: float) -> None:
        """Wait until a time of the loop's clock, exactly: qasync's timers fire up to 5 % early."""
        loop = asyncio.get_running_loop()
        while (left := when - loop.time()) > 0:  # noqa: ASYNC110 - time itself is awaited, no event
            await asyncio.sleep(left)
