"""A plain surface in a token colour, with or without a border."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from seedance_desktop.ui import theme

from . import paint


class Panel(QFrame):
    """`color` and `border` are token names; `radius` one of the tokens' radii, or empty for square corners."""

    def __init__(
        self, color: str = "panel", *, border: str = "", radius: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._color = color
        self._border = border
        self._radius = paint.radius(radius) if radius else 0.0

    def set_colors(self, color: str, border: str = "") -> None:
        """Take other token colours."""
        self._color, self._border = color, border
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The surface."""
        painter = paint.start(self)
        border = theme.color(self._border) if self._border else None
        paint.box(painter, QRectF(self.rect()), fill=theme.color(self._color), border=border, corner=self._radius)
        painter.end()
