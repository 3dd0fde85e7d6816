"""The strokes of the preview: what lies under a transparent picture, what is dimmed, the frame and its thirds."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen

from seedance_desktop.domain.cropping import Part
from seedance_desktop.ui import theme

_LINE = 2.0
_SQUARE = 10
_FAINT = 0.55


def within(room: QRectF, part: Part) -> QRectF:
    """The part of a picture that is drawn in `room`."""
    left, top, wide, high = part
    return QRectF(
        room.left() + left * room.width(), room.top() + top * room.height(), wide * room.width(), high * room.height()
    )


def on_chequers(picture: QImage, ratio: float) -> QImage:
    """A transparent picture, in pixels of a screen of `ratio`, on what stands for transparency everywhere."""
    if not picture.hasAlphaChannel():
        return picture
    made = QImage(picture.size(), QImage.Format.Format_RGB32)
    made.fill(theme.color("on-badge"))
    shade = theme.color("badge")
    shade.setAlphaF(0.18)
    side = round(_SQUARE * ratio)
    painter = QPainter(made)
    for row in range(made.height() // side + 1):
        for column in range(row % 2, made.width() // side + 1, 2):
            painter.fillRect(QRect(column * side, row * side, side, side), shade)
    painter.drawImage(0, 0, picture)
    painter.end()
    return made


def dim_outside(painter: QPainter, room: QRectF, frame: QRectF) -> None:
    """Darken what the model will not see."""
    around, inside = QPainterPath(), QPainterPath()
    around.addRect(room)
    inside.addRect(frame)
    shade = theme.color("scrim")
    shade.setAlphaF(float(theme.tokens()["size"]["reference-thumb"]["crop-dim"]))
    painter.fillPath(around - inside, shade)


def frame(painter: QPainter, frame: QRectF) -> None:
    """White, with a dark edge inside, so that it shows on a white picture too; it lies within what is kept."""
    _outline(painter, frame.adjusted(_LINE, _LINE, -_LINE, -_LINE), 1.0, 0.6, "playhead-line")
    _outline(painter, frame, _LINE, 1.0, "playhead")


def thirds(painter: QPainter, frame: QRectF) -> None:
    """The rule of thirds."""
    for number in (1, 2):
        x, y = frame.left() + frame.width() * number / 3, frame.top() + frame.height() * number / 3
        for line in (QLineF(x, frame.top(), x, frame.bottom()), QLineF(frame.left(), y, frame.right(), y)):
            for width, colour in ((3.0, "playhead-line"), (1.0, "playhead")):
                ink = theme.color(colour)
                ink.setAlphaF(_FAINT if width == 1.0 else _FAINT / 3)
                painter.setPen(QPen(ink, width))
                painter.drawLine(line)


def _outline(painter: QPainter, rect: QRectF, width: float, strength: float, colour: str) -> None:
    ink = theme.color(colour)
    ink.setAlphaF(strength)
    style, cap, join = Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin
    painter.setPen(QPen(ink, width, style, cap, join))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = width / 2
    painter.drawRect(rect.adjusted(inset, inset, -inset, -inset))
