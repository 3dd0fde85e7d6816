"""The filmstrips of all sides above each other with one playhead through them: the slider that moves them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from seedance_desktop.domain.frames import Timeline
from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import paint
from seedance_desktop.ui.stage.filmstrip import Filmstrip
from seedance_desktop.ui.stage.sliders import Line
from seedance_desktop.words import tr

from .badge import LETTERS

_LETTER = 26  # pixels left of the strips
_HIGH, _GAP, _TOP = 36, 8, 4
_MANY, _LOW, _LEAST = 22, 30, 14  # heights for more than two, in a low window, and for both
_HEAD = 11
_DIM = 0.62
_BAR = 3.0


@dataclass(slots=True)
class Lane:
    """One clip's strip: how long it is, in microseconds, and the range that was chosen of it."""

    times: Timeline
    strip: Filmstrip
    first: int = -1
    last: int = -1

    @property
    def end(self) -> float:
        """When its last frame is over."""
        return self.times.times[-1] + 1_000_000 / self.times.fps


class Lanes(Line):
    """One value a frame of the ruler. Shorter clips have shorter strips; `join` lays two end to end instead."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Timeline"), 0, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lanes: list[Lane] = []
        self._ruler = Timeline((0,), 24.0)
        self._joined = False
        self._cut: tuple[int, int] | None = None  # first and last frame of the joined ruler that are played
        self._high, self._gap = _HIGH, _GAP

    def set_clips(self, clips: Sequence[Timeline]) -> None:
        """As many lanes as clips; pictures that are here already stay with their place."""
        while len(self._lanes) > len(clips):
            self._lanes.pop().strip.deleteLater()
        while len(self._lanes) < len(clips):
            strip = Filmstrip(self)
            strip.ready.connect(self.update)
            self._lanes.append(Lane(clips[len(self._lanes)], strip))
        for lane, times in zip(self._lanes, clips, strict=True):
            lane.times = times
            lane.strip.set_times(times)
        self._fit()

    def clear(self, index: int) -> None:
        """Another clip comes onto this lane."""
        self._lanes[index].strip.clear()
        self._lanes[index].first = self._lanes[index].last = -1

    def read(self, index: int, pictures: list[bytes]) -> None:
        """The pictures of one lane."""
        self._lanes[index].strip.read(pictures)

    def set_range(self, index: int, first: int, last: int) -> None:
        """The chosen range of one lane's clip, in its own frames; -1 for none."""
        self._lanes[index].first, self._lanes[index].last = first, last
        self.update()

    def swap(self) -> None:
        """The first two change places."""
        self._lanes[0], self._lanes[1] = self._lanes[1], self._lanes[0]
        self.update()

    def set_ruler(self, ruler: Timeline) -> None:
        """The values are the frames of this one; a page is a second."""
        self._ruler = ruler
        self._placing = True
        self.setRange(0, len(ruler.times) - 1)
        self.setPageStep(max(1, round(ruler.fps)))
        self._placing = False
        self.update()

    def join(self, cut: tuple[int, int] | None) -> None:
        """Lay two clips end to end, and mark from where to where it plays; None lays them above each other."""
        self._joined, self._cut = cut is not None, cut
        self._fit()

    def set_height(self, many: bool, *, low: bool) -> None:
        """Lower strips where there are many or little room."""
        self._high = (_LEAST if low else _MANY) if many else _LOW if low else _HIGH
        self._gap = 4 if many else _GAP
        self._fit()

    def at(self, x: float) -> int:
        """The frame of the ruler whose place is at `x`."""
        share = (x - _LETTER) / max(1.0, self.width() - _LETTER)
        return self._ruler.frame_at(int(max(0.0, min(1.0, share)) * self._end()))

    def place_of(self, frame: int) -> float:
        """The middle of a frame's place."""
        number = max(0, min(frame, len(self._ruler.times) - 1))
        return self._x(self._ruler.middle(number))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Letters, strips, ranges and the playhead."""
        painter = paint.start(self)
        for index, lane in enumerate(self._lanes):
            self._draw_lane(painter, index, lane)
        if self._joined and self._cut is not None:
            self._draw_cut(painter)
        if self.isEnabled() and self._lanes:
            self._draw_head(painter, self.place_of(self.value()))
        painter.end()

    def _end(self) -> float:
        ends = [lane.end for lane in self._lanes] or [1.0]
        return sum(ends) if self._joined else max(ends)

    def _x(self, time: float) -> float:
        return _LETTER + time / self._end() * (self.width() - _LETTER)

    def _area(self, index: int, lane: Lane) -> QRectF:
        row = 0 if self._joined else index
        begin = self._lanes[0].end if self._joined and index else 0.0
        left, right = self._x(begin), self._x(begin + lane.end)
        return QRectF(left, _TOP + row * (self._high + self._gap), right - left, self._high)

    def _fit(self) -> None:
        rows = 1 if self._joined else max(1, len(self._lanes))
        self.setFixedHeight(2 * _TOP + rows * self._high + (rows - 1) * self._gap)
        self.update()

    def _draw_lane(self, painter: QPainter, index: int, lane: Lane) -> None:
        area = self._area(index, lane)
        drawn = lane.strip.draw(painter, area, self.devicePixelRatioF())
        if not drawn:
            paint.box(painter, area, fill=theme.color("track"), corner=3)
        if not (self._joined and index):
            painter.setFont(theme.font("label"))
            painter.setPen(theme.color("text-2"))
            room = QRectF(0, area.top(), _LETTER - 6, area.height())
            letter = "" if self._joined else LETTERS[index]
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, letter)
        if not self._joined and (lane.first >= 0 or lane.last >= 0):
            self._draw_range(painter, area, lane)

    def _draw_range(self, painter: QPainter, area: QRectF, lane: Lane) -> None:
        times = lane.times.times
        last = len(times) - 1
        left = self._x(times[max(0, min(lane.first, last))])
        beyond = lane.last + 1
        right = self._x(times[beyond] if 0 < beyond <= last else lane.end)
        self._draw_chosen(painter, area, left, right)

    def _draw_chosen(self, painter: QPainter, area: QRectF, left: float, right: float) -> None:
        """Dim what lies outside, and a frame round the rest."""
        shade = QColor(theme.color("viewer"))
        shade.setAlphaF(_DIM)
        painter.fillRect(QRectF(area.left(), area.top(), left - area.left(), area.height()), shade)
        painter.fillRect(QRectF(right, area.top(), area.right() - right, area.height()), shade)
        chosen = QRectF(left, area.top(), right - left, area.height()).adjusted(-_BAR / 2, -1, _BAR / 2, 1)
        paint.box(painter, chosen, border=theme.color("accent-text"), corner=3, width=2)

    def _draw_cut(self, painter: QPainter) -> None:
        """Where the second clip begins, and the part that is played."""
        assert self._cut is not None
        first, last = self._cut
        times = self._ruler.times
        area = QRectF(self._x(0), _TOP, self._x(self._end()) - self._x(0), self._high)
        right = self._x(times[last + 1]) if last + 1 < len(times) else area.right()
        self._draw_chosen(painter, area, self._x(times[first]), right)
        seam = self._x(self._lanes[0].end)
        painter.fillRect(QRectF(seam - 1.5, 0, 3, self.height()), theme.color("accent-text"))

    def _draw_head(self, painter: QPainter, x: float) -> None:
        """A white line with a grip at its top, edged in black so that it shows on everything."""
        x = round(x - 0.5) + 0.5
        painter.setPen(QPen(theme.color("playhead-line"), 1))
        painter.setBrush(theme.color("playhead"))
        painter.drawRoundedRect(QRectF(x - 1.5, 6, 3, self.height() - 6.5), 1.5, 1.5)
        grip = QRectF(QPointF(x - _HEAD / 2, 0.5), QPointF(x + _HEAD / 2, 10.5))
        painter.drawRoundedRect(grip, 3, 3)
