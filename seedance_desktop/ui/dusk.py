"""The picture of the first run: a lighthouse at dusk, painted, so that it is sharp at every size."""

from __future__ import annotations

import math
import random

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
    QPolygonF,
    QRadialGradient,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

_SKY = ((0.0, "#1c2b54"), (0.32, "#41477c"), (0.6, "#8f6a96"), (0.82, "#e29a86"), (1.0, "#ffd0a0"))
_SEA = ((0.0, "#b98796"), (0.25, "#5d5c86"), (1.0, "#1f2a4c"))
_HORIZON = 0.78


class Dusk(QWidget):
    """A wide picture with round corners; it says nothing that a screen reader would miss."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(176)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._kept = QPixmap()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint once for each size, then copy."""
        ratio = self.devicePixelRatioF()
        wanted = self.size() * ratio
        if self._kept.size() != wanted:
            self._kept = QPixmap(wanted)
            self._kept.setDevicePixelRatio(ratio)
            self._kept.fill(Qt.GlobalColor.transparent)
            _paint(self._kept, QRectF(self.rect()))
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._kept)
        painter.end()


def _paint(target: QPixmap, area: QRectF) -> None:
    painter = QPainter(target)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    frame = QPainterPath()
    frame.addRoundedRect(area, 8, 8)
    painter.setClipPath(frame)
    chance = random.Random(11)
    horizon = area.height() * _HORIZON
    _fill(painter, QRectF(0, 0, area.width(), horizon), _SKY)
    _stars(painter, area, chance)
    _clouds(painter, area, chance)
    lamp = QPointF(area.width() * 0.755, area.height() * 0.235)
    _beams(painter, area, lamp)
    _fill(painter, QRectF(0, horizon, area.width(), area.height() - horizon), _SEA)
    _glints(painter, area, chance)
    _headland(painter, area)
    _tower(painter, area, lamp)
    _house(painter, area)
    _glow(painter, lamp, 46, QColor(255, 226, 160, 150))
    painter.end()


def _fill(painter: QPainter, rect: QRectF, stops: tuple[tuple[float, str], ...]) -> None:
    gradient = QLinearGradient(rect.topLeft(), rect.bottomLeft())
    for at, colour in stops:
        gradient.setColorAt(at, QColor(colour))
    painter.fillRect(rect, gradient)


def _stars(painter: QPainter, area: QRectF, chance: random.Random) -> None:
    for _ in range(36):
        at = QPointF(chance.uniform(0, area.width()), chance.uniform(0, area.height() * 0.34))
        painter.setBrush(QColor(255, 255, 255, chance.randint(40, 150)))
        painter.drawEllipse(at, 0.7, 0.7)


def _clouds(painter: QPainter, area: QRectF, chance: random.Random) -> None:
    """Long soft bands, darker above, catching the light towards the horizon."""
    for _ in range(34):
        depth = chance.uniform(0.12, 0.72)
        centre = QPointF(chance.uniform(-0.1, 1.1) * area.width(), depth * area.height())
        wide, high = chance.uniform(60, 190), chance.uniform(2.5, 7.0)
        warm = QColor(255, 190, 160) if depth > 0.4 else QColor(120, 110, 160)
        soft = QRadialGradient(QPointF(0, 0), 1.0)
        warm.setAlpha(chance.randint(38, 84))
        soft.setColorAt(0.0, warm)
        warm.setAlpha(0)
        soft.setColorAt(1.0, warm)
        painter.save()
        painter.translate(centre)
        painter.scale(wide, high)
        painter.setBrush(soft)
        painter.drawEllipse(QPointF(0, 0), 1.0, 1.0)
        painter.restore()


def _beams(painter: QPainter, area: QRectF, lamp: QPointF) -> None:
    for angle, reach, spread, light in ((math.radians(188), 0.95, 0.05, 120), (math.radians(-9), 0.5, 0.06, 90)):
        far = area.width() * reach
        ends = [
            lamp + QPointF(math.cos(angle + side) * far, -math.sin(angle + side) * far) for side in (-spread, spread)
        ]
        gradient = QRadialGradient(lamp, far)
        gradient.setColorAt(0.0, QColor(255, 236, 190, light))
        gradient.setColorAt(1.0, QColor(255, 236, 190, 0))
        painter.setBrush(gradient)
        painter.drawPolygon(QPolygonF([lamp, *ends]))


