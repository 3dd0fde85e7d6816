"""A short sample of the long hunts (`dev.py hunt`), the same at every run."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from . import kills
from .hostile import Hunt
from .kills import Figures, Home, Kill, hunt_once
from .machine import play

pytestmark = pytest.mark.skipif(os.name == "nt", reason="`kill -9` and small disks are meant as POSIX has them")

KILLS = [
    Kill("moment", "post begun", 1),
    Kill("moment", "charged", 1),
    Kill("moment", "poll", 1),
    Kill("moment", "bytes", 9),
    Kill("line", "", 2),
    Kill("step", "", 12),
    Kill("step", "", 60),
    Kill("time", "", 900),
]


@pytest.mark.filterwarnings("ignore:coroutine 'connect_tcp", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.lets_live("threads")  # a thread of a pool that a power cut has left may need a moment longer
def test_user_gateway_network_and_power_cord(caplog: pytest.LogCaptureFixture) -> None:
    counts = play(3, 12, 30).counts
    assert counts["charges"] > 20
    assert counts["charges"] <= counts["approvals"]


@pytest.mark.parametrize("kill", KILLS, ids=str)
def test_killed_and_started_again(kill: Kill, tmp_path: Path) -> None:
    figures = Figures()
    hunt_once(Home(tmp_path / "killed", "sk-hub-hunted-key-0123456789"), f"sample {kill}", figures, kill=kill, again=0)
    assert figures.counts["charges"] <= figures.counts["approved"]


def test_every_moment_comes() -> None:
    assert {kill.name for kill in KILLS if kill.kind == "moment"} <= kills.MOMENTS.keys()


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's own words about what it read
async def test_hostile_bytes(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    counts: Counter[str] = Counter()
    await Hunt(tmp_path / "place", "sample", counts).play(150, 40, 10)
    assert counts["answer"] == 150
    assert counts["outcome accepted"] > 5
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
