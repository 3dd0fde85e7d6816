"""A studio on a small disk at a gateway that misbehaves, and what must be true of the two at any moment."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

from seedance_desktop import words
from seedance_desktop.domain.clip import Clip, Stage, Verdict
from seedance_desktop.domain.errors import Problem
from seedance_desktop.domain.ledger import totals
from seedance_desktop.domain.pacing import Pace
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.recipe import Draft, Recipe
from seedance_desktop.gateway import Gateway
from seedance_desktop.media import clips as videos
from seedance_desktop.studio.rebuilding import rebuild_library
from tests.studio.conftest import Bench

from . import kinds
from .far import HuntedGateway

T = TypeVar("T")

PACE = Pace(poll=0.01, margin=0.0, longest_backoff=0.03, not_found_grace=0.05, closing=0.1)
PATIENCE = 40.0
_TURN = 0.25
_EVER = 1 << 62
_WORKERS = 4


class HuntedBench(Bench):
    """A bench whose power cut also waits for the threads: what a dead process can't do, a dead studio mustn't."""

    async def open(self, **how: Any) -> list[Clip]:
        """As at the start of the program, today's backup made."""
        self._threads = ThreadPoolExecutor(_WORKERS)
        asyncio.get_running_loop().set_default_executor(self._threads)
        try:
            found = await super().open(**how)
            await self.library.back_up()
        except Problem:
            if self.is_open:
                await self.crash()
            raise
        return found

    async def crash(self) -> None:
        """The power cut."""
        self.is_open = False
        me = asyncio.current_task()
        while own := [one for one in asyncio.all_tasks() - self._before if one is not me]:
            for task in own:
                task.cancel()
            await asyncio.wait(own, timeout=_TURN)
        await super().crash()
        self._threads.shutdown()
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_WORKERS))


