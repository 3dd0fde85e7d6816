"""Two pictures in one place: the first left of a line, the second right of it; the line is a slider."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import paint
from seedance_desktop.ui.stage.picture import Picture
from seedance_desktop.ui.stage.sliders import Line
from seedance_desktop.words import tr

from .badge import LETTERS

_REACH = 1000
_KNOB = 9
_AIR = 10


class Wipe(Line):
    """Pictures are painted as large as they fit; those of another shape keep it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Wipe line"), _REACH, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setSingleStep(_REACH // 100)
        self.setPageStep(_REACH // 10)
        self.setValue(_REACH // 2)
        self._pictures: list[Picture | None] = [None, None]
        self._fine = True
        self._names: list[str] = []
        self._active = 0
        self.valueChanged.connect(lambda _value: self.update())

    def sizeHint(self) -> QSize:
        """As large as there is room."""
        return QSize(320, 180)

    def minimumSizeHint(self) -> QSize:
        """Small, if it must be."""
        return QSize(160, 90)

    def show_pictures(self, first: Picture | None, second: Picture | None) -> None:
        """Both at once."""
        self._pictures = [first, second]
        self.update()

    def set_names(self, names: Sequence[str]) -> None:
        """What the two takes are called."""
        self._names = list(names)
        self.update()

    def set_active(self, index: int) -> None:
        """The keys act on this one."""
        self._active = index
        self.update()

    def set_fine(self, fine: bool) -> None:
        """Paint with care (standing still) or with speed (moving)."""
        self._fine = fine
        self.update()

    def at(self, x: float) -> int:
        """The value for the line at a place, as far as there is picture."""
        area = self.area()
        return max(0, min(_REACH, round((x - area.left()) / max(1, area.width()) * _REACH)))

    def area(self) -> QRect:
        """Where the first picture is, the second where there is no first."""
        known = next((one for one in self._pictures if one is not None), None)
        return self._fitted(known.size if known else QSize(16, 9))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Surround, both pictures, the line."""
        painter = paint.start(self)
        painter.fillRect(self.rect(), theme.color("viewer"))
        area = self.area()
        x = area.left() + round(area.width() * self.value() / _REACH)
        left = QRect(0, 0, x, self.height())
        right = QRect(x, 0, self.width() - x, self.height())
        for picture, part in zip(self._pictures, (left, right), strict=True):
            if picture is not None and part.width() > 0:
                self._draw(painter, picture, part)
        self._draw_line(painter, x + 0.5)
        for index, name in enumerate(self._names):
            self._draw_name(painter, index, name)
        painter.end()

    def _fitted(self, shape: QSize) -> QRect:
        size = shape.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        spot = QRect(0, 0, size.width(), size.height())
        spot.moveCenter(self.rect().center())
        return spot

    def _draw(self, painter: QPainter, picture: Picture, part: QRect) -> None:
        spot = self._fitted(picture.size)
        image = picture.image(spot.size() * self.devicePixelRatioF(), fine=self._fine)
        painter.setClipRect(part)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._fine)
        painter.drawImage(spot, image)
        painter.setClipping(False)

    def _draw_name(self, painter: QPainter, index: int, name: str) -> None:
        """Which take is on this side of the line, and whether the keys act on it."""
        active = index == self._active
        text = f"{LETTERS[index]}  {name}"
        font = theme.font("label")
        wide = QFontMetricsF(font).horizontalAdvance(text) + 16
        left = _AIR if index == 0 else self.width() - wide - _AIR
        box = QRectF(left, _AIR, wide, 24)
        fill = theme.color("on-badge") if active else theme.alpha("clip-badge")
        paint.box(painter, box, fill=fill, corner=paint.radius("chip"))
        painter.setFont(font)
        painter.setPen(theme.color("badge" if active else "on-badge"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _draw_line(self, painter: QPainter, x: float) -> None:
        """White with black edges, so that it shows on everything."""
        painter.setPen(QPen(theme.color("playhead-line"), 1))
        painter.setBrush(theme.color("playhead"))
        painter.drawRect(QRectF(x - 1.5, -1, 3, self.height() + 2))
        painter.drawEllipse(QPointF(x, self.height() / 2), _KNOB, _KNOB)
        painter.setPen(QPen(theme.color("playhead-line"), 1.5))
        for way in (-1, 1):
            tip = QPointF(x + way * 5.5, self.height() / 2)
            painter.drawLine(tip, tip + QPointF(-way * 3, -3))
            painter.drawLine(tip, tip + QPointF(-way * 3, 3))
