"""Wires what moves (the pack, or a seam) to what shows it and to what the creator moves it with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedance_desktop.ui.stage.picture import Picture

from . import board as places
from .board import Board
from .lanes import Lanes
from .pack import Pack
from .seam import Seam, joined
from .side import Shown
from .transport import CompareTransport

if TYPE_CHECKING:
    from seedance_desktop.domain.frames import Frame, Timeline


class Motion(QObject):
    """`failed(side)` cannot be played; `wanted` are frames to decode."""

    failed = Signal(int)
    wanted = Signal(object)

    def __init__(self, board: Board, transport: CompareTransport, lanes: Lanes, parent: QObject) -> None:
        super().__init__(parent)
        self._board, self._transport, self._lanes = board, transport, lanes
        self.pack = Pack(self)
        self.seam: Seam | None = None
        self._files: list[str] = []  # of the seam
        self._shown: list[Shown | None] = []
        self._resume = False
        self._place = places.SIDES
        self.pack.pictured.connect(self._pictured)
        self.pack.moving_changed.connect(self._moved)
        self.pack.failed.connect(self.failed)
        self.pack.wanted.connect(self.wanted)
        self._connect()

    @property
    def _mover(self) -> Pack | Seam:
        return self.seam or self.pack

    def open(self, clips: Sequence[tuple[Path, Timeline]]) -> None:
        """These at their first frames."""
        self.end_seam()
        self._shown = []
        self.pack.open(clips)
        self._lanes.set_clips([times for _file, times in clips])
        self.show_ruler()
        self._transport.set_playing(False)

    def replace(self, index: int, file: Path, times: Timeline) -> None:
        """Another one on one side."""
        self.pack.replace(index, file, times)
        self._lanes.set_clips([side.timeline for side in self.pack.sides])
        self.show_ruler()

    def swap(self) -> None:
        """The first two change places."""
        self.pack.swap()
        self._lanes.swap()
        self._shown[:2] = self._shown[1::-1]
        self.show_again()

    def close(self) -> None:
        """Let go of all files."""
        self.end_seam()
        self.pack.close()
        self._shown = []

    def set_active(self, index: int) -> None:
        """This side sounds and is counted."""
        if self.pack.sides:
            self.pack.set_active(index)
            if self.seam is None:
                self.show_ruler()

    def frames(self, frames: list[Frame], file: str) -> None:
        """Decoded frames have come."""
        self.pack.frames(frames, file)
        if self.seam is not None:
            for index, name in enumerate(self._files):
                if name == file:
                    self.seam.frames(frames, index)

    def show_ruler(self) -> None:
        """Count the frames of the ruler, and say which one is on screen."""
        self._transport.set_clip(self.pack.ruler)
        self._transport.set_playing(self.pack.moving != 0)
        self._lanes.set_ruler(self.pack.ruler)
        self._number(self.pack.position)

    def show_again(self) -> None:
        """The pictures on screen have another place."""
        if self._shown:
            self._board.show_pictures(self._shown)

    # the seam

    def play_seam(self, clips: Sequence[tuple[Path, Timeline]], frame: int, *, skip: bool) -> None:
        """Loop the cut between two clips in one place; see `Seam.open`."""
        self.end_seam()
        self.pack.pause()
        if self._board.currentIndex() != places.SEAM:
            self._place = self._board.currentIndex()
        seam = self.seam = Seam(self)
        seam.pictured.connect(self._seam_pictured)
        seam.moving_changed.connect(self._moved)
        seam.wanted.connect(self.wanted)
        self._files = [str(file) for file, _times in clips]
        seam.open(list(clips), frame, skip=skip)
        seam.set_speed(self.pack.speed)
        loudness = self._transport.loudness
        seam.set_volume(loudness.volume.value() / 100, loudness.mute.isChecked())
        ruler = joined(clips[0][1], clips[1][1])
        self._transport.set_clip(ruler)
        self._lanes.join(seam.played)
        self._lanes.set_ruler(ruler)
        self._board.setCurrentIndex(places.SEAM)
        seam.play()

    def end_seam(self) -> None:
        """The sides again."""
        if self.seam is None:
            return
        seam, self.seam = self.seam, None
        seam.close()
        seam.deleteLater()
        self._lanes.join(None)
        self._board.setCurrentIndex(self._place)
        self.show_ruler()
        self.show_again()

    # how it moves

    def toggle(self) -> None:
        """Play, or stand still."""
        if self._mover.moving:
            self._mover.pause()
        else:
            self._mover.play()

    def pause(self) -> None:
        """Stand still."""
        self._mover.pause()

    def shuttle(self, direction: int) -> None:
        """J and L."""
        if self.seam is None:
            self.pack.shuttle(direction)
        elif direction > 0:
            self.seam.play()

    def step(self, frames: int) -> None:
        """Stand still some frames further on."""
        self._mover.step(frames)

    def second(self, way: int) -> None:
        """Stand still a second further on."""
        self._mover.step(way * self.pack.second)

    def seek(self, number: int) -> None:
        """Show a frame of the ruler; -1 is the last one."""
        last = self._lanes.maximum()
        self._mover.seek(last if number < 0 else min(number, last))

    def _speed(self, speed: float) -> None:
        self.pack.set_speed(speed)
        if self.seam is not None:
            self.seam.set_speed(speed)

    def _volume(self, volume: float, muted: bool) -> None:
        self.pack.set_volume(volume, muted)
        if self.seam is not None:
            self.seam.set_volume(volume, muted)

    def _hold(self, held: bool) -> None:
        if held:
            self._resume = self._mover.moving == 1
            self._mover.pause()
        elif self._resume:
            self._mover.play()

    def _connect(self) -> None:
        transport, lanes = self._transport, self._lanes
        transport.toggled.connect(self.toggle)
        transport.stepped.connect(self.step)
        transport.looped.connect(self.pack.set_looped)
        transport.speed_chosen.connect(self._speed)
        transport.loudness_changed.connect(self._volume)
        lanes.chosen.connect(self.seek)
        lanes.sliderPressed.connect(lambda: self._hold(True))
        lanes.sliderReleased.connect(lambda: self._hold(False))

    # what it shows

    def _pictured(self, shown: list[Shown | None]) -> None:
        """The one place where pictures and their number reach the screen: together."""
        self._shown = shown
        if self.seam is None:
            self._board.show_pictures(shown)
            self._number(self.pack.position)

    def _seam_pictured(self, picture: Picture, number: int) -> None:
        self._board.seam.show_picture(picture)
        self._number(number)

    def _number(self, number: int) -> None:
        self._transport.set_frame(number)
        self._lanes.place(number)

    def _moved(self, moving: int) -> None:
        self._board.set_fine(moving == 0)
        self._transport.set_playing(moving != 0)
