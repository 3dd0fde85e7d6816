"""Two takes in the comparison, played and scrubbed in the real program: how far apart are they on the screen?"""

from __future__ import annotations

import random
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from seedance_desktop.domain.clip import Footage, Stage
from tests.media import making

from . import libraries
from .every_frame import KINDS, carried

_SPEEDS = (1.0, 2.0, 4.0)
_SECONDS = 4.0  # each speed is played so long, from the beginning again and again
_JUMPS = 60


def library(folder: Path) -> None:
    """Two takes of a shot, 1280 × 720 with sound and one key frame in five seconds."""
    settings = KINDS["h264"]
    (width, height), frames = settings["size"], settings["frames"]
    footage = Footage(width, height, frames, 24.0, frames / 24, 1, "h264", audio=True)
    waiting = [libraries.waiting(number, "https://gateway.example", f"task_{number}") for number in (1, 2)]
    clips = [
        replace(one, file=f"clips/{one.id}.mp4", stage=Stage.READY, footage=footage, shot="12B") for one in waiting
    ]
    libraries.with_clips(folder, clips)
    for one in clips:
        making.clip(folder / "clips" / f"{one.id}.mp4", **settings)


def play(driver: Any) -> Generator[float | Callable[[], object], None, dict[str, object]]:
    """Plays at three speeds, then jumps about: the most frames apart in each, and how many pictures there were."""
    yield lambda: driver.opened
    window = driver.window
    grid = window.shelf.grid
    yield lambda: grid.clips.rowCount()
    number = grid.clips.id_at(0)
    grid.setCurrentIndex(grid.model().index(0, 0))
    yield lambda: window.stage.deck.number == 0 and window.stage.clip.id == number
    QTest.keyClick(grid, Qt.Key.Key_C)
    yield lambda: window.compare.is_open and all(_shows(window))
    yield 1.0
    view, apart, met = window.compare.view, dict[str, int](), dict[str, int]()
    for speed in _SPEEDS:
        view.motion.seek(0)
        yield 0.5
        view.motion.pack.set_speed(speed)
        QTest.keyClick(view, Qt.Key.Key_Space)
        seen: list[tuple[int, int]] = []
        for _ in range(round(_SECONDS / 0.02)):
            seen.append(_pair(window))
            yield 0.02
        if view.motion.pack.moving:
            QTest.keyClick(view, Qt.Key.Key_Space)
        yield 0.5
        how = f"playing at {speed:g}"
        apart[how], met[how] = _most(seen)
    dice = random.Random(4)
    seen = []
    for _ in range(_JUMPS):
        view.motion.seek(dice.randrange(120))
        for _ in range(4):
            seen.append(_pair(window))
            yield 0.02
    apart["jumping"], met["jumping"] = _most(seen)
    return {"apart": apart, "met": met}


def _most(seen: list[tuple[int, int]]) -> tuple[int, int]:
    """The most frames apart, and how many different pictures side A showed."""
    return max(abs(one - other) for one, other in seen), len({one for one, _other in seen})


def _shows(window: Any) -> list[bool]:
    return [panel.viewer.canvas.isVisible() for panel in window.compare.view.board.panels[:2]]


def _pair(window: Any) -> tuple[int, int]:
    """The numbers in the two pictures that stand on the screen in this moment."""
    window.repaint()
    shot = window.screen().grabWindow(int(window.winId())).toImage()
    read = []
    for panel in window.compare.view.board.panels[:2]:
        canvas = panel.viewer.canvas
        corner = canvas.mapTo(window, QPoint(0, 0))
        read.append(carried(shot.copy(corner.x(), corner.y(), canvas.width(), canvas.height())))
    return read[0], read[1]
