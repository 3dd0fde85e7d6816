"""What is on the screen and how it moves: the player while it plays, decoded frames while it is stepped.

The number always belongs to the picture: both come out in one signal, and the number is read from the picture's own
time stamp or is the decoded frame's own, never a position that somebody reports.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from seedance_desktop.domain.frames import Frame, FramesWanted, Timeline

from .picture import Decoded, Picture, Played
from .player import Player
from .rounds import Round
from .store import FrameStore

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame

FASTEST = 4.0
_SETTLE = 80  # milliseconds of standing still after which the player follows, and neighbours are asked for
_LOST = 700  # milliseconds after which the player is taken to be where it was sent
_UNANSWERED = 1500  # milliseconds after which frames that were asked for may be asked for again
_LEADING = 16  # frames that a decoder let in at a key frame may lack at most
_ENOUGH = 3  # pictures behind the place it was sent to: it won't come there
_SLACK = 2000  # microseconds: time stamps are rounded differently by everyone


class Deck(QObject):
    """Frames are numbers from 0. While paused, the frame asked for is what gets shown, and nothing else."""

    pictured = Signal(object, int)  # Picture, its number
    moving_changed = Signal(int)  # 1 forward, -1 backward, 0 still
    failed = Signal()
    wanted = Signal(object)  # FramesWanted

    def __init__(self, parent: QObject | None = None, store: FrameStore | None = None) -> None:
        super().__init__(parent)
        self.number = -1  # of the picture on screen; -1 before the first
        self.moving = 0
        self._timeline = Timeline((0,), 24.0)
        self.file = ""
        self._first: int | None = None  # the time stamp of frame 0 as the player gives it
        self._target: int | None = None  # the frame asked for while paused
        self._landing: int | None = None  # where the player was sent and has not arrived
        self._behind = False  # the player stands elsewhere than the screen
        self._back = False  # the direction of the last step
        self._scrubbing = False  # the hand moves the playhead
        self._round = Round()
        self._speed, self._shuttle = 1.0, 1.0
        self.store = store or FrameStore()
        self._player = Player(self)
        self._player.framed.connect(self._played)
        self._player.ended.connect(self._ended)
        self._player.failed.connect(self._fail)
        self._doubted: tuple[Played, int] | None = None  # what the player showed instead
        self._passed = 0  # how often that lay behind the place it was sent to
        self._since_ask = QElapsedTimer()
        self._settle = self._timer(self._settled, once=True)
        self._lost = self._timer(self._give_way, once=True)
        self._reverse = self._timer(self._step_back)

    @property
    def _start(self) -> int:
        """How far the player's time stamps are ahead of the timeline's."""
        return 0 if self._first is None else self._first - self._timeline.times[0]

    @property
    def last(self) -> int:
        """The number of the last frame."""
        return len(self._timeline.times) - 1

    @property
    def fps(self) -> float:
        """The clip's nominal frame rate."""
        return self._timeline.fps

    @property
    def second(self) -> int:
        """Frames in a second, as steps count them."""
        return max(1, round(self._timeline.fps))

    @property
    def speed(self) -> float:
        """How fast it plays, or would."""
        return self._speed if self._shuttle == 1.0 else self._shuttle

    def open(self, file: Path, timeline: Timeline) -> None:
        """Show the first frame of `file`, standing still."""
        self.close()
        self.file, self._timeline = str(file), timeline
        self._player.open(file)
        self._round.chosen, self._round.end = None, self.last
        self._set_round()

    def retime(self, timeline: Timeline) -> None:
        """The exact times of the frames are known now."""
        self._timeline = timeline
        self._round.end = self.last
        self._set_round()

    def close(self) -> None:
        """Stop, forget every picture and let go of the file."""
        self._stop()
        self._settle.stop()
        self._lost.stop()
        self._player.close()
        self.store.clear()
        self.file, self.number, self._first = "", -1, None
        self._target = self._landing = self._doubted = None
        self._behind = self._scrubbing = False

    def shut(self) -> None:
        """The window closes."""
        self.close()
        self._player.shut()

    def play(self) -> None:
        """Go on from exactly the frame on screen; at the end, or at the out point of a loop, begin again."""
        if not self.file or self.moving == 1:
            return
        at = self._asked()
        self._stop(quiet=True)
        self._settle.stop()
        if at >= self._round.last:
            self._send(self._round.first)
        elif self._behind or (self._target is not None and self._target != self.number):
            self._send(at)
        self._target = None
        self._player.set_rate(self.speed)
        self._player.play()
        self._fetch_in()
        self._move(1)

    def pause(self) -> None:
        """Stand still on the picture that is on screen."""
        if self.moving:
            self._stop()
            self._settle.start(_SETTLE)

    def seek(self, number: int) -> None:
        """Show a frame, the nearest at the ends; what plays goes on from there."""
        if not self.file:
            return
        number = max(0, min(self.last, number))
        if self.moving == 1:
            self._send(number)
            return
        self._back = number < self._asked()
        self._target = number
        if number == self.number:
            self._behind = self._behind or self._landing is not None
        elif not self._show_stored() and not (self._scrubbing and self._landing is not None):
            self._send(number)
        if not self._scrubbing:
            self._ask(number)
        self._settle.start(_SETTLE)

    def scrub(self, scrubbing: bool) -> None:
        """While the hand moves the playhead, pictures on the way are shown too, each with its own number.

        The player finishes the way it is on before it is sent on, so that there always is a next picture.
        """
        self._scrubbing = scrubbing

    def step(self, frames: int) -> None:
        """Stand still, `frames` further on than what was asked for last."""
        self.pause()
        self.seek(self._asked() + frames)

    def shuttle(self, direction: int) -> None:
        """Play forward (1) or backward (-1); twice as fast with each further press."""
        if not self.file:
            return
        faster = direction == self.moving
        self._shuttle = min(FASTEST, self._shuttle * 2) if faster else 1.0
        if direction > 0:
            self._player.set_rate(self.speed)
            self.play()
        else:
            if not faster:
                self._stop(quiet=True)
                self._move(-1)
            self._reverse.start(round(1000 / (self._timeline.fps * min(1.0, self.speed))))

    def set_looped(self, looped: bool) -> None:
        """Begin again after the end, or stop there."""
        self._round.looped = looped
        self._set_round()

    def set_range(self, chosen: tuple[int, int] | None) -> None:
        """A loop goes from the first to the last of these frames, both inclusive; None is the whole clip."""
        self._round.chosen = chosen
        self._set_round()

    def set_speed(self, speed: float) -> None:
        """Play `speed` times as fast, now and from now on."""
        self._speed, self._shuttle = speed, 1.0
        if self.file:
            self._player.set_rate(speed)

    def set_volume(self, volume: float, muted: bool) -> None:
        """`volume` from 0 to 1."""
        self._player.set_volume(volume, muted)

    def frames(self, frames: list[Frame]) -> None:
        """Frames that were asked for have come."""
        for frame in frames:
            self.store.put(frame)
        if not self.moving and self._target is not None and self._target != self.number:
            self._show_stored()

    def _asked(self) -> int:
        return self.number if self._target is None else self._target

    def _show_stored(self) -> bool:
        """Show the frame asked for if it is here; the player follows when the creator rests."""
        frame = self.store.get(self._target) if self._target is not None else None
        if frame is None:
            return False
        self._behind, self._landing = True, None
        if not self.moving:
            self._settle.start(_SETTLE)
        self._show(Decoded(frame), frame.number)
        return True

    def _show(self, picture: Picture, number: int) -> None:
        self.number = number
        self.pictured.emit(picture, number)

    def _played(self, frame: QVideoFrame) -> None:
        """The player shows a picture: is it the one that is wanted?"""
        if self.number < 0 and self._landing is None:
            self._first = frame.startTime()
            self._settle.start(_SETTLE * 4)
        number = self._timeline.frame_at(frame.startTime() - self._start + _SLACK)
        if self._landing is None and self.moving == 1 and self._round.over(number):
            self._go_round()
        elif not self._believed(number):
            self._doubted = (Played(frame), number)
            self._look_out(number)
        else:
            self._landing = self._doubted = None
            self._lost.stop()
            if self._target is None or self.number != self._target:
                self._show(Played(frame), number)
            self._go_on()

    def _go_on(self) -> None:
        """The hand has moved on while the player was on its way."""
        if not self.moving and self._target is not None and self._target != self.number and not self._show_stored():
            self._send(self._target)

    def _believed(self, number: int) -> bool:
        if self._landing is None:
            return self._target is None or number == self._target
        return number == self._landing or (self.moving == 1 and number == self._landing + 1)

    def _look_out(self, number: int) -> None:
        """The player goes on from behind the place it was sent to: some files let it in at key frames only.

        So it is let in earlier, once, and runs up unseen. (One such picture alone may be left over from before.)
        """
        if self.moving != 1 or self._landing is None or not 0 < number - self._landing <= _LEADING:
            return
        self._passed += 1
        if self._passed == _ENOUGH:
            self._player.seek(self._start + self._timeline.aim(max(0, self._landing - _LEADING // 2)))

    def _give_way(self) -> None:
        """The player does not find the frame it was sent to: what it did show is better than nothing."""
        lost, self._landing = self._landing, None
        doubted, self._doubted = self._doubted, None
        if not self.moving and self._target is not None and self._target != lost:
            self._go_on()
        elif doubted is not None and self._target != self.number and not self._round.over(doubted[1]):
            self._target = None
            self._show(*doubted)
        else:
            self._behind = not self.moving

    def _go_round(self) -> None:
        """From the out point to the in point: at once where that frame is here; the player comes after."""
        first = self._round.first
        self._send(first)
        frame = self.store.get(first)
        if frame is not None:
            self._show(Decoded(frame), first)

    def _fetch_in(self) -> None:
        """Have the in point ready before the loop comes to it."""
        if self.file and self._round.narrow:
            self._ask(self._round.first, back=False)

    def _set_round(self) -> None:
        if self.file:
            self._player.set_looped(self._round.looped and not self._round.narrow)
            if self.moving:
                self._fetch_in()

    def _send(self, number: int) -> None:
        """Let the player go to a frame."""
        self._landing, self._behind, self._doubted, self._passed = number, False, None, 0
        self._lost.start(_LOST)
        self._player.seek(self._start + self._timeline.aim(number))

    def _settled(self) -> None:
        if self._behind and not self.moving:
            self._send(self.number)
        self._ask(self._asked())

    def _ask(self, number: int, back: bool | None = None) -> None:
        back = self._back if back is None else back
        if self._since_ask.isValid() and self._since_ask.hasExpired(_UNANSWERED):
            self.store.forget()
        wanted = self.store.ask(number, back, self.last) if number >= 0 else None
        if wanted is not None:
            self._since_ask.start()
            self.wanted.emit(FramesWanted(self.file, *wanted))

    def _step_back(self) -> None:
        """One beat of playing backward; it waits for a frame that is not here yet."""
        if self._target is not None and self._target != self.number and not self._show_stored():
            return
        number = self._round.back(self.number, max(1, int(self.speed)))
        if number is None:
            self.pause()
        else:
            self.seek(number)

    def _ended(self) -> None:
        """The last picture stays; the player is woken on it, so that the next step begins there."""
        if self._round.narrow:
            self._go_round()
            self._player.play()
            return
        self._stop(quiet=True)
        self._shuttle = 1.0
        self._behind = True
        self._target = self.number
        self._settle.start(_SETTLE)
        self._move(0)

    def _fail(self) -> None:
        self._stop()
        self.failed.emit()

    def _stop(self, quiet: bool = False) -> None:
        self._reverse.stop()
        if self.moving == 1:
            self._player.pause()
        if not quiet:
            self._shuttle = 1.0
            self._move(0)

    def _move(self, moving: int) -> None:
        if moving != self.moving:
            self.moving = moving
            self.moving_changed.emit(moving)

    def _timer(self, slot: Callable[[], None], once: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(once)
        timer.timeout.connect(slot)
        return timer