def _glints(painter: QPainter, area: QRectF, chance: random.Random) -> None:
    top = area.height() * _HORIZON
    for _ in range(70):
        share = chance.random() ** 1.6
        at = QPointF(chance.gauss(0.42, 0.16) * area.width(), top + 1 + share * (area.height() - top))
        painter.setBrush(QColor(255, 206, 170, chance.randint(40, 150)))
        painter.drawRoundedRect(QRectF(at.x(), at.y(), 4 + 14 * share, 1.1), 0.5, 0.5)


def _headland(painter: QPainter, area: QRectF) -> None:
    wide, high = area.width(), area.height()
    land = QPainterPath(QPointF(wide * 0.6, high))
    land.cubicTo(wide * 0.65, high * 0.97, wide * 0.67, high * 0.83, wide * 0.72, high * 0.82)
    land.cubicTo(wide * 0.8, high * 0.8, wide * 0.88, high * 0.83, wide, high * 0.86)
    land.lineTo(wide, high)
    land.closeSubpath()
    painter.fillPath(land, QColor("#1d1a2b"))
    far = QPainterPath(QPointF(0, high * _HORIZON + 1))
    far.cubicTo(wide * 0.12, high * 0.74, wide * 0.26, high * 0.755, wide * 0.4, high * _HORIZON + 1)
    painter.fillPath(far, QColor(58, 52, 92, 190))


def _tower(painter: QPainter, area: QRectF, lamp: QPointF) -> None:
    """Red and white bands, narrower towards the top, shaded from the side of the light."""
    foot, top = area.height() * 0.83, lamp.y() + 9
    shades = (QColor("#e8d9d2"), QColor("#8c3a3e"))
    for band in range(5):
        upper, lower = top + (foot - top) * band / 5, top + (foot - top) * (band + 1) / 5
        half_upper, half_lower = 9 + band * 1.1, 9 + (band + 1) * 1.1
        shape = QPolygonF(
            [
                QPointF(lamp.x() - half_upper, upper),
                QPointF(lamp.x() + half_upper, upper),
                QPointF(lamp.x() + half_lower, lower),
                QPointF(lamp.x() - half_lower, lower),
            ]
        )
        gradient = QLinearGradient(lamp.x() - half_lower, 0, lamp.x() + half_lower, 0)
        gradient.setColorAt(0.0, shades[band % 2].lighter(112))
        gradient.setColorAt(1.0, shades[band % 2].darker(210))
        painter.setBrush(gradient)
        painter.drawPolygon(shape)
    painter.setBrush(QColor("#221d2c"))
    painter.drawRoundedRect(QRectF(lamp.x() - 13, lamp.y() + 6, 26, 4), 1, 1)
    painter.setBrush(QColor("#fff0c4"))
    painter.drawRoundedRect(QRectF(lamp.x() - 7, lamp.y() - 7, 14, 13), 2, 2)
    painter.setBrush(QColor("#c06a45"))
    roof = [QPointF(lamp.x() - 9, lamp.y() - 6), QPointF(lamp.x() + 9, lamp.y() - 6), QPointF(lamp.x(), lamp.y() - 18)]
    painter.drawPolygon(QPolygonF(roof))
    painter.setBrush(QColor("#ffdf9a"))
    painter.drawRect(QRectF(lamp.x() - 2.5, foot - 44, 5, 7))


def _house(painter: QPainter, area: QRectF) -> None:
    left, base = area.width() * 0.825, area.height() * 0.835
    painter.setBrush(QColor("#2d2433"))
    painter.drawRect(QRectF(left, base - 26, 50, 27))
    painter.setBrush(QColor("#46333f"))
    roof = [QPointF(left - 5, base - 25), QPointF(left + 10, base - 41), QPointF(left + 40, base - 41)]
    painter.drawPolygon(QPolygonF([*roof, QPointF(left + 55, base - 25)]))
    for window in (10.0, 31.0):
        _glow(painter, QPointF(left + window + 4.5, base - 14), 17, QColor(255, 200, 110, 110))
        painter.setBrush(QColor("#ffd98c"))
        painter.drawRect(QRectF(left + window, base - 19, 9, 9))


def _glow(painter: QPainter, centre: QPointF, radius: float, colour: QColor) -> None:
    gradient = QRadialGradient(centre, radius)
    gradient.setColorAt(0.0, colour)
    gradient.setColorAt(1.0, QColor(colour.red(), colour.green(), colour.blue(), 0))
    painter.setBrush(gradient)
    painter.drawEllipse(centre, radius, radius)
