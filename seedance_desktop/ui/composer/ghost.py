"""The picture of an image that is being dragged out of the strip, under the mouse."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

_OPACITY = 0.85
_BESIDE = QPoint(8, 8)  # from the pointer, so that the place where it will land stays in sight


class Ghost(QWidget):
    """Lies over the whole window and lets the mouse through."""

    def __init__(self, picture: QPixmap, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._picture = picture
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(picture.deviceIndependentSize().toSize())

    def follow(self, point: QPoint) -> None:
        """Be at `point` on the screen."""
        self.move(self._window.mapFromGlobal(point) + _BESIDE)
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture, a little transparent."""
        painter = QPainter(self)
        painter.setOpacity(_OPACITY)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()
