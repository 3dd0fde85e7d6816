"""Plays user, gateway, network and power cord together against the real studio, and checks after every step.

Nothing that a rule draws depends on what happened before, so that a seed plays the same steps again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from seedance_desktop.domain.clip import Clip, Flag, Stage, Verdict
from tests.faults.fixtures import CLIP, SmallDisk

from .world import World

NUMBER = st.integers(0, 99)
PRICE = 28
DAY = 86_400
JUMPS = (-90 * DAY, -DAY, -3600, -60, 60, 3600, DAY, 40 * DAY)
BROKEN = (Stage.UNSURE, Stage.FAILED, Stage.CANCELLED)
WORDS = (
    ("completed",),
    ("processing", "completed"),
    ("pending", "processing", "failed"),
    ("SUCCEEDED",),
    ("odd", "done"),
)


class Figures:
    """What the hunt has done so far."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def add(self, world: World) -> None:
        """The sums of one world that has ended."""
        stages = Counter(clip.stage.value for clip in world.bench.clips.values())
        self.counts.update({f"clips {stage}": count for stage, count in stages.items()})
        self.counts.update(
            worlds=1,
            posts=len(world.far.posts),
            polls=len(world.far.looks),
            downloads=len(world.far.gets),
            charges=len(world.far.charges),
            approvals=sum(world.approved.values()),
            refusals=sum(world.refused.values()),
        )


class DiskWorld(World):
    """A world on a disk that can be filled."""

    def __init__(self, disk: SmallDisk, folder: Path) -> None:
        self.disk = disk
        super().__init__(folder, CLIP.read_bytes())

    def heal_disk(self) -> None:
        self.disk.make_room()