class Errors(logging.Handler):
    """Every error that was logged; what the end of a program logs about a task that it cannot save is none."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno == logging.ERROR:
            self.said.append(self.format(record))


class World:
    """What happens, and what is known of it: `approved` counts what the creator agreed to, by prompt."""

    def __init__(self, folder: Path, clip: bytes) -> None:
        """An open studio over a fresh library in `folder`."""
        self.runner = asyncio.Runner()
        self.far = HuntedGateway(clip)
        self.far.__enter__()
        self.offset = 0
        self._real = time.time_ns
        self._clock = (
            patch.object(time, "time_ns", lambda: self._real() + self.offset),
            patch.object(time, "time", lambda: (self._real() + self.offset) / 1e9),
        )
        for clock in self._clock:
            clock.start()
        self.errors = Errors()
        logging.getLogger().addHandler(self.errors)
        self.stall = threading.Event()
        self.away = folder / "away"
        self.approved: Counter[str] = Counter()
        self.corrected: Counter[str] = Counter()
        self.offline = self.jumped = False
        self.refused: Counter[str] = Counter()
        self.bench = self.run(self._begin(folder / "library"))

    async def _begin(self, folder: Path) -> HuntedBench:
        bench = HuntedBench(folder, self.far, await asyncio.to_thread(Gateway.build, Preferences()))
        bench.pace = PACE
        await bench.open()
        return bench

    def run(self, doing: Coroutine[Any, Any, T]) -> T:
        """One step of the studio's loop until something is done."""
        return self.runner.run(doing)

    def verb(self, doing: Coroutine[Any, Any, T]) -> T | None:
        """A verb of the creator; None where the studio refuses it in words."""
        try:
            return self.run(doing)
        except Problem as problem:
            self.refused[problem.reason.code] += 1
            return None

    def call(self, do: Callable[[], object]) -> None:
        """Something that the window does on the loop."""

        async def done() -> None:
            do()

        self.run(done())

    def prefer(self, **changes: object) -> None:
        """Other preferences."""
        self.call(lambda: self.bench.prefer(**changes))

    # What the creator does that has to be counted

    def generate(self, number: int, takes: int, project: str, variations: str = "") -> None:
        """A click: one approval for each clip that it makes."""
        draft = Draft(Recipe(f"hunt {number} {variations}"), takes, project)
        made = self.verb(self.bench.studio.generate(draft, self.far.address))
        self.approved.update(clip.recipe.prompt for clip in made or ())

    def generate_and_crash(self, number: int, takes: int) -> None:
        """A click in the moment of the power cut: it may be on disk or not, and never twice."""
        self.approved[f"hunt {number}"] += takes

        async def both() -> None:
            click = asyncio.ensure_future(
                self.bench.studio.generate(Draft(Recipe(f"hunt {number}"), takes), self.far.address)
            )
            await asyncio.sleep(0)
            await self.bench.crash()
            await asyncio.gather(click, return_exceptions=True)

        self.run(both())
        self.reopen()

    def move(self, clip: Clip, by: int) -> None:
        """Another place among what is planned, written in the middle of all that goes on; no stage goes back."""
        self.verb(self.bench.studio.move(clip.id, by))

        async def places() -> None:
            kept = await self.bench.library.get(self.bench.clips)
            for one in kept:
                said = self.bench.clips[one.id]
                assert said.stage is not Stage.PLANNED or one.stage is not Stage.PLANNED or said.place == one.place

        if not self.away.exists() and self.bench.is_open:
            self.run(places())

    def again(self, clip: Clip, *, send: bool) -> None:
        """Retry or Send again: an approval where the clip is planned afterwards."""
        verb = self.bench.studio.send_again if send else self.bench.studio.retry
        went = self.verb(verb(clip.id))
        if went and went.stage is Stage.PLANNED:
            self.approved[clip.recipe.prompt] += 1

    def correct(self, number: int, verdict: Verdict) -> None:
        """The creator's own word on a submit that has ended."""

        async def one() -> str:
            entries = await self.bench.studio.books.entries()
            ended = [entry for entry in entries if self.bench.clips[entry.clip].stage.settled]
            if not ended:
                return ""
            entry = ended[number % len(ended)]
            await self.bench.studio.books.correct(entry.id, verdict, "so says the gateway")
            return entry.prompt

        prompt = self.verb(one())
        if prompt:
            self.corrected[prompt] += 1

    # What the world does

    def fault(self, kind: str, number: int) -> str:
        """Script the next answer of one kind; its name."""
        table = {"submits": kinds.submits, "polls": kinds.polls, "downloads": kinds.downloads}[kind](self.stall)
        name = sorted(table)[number % len(table)]
        self.far.next(kind, table[name])
        return name

    def reopen(self) -> None:
        """Start the program, if the disk lets it."""
        if not self.bench.is_open and not self.away.exists():
            self.verb(self.bench.open())

    def crash(self) -> None:
        """Power cut and start."""
        if self.bench.is_open:
            self.run(self.bench.crash())
        self.reopen()

    def close(self) -> None:
        """A clean end and a start."""
        if self.bench.is_open:
            self.run(self.bench.close())
        self.reopen()

    def move_away(self) -> None:
        """The drive is pulled out."""
        if not self.away.exists():
            self.bench.folder.rename(self.away)

    def move_back(self) -> None:
        """The drive is there again."""
        if self.away.exists():
            self.away.rename(self.bench.folder)
        self.reopen()

    def let(self, news: int) -> None:
        """Time passes, for so much news or a moment."""

        async def some() -> None:
            end = len(self.bench.said) + news
            try:
                async with asyncio.timeout(_TURN / 5):
                    await self.bench.until(lambda: len(self.bench.said) >= end)
            except TimeoutError:
                pass

        self.run(some())

    def jump(self, seconds: int) -> None:
        """Somebody sets the clock."""
        self.offset += seconds * 1_000_000_000
        self.jumped = True

    def rebuild(self, how: str) -> None:
        """The database is lost or damaged; whatever was ever sent must come back."""
        if self.away.exists():
            return
        if self.bench.is_open:
            self.run(self.bench.close())
        sent, ready = self._known()
        database = self.bench.folder / "library.sqlite"
        if how == "deleted":
            for file in self.bench.folder.glob("library.sqlite*"):
                file.unlink()
        elif how == "damaged":
            database.write_bytes(b"\0" * 200 + database.read_bytes()[200:])
        try:
            rebuild_library(self.bench.folder, lambda _done, _all: None)
        except Problem as problem:  # a full disk: what was set aside is still there, and the next try has room
            self.refused[problem.reason.code] += 1
            self.heal_disk()
            rebuild_library(self.bench.folder, lambda _done, _all: None)
        self.bench.clips.clear()
        self.reopen()
        self._check_rebuilt(sent, ready)

    def heal_disk(self) -> None:
        """There is room again."""

    def _known(self) -> tuple[set[int], dict[int, tuple[str, str]]]:
        """The clips that a submit names, and file and verdict of those that are ready."""
        rows = self.bench.rows("SELECT id, stage, file, charged FROM clips")
        sent = {int(str(row[0])) for row in self.bench.rows("SELECT clip FROM submits")}
        ready = {int(str(id)): (str(file), str(paid)) for id, stage, file, paid in rows if stage == "ready"}
        return sent, ready

    def _check_rebuilt(self, sent: set[int], ready: dict[int, tuple[str, str]]) -> None:
        if not self.bench.is_open:
            return
        found = {clip.id: clip for clip in self.run(self.bench.library.get([*sent, *ready]))}
        assert sent <= found.keys(), f"lost by the rebuild: {sent - found.keys()}"
        for one, (file, charged) in ready.items():
            assert (found[one].stage, found[one].file) == (Stage.READY, file)
            assert found[one].charged.value == charged
        self.bench.clips = found | self.bench.clips  # what was said meanwhile is newer

    # What must be true

    def check(self) -> None:
        """At any moment."""
        charges = Counter(str(task.body["content"][0]["text"]) for task in list(self.far.charges))
        approved = sum(self.approved.values())
        assert len(self.far.posts) - self.far.may_come_again <= approved, "a POST that nobody approved"
        for prompt, count in charges.items():
            assert count <= self.approved[prompt], f"{count} charges for {self.approved[prompt]} approvals of {prompt}"
        assert not self.errors.said, self.errors.said[0]
        assert all(code in words.SENTENCES for code in self.refused), self.refused
        assert self.far.keys["clips"] <= {""}, "the key went to the host of clips"
        if not self.away.exists() and self.bench.is_open:
            self._check_rows(charges)

    def _check_rows(self, charges: Counter[str]) -> None:
        rows = self.bench.rows("SELECT prompt, verdict FROM submits JOIN clips ON clips.id = submits.clip")
        counted = Counter(str(prompt) for prompt, verdict in rows if verdict != "no") + self.corrected
        for prompt, count in charges.items():
            assert counted[prompt] >= count, f"{count} charges of {prompt}, and the ledger knows of {counted[prompt]}"
        kept = {row[0] for row in self.bench.rows("SELECT id FROM clips")}
        lost = self.bench.clips.keys() - kept
        assert not lost, f"rows that were said and are gone: {lost}"

    def calm(self) -> None:
        """Everything is mended: all that is under way must come to its end, and what was said be true."""
        self.heal()
        self.run(self._until_settled())
        self.check()
        self.run(self._check_all())

    def heal(self) -> None:
        """The end of every trouble."""
        for queue in (self.far.submits, self.far.polls, self.far.downloads):
            queue.clear()
        self.stall.set()
        self.stall = threading.Event()
        if self.offline:
            self.far.come_back()
        self.offline, self.far.balance, self.offset = False, True, 0
        self.far.words = ("pending", "processing", "completed")
        self.heal_disk()
        self.move_back()
        self.bench.keys.keep(self.far.address, self.far.key, session=True)
        if self.jumped:  # a planned clip counts down by the clock that it was planned with, ten seconds at most
            self.crash()
        self.jumped = False
        assert self.bench.is_open, f"the studio does not open: {self.refused}"
        self.prefer(monthly_budget=0, project_budgets={})

    async def _until_settled(self) -> None:
        await self.bench.studio.pause(paused=False)
        end = asyncio.get_running_loop().time() + PATIENCE
        while open_ones := [clip for clip in self.bench.clips.values() if not clip.stage.settled]:
            if asyncio.get_running_loop().time() > end:
                raise AssertionError(f"no end for {open_ones}, {self.bench.studio._desk.health()}")
            await self.bench.studio.key_changed(self.far.address)
            try:
                async with asyncio.timeout(_TURN):
                    await self.bench.until(lambda: all(clip.stage.settled for clip in self.bench.clips.values()))
            except TimeoutError:
                continue

    async def _check_all(self) -> None:
        bench = self.bench
        kept = {clip.id: clip for clip in await bench.library.get(bench.clips)}
        listed = {clip.id for clip in await bench.library.under_way()}
        for one, said in bench.clips.items():
            assert kept[one] == said, "the disk does not say what was said"
            await asyncio.to_thread(self._check_end, said)
            assert said.stage is not Stage.UNSURE or one in listed, "an unknown charge that nobody sees"
        entries = await bench.studio.books.entries()
        everything = await bench.library.ledger.spend(0, _EVER)
        assert (everything.spent, everything.committed) == (totals(entries).counted, 0), "the ledger does not add up"
        assert len({(entry.clip, entry.approved) for entry in entries}) == len(entries)

    def _check_end(self, clip: Clip) -> None:
        if clip.stage is Stage.READY:
            file = self.bench.library.folders.inside(clip.file)
            assert file.parent == self.bench.library.folders.clips.resolve()
            assert videos.probe(file).frames > 1
            record = json.loads((self.bench.library.folders.records / f"{clip.name}.json").read_bytes())
            assert (record["stage"], record["charged"]) == ("ready", clip.charged.value), (record, clip)
        else:
            assert clip.reason, f"{clip.stage} without a reason"
            assert clip.reason.code in words.SENTENCES, clip.reason

    def end(self) -> None:
        """Close everything, whatever state it is in."""
        self.stall.set()
        try:
            if self.bench.is_open:
                self.run(self.bench.crash())
            self.run(self.bench.client.close())
        finally:
            self.runner.close()
            self.far.__exit__(None, None, None)
            logging.getLogger().removeHandler(self.errors)
            for clock in self._clock:
                clock.stop()
