"""The row under the picture: where it is, how it moves, how loud, how large; and the timeline below it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from seedance_desktop.domain.frames import Timeline as Times
from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import Button, Panel, Select, paint
from seedance_desktop.ui.style import RADIUS
from seedance_desktop.words import tr

from .loudness import Loudness
from .sliders import Timeline
from .timecode import TimecodeLabel

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0)
_PLAIN = SPEEDS.index(1.0)
PAD, NARROW_PAD = 16, 12
_HEIGHT, _ICON, _DISC = 48, 20, 32


class PlayButton(Button):
    """The one round button; its name is what a press does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Play"), "play-20", "icon", icon_size=_ICON, parent=parent)
        self.setFixedSize(_DISC, _DISC)
        self.setProperty(RADIUS, _DISC / 2)

    def set_playing(self, playing: bool) -> None:
        """Offer to pause, or to play."""
        self.set_icon("pause-20" if playing else "play-20")
        self.set_text(tr("Pause") if playing else tr("Play"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A disc in the colour of text."""
        painter = paint.start(self)
        able = self.isEnabled()
        fill = theme.color("text" if able else "raised")
        if able and (self.isDown() or self.underMouse()):
            fill = paint.blend(fill, theme.color("panel"), 0.25 if self.isDown() else 0.12)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawEllipse(self.rect())
        corner = QPointF((self.width() - _ICON) / 2, (self.height() - _ICON) / 2)
        paint.icon(painter, self.icon_name, "panel" if able else "text-disabled", corner, _ICON)
        painter.end()


class LoopButton(Button):
    """Quiet while it is off, lit while it is on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Loop"), "loop-20", "icon", icon_size=_ICON, parent=parent)
        self.setCheckable(True)
        self.toggled.connect(self._light)

    def draw_content(self, painter: QPainter, ink: str) -> None:
        """The icon alone, on and off."""
        corner = QPointF((self.width() - _ICON) / 2, (self.height() - _ICON) / 2)
        paint.icon(painter, self.icon_name, ink, corner, _ICON)

    def sizeHint(self) -> QSize:
        """As wide as it is high."""
        return QSize(super().sizeHint().height(), super().sizeHint().height())

    def _light(self, on: bool) -> None:
        self.kind = "toggle" if on else "icon"
        self.update()


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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent=parent)
        self._count, self._fps = 0, 24.0
        self.time = TimecodeLabel()
        self.play = PlayButton()
        self.back = _tool(tr("Previous frame"), "frame-back-20")
        self.on = _tool(tr("Next frame"), "frame-forward-20")
        self.loop = LoopButton()
        self.speed = Select(name=tr("Speed"))
        for speed in SPEEDS:
            self.speed.addItem(f"{speed:g}×", speed)
        self.speed.setCurrentIndex(_PLAIN)
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
        self.timeline.set_frames(self._count, self._fps)

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
        pad = NARROW_PAD if compact else PAD
        self._outer.setContentsMargins(pad, 0, pad, 4)

    def quicken(self, steps: int) -> None:
        """The next speed up or down."""
        self.speed.setCurrentIndex(max(0, min(len(SPEEDS) - 1, self.speed.currentIndex() + steps)))

    def _keyed(self) -> tuple[QWidget, ...]:
        return self.back, self.play, self.on, self.loop, self.speed, self.full

    def _connect(self) -> None:
        self.play.clicked.connect(self.toggled)
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.on.clicked.connect(lambda: self.stepped.emit(1))
        self.loop.toggled.connect(self.looped)
        self.speed.currentIndexChanged.connect(lambda row: self.speed_chosen.emit(SPEEDS[row]))
        self.loudness.changed.connect(self.loudness_changed)
        self.full.clicked.connect(self.full_screen)
        self.timeline.chosen.connect(self.sought)
        self.timeline.sliderPressed.connect(lambda: self.held.emit(True))
        self.timeline.sliderReleased.connect(lambda: self.held.emit(False))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(_side(self.time, left=True), 1)
        for control in (self.back, self.play, self.on, self.loop):
            row.addWidget(control)
        row.addWidget(_side(self.speed, self.loudness, self.full), 1)
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(PAD, 0, PAD, 4)
        outer.setSpacing(0)
        outer.addSpacing((_HEIGHT - _DISC) // 2)
        outer.addLayout(row)
        outer.addSpacing((_HEIGHT - _DISC) // 2)
        outer.addWidget(self.timeline)


def _tool(name: str, icon: str) -> Button:
    return Button(name, icon, "icon", icon_size=_ICON)


def _side(*controls: QWidget, left: bool = False) -> QWidget:
    """A group that keeps to its side, so that the middle stays in the middle."""
    side = QWidget()
    side.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    row = QHBoxLayout(side)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    if not left:
        row.addStretch(1)
    for control in controls:
        row.addWidget(control)
    if left:
        row.addStretch(1)
    return side
