"""What dock and taskbar are told: which clips came to rest, and how far those in flight are, as measured."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from seedance_desktop.app.desktop.application import _ICON_SIZES, icon
from seedance_desktop.app.desktop.progress import Progress
from seedance_desktop.app.desktop.resting import Resting
from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.news import ClipRemoved, ClipSaved, Fetched
from seedance_desktop.domain.recipe import Recipe
from steps import private_session

ROOT = Path(__file__).resolve().parents[2]
on_a_screen = pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("dbus-daemon")), reason="X11 and D-Bus")


def clip(number: int, stage: Stage) -> Clip:
    return Clip(number, Recipe(f"clip {number}"), 0, "demo", Money(28), stage=stage)


# Which clips came to rest


@pytest.mark.parametrize("end", [Stage.READY, Stage.FAILED, Stage.UNSURE])
def test_a_clip_comes_to_rest_once(end: Stage) -> None:
    resting = Resting()
    assert not resting.note(clip(1, Stage.SENDING))
    assert resting.note(clip(1, end))
    assert not resting.note(replace(clip(1, end), stars=3))
    assert not resting.note(clip(1, Stage.PLANNED))
    assert resting.note(clip(1, end))


def test_one_that_was_under_way_at_the_start_too() -> None:
    resting = Resting()
    resting.begin([clip(1, Stage.WAITING), clip(2, Stage.FAILED)])
    assert resting.note(clip(1, Stage.READY))
    assert not resting.note(clip(2, Stage.CANCELLED))


def test_not_what_is_imported_or_stopped_by_the_creator() -> None:
    resting = Resting()
    assert not resting.note(clip(1, Stage.READY))
    resting.note(clip(2, Stage.WAITING))
    assert not resting.note(clip(2, Stage.CANCELLED))


# How far they are


def test_nothing_in_flight_is_no_progress() -> None:
    progress = Progress()
    progress.hear(ClipSaved(clip(1, Stage.PLANNED)))
    progress.hear(ClipSaved(clip(2, Stage.READY)))
    assert progress.share is None


def test_clips_that_ended_and_bytes_that_came_count() -> None:
    progress = Progress()
    progress.begin([clip(1, Stage.WAITING)])
    assert progress.share == 0
    progress.hear(ClipSaved(clip(2, Stage.SENDING)))
    progress.hear(ClipSaved(clip(1, Stage.FETCHING)))
    progress.hear(Fetched(1, 30, 0))  # how much there is, nobody knows
    assert progress.share == 0
    progress.hear(Fetched(1, 30, 60))
    assert progress.share == 0.25
    progress.hear(ClipSaved(clip(1, Stage.READY)))
    assert progress.share == 0.5
    progress.hear(Fetched(1, 1, 60))  # late
    progress.hear(ClipSaved(replace(clip(1, Stage.READY), stars=5)))
    assert progress.share == 0.5
    progress.hear(ClipSaved(clip(2, Stage.FAILED)))
    assert progress.share is None


def test_a_new_batch_begins_at_nothing() -> None:
    progress = Progress()
    for stage in (Stage.WAITING, Stage.READY):
        progress.hear(ClipSaved(clip(1, stage)))
    progress.hear(ClipSaved(clip(2, Stage.WAITING)))
    assert progress.share == 0


def test_what_goes_back_to_its_place_or_away_is_not_counted() -> None:
    progress = Progress()
    progress.begin([clip(number, Stage.WAITING) for number in (1, 2, 3, 4)])
    progress.hear(ClipSaved(clip(1, Stage.READY)))
    progress.hear(ClipSaved(clip(2, Stage.PLANNED)))
    progress.hear(ClipRemoved(3))
    assert progress.share == 0.5


# What the bus carries


@on_a_screen
def test_the_bus_carries_the_types_that_docks_expect() -> None:
    with private_session() as session:
        said = run_child("tests.app.launcher_child", **{**session, "QT_QPA_PLATFORM": "xcb"})
    count, progress = said["count"], said["progress"]
    assert count[0] == {"count": ["x", 1], "count-visible": ["b", True]}
    assert count[1:] == [{"count": ["x", 2], "count-visible": ["b", True]}, {"count-visible": ["b", False]}]
    assert progress == [
        {"progress": ["d", 0.0], "progress-visible": ["b", True]},
        {"progress": ["d", 0.5], "progress-visible": ["b", True]},
        {"progress": ["d", 0.0], "progress-visible": ["b", False]},
    ]
    assert said["entry"] == ["application://seedance-desktop.desktop"]


# What is handed over, and the icon


def test_files_and_links_from_the_dock_are_kept_until_they_are_taken() -> None:
    said = run_child("tests.app.application_child")
    assert said == {"given": ["/a/灯塔 #1.mp4", "seedance:clip/0000000a"], "told": 2, "name": "Seedance"}


@pytest.mark.usefixtures("qapp")
def test_there_is_an_icon_of_every_size() -> None:
    assert sorted(size.width() for size in icon().availableSizes()) == list(_ICON_SIZES)


def run_child(module: str, **more: str) -> dict[str, list[object]]:
    """What a child process says, as JSON."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **more}
    command = [sys.executable, "-m", module]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    read: dict[str, list[object]] = json.loads(done.stdout)
    return read
