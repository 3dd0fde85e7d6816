"""An icon by itself, in a token colour that follows the theme."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from seedance_desktop.ui.controls import paint


class Glyph(QWidget):
    """Shows the icon `name`; it says nothing to a screen reader, the words beside it do."""

    def __init__(self, name: str = "", color: str = "text-2", size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._color, self._size = name, color, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, color: str) -> None:
        """Show another icon or colour."""
        if (name, color) != (self._name, self._color):
            self._name, self._color = name, color
            self.update()

    def sizeHint(self) -> QSize:
        """The icon's own size."""
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The icon."""
        if self._name:
            painter = paint.start(self)
            paint.icon(painter, self._name, self._color, QPointF(0, 0), self._size)
            painter.end()
