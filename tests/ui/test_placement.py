"""The window can be reached on every screen: gone, smaller, of another scale, with a negative origin."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMargins, QRect
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from seedance_desktop.ui import placement

ROOT = Path(__file__).resolve().parents[2]
LEFT: dict[str, Any] = {"name": "left", "x": -2560, "y": -200, "width": 2560, "height": 1440}
MIDDLE: dict[str, Any] = {"name": "middle", "x": 0, "y": 0, "width": 1920, "height": 1080}
LAPTOP: dict[str, Any] = {"name": "laptop", "x": 0, "y": 0, "width": 1366, "height": 768}
MOVED: dict[str, Any] = {"name": "left", "x": 1920, "y": 0, "width": 2560, "height": 1440}


class Desk:
    """Screens as the offscreen platform makes them, and a window on them in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "screens.json"

    def open(self, kept: object, screens: list[dict[str, Any]], *at: int, scale: str = "1") -> dict[str, Any]:
        said = [{"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1, **screen} for screen in screens]
        self._file.write_text(json.dumps({"windowFrameMargins": True, "screens": said}))
        platform = {"QT_QPA_PLATFORM": f"offscreen:configfile={self._file}", "QT_SCALE_FACTOR": scale}
        command = [sys.executable, "-m", "tests.ui.placement_child", *(["at", *map(str, at)] if at else [])]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **platform},
            input=json.dumps(kept),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        free, window, would_keep = (json.loads(line) for line in done.stdout.splitlines())
        return {**window, "free": dict(free), "kept": would_keep}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def holds(window: dict[str, Any]) -> str:
    """The screen that has all of the window, frame and all."""
    (name,) = [name for name, free in window["free"].items() if QRect(*free).contains(QRect(*window["frame"]))]
    return str(name)


def test_it_comes_back_where_it_was(desk: Desk) -> None:
    first = desk.open(None, [MIDDLE, LEFT], -2400, -150, 1500, 1000)
    again = desk.open(first["kept"], [MIDDLE, LEFT])
    assert again["frame"] == first["frame"]
    assert again["kept"] == first["kept"]
    assert holds(again) == "left"


@pytest.mark.parametrize("scale", ["1", "1.25", "1.5", "2"])
@pytest.mark.parametrize(
    ("screens", "on"), [([MIDDLE], "middle"), ([LAPTOP], "laptop"), ([MIDDLE, MOVED], "left"), ([LAPTOP, LEFT], "left")]
)
def test_other_screens(desk: Desk, screens: list[dict[str, Any]], on: str, scale: str) -> None:
    first = desk.open(None, [MIDDLE, LEFT], -2400, -150, 1500, 1000)
    assert holds(desk.open(first["kept"], screens, scale=scale)) == on


def test_on_a_screen_that_was_moved_it_keeps_its_place_on_it(desk: Desk) -> None:
    first = desk.open(None, [MIDDLE, LEFT], -2400, -150, 1500, 1000)
    again = desk.open(first["kept"], [MIDDLE, MOVED])
    assert again["frame"][0] - MOVED["x"] == first["frame"][0] - LEFT["x"]
    assert again["frame"][1] - MOVED["y"] == first["frame"][1] - LEFT["y"]


def test_a_window_that_filled_a_screen_fills_one_again_and_knows_its_size(desk: Desk) -> None:
    first = desk.open(None, [MIDDLE, LEFT], -2400, -150, 1500, 1000)
    filling = desk.open({**first["kept"], "filling": True}, [LAPTOP])
    assert filling["maximised"]
    assert holds(filling) == "laptop"
    assert filling["kept"]["filling"]
    back = desk.open({**filling["kept"], "filling": False}, [MIDDLE, LEFT])
    assert not back["maximised"]
    assert back["frame"][2] < LAPTOP["width"] + 10


def test_a_first_window_is_no_larger_than_a_small_screen(desk: Desk) -> None:
    window = desk.open(None, [LAPTOP], scale="1.5")
    assert window["frame"][2] <= window["free"]["laptop"][2] + 10  # the frame is the window manager's affair
    assert window["kept"]["window"][2:] == [903, 472]


@pytest.mark.parametrize(
    "kept",
    [
        5,
        "AdnQywADAAAAAABi",
        {"window": [1, 2, 3]},
        {"window": [0, 0, 10**9, 5], "frame": [0, 0, 0, 0], "screen-at": [0, 0, 9, 9]},
        {"window": [0, 0, 900, 700], "frame": [0, 0, 0, -1], "screen-at": [0, 0, 9, 9]},
        {"window": [0, 0, 900.5, True], "frame": [0, 0, 0, 0], "screen-at": [0, 0, 9, 9]},
    ],
)
def test_what_makes_no_sense_gives_the_default(desk: Desk, kept: object) -> None:
    assert desk.open(kept, [MIDDLE])["kept"]["window"][2:] == [1440, 900]


def test_any_window_fits_any_screen() -> None:
    some = random.Random(6)
    for _ in range(2000):
        free = QRect(
            some.randint(-4000, 4000), some.randint(-2000, 2000), some.randint(300, 4000), some.randint(200, 2000)
        )
        window = QRect(
            some.randint(-9000, 9000), some.randint(-9000, 9000), some.randint(1, 9000), some.randint(1, 9000)
        )
        frame = QMargins(some.randint(0, 20), some.randint(0, 40), some.randint(0, 20), some.randint(0, 20))
        placed = placement.within(window, frame, free)
        assert free.contains(placed.marginsAdded(frame))
        assert placed.width() <= window.width()
        if free.contains(window.marginsAdded(frame)):
            assert placed == window


def test_a_window_is_brought_back_when_its_screen_has_gone(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    reachable = placement.Reachable(window)
    window.resize(300, 200)
    window.show()
    free = window.screen().availableGeometry()
    window.move(free.right() - 100, free.bottom() + 500)
    reachable.check()
    assert free.contains(window.frameGeometry())
