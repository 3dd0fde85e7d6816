"""Plays the cut between two clips round and round: the end of the first, then the beginning of the second.

Each clip has a deck of its own, which stands ready on its first frame while the other one plays.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from seedance_desktop.domain.frames import Frame, Timeline
from seedance_desktop.ui.stage.deck import Deck
from seedance_desktop.ui.stage.picture import Picture
from seedance_desktop.ui.stage.store import FrameStore

_BYTES = 64_000_000


@dataclass(slots=True)
class Part:
    """One clip and the frames of it that are played, both inclusive."""

    deck: Deck
    timeline: Timeline
    first: int
    last: int
    newest: tuple[Picture, int] | None = None  # what its deck showed last
    held: Picture | None = None  # of its first frame, ready to be shown
    ready: bool = False


def joined(first: Timeline, second: Timeline) -> Timeline:
    """Both clips end to end."""
    begin = round(first.times[-1] + 1_000_000 / first.fps)
    return Timeline((*first.times, *(begin + time for time in second.times)), first.fps)


class Seam(QObject):
    """`pictured` carries a picture and its number on the joined timeline."""

    pictured = Signal(object, int)
    moving_changed = Signal(int)
    wanted = Signal(object)  # FramesWanted

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.moving = 0
        self.position = 0
        self.parts: list[Part] = []
        self._at = 0
        self._speed = 1.0
        self._cut = QTimer(self)
        self._cut.setSingleShot(True)
        self._cut.timeout.connect(self._next)

    @property
    def played(self) -> tuple[int, int]:
        """The first and last frame of the joined timeline that are played."""
        first, second = self.parts
        return first.first, len(first.timeline.times) + second.last

    def open(self, clips: list[tuple[Path, Timeline]], frame: int, *, skip: bool) -> None:
        """The second before `frame` of the first clip (-1 is its last), and the first second of the other one.

        With `skip` the second clip's first frame, which repeats that frame, is left out.
        """
        self.close()
        (one, before), (other, after) = clips
        last = len(before.times) - 1 if frame < 0 else min(frame, len(before.times) - 1)
        begin = int(skip)
        self._add(one, before, max(0, last - round(before.fps) + 1), last)
        self._add(other, after, begin, min(len(after.times) - 1, begin + round(after.fps) - 1))
        self._at = 0

    def close(self) -> None:
        """Stop, and let go of both files."""
        self._cut.stop()
        self._move(0)
        for part in self.parts:
            part.deck.shut()
            part.deck.deleteLater()
        self.parts.clear()

    def play(self) -> None:
        """Go on; it goes round until it is paused."""
        if self.parts and not self.moving:
            self._move(1)
            self._start()

    def pause(self) -> None:
        """Stand still on what is on screen."""
        self._cut.stop()
        if self.moving and self.parts:
            self._move(0)
            self.parts[self._at].deck.pause()

    def seek(self, number: int) -> None:
        """Stand still on a frame of the joined timeline."""
        if not self.parts:
            return
        self.pause()
        count = len(self.parts[0].timeline.times)
        before, self._at = self._at, int(number >= count)
        if before != self._at:
            self._rewind(before)
        self.parts[self._at].ready = True
        self.parts[self._at].deck.seek(number - count * self._at)

    def step(self, frames: int) -> None:
        """Stand still some frames further on."""
        self.seek(self.position + frames)

    def set_speed(self, speed: float) -> None:
        """Play `speed` times as fast."""
        self._speed = speed
        for part in self.parts:
            part.deck.set_speed(speed)

    def set_volume(self, volume: float, muted: bool) -> None:
        """`volume` from 0 to 1."""
        for part in self.parts:
            part.deck.set_volume(volume, muted)

    def frames(self, frames: list[Frame], index: int) -> None:
        """Frames of one of the two that were wished for."""
        if index < len(self.parts):
            self.parts[index].deck.frames(frames)

    def _add(self, file: Path, timeline: Timeline, first: int, last: int) -> None:
        part = Part(Deck(self, FrameStore(_BYTES)), timeline, first, last)
        index = len(self.parts)
        self.parts.append(part)
        part.deck.pictured.connect(lambda picture, number: self._came(index, picture, number))
        part.deck.moving_changed.connect(lambda _moving: self._ended(index))
        part.deck.wanted.connect(self.wanted)
        part.deck.set_speed(self._speed)
        part.deck.open(file, timeline)

    def _came(self, index: int, picture: Picture, number: int) -> None:
        part = self.parts[index]
        part.newest = (picture, number)
        if not part.ready:
            self._prepare(index, picture, number)
        elif index == self._at and (number <= part.last or not self.moving):
            self._show(picture, number)
            if self.moving and number == part.last:
                self._cut_soon(part)

    def _prepare(self, index: int, picture: Picture, number: int) -> None:
        """A deck on its way to its first frame."""
        part = self.parts[index]
        if number != part.first:
            part.deck.seek(part.first)
            return
        part.held, part.ready = picture, True
        if index == self._at:
            self._show(picture, number)
            if self.moving:
                self._start()

    def _show(self, picture: Picture, number: int) -> None:
        self.position = number + len(self.parts[0].timeline.times) * self._at
        self.pictured.emit(picture, self.position)

    def _start(self) -> None:
        """The part whose turn it is, from where it stands; as soon as it stands there."""
        part = self.parts[self._at]
        if not part.ready:
            return
        if part.held is not None:
            self._show(part.held, part.first)
            part.held = None
        if part.deck.number >= part.last:
            self._cut_soon(part)
        else:
            part.deck.play()

    def _cut_soon(self, part: Part) -> None:
        """The last picture of a part stays as long as any other; a player that ends by itself says so."""
        if part.deck.moving != 1 or part.last < part.deck.last:
            part.deck.pause()
            self._cut.start(round(1000 / part.timeline.fps / self._speed))

    def _ended(self, index: int) -> None:
        part = self.parts[index]
        its_turn = self.moving and index == self._at and not self._cut.isActive()
        if its_turn and not part.deck.moving and part.deck.number == part.last == part.deck.last:
            self._next()

    def _next(self) -> None:
        """The other part's turn; this one goes back to its beginning."""
        before, self._at = self._at, 1 - self._at
        self._rewind(before)
        self._start()

    def _rewind(self, index: int) -> None:
        part = self.parts[index]
        part.held, part.ready = None, False
        part.deck.seek(part.first)
        if part.newest is not None and part.newest[1] == part.first == part.deck.number:
            self._prepare(index, *part.newest)

    def _move(self, moving: int) -> None:
        if moving != self.moving:
            self.moving = moving
            self.moving_changed.emit(moving)
