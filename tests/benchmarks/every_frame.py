"""Is it ever wrong? Moves at random through clips whose pictures carry their numbers, read back from the screen itself.

The window is the real program's. After every move the wanted picture has to stand there, and at every moment between,
whatever picture stands there has to be the one that the timecode beside it names.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Generator
from dataclasses import replace
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from seedance_desktop.domain.clip import Footage, Stage
from seedance_desktop.domain.timecode import timecode
from tests.media import making

from . import libraries

_UNEVEN = tuple(accumulate([0, *[500, 1500, 3000, 1000] * 30]))  # when frames begin, in units of `making.CLOCK`
KINDS: dict[str, dict[str, Any]] = {  # widths are multiples of 40: then the fields of the number fill the width
    "h264": {"size": (1280, 720), "gop": 120, "between": 3, "audio": True, "frames": 121},
    "hevc": {"codec": "libx265", "size": (720, 1280), "gop": 48, "frames": 121},
    "vfr": {"size": (960, 540), "gop": 24, "times": _UNEVEN, "frames": len(_UNEVEN)},
}
_HELD = 0.012  # seconds between two moves of a mouse that scrubs
_LONGEST = 10.0  # seconds for a picture to come; one that takes longer counts as wrong

Moves = Generator[float | Callable[[], object], None, dict[str, object]]
Wanted = Generator[float | Callable[[], object], None, int]


def library(folder: Path, *kinds: str) -> None:
    """A library with one clip of each kind, the first one newest."""
    shelved = []
    for number, kind in enumerate(kinds):
        clip = libraries.waiting(number + 1, "https://gateway.example", f"task_{kind}")
        settings = KINDS[kind]
        (width, height), frames = settings["size"], settings["frames"]
        footage = Footage(width, height, frames, 24.0, frames / 24, 1, kind)
        made = clip.made - 1000 * number
        shelved.append(replace(clip, stage=Stage.READY, file=f"clips/{kind}.mp4", footage=footage, made=made))
    libraries.with_clips(folder, shelved)
    for kind in kinds:
        making.clip(folder / "clips" / f"{kind}.mp4", **KINDS[kind])


class Eye:
    """Reads picture and timecode in the same moment, from the pixels on the screen and from what is spoken."""

    def __init__(self, stage: Any) -> None:
        self._stage = stage
        self.moments = 0
        self.wrong: list[str] = []

    def look(self) -> int:
        """The number in the picture on the screen."""
        canvas, label = self._stage.viewer.canvas, self._stage.transport.time
        window: QWidget = canvas.window()
        window.repaint()  # what Qt would do a moment later: what is said and what is drawn are of one moment
        corner = canvas.mapTo(window, QPoint(0, 0))
        size = canvas.width(), canvas.height()
        pixels = window.screen().grabWindow(int(window.winId()), corner.x(), corner.y(), *size)
        shown = carried(pixels.toImage())
        said = QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Name)
        self.moments += 1
        expected = f"Timecode {timecode(shown, self._stage.deck.fps)} · frame {shown}"
        if said != expected:
            self.wrong.append(f"the picture is {shown}, the label says {said}")
        return shown

    def sees(self, number: int) -> Callable[[], bool]:
        """Whether this frame stands on the screen, or never will."""
        until = time.monotonic() + _LONGEST

        def look() -> bool:
            shown = self.look()
            if shown != number and time.monotonic() > until:
                self.wrong.append(f"frame {number} was wanted, {shown} is shown")
                return True
            return shown == number

        return look


def carried(image: QImage) -> int:
    """The number in the fields along the top of a picture."""
    side = image.width() / making.BITS
    lit = (image.pixelColor(int((bit + 0.5) * side), int(side / 2)).lightness() > 128 for bit in range(making.BITS))
    return sum(one << bit for bit, one in enumerate(lit))


def play(driver: Any, moves: float, seed: float) -> Moves:
    """So many moves through every clip of the library."""
    yield lambda: driver.opened
    grid, stage = driver.window.shelf.grid, driver.window.stage
    yield lambda: grid.clips.rowCount() and grid.clips.clip_at(0) is not None
    eye, dice, took = Eye(stage), random.Random(int(seed)), []
    for row in range(grid.clips.rowCount()):
        clip = grid.clips.clip_at(row)
        place = grid.visualRect(grid.model().index(row, 0)).center()
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
        yield partial(_open, stage, clip.id)
        yield 1.0
        hand = Hand(stage, dice)
        for _ in range(round(moves)):
            wanted = yield from hand.move(eye)
            began = time.perf_counter()
            yield eye.sees(wanted)
            took.append(time.perf_counter() - began)
    return {"took": took, "moments": eye.moments, "wrong": len(eye.wrong), "first": eye.wrong[:5]}


def _open(stage: Any, clip: int) -> bool:
    return stage.clip is not None and stage.clip.id == clip and stage.deck.number == 0


class Hand:
    """Moves at random, as keys and mouse do; says which frame has to come."""

    def __init__(self, stage: Any, dice: random.Random) -> None:
        self._stage, self._dice = stage, dice
        self._at = 0

    def move(self, eye: Eye) -> Wanted:
        """One move, looked at while it lasts."""
        kind = self._dice.choices((self._step, self._second, self._scrub, self._end, self._play), (50, 12, 30, 4, 4))[0]
        self._at = yield from kind(eye)
        return self._at

    def _step(self, eye: Eye) -> Wanted:
        return (yield from self._press(self._dice.choice((1, 1, 2, 5)), 1, Qt.KeyboardModifier.NoModifier, eye))

    def _second(self, eye: Eye) -> Wanted:
        return (yield from self._press(1, self._stage.deck.second, Qt.KeyboardModifier.ShiftModifier, eye))

    def _press(self, times: int, frames: int, held: Qt.KeyboardModifier, eye: Eye) -> Wanted:
        """Press an arrow some times, sometimes faster than pictures come."""
        back, at = self._dice.random() < 0.5, self._at
        for _ in range(times):
            QTest.keyClick(self._stage.viewer.canvas, Qt.Key.Key_Left if back else Qt.Key.Key_Right, held)
            at = max(0, min(self._stage.deck.last, at + (-frames if back else frames)))
            if self._dice.random() < 0.5:
                yield 0.0
                eye.look()
        return at

    def _scrub(self, eye: Eye) -> Wanted:
        """Press on the timeline, drag about, let go."""
        line, left = self._stage.transport.timeline, Qt.MouseButton.LeftButton
        spot = self._spot()
        QTest.mousePress(line, left, pos=spot)
        for _ in range(self._dice.randrange(8)):
            near = QPoint(spot.x() + self._dice.randint(-40, 40), spot.y())
            spot = near if self._dice.random() < 0.7 else self._spot()
            QTest.mouseMove(line, spot)
            yield _HELD
            eye.look()
        QTest.mouseRelease(line, left, pos=spot)
        return int(line.at(spot.x()))

    def _spot(self) -> QPoint:
        line = self._stage.transport.timeline
        return QPoint(self._dice.randrange(line.width()), line.height() // 2)

    def _end(self, eye: Eye) -> Wanted:
        first = self._dice.random() < 0.5
        QTest.keyClick(self._stage.viewer.canvas, Qt.Key.Key_Home if first else Qt.Key.Key_End)
        yield 0.0
        eye.look()
        return 0 if first else int(self._stage.deck.last)

    def _play(self, eye: Eye) -> Wanted:
        """Play a little, forward or backward, and stop on whatever is there."""
        canvas = self._stage.viewer.canvas
        QTest.keyClick(canvas, self._dice.choice((Qt.Key.Key_L, Qt.Key.Key_J)))
        for _ in range(12):
            yield 0.03
            eye.look()
        QTest.keyClick(canvas, Qt.Key.Key_K)
        yield 0.2
        said = QAccessible.queryAccessibleInterface(self._stage.transport.time).text(QAccessible.Text.Name)
        found = re.search(r"\d+$", said)
        assert found is not None, said
        return int(found[0])
