"""Clips as they stand, and what their owner says of them: stars, flags, tags, notes, the trash."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from seedance_desktop.domain.clip import Clip, Flag, Stage
from seedance_desktop.domain.errors import Refused
from seedance_desktop.domain.recipe import whole

from .desk import Desk
from .parts import now_ms


class Keeping:
    """What can be changed about a clip without touching its life."""

    def __init__(self, desk: Desk, verb: asyncio.Lock) -> None:
        """Over the studio's library; one verb at a time, under the studio's own lock."""
        self._desk, self._verb = desk, verb

    async def judge(self, clip: int, stars: int, flag: Flag) -> Clip:
        """Stars from 0 to 5 and pick or reject."""
        return await self.change(clip, lambda one: replace(one, stars=min(5, max(0, stars)), flag=flag))

    async def annotate(self, clip: int, tags: Sequence[str], notes: str) -> Clip:
        """Tags (one line each) and notes."""
        clean = tuple(dict.fromkeys(" ".join(whole(tag).split()) for tag in tags if tag.strip()))
        return await self.change(clip, lambda one: replace(one, tags=clean, notes=whole(notes)))

    async def trash(self, clips: Iterable[int]) -> list[Clip]:
        """Move settled clips to the trash; their files stay until it is emptied."""
        now = now_ms()
        return [await self.change(one, lambda clip: replace(clip, trashed=now)) for one in clips]

    async def restore(self, clips: Iterable[int]) -> list[Clip]:
        """Take clips out of the trash."""
        return [await self.change(one, lambda clip: replace(clip, trashed=0)) for one in clips]

    async def change(self, clip: int, change: Callable[[Clip], Clip], *stages: Stage) -> Clip:
        """A clip that has settled (or is in one of `stages`), changed and saved with its record."""
        async with self._verb:
            stages = stages or (Stage.READY, Stage.FAILED, Stage.CANCELLED)
            changed = change(await self.clip(clip, *stages))
            await self._desk.parts.library.save(changed, record=True)
            return self._desk.note(changed)

    async def clip(self, clip: int, *stages: Stage) -> Clip:
        """The clip as it stands; raises `Refused` if there is none or it is in none of `stages`."""
        known = self._desk.clips.get(clip)
        if known is None:
            found = await self._desk.parts.library.get([clip])
            if not found:
                raise Refused("clip-unknown", name=clip)
            known = found[0]
        if stages and known.stage not in stages:
            raise Refused("clip-not-for-that", name=known.name, stage=known.stage.value)
        return known
