"""What is set along a line, with real sliders underneath: volume and stars; the timeline is made of it too."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSlider, QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import paint
from seedance_desktop.words import tr

_STAR, _STAR_GAP = 16, 1


class Line(QSlider):
    """A slider that goes where it is pressed. `chosen` is emitted for what the user does, never for `place`."""

    chosen = Signal(int)
    _inset = 0.0  # between the widget's edge and the ends of the line

    def __init__(self, name: str, most: int, parent: QWidget | None = None, *, least: int = 0) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setAccessibleName(name)
        self.setRange(least, most)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._placing = False
        self.valueChanged.connect(self._changed)

    def place(self, value: int) -> None:
        """Show a value that comes from elsewhere; not while the user holds the slider."""
        if not self.isSliderDown():
            self._placing = True
            self.setValue(value)
            self._placing = False
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there, and follow the mouse from now on."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._go(event)
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse while it is held."""
        if self.isSliderDown():
            self._go(event)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self.setSliderDown(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling past changes nothing."""
        event.ignore()

    def share(self) -> float:
        """How far along the value is, from 0 to 1."""
        reach = self.maximum() - self.minimum()
        return (self.value() - self.minimum()) / reach if reach else 0.0

    def at(self, x: float) -> int:
        """The value at a place."""
        room = self.width() - 2 * self._inset
        reach = self.maximum() - self.minimum()
        return self.minimum() + round((x - self._inset) / room * reach) if room > 0 else self.minimum()

    def _go(self, event: QMouseEvent) -> None:
        self.setValue(self.at(event.position().x()))

    def _changed(self, value: int) -> None:
        if not self._placing:
            self.chosen.emit(value)


class Knob(Line):
    """A thin line with a knob."""

    _inset = 6.0

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A thin line and a knob."""
        painter = paint.start(self)
        middle = self.height() / 2
        ink = theme.color("text" if self.isEnabled() else "text-disabled")
        x = self._inset + self.share() * (self.width() - 2 * self._inset)
        line = QRectF(0, middle - 1.5, self.width(), 3)
        paint.box(painter, line, fill=theme.color("track"), corner=1.5)
        paint.box(painter, QRectF(0, line.top(), x, 3), fill=ink, corner=1.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(x, middle), 6, 6)
        painter.end()


class Volume(Knob):
    """From 0 to 100."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Volume"), 100, parent)
        self.setFixedSize(68, 24)
        self.setPageStep(10)
        self.setSingleStep(5)


class Stars(Line):
    """0 to 5; a click on the star that is the last one takes them all away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Stars"), 5, parent)
        self.setFixedSize(5 * _STAR + 4 * _STAR_GAP, 24)
        self.setPageStep(1)

    def sizeHint(self) -> QSize:
        """Five stars."""
        return self.minimumSize()

    def at(self, x: float) -> int:
        """The star at a place; left of them is none."""
        return max(0, min(5, int(x // (_STAR + _STAR_GAP)) + 1)) if x >= 0 else 0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Give as many stars, or none."""
        if event.button() == Qt.MouseButton.LeftButton:
            star = self.at(event.position().x())
            self.setValue(0 if star == self.value() else star)
            event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Full stars and empty ones."""
        painter = paint.start(self)
        top = (self.height() - _STAR) / 2
        for star in range(5):
            full = star < self.value()
            ink = "text-disabled" if not self.isEnabled() else "star" if full else "text-3"
            corner = QPointF(star * (_STAR + _STAR_GAP), top)
            paint.icon(painter, "star-filled" if full else "star", ink, corner, _STAR)
        painter.end()
