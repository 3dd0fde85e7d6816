"""The timeline: one value a frame, drawn as a strip of pictures with the chosen range and the playhead on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import paint
from seedance_desktop.words import tr

from .filmstrip import Filmstrip
from .sliders import Line

if TYPE_CHECKING:
    from seedance_desktop.domain.frames import Timeline as Times

INSET = 6  # on both sides of the strip: room for the handles and the playhead's grip
HEIGHT, COMPACT_HEIGHT = 60, 52  # a strip of 56 or 48, and the frame round it
_FRAME = 2  # the range's frame is this thick and lies round the strip
_BAR, _GRAB = 5, 5  # a handle's width, and how far beside it the mouse still takes it
_HEAD = 11  # the playhead's grip
_DIM = 0.62  # how much of what lies outside the range is taken away
IN, OUT = "in", "out"


class Timeline(Line):
    """A press goes there, dragging scrubs; the handles of the range can be dragged where there is one."""

    dragged = Signal(str, int)  # IN or OUT, the frame that its handle is on
    dropped = Signal()  # the handle was let go
    hovered = Signal(int)  # the frame under the pointer; -1 for none
    menu_wanted = Signal(object)  # QPoint on the screen
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Timeline"), 0, parent)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.strip = Filmstrip(self)
        self.strip.ready.connect(self.update)
        self._count = 1
        self._range: tuple[int, int] | None = None
        self._handle = ""  # the one that is held

    def set_times(self, times: Times | None) -> None:
        """A clip with these frames, or none; a page is a second."""
        self._count = len(times.times) if times else 1
        self._placing = True
        self.setRange(0, max(0, self._count - 1))
        self.setPageStep(max(1, round(times.fps)) if times else 1)
        self._placing = False
        self.strip.set_times(times)
        self.update()

    def set_range(self, chosen: tuple[int, int] | None) -> None:
        """Frame the frames from the first to the last of `chosen`."""
        if chosen != self._range:
            self._range = chosen
            self.update()

    def set_compact(self, compact: bool) -> None:
        """A lower strip."""
        self.setFixedHeight(COMPACT_HEIGHT if compact else HEIGHT)

    def area(self) -> QRectF:
        """Where the strip lies."""
        return QRectF(self.rect()).adjusted(INSET, _FRAME, -INSET, -_FRAME)

    def at(self, x: float) -> int:
        """The frame whose place is at `x`; the nearest one beyond the ends."""
        area = self.area()
        if area.width() <= 0:
            return 0
        return max(0, min(self._count - 1, int((x - area.left()) / area.width() * self._count)))

    def place_of(self, frame: float) -> float:
        """Where a frame's place begins; one further is where it ends."""
        area = self.area()
        return area.left() + frame / self._count * area.width()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a handle, or go there."""
        self.hovered.emit(-1)
        handle = self._handle_at(event.position())
        if handle and event.button() == Qt.MouseButton.LeftButton:
            self._handle = handle
            self.sliderPressed.emit()
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held; else show what is under the pointer."""
        if self._handle:
            self.dragged.emit(self._handle, self.at(event.position().x()))
        elif self.isSliderDown():
            super().mouseMoveEvent(event)
        elif self.isEnabled():
            over = bool(self._handle_at(event.position()))
            self.setCursor(Qt.CursorShape.SizeHorCursor if over else Qt.CursorShape.ArrowCursor)
            self.hovered.emit(self.at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if not self._handle:
            super().mouseReleaseEvent(event)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._handle = ""
            self.dropped.emit()
            self.sliderReleased.emit()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        super().leaveEvent(event)
        self.hovered.emit(-1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the range."""
        self.menu_wanted.emit(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may want other pictures."""
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The strip, what is not chosen of it dimmed, the range's frame, the playhead."""
        painter = paint.start(self)
        area = self.area()
        pictured = self.strip.draw(painter, area, self.devicePixelRatioF())
        if not pictured:
            self._draw_track(painter, area)
        if self.isEnabled():
            if self._range is not None:
                self._draw_range(painter, area, *self._range, dim=pictured)
            self._draw_head(painter, self.place_of(self.value() + 0.5))
        painter.end()

    def _draw_track(self, painter: QPainter, area: QRectF) -> None:
        """Without pictures: a groove, and what has been seen of it."""
        groove = QRectF(area.left(), area.center().y() - 3, area.width(), 6)
        paint.box(painter, groove, fill=theme.color("track"), corner=3)
        if self.isEnabled():
            seen = QRectF(groove)
            seen.setRight(max(seen.left() + 6, self.place_of(self.value() + 0.5)))
            paint.box(painter, seen, fill=theme.color("accent-text"), corner=3)

    def _draw_range(self, painter: QPainter, area: QRectF, first: int, last: int, *, dim: bool) -> None:
        left, right = self.place_of(first), self.place_of(last + 1)
        if dim:
            shade = QColor(theme.color("viewer"))
            shade.setAlphaF(_DIM)
            painter.fillRect(QRectF(area.left(), area.top(), left - area.left(), area.height()), shade)
            painter.fillRect(QRectF(right, area.top(), area.right() - right, area.height()), shade)
        outer = QRectF(left - _BAR, 0, right - left + 2 * _BAR, self.height())
        ink = theme.color("accent-text")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for bar in (QRectF(outer.left(), 0, _BAR, outer.height()), QRectF(right, 0, _BAR, outer.height())):
            painter.drawRoundedRect(bar, 2, 2)
        painter.fillRect(QRectF(left - 2, 0, right - left + 4, _FRAME), ink)
        painter.fillRect(QRectF(left - 2, self.height() - _FRAME, right - left + 4, _FRAME), ink)

    def _draw_head(self, painter: QPainter, x: float) -> None:
        """A white line with a grip at its top, edged in black so that it shows on everything."""
        x = round(x - 0.5) + 0.5
        painter.setPen(QPen(theme.color("playhead-line"), 1))
        painter.setBrush(theme.color("playhead"))
        painter.drawRoundedRect(QRectF(x - 1.5, 6, 3, self.height() - 6.5), 1.5, 1.5)
        painter.drawRoundedRect(QRectF(x - _HEAD / 2, 0.5, _HEAD, 10), 3, 3)

    def _handle_at(self, spot: QPointF) -> str:
        """The handle under the mouse; where both are, the one that has room to move."""
        if self._range is None or not self.isEnabled():
            return ""
        x = spot.x()
        left, right = self.place_of(self._range[0]), self.place_of(self._range[1] + 1)
        near = {IN: left - _BAR - _GRAB <= x <= left + 1, OUT: right - 1 <= x <= right + _BAR + _GRAB}
        return IN if near[IN] else OUT if near[OUT] else ""
