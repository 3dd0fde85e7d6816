"""The few strokes that every control is drawn with."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from seedance_desktop.ui import icons, theme

_NONE = QColor(0, 0, 0, 0)


def radius(name: str) -> float:
    """A corner radius of the tokens, in pixels."""
    return float(theme.tokens()["radius"][name])


def height(name: str) -> int:
    """A control height of the tokens, in pixels."""
    return int(theme.tokens()["control-height"][name])


def start(widget: QWidget) -> QPainter:
    """A painter with smooth edges; the caller ends it."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def box(
    painter: QPainter,
    rect: QRectF,
    *,
    fill: QColor | None = None,
    border: QColor | None = None,
    corner: float = 6.0,
    width: float = 1.0,
    dashed: bool = False,
) -> None:
    """A rounded box whose border lies inside `rect`."""
    inset = width / 2 if border is not None else 0.0
    pen = QPen(Qt.PenStyle.NoPen)
    if border is not None:
        pen = QPen(border, width, Qt.PenStyle.CustomDashLine if dashed else Qt.PenStyle.SolidLine)
        if dashed:
            pen.setDashPattern([3.0 / width, 3.0 / width])
    painter.setPen(pen)
    painter.setBrush(fill if fill is not None else _NONE)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), corner - inset, corner - inset)


def icon(painter: QPainter, name: str, color: str, corner: QPointF, size: int = 16) -> None:
    """The icon `name` with its upper left at `corner`, on whole device pixels."""
    ratio = painter.device().devicePixelRatioF()
    at = QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio)
    painter.drawPixmap(at, icons.pixmap(name, color, size, ratio))


def elided(text: str, metrics: QFontMetricsF, width: float) -> str:
    """`text`, cut with an ellipsis where it is wider than `width`."""
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width + 0.5)


def blend(one: QColor, other: QColor, share: float) -> QColor:
    """The colour `share` of the way from `one` to `other`."""
    rest = 1.0 - share
    return QColor.fromRgbF(
        one.redF() * rest + other.redF() * share,
        one.greenF() * rest + other.greenF() * share,
        one.blueF() * rest + other.blueF() * share,
        one.alphaF() * rest + other.alphaF() * share,
    )


def clear(color: QColor) -> QColor:
    """The same colour, wholly transparent: where a fade begins."""
    faded = QColor(color)
    faded.setAlpha(0)
    return faded