class Machine(RuleBasedStateMachine):
    """The rules. `disk` and `figures` are given by `play`."""

    small: SmallDisk
    figures: Figures
    can_fill: bool

    def __init__(self) -> None:
        super().__init__()
        self.clicks = 0
        self.place = Path(tempfile.mkdtemp(dir=self.small.root))
        self.world = DiskWorld(self.small, self.place)

    # The creator

    @initialize(takes=st.integers(1, 3), news=st.integers(0, 12))
    def first_click(self, takes: int, news: int) -> None:
        self.generate(takes, "Harbour")
        self.world.let(news)

    @rule(takes=st.integers(1, 3), project=st.sampled_from(("", "Harbour", "Dunes")))
    def generate(self, takes: int, project: str) -> None:
        if self.open:
            self.clicks += 1
            self.world.generate(self.clicks, takes, project)

    @rule(takes=st.integers(1, 3), news=st.integers(1, 8), fault=NUMBER)
    def generate_into_a_fault(self, takes: int, news: int, fault: int) -> None:
        if self.open:
            self.fault_of_a_submit(fault)
            self.generate(takes, "")
            self.world.let(news)

    @rule(takes=st.integers(1, 3), news=st.integers(4, 12), look=NUMBER, get=NUMBER)
    def generate_and_wait(self, takes: int, news: int, look: int, get: int) -> None:
        if self.open:
            self.fault_of_a_poll(look)
            self.fault_of_a_download(get)
            self.generate(takes, "Dunes")
            self.world.let(news)

    @rule(takes=st.integers(1, 2))
    def generate_and_crash(self, takes: int) -> None:
        if self.open and not self.world.away.exists():
            self.clicks += 1
            self.world.generate_and_crash(self.clicks, takes)

    @rule(pick=NUMBER)
    def undo(self, pick: int) -> None:
        if clip := self.clip(pick, Stage.PLANNED):
            self.world.verb(self.studio.undo(clip.id))

    @rule(takes=st.integers(1, 2), variations=st.sampled_from(("{a|b|c}", "{a|b} {c|d}")), news=st.integers(0, 6))
    def generate_variations(self, takes: int, variations: str, news: int) -> None:
        if self.open:
            self.clicks += 1
            self.world.generate(self.clicks, takes, "Dunes", variations)
            self.world.let(news)

    @rule(pick=NUMBER, by=st.integers(-4, 4))
    def move(self, pick: int, by: int) -> None:
        if clip := self.clip(pick, Stage.PLANNED):
            self.world.move(clip, by)

    @rule(pick=NUMBER)
    def remove(self, pick: int) -> None:
        if clip := self.clip(pick, Stage.PLANNED):
            self.world.verb(self.studio.remove(clip.id))

    @rule(pick=NUMBER, send=st.booleans())
    def again(self, pick: int, send: bool) -> None:
        if clip := self.clip(pick, *BROKEN):
            self.world.again(clip, send=send)

    @rule(pick=NUMBER, task=NUMBER)
    def adopt(self, pick: int, task: int) -> None:
        known = [one.id for one in self.world.far.charges]
        names = [*known[-3:], *known[:2], "task_of_somebody_else", "../../etc/passwd", " ", "名/字 ?#"]
        if clip := self.clip(pick, *BROKEN):
            self.world.verb(self.studio.adopt(clip.id, names[task % len(names)]))

    @rule(pick=NUMBER)
    def dismiss(self, pick: int) -> None:
        if clip := self.clip(pick, Stage.FAILED, Stage.UNSURE):
            self.world.verb(self.studio.dismiss(clip.id))

    @rule(pick=NUMBER)
    def stop_watching(self, pick: int) -> None:
        if clip := self.clip(pick, Stage.WAITING, Stage.FETCHING):
            self.world.verb(self.studio.stop_watching(clip.id))

    @rule(pick=NUMBER, trashed=st.booleans())
    def trash(self, pick: int, trashed: bool) -> None:
        if clip := self.clip(pick, Stage.READY, Stage.FAILED, Stage.CANCELLED):
            verb = self.studio.keeping.trash if trashed else self.studio.keeping.restore
            self.world.verb(verb([clip.id]))

    @rule(pick=NUMBER, stars=st.integers(0, 5))
    def judge(self, pick: int, stars: int) -> None:
        if clip := self.clip(pick):
            self.world.verb(self.studio.keeping.judge(clip.id, stars, Flag.PICK))

    @rule(paused=st.booleans())
    def pause(self, paused: bool) -> None:
        if self.open:
            self.world.verb(self.studio.pause(paused=paused))

    @rule(clips=st.integers(0, 6), month=st.booleans())
    def budget(self, clips: int, month: bool) -> None:
        if self.open and month:
            self.world.prefer(monthly_budget=clips * PRICE)
        elif self.open:
            self.world.prefer(project_budgets={"Harbour": clips * PRICE})

    @rule(pick=NUMBER, verdict=st.sampled_from(Verdict))
    def correct(self, pick: int, verdict: Verdict) -> None:
        if self.open:
            self.world.correct(pick, verdict)

    @rule(right=st.booleans())
    def change_key(self, right: bool) -> None:
        if self.open:
            key = self.world.far.key if right else "sk-hub-another-key"
            self.world.bench.keys.keep(self.world.far.address, key, session=True)
            self.world.verb(self.studio.key_changed(self.world.far.address))

    @rule()
    def try_now(self) -> None:
        if self.open:
            self.world.call(self.studio.try_now)

    # The gateway and the network

    @rule(number=NUMBER)
    def fault_of_a_submit(self, number: int) -> None:
        self.count(f"submit: {self.world.fault('submits', number)}")

    @rule(number=NUMBER)
    def fault_of_a_poll(self, number: int) -> None:
        self.count(f"poll: {self.world.fault('polls', number)}")

    @rule(number=NUMBER)
    def fault_of_a_download(self, number: int) -> None:
        self.count(f"download: {self.world.fault('downloads', number)}")

    @rule(words=st.sampled_from(WORDS), balance=st.booleans())
    def mood(self, words: tuple[str, ...], balance: bool) -> None:
        self.world.far.words, self.world.far.balance = words, balance

    @rule()
    def unreachable(self) -> None:
        if not self.world.offline:
            self.world.far.go_offline()
            self.world.offline = True

    @rule()
    def reachable(self) -> None:
        if self.world.offline:
            self.world.far.come_back()
            self.world.offline = False

    @rule()
    def cut_all_lines(self) -> None:
        self.world.far.cut_all()

    @rule()
    def expire_links(self) -> None:
        self.world.far.expire_links()

    @rule()
    def end_of_a_stall(self) -> None:
        self.world.stall.set()

    # The machine under the desk

    @rule(news=st.integers(1, 6))
    def time_passes(self, news: int) -> None:
        self.world.let(news)

    @rule(first=st.integers(0, 4))
    def crash(self, first: int) -> None:
        self.world.let(first) if first else None
        if not self.world.away.exists():
            self.world.crash()

    @rule()
    def close(self) -> None:
        if not self.world.away.exists():
            self.world.close()

    @rule(back=st.booleans())
    def folder(self, back: bool) -> None:
        if self.open and not back:
            self.world.move_away()
        else:
            self.world.move_back()

    @rule(full=st.booleans())
    def disk(self, full: bool) -> None:
        if self.can_fill and full:
            self.small.fill()
        self.small.make_room() if not full else None

    @rule(seconds=st.sampled_from(JUMPS))
    def clock(self, seconds: int) -> None:
        self.world.jump(seconds)

    @rule(how=st.sampled_from(("deleted", "damaged", "sound")), calm=st.booleans())
    def rebuild(self, how: str, calm: bool) -> None:
        if calm:
            self.world.calm()
        self.world.rebuild(how)

    @rule()
    def calm(self) -> None:
        self.world.calm()

    @invariant()
    def what_must_be_true(self) -> None:
        self.count("steps")
        self.world.check()

    # Help

    @property
    def open(self) -> bool:
        return self.world.bench.is_open

    @property
    def studio(self) -> Any:
        return self.world.bench.studio

    def clip(self, pick: int, *stages: Stage) -> Clip | None:
        """One of the clips at these stages, the newest ones more likely."""
        found = [clip for clip in self.world.bench.clips.values() if not stages or clip.stage in stages]
        return found[-1 - pick % min(len(found), 8)] if found and self.open else None

    def count(self, what: str) -> None:
        self.figures.counts[what] += 1

    def teardown(self) -> None:
        """The end of every world: everything is mended, and must come to its end."""
        try:
            if not isinstance(
                sys.exc_info()[1], Exception
            ):  # hypothesis may end a world early by an exception of its own
                self.world.calm()
        finally:
            self.figures.add(self.world)
            self.world.end()
            self.small.make_room()
            shutil.rmtree(self.place, ignore_errors=True)


@contextmanager
def small_disk(folder: Path) -> Iterator[tuple[SmallDisk, bool]]:
    """A disk of sixteen megabytes, and whether it is one (otherwise it can't be filled)."""
    disk = SmallDisk(folder)
    order = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(folder)]
    made = sys.platform == "linux" and os.geteuid() == 0
    made = made and not subprocess.run(order, capture_output=True, check=False).returncode
    try:
        yield disk, made
    finally:
        if made:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


def play(number: int, worlds: int, steps: int, *, shrink: bool = False) -> Figures:
    """So many worlds of so many steps with a seed; raises AssertionError with the steps that led to a fault."""
    figures = Figures()
    phases = (Phase.generate, Phase.shrink) if shrink else (Phase.generate,)
    chosen = settings(
        max_examples=worlds,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        report_multiple_bugs=False,
    )
    with tempfile.TemporaryDirectory() as folder, small_disk(Path(folder)) as (disk, can_fill):
        found = type("Hunt", (Machine,), {"small": disk, "figures": figures, "can_fill": can_fill})
        run_state_machine_as_test(seed(number)(found), settings=chosen)
    return figures
