"""Clips as they stand, and what their owner says of them: stars, flags, tags, notes, ranges, the trash."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from seedance_desktop.domain.clip import Clip, Flag, Stage
from seedance_desktop.domain.errors import Problem, Refused
from seedance_desktop.domain.news import ClipRemoved

from .desk import Desk
from .judging import Judgement, Steps, marked, noted, tagged, taken_back
from .parts import now_ms

_STILL = (Stage.READY, Stage.FAILED, Stage.CANCELLED)
_AT_ONCE = 50  # clips of a batch that are saved in one go: what is paid for never waits long for its turn to be saved


class Keeping:
    """What can be changed about a clip without touching its life."""

    def __init__(self, desk: Desk, verb: asyncio.Lock) -> None:
        """Over the studio's library; one verb at a time, under the studio's own lock."""
        self._desk, self._verb = desk, verb
        self._steps = Steps()
        self._judging = asyncio.Lock()  # an undo waits for the verb that it is to undo

    # Judging: each of these is one step that `undo_judging` takes back

    async def judge(self, clips: int | Iterable[int], stars: int | None = None, flag: Flag | None = None) -> list[Clip]:
        """Stars from 0 to 5 and pick or reject, of one clip or of many; None (or -1 stars) leaves what each has."""

        def judged(one: Clip) -> Clip:
            kept = one.stars if stars is None or stars < 0 else min(5, stars)
            return replace(one, stars=kept, flag=one.flag if flag is None else flag)

        return await self._judge(clips, judged)

    async def tag(self, clips: int | Iterable[int], add: Sequence[str] = (), remove: Sequence[str] = ()) -> list[Clip]:
        """Tags more and tags less."""
        return await self._judge(clips, lambda one: tagged(one, add, remove))

    async def note(self, clip: int, text: str) -> list[Clip]:
        """Other notes."""
        return await self._judge(clip, lambda one: noted(one, text))

    async def mark(self, clip: int, first: int, last: int) -> list[Clip]:
        """The range from frame `first` to `last`, inclusive, brought inside the footage; -1 is no mark."""
        return await self._judge(clip, lambda one: marked(one, first, last) if one.stage is Stage.READY else one)

    async def reject_rest(self, clip: int) -> list[Clip]:
        """Reject every other take of the clip's stack that is finished, not in the trash and no pick."""
        takes = await self._desk.parts.library.takes(clip)
        rest = [one.id for one in takes if one.id != clip and one.stage is Stage.READY and not one.trashed]
        return await self._judge(rest, lambda one: one if one.flag is Flag.PICK else replace(one, flag=Flag.REJECT))

    async def undo_judging(self) -> list[Clip]:
        """Take the last step of judging back that is left of this run; empty where there is none."""
        async with self._judging:
            while (step := self._steps.take()) is not None:
                try:
                    back = await self._change(step, partial(taken_back, step))
                except Problem:
                    self._steps.add(step)
                    raise
                if back or not step:  # otherwise its clips are gone for good
                    return back
        return []

    async def _judge(self, clips: int | Iterable[int], change: Callable[[Clip], Clip]) -> list[Clip]:
        before: dict[int, Judgement] = {}

        def noticed(one: Clip) -> Clip:
            changed = change(one)
            if changed != one:
                before[one.id] = Judgement.of(one)
            return changed

        async with self._judging:
            try:
                return await self.change_all([clips] if isinstance(clips, int) else clips, noticed)
            finally:
                self._steps.add(before)

    # The trash

    async def trash(self, clips: Iterable[int]) -> list[Clip]:
        """Move settled clips to the trash; their files stay until it is emptied."""
        now = now_ms()
        return await self.change_all(clips, lambda clip: replace(clip, trashed=clip.trashed or now))

    async def restore(self, clips: Iterable[int]) -> list[Clip]:
        """Take clips out of the trash."""
        return await self.change_all(clips, lambda clip: replace(clip, trashed=0))

    async def empty_trash(self, clips: Iterable[int]) -> list[int]:
        """Delete these clips' files for good, as far as they are in the trash; returns those that are gone.

        What a submit was sent for stays in the ledger. Raises `Problem("trash-file-stays")`, when all others are gone,
        where a file can't be deleted.
        """
        library = self._desk.parts.library
        gone: list[int] = []
        stuck: list[str] = []
        for some in _in_turn(clips):
            async with self._verb:
                found = [one for one in await library.get(some) if one.trashed and one.stage is Stage.READY]
                kept = await library.delete_trashed([one.id for one in found])
            stuck += kept
            for one in found:
                if not (one.file and one.file in kept):
                    gone.append(one.id)
                    self._desk.say(ClipRemoved(one.id))
        if stuck:
            raise Problem("trash-file-stays", name=Path(stuck[0]).name, count=len(stuck))
        return gone

    # Changing

    async def change(self, clip: int, change: Callable[[Clip], Clip], *stages: Stage) -> Clip:
        """A clip that has settled (or is in one of `stages`), changed and saved with its record."""
        async with self._verb:
            changed = change(await self.clip(clip, *(stages or _STILL)))
            await self._desk.parts.library.save(changed, record=True)
            return self._desk.note(changed)

    async def change_all(self, clips: Iterable[int], change: Callable[[Clip], Clip]) -> list[Clip]:
        """Each clip that has settled, changed and saved with its record; returns those that did change.

        Clips under way are passed over. Raises `Refused` where there are no others.
        """
        ids = list(dict.fromkeys(clips))
        met: list[int] = []

        def noticed(one: Clip) -> Clip:
            met.append(one.id)
            return change(one)

        changed = await self._change(ids, noticed)
        if ids and not met:
            await self.clip(ids[0], *_STILL)  # says why it can't be
        return changed

    async def _change(self, clips: Iterable[int], change: Callable[[Clip], Clip]) -> list[Clip]:
        everything: list[Clip] = []
        for some in _in_turn(clips):
            async with self._verb:
                found = {one.id: one for one in await self._desk.parts.library.get(some) if self._is_still(one)}
                pairs = [(found[one], change(found[one])) for one in some if one in found]
                changed = [new for old, new in pairs if new != old]
                if changed:
                    await self._desk.parts.library.save_many(changed)
                everything += map(self._desk.note, changed)
        return everything

    def _is_still(self, clip: Clip) -> bool:
        return clip.stage in _STILL and clip.id not in self._desk.clips

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


def _in_turn(clips: Iterable[int]) -> Iterable[list[int]]:
    """The ids, each once, so many at a time."""
    ids = list(dict.fromkeys(clips))
    return (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))
