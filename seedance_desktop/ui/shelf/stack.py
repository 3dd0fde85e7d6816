"""How a card says that it stands for several takes: two edges behind it, and their number on the poster."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import paint

_INSET = 7  # pixels by which each edge is narrower than what lies before it
_HIGH, _ICON, _AIR, _GAP = 18, 14, 5, 4


def lift() -> int:
    """How far the edges stand out above a card, in pixels."""
    return int(theme.tokens()["size"]["stack"]["lift"])


def draw_edges(painter: QPainter, card: QRectF) -> None:
    """The takes behind `card`, before it is drawn itself."""
    edges = int(theme.tokens()["size"]["stack"]["edges"])
    for number in range(edges, 0, -1):
        up, inset = lift() * number / edges, _INSET * number
        box = QRectF(card.left() + inset, card.top() - up, card.width() - 2 * inset, 2 * paint.radius("card"))
        edge = theme.color("control-border")
        paint.box(painter, box, fill=theme.color("raised"), border=edge, corner=paint.radius("chip"))


def count_box(poster: QRectF, takes: int, air: int = 6) -> QRectF:
    """Where the number stands: the upper right of the poster."""
    metrics = QFontMetricsF(theme.font("caption", tabular=True))
    wide = _ICON + _GAP + metrics.horizontalAdvance(str(takes)) + 2 * _AIR
    return QRectF(poster.right() - wide - air, poster.top() + air, wide, _HIGH)


def draw_count(painter: QPainter, poster: QRectF, takes: int, *, lit: bool) -> None:
    """The badge that opens the stack; `lit` while the mouse is on it."""
    box = count_box(poster, takes)
    fill = theme.color("accent") if lit else theme.alpha("clip-badge")
    ink = "on-accent" if lit else "on-badge"
    paint.box(painter, box, fill=fill, corner=paint.radius("badge"))
    paint.icon(painter, "stack", ink, box.topLeft() + QPointF(_AIR, (_HIGH - _ICON) / 2), _ICON)
    painter.setFont(theme.font("caption", tabular=True))
    painter.setPen(theme.color(ink))
    words = box.adjusted(_AIR + _ICON + _GAP, 0, 0, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, str(takes))
