"""The verbs of the studio: what a creator can do with clips, and the start and the end of every life."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace

from seedance_desktop.domain.clip import Clip, Stage, Verdict
from seedance_desktop.domain.errors import BadImage, DiskProblem, LibraryProblem, Refused
from seedance_desktop.domain.news import ClipRemoved, News
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.recipe import Draft, Recipe, check, whole
from seedance_desktop.domain.shelf import Query
from seedance_desktop.domain.trouble import Halt
from seedance_desktop.domain.variations import plan

from .books import Books
from .continuing import Continuing
from .desk import Desk
from .jobs import Jobs
from .keeping import Keeping
from .lives import Lives, recover
from .parts import Parts, now_ms
from .pictures import Pictures
from .planning import moved, order, planned
from .queue import Queue

_PAUSED = "queue-paused"
_KEY_HALTS = (Halt.NO_KEY, Halt.KEY_REFUSED, Halt.NO_BALANCE)
_FRESH = 3_600_000  # ms since a click in which a new key sends what the old one could not
_KEY_REASONS = ("key-refused", "no-balance")


class Studio:
    """The only writer of a library. Made on the running loop; `open` starts it, `close` ends it."""

    def __init__(self, parts: Parts) -> None:
        """Nothing happens before `open`."""
        self.parts = parts
        self._desk = Desk(parts, Queue(parts.preferences.at_once))
        self._lives = Lives(self._desk)
        self._verb = asyncio.Lock()  # two clicks on one button are two verbs: the second sees what the first has done
        self.books = Books(self._desk)
        self.keeping = Keeping(self._desk, self._verb)
        self.pictures = Pictures(self._desk)
        self.continuing = Continuing(self.keeping, self.pictures)
        self.jobs = Jobs(self._desk, self.keeping, self.pictures)
        self.say_health = self._desk.say_health

    def listen(self, listener: Callable[[News], None]) -> None:
        """Call `listener` with everything the studio says, on its loop, after it is on disk."""
        self._desk.listeners.append(listener)

    async def open(
        self, *, carry_on: Callable[[Clip], bool] = lambda _clip: True, heed_pause: bool = True
    ) -> list[Clip]:
        """Take up every clip that is under way, each at its stage; returns all that stand in the making.

        `carry_on` says which of them this run goes on with (a command minds its own clips only), `heed_pause`
        whether the queue stays paused as the creator left it.
        """
        self._desk.queue.paused = heed_pause and await self.parts.library.setting(_PAUSED) == "yes"
        found = await self.parts.library.under_way()
        clips = [await self._recovered(clip) if clip.stage is Stage.SENDING else clip for clip in found]
        for clip in sorted(clips, key=_urgency):
            if clip.stage is Stage.SENDING or (not clip.stage.settled and carry_on(clip)):
                self._lives.start(clip, found=True)
        await self.jobs.open()  # after what is paid for: a disk that jobs wrote to may let wait
        return clips

    async def _recovered(self, clip: Clip) -> Clip:
        try:
            return await recover(self._desk, clip)
        except (DiskProblem, LibraryProblem):
            return clip  # its life begins with the same, says what is wrong, and waits until the disk is back

    def send_no_more(self) -> None:
        """The end is near: no POST begins any more, which would be cut off; `close` follows."""
        self._desk.closing = True
        self._desk.say_health()
        self._lives.hold()

    async def close(self, patience: float | None = None) -> bool:
        """Stop every life; wait a moment for POSTs that are out. False if one was still out at the end.

        `patience` is that moment in seconds, where it is another than the program's usual one.
        """
        self.send_no_more()
        wait = self.parts.pace.closing if patience is None else patience
        finished, _ = await asyncio.gather(self._lives.close(wait), self.jobs.close(wait))
        self._desk.queue.close()
        return finished

    @property
    def sending(self) -> bool:
        """Whether a POST is out and its answer not yet on disk."""
        return any(clip.stage is Stage.SENDING for clip in self._desk.clips.values())

    # Making

    async def generate(self, draft: Draft, gateway: str, *, undo_seconds: float = 0.0) -> list[Clip]:
        """Plan one clip a take of each variation and start them; raises `Refused` before anything is recorded."""
        draft = check(draft)
        recipes = plan(draft)
        await asyncio.to_thread(self._check_images, draft)
        async with self._verb:
            clips = await self._plan(draft, recipes, gateway, undo_seconds)
        for clip in clips:
            self._desk.note(clip)
            self._lives.start(clip)
        return clips

    async def _plan(self, draft: Draft, recipes: Sequence[Recipe], gateway: str, undo_seconds: float) -> list[Clip]:
        price = self.parts.preferences.price(draft.recipe.model)
        await self.books.allow(price * len(recipes), draft.project)
        now = now_ms()
        ids = await self._desk.fresh_ids(len(recipes))
        send_after = now + round(undo_seconds * 1000)
        clips = planned(draft, recipes, ids, gateway=gateway, price=price, now=now, send_after=send_after)
        await self.parts.library.add(clips)
        return clips

    def _check_images(self, draft: Draft) -> None:
        for one in draft.recipe.references:
            if not one.link and not (self.parts.library.folders.references / one.file).is_file():
                raise BadImage("image-missing", name=one.name)

    async def undo(self, clip: int) -> list[Clip]:
        """Take back every clip of a click that is still planned, at any time; returns those taken back."""
        async with self._verb:
            click = (await self.keeping.clip(clip, Stage.PLANNED)).click
            mates = [one for one in self._desk.clips.values() if one.click == click and one.stage is Stage.PLANNED]
            taken = [mate for mate in mates if not self._lives.posting(mate.id)]
            await self._take_back(taken)
            return taken

    async def remove(self, clip: int) -> None:
        """Take a planned clip off the list: nothing was sent for it, or surely not accepted."""
        async with self._verb:
            one = await self.keeping.clip(clip, Stage.PLANNED)
            if self._lives.posting(clip):
                raise Refused("clip-not-for-that", name=one.name, stage=Stage.SENDING.value)
            await self._take_back([one])

    async def _take_back(self, clips: Sequence[Clip]) -> None:
        """No POST of these is out. All stop before the first goes, so that none is sent meanwhile."""
        await self._lives.stop(*(clip.id for clip in clips))
        left = list(clips)
        try:
            while left:
                await self._remove(left[0])
                del left[0]
        except Exception:
            for clip in left:  # they are planned as before
                self._lives.start(clip)
            raise

    async def _remove(self, clip: Clip) -> None:
        if await self.parts.library.remove(clip):
            self._desk.drop(clip)
            self._desk.say(ClipRemoved(clip.id))
        else:
            kept = replace(clip, stage=Stage.CANCELLED, reason=Reason.of("removed"))
            await self.parts.library.save(kept, record=True)
            self._desk.note(kept)

    async def move(self, clip: int, by: int) -> None:
        """Let a planned clip go `by` places down (up, where negative) among what is planned, as far as it can."""
        async with self._verb:
            one = await self.keeping.clip(clip, Stage.PLANNED)
            others = [other for other in self._desk.clips.values() if self._waits(other)]
            if not self._waits(one):  # its turn has come
                raise Refused("clip-not-for-that", name=one.name, stage=Stage.SENDING.value)
            places = moved(others, clip, by)
            await self.parts.library.place(places)
            for mover, place in places.items():
                now = self._desk.clips.get(mover)
                if now is not None and now.stage is Stage.PLANNED:
                    now = replace(now, place=place)
                    self._desk.queue.place(now)
                    self._desk.note(now)

    def _waits(self, clip: Clip) -> bool:
        return clip.stage is Stage.PLANNED and not self._desk.queue.is_in_flight(clip.id)

    # Going on

    async def retry(self, clip: int) -> Clip:
        """Go on with a clip that has stopped: with a task id without a charge, otherwise as a new approval."""
        async with self._verb:
            stopped = await self.keeping.clip(clip, Stage.FAILED, Stage.CANCELLED, Stage.UNSURE)
            if not stopped.task:
                return await self._approve_again(stopped)
            return await self._go_on(replace(stopped, stage=Stage.WAITING, rendering=False))

    async def send_again(self, clip: int) -> Clip:
        """Send a clip whose charge is unknown once more: a new approval, it may cost another generation."""
        async with self._verb:
            return await self._approve_again(await self.keeping.clip(clip, Stage.UNSURE, Stage.FAILED, Stage.CANCELLED))

    async def _approve_again(self, clip: Clip) -> Clip:
        price = self.parts.preferences.price(clip.recipe.model)
        await self.books.allow(price, clip.project)
        now = max(now_ms(), clip.approved + 1)
        fresh = replace(clip, approved=now, price=price, send_after=0, sent=0, accepted=0, started=0, task="", word="")
        return await self._go_on(replace(fresh, stage=Stage.PLANNED, rendering=False))

    async def adopt(self, clip: int, task: str) -> Clip:
        """The creator has found the task id of a clip: it was charged, and is watched from here on."""
        task = whole(task).strip()
        if not task:
            raise Refused("task-empty")
        async with self._verb:
            found = await self.keeping.clip(clip, Stage.UNSURE, Stage.FAILED, Stage.CANCELLED)
            adopted = replace(found, stage=Stage.WAITING, task=task, accepted=now_ms(), link="", reason=None, trashed=0)
            saved = await self.parts.library.end_submit(adopted, Verdict.YES)
            self._note_and_start(saved)
        await self.parts.library.record(saved)
        return saved

    async def dismiss(self, clip: int) -> Clip:
        """Take a failed or unsure clip off the list; what it has cost stays as it is known."""

        def dismissed(one: Clip) -> Clip:
            reason = Reason.of("dismissed") if one.stage is Stage.UNSURE else one.reason
            return replace(one, stage=Stage.CANCELLED, reason=reason)

        return await self.keeping.change(clip, dismissed, Stage.FAILED, Stage.UNSURE)

    async def stop_watching(self, clip: int) -> Clip:
        """Stop polling or downloading a clip that is paid for; Retry goes on with it."""
        async with self._verb:
            watched = await self.keeping.clip(clip, Stage.WAITING, Stage.FETCHING)
            await self._lives.stop(clip)
            watched = self._desk.clips.get(clip, watched)
            stopped = replace(watched, stage=Stage.CANCELLED, reason=Reason.of("stopped-watching"))
            try:
                await self.parts.library.save(stopped, record=True)
            except DiskProblem:
                self._lives.start(watched, found=True)
                raise
            self._desk.queue.leave(clip)
            return self._desk.note(stopped)

    async def _go_on(self, clip: Clip) -> Clip:
        clip = replace(clip, reason=None, link="", trashed=0)
        await self.parts.library.save(clip, record=True)
        return self._note_and_start(clip)

    def _note_and_start(self, clip: Clip) -> Clip:
        self._desk.note(clip)
        self._lives.start(clip, found=True)
        return clip

    # The studio as a whole

    async def pause(self, *, paused: bool) -> None:
        """Hold planned clips back, or let them go on; what is sent already goes on either way."""
        await self.parts.library.keep_setting(_PAUSED, "yes" if paused else "no")
        self._desk.queue.paused = paused
        self._desk.queue.pump()
        self._desk.say_health()

    def try_now(self) -> None:
        """Wake everything that waits out a trouble, and what a gateway asked to wait for too."""
        self._desk.ring(asked=True)

    def wake(self) -> None:
        """The machine has slept: what waits out a trouble is tried; a gateway that asked to wait is waited for."""
        self._desk.ring()

    async def key_changed(self, gateway: str, *, however_old: bool = False) -> list[Clip]:
        """There is a new key (or new balance) for a gateway: what it held up goes on; returns what was sent back.

        Clips that were refused for the old key go on by themselves only while their click is fresh: nobody wants a
        click of last week paid today. `however_old` is for whoever asks for exactly that.
        """
        self.parts.keys.forget(gateway)
        self._desk.mended[gateway] += 1
        self._desk.clear(*_KEY_HALTS, gateway=gateway)
        revived = []
        async with self._verb:
            for clip in await self.parts.library.under_way():
                refused = clip.reason is not None and clip.reason.code in _KEY_REASONS and not clip.task
                fresh = however_old or now_ms() - clip.approved < _FRESH
                if clip.stage is Stage.FAILED and clip.gateway == gateway and refused and fresh:
                    revived.append(await self._go_on(replace(clip, stage=Stage.PLANNED)))
        self._desk.ring()
        return revived

    def prefer(self, preferences: Preferences) -> None:
        """Use other preferences from here on."""
        self.parts.preferences = preferences
        self._desk.queue.at_once = preferences.at_once
        self._desk.queue.pump()
        self._desk.ring()  # a budget that was raised lets go on at once

    async def find(self, query: Query) -> array[int]:
        """The ids that the library view shows."""
        return await self.parts.library.find(query)


def _urgency(clip: Clip) -> tuple[bool, bool, int, tuple[int, int, int, int]]:
    """What is paid for comes first, and of that the links that die soonest: they live about a day."""
    return (clip.stage is Stage.PLANNED, clip.stage is not Stage.FETCHING, clip.accepted, order(clip))
