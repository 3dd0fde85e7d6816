"""One clip of several that play in step: its deck, and its pictures that wait for those of the others."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from seedance_desktop.domain.frames import Timeline
from seedance_desktop.ui.stage.deck import Deck
from seedance_desktop.ui.stage.picture import Picture
from seedance_desktop.ui.stage.store import FrameStore

from .meeting import SLACK, Span, span

_BYTES = 96_000_000  # of decoded frames: 30 of 1080p
_QUEUE = 16  # pictures that wait at most
_LEVEL, _AHEAD = 0.6, 4.0  # frames ahead of the last one: nearly level, and far
_EASE, _BRAKE = 0.9, 0.5  # how fast one plays that is ahead, and far ahead


class Shown(NamedTuple):
    """A picture and its number."""

    picture: Picture
    number: int


class Side(QObject):
    """`came` says that a picture has come, `failed` that this file shows none."""

    came = Signal()
    failed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.deck = Deck(self, FrameStore(_BYTES))
        self.deck.pictured.connect(self._take)
        self.deck.failed.connect(self._fail)
        self.file = ""
        self.timeline = Timeline((0,), 24.0)
        self.line: deque[Shown] = deque(maxlen=_QUEUE)  # those before the one on screen are gone
        self.newest: Shown | None = None  # what its deck showed last
        self.broken = False
        self._target = 0
        self._ready = False

    @property
    def end(self) -> float:
        """When its last frame is over, in microseconds."""
        return self.timeline.times[-1] + 1_000_000 / self.timeline.fps

    @property
    def arrived(self) -> bool:
        """Whether the frame that it was sent to is here."""
        return self.broken or (self._ready and self.newest is not None and self.newest.number == self._target)

    @property
    def resting(self) -> bool:
        """Whether it has come to its last frame and stands there."""
        return self.broken or (not self.deck.moving and bool(self.line) and self.line[-1].number == self.deck.last)

    @property
    def ending(self) -> bool:
        """Whether its last frame is here and its player has not noticed yet: sent back now, it would stop there."""
        return self.deck.moving == 1 and bool(self.line) and self.line[-1].number == self.deck.last

    @property
    def lead(self) -> float:
        """The time of the newest picture that has come, in microseconds."""
        return self.timeline.times[self.line[-1].number] if self.line else 0.0

    def open(self, file: Path, timeline: Timeline) -> None:
        """Another clip, at its first frame."""
        self.file, self.timeline = str(file), timeline
        self.line.clear()
        self.newest = None
        self.broken = self._ready = False
        self._target = 0
        self.deck.open(file, timeline)

    def retime(self, timeline: Timeline) -> None:
        """The exact times of its frames are known now."""
        self.timeline = timeline
        self.deck.retime(timeline)

    def frame_at(self, time: float) -> int:
        """Its frame at a time; the last one ever after."""
        return self.timeline.frame_at(int(time) + SLACK)

    def aim(self, time: float) -> None:
        """Stand still on the frame of that time."""
        self._target = self.frame_at(time)
        if self._ready and not self.broken:
            self.deck.seek(self._target)

    def run(self, time: float, speed: float) -> None:
        """Play on from that time, if there is anything left to play."""
        self.line.clear()
        self._target = self.frame_at(time)
        if self.broken:
            return
        self.deck.set_speed(speed)
        over = time + SLACK >= self.timeline.times[-1]
        if over and self.deck.moving:
            self.deck.pause()
        self.deck.seek(self._target)
        if not over:
            self.deck.play()
        elif self.newest is not None and self.newest.number == self._target:
            self.line.append(self.newest)

    def spans(self) -> list[Span]:
        """When each picture in line is the right one."""
        return [span(self.timeline, one.number) for one in self.line]

    def advance(self, place: int) -> Shown:
        """The picture at `place` is on the screen now; those before it are over."""
        for _ in range(place):
            self.line.popleft()
        return self.line[0]

    def _take(self, picture: Picture, number: int) -> None:
        self.newest = Shown(picture, number)
        if not self.deck.moving:
            self.line.clear()
            if self._ready:
                self._target = number  # where the deck finds no better one, it stands there
        self.line.append(self.newest)
        if not self._ready:
            self._ready = True
            self.deck.seek(self._target)
        self.came.emit()

    def _fail(self) -> None:
        self.broken = True
        self.newest = None
        self.line.clear()
        self.failed.emit()
        self.came.emit()


def ruler(sides: Sequence[Side], active: int) -> Timeline:
    """The frames of the longest clip; of the active one where others are as long."""
    if not sides:
        return Timeline((0,), 24.0)
    mine, longest = sides[active].timeline, max(sides, key=lambda side: side.end).timeline
    return mine if mine.times[-1] + SLACK >= longest.times[-1] else longest


def level(sides: Sequence[Side], speed: float) -> None:
    """Slow down who is ahead of the last one, until all are level and play at `speed`."""
    running = [side for side in sides if side.deck.moving == 1 and side.line]
    slowest = min((side.lead for side in running), default=0.0)
    for side in running:
        ahead = (side.lead - slowest) * side.timeline.fps / 1_000_000
        wanted = speed * (_BRAKE if ahead > _AHEAD else _EASE if ahead > _LEVEL else 1.0)
        if side.deck.speed != wanted:
            side.deck.set_speed(wanted)
