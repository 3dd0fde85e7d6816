"""The row under the picture: where it is, how it moves, how loud, how large; and the timeline below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from seedance_desktop.ui.controls import Button, Panel, Select
from seedance_desktop.words import tr

from .buttons import DISC, LoopButton, MarkButton, PlayButton
from .loudness import Loudness
from .timecode import TimecodeLabel
from .timeline import INSET, Timeline
from .zoombox import ZoomBox

if TYPE_CHECKING:
    from seedance_desktop.domain.frames import Timeline as Times

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0)
_PLAIN = SPEEDS.index(1.0)
PAD, NARROW_PAD = 16, 12
_HEIGHT, _ICON, _BELOW = 48, 20, 6
_ZOOM_FROM, _KEYS_FROM, _AIR_FROM = 600, 540, 480  # widths with room for the zoom, keys on buttons, gaps
_GAP, _SIDE_GAP, _LEAST_GAP = 6, 8, 1


class Transport(Panel):
    """Says what the user does; shows what it is told."""

    toggled = Signal()  # play or pause
    stepped = Signal(int)
    sought = Signal(int)
    held = Signal(bool)  # the timeline is being dragged
    looped = Signal(bool)
    speed_chosen = Signal(float)
    loudness_changed = Signal(float, bool)
    full_screen = Signal()
    mark_in = Signal()
    mark_out = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent=parent)
        self._count, self._fps = 0, 24.0
        self.time = TimecodeLabel()
        self.set_in = MarkButton(tr("Set in"), "mark-in-20", "I")
        self.play = PlayButton()
        self.back = _tool(tr("Previous frame"), "frame-back-20")
        self.on = _tool(tr("Next frame"), "frame-forward-20")
        self.set_out = MarkButton(tr("Set out"), "mark-out-20", "O", behind=True)
        self.loop = LoopButton()
        self.zoom = ZoomBox()
        self.speed = Select(name=tr("Speed"))
        for speed in SPEEDS:
            self.speed.addItem(f"{speed:g}×", speed)
        self.speed.setCurrentIndex(_PLAIN)
        for box in (self.speed, self.zoom):
            box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.loudness = Loudness()
        self.full = _tool(tr("Full screen"), "fullscreen-20")
        self.timeline = Timeline()
        self._lay_out()
        self._connect()
        self.set_clip(None)

    def set_clip(self, times: Times | None) -> None:
        """A clip with these frames is on the stage, or none that can be played."""
        self.set_times(times)
        self.set_frame(0)
        self.set_playing(False)
        for control in (*self._keyed(), self.time, self.timeline, self.loudness):
            control.setEnabled(times is not None)

    def set_times(self, times: Times | None) -> None:
        """The frames of the clip on the stage are known better now."""
        self._count, self._fps = (len(times.times), times.fps) if times else (0, 24.0)
        self.timeline.set_times(times)

    def set_frame(self, number: int) -> None:
        """Frame `number` is on screen."""
        self.time.set_frame(number, self._count, self._fps)
        self.timeline.place(number)

    def set_playing(self, playing: bool) -> None:
        """It moves, or stands still."""
        self.play.set_playing(playing)

    def set_compact(self, compact: bool) -> None:
        """Take less room."""
        self.loudness.set_compact(compact)
        self.timeline.set_compact(compact)
        self._set_margins(NARROW_PAD if compact else PAD)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What there is no room for is left out; keys do the same."""
        super().resizeEvent(event)
        self.zoom.setVisible(self.width() >= _ZOOM_FROM)
        for button in (self.set_in, self.set_out):
            button.set_compact(self.width() < _KEYS_FROM)
        airy = self.width() >= _AIR_FROM
        self._row.setSpacing(_GAP if airy else 0)
        self._right.setSpacing(_SIDE_GAP if airy else _LEAST_GAP)

    def quicken(self, steps: int) -> None:
        """The next speed up or down."""
        self.speed.setCurrentIndex(max(0, min(len(SPEEDS) - 1, self.speed.currentIndex() + steps)))

    def _keyed(self) -> tuple[QWidget, ...]:
        marks = (self.set_in, self.set_out)
        return (*marks, self.back, self.play, self.on, self.loop, self.zoom, self.speed, self.full)

    def _connect(self) -> None:
        self.play.clicked.connect(self.toggled)
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.on.clicked.connect(lambda: self.stepped.emit(1))
        self.loop.toggled.connect(self.looped)
        self.speed.currentIndexChanged.connect(lambda row: self.speed_chosen.emit(SPEEDS[row]))
        self.loudness.changed.connect(self.loudness_changed)
        self.full.clicked.connect(self.full_screen)
        self.set_in.clicked.connect(self.mark_in)
        self.set_out.clicked.connect(self.mark_out)
        self.timeline.chosen.connect(self.sought)
        self.timeline.sliderPressed.connect(lambda: self.held.emit(True))
        self.timeline.sliderReleased.connect(lambda: self.held.emit(False))

    def _lay_out(self) -> None:
        row = self._row = QHBoxLayout()
        row.setSpacing(_GAP)
        row.addWidget(_Side(self.time, left=True), 1)
        for control in (self.set_in, self.back, self.play, self.on, self.set_out, self.loop):
            row.addWidget(control)
        right = _Side(self.zoom, self.speed, self.loudness, self.full)
        self._right = right.row
        row.addWidget(right, 1)
        self._strip = QVBoxLayout()
        self._strip.addWidget(self.timeline)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, _BELOW)
        outer.setSpacing(0)
        outer.addSpacing((_HEIGHT - DISC) // 2)
        outer.addLayout(row)
        outer.addSpacing((_HEIGHT - DISC) // 2)
        outer.addLayout(self._strip)
        self._set_margins(PAD)

    def _set_margins(self, pad: int) -> None:
        """The strip keeps to the padding; its handles and the playhead's grip reach into it."""
        self._row.setContentsMargins(pad, 0, pad, 0)
        self._strip.setContentsMargins(pad - INSET, 0, pad - INSET, 0)


def _tool(name: str, icon: str) -> Button:
    return Button(name, icon, "icon", icon_size=_ICON)


class _Side(QWidget):
    """A group that keeps to its side, so that the middle stays in the middle."""

    def __init__(self, *controls: QWidget, left: bool = False) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(_SIDE_GAP)
        if not left:
            self.row.addStretch(1)
        for control in controls:
            self.row.addWidget(control)
        if left:
            self.row.addStretch(1)
