"""The picture itself, painted by us: exactly as large as the picture, without margins of its own."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from seedance_desktop.ui import accessible, theme
from seedance_desktop.ui.style import RING
from seedance_desktop.words import tr

from .picture import Picture
from .zoom import FIT

_HARD = 2.0  # from this scale on the picture's own pixels are what one wants to see


class Screen(QWidget):
    """Holds the last picture it was shown until it is shown another or cleared."""

    double_clicked = Signal()
    dragged = Signal(QImage)  # the picture as it is shown: the mouse takes it away

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessible.as_picture(self, tr("Player"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._picture: Picture | None = None
        self._image: QImage | None = None
        self._made_for: tuple[QSize, bool] | None = None
        self._fine = True
        self._scale = FIT
        self._pressed: QPoint | None = None

    def show_picture(self, picture: Picture | None) -> None:
        """Show a picture, or darkness; it is made ready when it is painted, so that one never shown costs nothing."""
        self._picture, self._image, self._made_for = picture, None, None
        self.update()

    def set_fine(self, fine: bool) -> None:
        """Paint with care (standing still) or with speed (moving)."""
        if fine != self._fine:
            self._fine = fine
            self.update()

    def set_scale(self, scale: float) -> None:
        """How many device pixels one of the picture's takes; `FIT` stretches it over the widget."""
        if scale != self._scale:
            self._scale = scale
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring is for those who came by keyboard; a click on the picture should not frame it."""
        tabbed = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.setProperty(RING, "outside" if tabbed else "none")
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press may become a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Far enough from the press, the picture is dragged."""
        image = self._image
        if self._pressed is None or image is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if (event.position().toPoint() - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self.dragged.emit(image)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """A click is no drag."""
        self._pressed = None

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """As everywhere else: full screen and back."""
        self._pressed = None
        self.double_clicked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture, or the viewer's own near-black."""
        painter = QPainter(self)
        image = self._ready()
        if image is None or self._scale != FIT:
            painter.fillRect(self.rect(), theme.color("viewer"))
        if image is not None:
            smooth = self._fine and self._scale != 1.0 and self._scale < _HARD
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.drawImage(self._target(painter), image)
        painter.end()

    def _target(self, painter: QPainter) -> QRectF:
        """Where the picture goes: at a scale of its own, on whole device pixels, or 100 % would be blurred."""
        if self._scale == FIT or self._picture is None:
            return QRectF(self.rect())
        ratio = self.devicePixelRatioF()
        corner = painter.deviceTransform().map(QRectF(self.rect()).topLeft())
        off = QPointF(round(corner.x()) - corner.x(), round(corner.y()) - corner.y()) / ratio
        return QRectF(off, QSizeF(self._picture.size) * (self._scale / ratio))

    def _ready(self) -> QImage | None:
        """The picture in RGB for the size it has on this screen."""
        wanted = (self._wanted(), self._fine)
        if self._picture is not None and self._made_for != wanted:
            self._image = self._picture.image(wanted[0], fine=self._fine)
            self._made_for = wanted
        return self._image

    def _wanted(self) -> QSize:
        if self._scale == FIT or self._picture is None:
            return self.size() * self.devicePixelRatioF()
        return (QSizeF(self._picture.size) * self._scale).toSize()
