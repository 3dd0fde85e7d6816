"""Kills the real program with `kill -9` at chosen and at random moments, starts it again, and counts the charges."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from seedance_desktop.domain.clip import id_to_name
from seedance_desktop.media import clips as videos
from tests.faults.fixtures import CLIP

from .far import HuntedGateway

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90.0
MOMENTS = {  # as the gateway sees them, and how often each comes with two takes
    "post begun": 2,
    "post read": 2,
    "charged": 2,
    "post answered": 2,
    "poll": 4,
    "poll answered": 4,
    "bytes": 34,
    "clip sent": 2,
}
LINES = 10  # JSON lines of two takes
STEPS = 130  # steps of the program's own, see `child`
_KINDS = ("moment", "moment", "step", "step", "step", "time", "time", "line")
_QUICK, _GENUINE = 0.1, 0.0


@dataclass(frozen=True)
class Kill:
    """When a run dies: at a moment that the gateway sees, a JSON line, a step of its own, or after milliseconds."""

    kind: str
    name: str = ""
    number: int = 0

    @classmethod
    def drawn(cls, dice: random.Random) -> Kill:
        """Any of them."""
        match dice.choice(_KINDS):
            case "moment":
                name = dice.choice(list(MOMENTS))
                return cls("moment", name, dice.randint(1, MOMENTS[name]))
            case "step":
                return cls("step", "", dice.randint(1, STEPS))
            case "line":
                return cls("line", "", dice.randint(1, LINES))
            case _:
                return cls("time", "", dice.randint(300, 3000))

    def __str__(self) -> str:
        return f"{self.kind} {self.name or ''} {self.number}".replace("  ", " ")


@dataclass
class Home:
    """A home folder for the children, and the key that must be found nowhere in it."""

    folder: Path
    key: str
    env: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SEEDANCE_", "XDG_"))}
        kept = {name: value for name, value in kept.items() if not name.lower().endswith("_proxy")}
        places = {"HOME": str(self.folder), "USERPROFILE": str(self.folder), "SEEDANCE_API_KEY": self.key}
        self.env = {**kept, **places, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}

    def check(self) -> None:
        """No error in a log, the key in no file."""
        for file in self.folder.rglob("*"):
            if not file.is_file():
                continue
            data = file.read_bytes()
            assert self.key.encode() not in data, f"the key is in {file}"
            if ".log" in file.name:
                assert b" ERROR " not in data, data.decode(errors="replace")[-4000:]
                assert b"Traceback" not in data, data.decode(errors="replace")[-4000:]


class Run:
    """The program from start to end, or to its death."""

    def __init__(self, home: Home, far: HuntedGateway, *arguments: str, kill: Kill | None = None, pace: float) -> None:
        """Run it; `code` is its exit code, -9 where it was killed."""
        step = kill.number if kill and kill.kind == "step" else 0
        command = [sys.executable, "-m", "tests.hunts.child", str(pace), str(step), *arguments]
        with (home.folder / "stderr").open("w+b") as errors:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env={**home.env, "SEEDANCE_GATEWAY": far.address}, stdout=-1, stderr=errors
            )
            timers = [threading.Timer(PATIENCE, self._die)]
            if kill and kill.kind == "moment":
                far.moment = self._at(kill)
            if kill and kill.kind == "time":
                timers.append(threading.Timer(kill.number / 1000, self._die))
            for timer in timers:
                timer.start()
            self.lines = list(self._read(kill))
            self.code = self.process.wait()
            far.moment = lambda _name: None
            for timer in timers:
                timer.cancel()
                timer.join()
            errors.seek(0)
            self.said = errors.read().decode(errors="replace")
        assert "Traceback" not in self.said, self.said

    def _read(self, kill: Kill | None) -> Iterator[bytes]:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for number, line in enumerate(lines, 1):
                yield line
                if kill and kill.kind == "line" and kill.number == number:
                    self._die()

    def _at(self, kill: Kill) -> Callable[[str], object]:
        left = [kill.number]

        def moment(name: str) -> None:
            left[0] -= name == kill.name
            if left[0] == 0:
                left[0] = -1
                self._die()

        return moment

    def _die(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)


@dataclass
class Figures:
    """What a hunt has counted."""

    counts: Counter[str] = field(default_factory=Counter)

    def count(self, what: str, by: int = 1) -> None:
        """Add to one of the figures."""
        self.counts[what] += by


def hunt_once(home: Home, seed: str, figures: Figures, *, kill: Kill | None = None, again: float = 0.4) -> None:
    """One click that dies, perhaps dies again, and is carried to its end; AssertionError where a promise broke."""
    dice = random.Random(seed)
    takes, kill = dice.choice((1, 2, 2, 3)), kill or Kill.drawn(dice)
    pace = _GENUINE if again and dice.random() < 0.04 else _QUICK  # the sample has no time for that
    library = home.folder / "library"
    with HuntedGateway(CLIP.read_bytes(), home.key) as far:
        far.slowly, far.words = True, ("processing", "completed")
        order = ("--json", "--library", str(library))
        made = Run(home, far, "generate", f"a fox, {seed}", "--takes", str(takes), *order, kill=kill, pace=pace)
        kills = [kill] if made.code == -signal.SIGKILL else []
        while dice.random() < again:
            other = Kill.drawn(dice)
            kills += [other] if Run(home, far, "resume", *order, kill=other, pace=pace).code == -9 else []
        last = Run(home, far, "resume", *order, pace=pace)
        about = f"seed {seed}, {takes} takes, killed at {', '.join(map(str, kills)) or 'nothing'}"
        assert last.code in (0, 3), f"{about}: resume ended with {last.code}: {last.said}"
        unsure = _judge(far, library, takes, about)
        _adopt(home, far, library, unsure, about)
        figures.count("kills", len(kills))
        for one in kills:
            figures.count(f"killed at a {one.kind}")
        figures.count("runs")
        figures.count("charges", len(far.charges))
        figures.count("approved", takes if _rows(library, "SELECT 1 FROM clips") else 0)
        figures.count("unsure, charged, adopted", len(unsure))
        figures.count("unsure, not charged", len(_rows(library, "SELECT 1 FROM clips WHERE stage = 'unsure'")))
    home.check()
    shutil.rmtree(library, ignore_errors=True)


def _judge(far: HuntedGateway, library: Path, takes: int, about: str) -> list[str]:
    """What must be true after the last resume; the tasks that were charged and that the ledger calls unsure."""
    clips = _rows(library, "SELECT id, stage, file, reason FROM clips")
    submits = _rows(library, "SELECT verdict, task FROM submits")
    assert len(clips) in (0, takes), f"{about}: {len(clips)} clips"
    assert len(far.posts) <= len(clips), f"{about}: {len(far.posts)} POSTs"
    assert len(far.charges) <= len(far.posts)
    known = {task for verdict, task in submits if verdict == "yes"}
    charged = {task.id for task in far.charges}
    assert known <= charged, f"{about}: the ledger says yes to {known - charged}"
    assert len(charged - known) <= sum(verdict == "unsure" for verdict, _ in submits), f"{about}: a charge is lost"
    for clip, stage, file, reason in clips:
        assert stage in ("ready", "unsure"), f"{about}: {clip} ends {stage}: {reason}"
        assert stage == "unsure" or videos.probe(library / str(file)).frames > 1
        assert stage == "ready" or "ended-while-sending" in str(reason), f"{about}: {reason}"
    return sorted(charged - {str(task) for task in known})


def _adopt(home: Home, far: HuntedGateway, library: Path, tasks: list[str], about: str) -> None:
    """The creator finds what was charged and gives it to a clip that is unsure: then nothing is lost at all."""
    unsure = [id_to_name(int(str(row[0]))) for row in _rows(library, "SELECT id FROM clips WHERE stage = 'unsure'")]
    for name, task in zip(unsure, tasks, strict=False):
        run = Run(home, far, "adopt", name, task, "--json", "--library", str(library), pace=_QUICK)
        assert run.code == 0, f"{about}: adopt ended with {run.code}: {run.said}"
    ready = len(_rows(library, "SELECT 1 FROM clips WHERE stage = 'ready'"))
    assert ready == len(far.charges), f"{about}: {len(far.charges)} charges, {ready} ready"


def _rows(library: Path, sql: str) -> list[tuple[object, ...]]:
    if not (library / "library.sqlite").exists():
        return []
    with closing(sqlite3.connect(f"file:{library / 'library.sqlite'}?mode=ro", uri=True)) as database:
        return database.execute(sql).fetchall()
