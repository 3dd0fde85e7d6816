"""Two to four clips that move as one: what they show reaches the screen together, for one and the same time.

Each clip has a deck of its own. While they play, a picture waits for those of the others; who runs ahead is slowed
down until they are level. While they stand, the screen changes when every one has the frame that it was sent to. The
ruler is the longest clip (the active one of several): positions are its frames, counted from 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from seedance_desktop.ui.stage.deck import FASTEST

from .meeting import meet
from .side import Shown, Side, level, ruler

if TYPE_CHECKING:
    from seedance_desktop.domain.frames import Frame, Timeline

_PATIENCE = 250  # milliseconds until another place may be sought although not every side has come to the last one
_LOOSE = 5  # frames' time without a picture, until one frame apart is better than standing still


class Pack(QObject):
    """`pictured` carries for each side its picture and number (None for a side that has none), all of one time."""

    pictured = Signal(list)  # list[Shown | None]
    moving_changed = Signal(int)  # 1 forward, -1 backward, 0 still
    failed = Signal(int)  # the side that cannot be played
    wanted = Signal(object)  # FramesWanted

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sides: list[Side] = []
        self.active = 0
        self.position = 0  # of the ruler, on screen
        self.moving = 0
        self._asked = 0
        self._next: int | None = None
        self._looped, self._speed, self._shuttle = False, 1.0, 1.0
        self._range = (-1, -1)
        self._volume, self._muted = 1.0, False
        self._resume = False
        self._arriving = False
        self._shown: list[Shown] = []
        self._since_go, self._since_shown = QElapsedTimer(), QElapsedTimer()
        self._reverse = QTimer(self)
        self._reverse.timeout.connect(self._step_back)

    # what is open

    def open(self, clips: Sequence[tuple[Path, Timeline]]) -> None:
        """These clips at their first frames, standing still."""
        self.close()
        for file, timeline in clips:
            self._add().open(file, timeline)
        self._go(0)

    def replace(self, index: int, file: Path, timeline: Timeline) -> None:
        """Another clip on one side, at the time where the others are; what played goes on when it is there."""
        resume = self.moving == 1
        self.pause()
        self._resume = resume
        self.sides[index].open(file, timeline)
        self._next = None
        self._since_go.invalidate()
        self._go(min(self.position, self.last))

    def swap(self) -> None:
        """The first two change places."""
        self.sides[0], self.sides[1] = self.sides[1], self.sides[0]
        self.set_active(self.active)

    def close(self) -> None:
        """Stop, and let go of all files."""
        self._stop()
        for side in self.sides:
            side.deck.shut()
            side.deleteLater()
        self.sides.clear()
        self.position = self._asked = self.active = 0
        self._next, self._range, self._resume = None, (-1, -1), False

    def retime(self, file: str, timeline: Timeline) -> None:
        """The exact times of a file's frames are known now."""
        for side in self.sides:
            if side.file == file:
                side.retime(timeline)

    def frames(self, frames: list[Frame], file: str) -> None:
        """Frames that were wished for have come."""
        for side in self.sides:
            if side.file == file:
                side.deck.frames(frames)

    # the ruler

    @property
    def ruler(self) -> Timeline:
        """The frames of the longest clip; of the active one where others are as long."""
        return ruler(self.sides, self.active)

    @property
    def last(self) -> int:
        """The number of the ruler's last frame."""
        return len(self.ruler.times) - 1

    @property
    def second(self) -> int:
        """Frames in a second, as steps count them."""
        return max(1, round(self.ruler.fps))

    @property
    def speed(self) -> float:
        """How fast it plays, or would."""
        return self._speed if self._shuttle == 1.0 else self._shuttle

    @property
    def time(self) -> int:
        """The time on screen, in microseconds."""
        return self.ruler.times[min(self.position, self.last)]

    def set_active(self, index: int) -> None:
        """This side sounds, and its frames are counted where none is longer."""
        time = self.time
        self.active = index
        self.position = self._asked = self.ruler.frame_at(time)
        self._set_sound()

    def set_range(self, first: int, last: int) -> None:
        """A loop goes from `first` to `last` of the ruler; -1 for an end that isn't set."""
        self._range = (first, last)

    # how it moves

    def play(self) -> None:
        """Go on from the frame on screen; from the first one at the end."""
        if not self.sides or self.moving == 1:
            return
        at = self._asked
        first, last = self._bounds()
        self._stop(quiet=True)
        self._run(first if at >= last or at < first else at)
        self._move(1)

    def pause(self) -> None:
        """Stand still on what is on screen, all on exactly the same time."""
        self._resume = False
        if self.moving:
            self._stop()
            self._go(self.position)

    def seek(self, number: int) -> None:
        """Show a frame of the ruler, the nearest at the ends; what plays goes on from there."""
        number = max(0, min(self.last, number))
        if self.moving == 1:
            self._run(number)
        else:
            self._go(number)

    def step(self, frames: int) -> None:
        """Stand still, `frames` further on than what was asked for last."""
        self.pause()
        self.seek(self._asked + frames)

    def shuttle(self, direction: int) -> None:
        """Play forward (1) or backward (-1); twice as fast with each further press."""
        faster = direction == self.moving
        self._shuttle = min(FASTEST, self._shuttle * 2) if faster else 1.0
        if direction > 0:
            if faster:
                self._hurry()
            self.play()
            return
        if not faster:
            self.pause()
            self._move(-1)
        self._reverse.start(round(1000 / (self.ruler.fps * min(1.0, self.speed))))

    def set_looped(self, looped: bool) -> None:
        """Begin again after the end, or stop there."""
        self._looped = looped

    def set_speed(self, speed: float) -> None:
        """Play `speed` times as fast, now and from now on."""
        self._speed, self._shuttle = speed, 1.0
        self._hurry()

    def set_volume(self, volume: float, muted: bool) -> None:
        """`volume` from 0 to 1, of the side that sounds."""
        self._volume, self._muted = volume, muted
        self._set_sound()

    # within

    def _add(self) -> Side:
        side = Side(self)
        side.came.connect(self._came)
        side.failed.connect(lambda: self.failed.emit(self.sides.index(side)))
        side.deck.wanted.connect(self.wanted)
        side.deck.moving_changed.connect(self._came)
        self.sides.append(side)
        self._set_sound()
        return side

    def _set_sound(self) -> None:
        for index, side in enumerate(self.sides):
            side.deck.set_volume(self._volume, self._muted or index != self.active)

    def _bounds(self) -> tuple[int, int]:
        first, last = self._range if self._looped else (-1, -1)
        return max(0, first), min(self.last, last) if last >= 0 else self.last

    def _go(self, number: int) -> None:
        """Send every side to the time of a frame, unless they are still on the way to another one."""
        self._asked = number
        on_the_way = self._arriving and self._since_go.isValid() and not self._since_go.hasExpired(_PATIENCE)
        if on_the_way:
            self._next = number
            return
        self._next, self._arriving = None, False  # until all are sent: some arrive at once
        self._since_go.start()
        for side in self.sides:
            side.aim(self.ruler.times[number])
        self._arriving = True
        self._came()

    def _run(self, number: int) -> None:
        """Every side plays from the time of a frame."""
        self.position = self._asked = number
        self._next, self._arriving, self._shown = None, False, []
        self._since_shown.start()
        for side in self.sides:
            side.run(self.ruler.times[number], self.speed)

    def _came(self) -> None:
        if self.moving == 1:
            self._meet()
        elif self._arriving and all(side.arrived for side in self.sides):
            self._arrive()

    def _arrive(self) -> None:
        """Every side has the frame that it was sent to."""
        self._arriving = False
        self.position = self._asked if self._next is None else self.ruler.frame_at(self._standing())
        self.pictured.emit([side.newest for side in self.sides])
        if self._next is not None:
            self._go(self._next)
        elif self._resume:
            self._resume = False
            self.play()

    def _standing(self) -> int:
        return int(max((side.lead for side in self.sides), default=0)) + 1

    def _meet(self) -> None:
        """Show the newest pictures that belong together."""
        live = [side for side in self.sides if not side.broken]
        waited = self._since_shown.elapsed() > _LOOSE * 1000 / (self.ruler.fps * self.speed)
        lines = [side.spans() for side in live]
        places = meet(lines) or (meet(lines, loose=True) if waited else None)
        if places is not None:
            self._bring([side.advance(place) for side, place in zip(live, places, strict=True)])
        level(live, self.speed)
        self._heed_end()

    def _bring(self, shown: list[Shown]) -> None:
        """These to the screen, unless they are there."""
        if shown == self._shown:
            return
        self._shown = shown
        self._since_shown.start()
        live = [side for side in self.sides if not side.broken]
        time = max(side.timeline.times[one.number] for side, one in zip(live, shown, strict=True))
        self.position = self._asked = self.ruler.frame_at(time + 1)
        self.pictured.emit([None if side.broken else side.line[0] for side in self.sides])

    def _hurry(self) -> None:
        for side in self.sides:
            side.deck.set_speed(self.speed)

    def _heed_end(self) -> None:
        first, last = self._bounds()
        over = self.position >= last or all(side.resting and len(side.line) < 2 for side in self.sides)
        if not over or any(side.ending for side in self.sides):
            return
        if self._looped:
            self._run(first)
        else:
            self._stop()
            self._go(last)

    def _step_back(self) -> None:
        """One beat of playing backward; it waits for frames that are not here yet."""
        if self._arriving:
            return
        first, last = self._bounds()
        if self.position <= first and not self._looped:
            self.pause()
            return
        self._go(max(first, self.position - max(1, int(self.speed))) if self.position > first else last)

    def _stop(self, quiet: bool = False) -> None:
        self._reverse.stop()
        moved, self.moving = self.moving, 0
        for side in self.sides:
            if side.deck.moving:
                side.deck.pause()
        self.moving = moved
        if not quiet:
            self._shuttle = 1.0
            self._move(0)

    def _move(self, moving: int) -> None:
        if moving != self.moving:
            self.moving = moving
            self.moving_changed.emit(moving)
