"""The small picture that stands above the timeline under the pointer, with its timecode."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPaintEvent
from PySide6.QtWidgets import QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import paint

PICTURE = QSize(176, 132)  # a picture fits in here, whatever its shape
_PAD, _LINE, _GAP = 4, 18, 6


class Glimpse(QWidget):
    """Lies on the window and takes no part in it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._image: QImage | None = None
        self._words = ""

    def show_at(self, spot: QPoint, words: str, image: QImage | None) -> None:
        """Stand with the lower edge's middle on `spot` (in the parent), as far as the parent is wide."""
        self._words, self._image = words, image
        picture = self._picture_size()
        text = QFontMetricsF(theme.font("caption", tabular=True)).horizontalAdvance(words)
        wide = max(picture.width(), round(text) + 8) + 2 * _PAD
        self.resize(wide, picture.height() + _LINE + 2 * _PAD)
        most = self._window.width() - self.width() - 4
        self.move(max(4, min(most, spot.x() - wide // 2)), spot.y() - self.height() - _GAP)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A small dark card: it belongs to the pictures, which have the same surround in both themes."""
        painter = paint.start(self)
        paint.box(painter, QRectF(self.rect()), fill=theme.color("badge"), border=theme.color("control-border"))
        size = self._picture_size()
        if self._image is not None:
            painter.setRenderHint(painter.RenderHint.SmoothPixmapTransform)
            left = (self.width() - size.width()) / 2
            painter.drawImage(QRectF(left, _PAD, size.width(), size.height()), self._image)
        painter.setFont(theme.font("caption", tabular=True))
        painter.setPen(theme.color("on-badge"))
        line = QRectF(0, self.height() - _PAD - _LINE, self.width(), _LINE + 1)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self._words)
        painter.end()

    def _picture_size(self) -> QSize:
        if self._image is None or self._image.isNull():
            return QSize(0, 0)
        return self._image.size().scaled(PICTURE, Qt.AspectRatioMode.KeepAspectRatio)
