"""Takes what is dropped from other programs, and shows a hatched target while it is over a list of the library."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QDragEnterEvent, QDropEvent, QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.composer import intake
from seedance_desktop.ui.controls import paint
from seedance_desktop.words import tr

_Kind = QEvent.Type


class Landing(QWidget):
    """Lies over `over` while what can be `taken` is dragged over it or over `also`; `dropped` carries what came."""

    dropped = Signal(object)  # QMimeData, to be read at once

    def __init__(
        self,
        over: QWidget,
        *also: QWidget,
        taken: Callable[[QMimeData], bool] = intake.carries_images,
        icon: str = "image-add",
    ) -> None:
        super().__init__(over)
        self._over, self._taken, self._icon = over, taken, icon
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        for widget in (over, *also):
            widget.setAcceptDrops(True)
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's events of a drag; what comes from this window is kept already."""
        kind = event.type()
        if kind == _Kind.Resize and watched is self._over:
            self.setGeometry(self._over.rect())
        if isinstance(event, QDropEvent) and kind in (_Kind.DragEnter, _Kind.DragMove, _Kind.Drop):
            return self._dragged(event)
        if kind in (_Kind.DragLeave, _Kind.Hide):
            self.hide()
        return super().eventFilter(watched, event)

    def _dragged(self, event: QDropEvent) -> bool:
        if event.type() == _Kind.Drop:
            self.hide()
        if event.source() is not None or not self._taken(event.mimeData()):
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if isinstance(event, QDragEnterEvent):
            self.setGeometry(self._over.rect())
            self.raise_()
        if event.type() == _Kind.Drop:
            self.dropped.emit(event.mimeData())
        else:
            self.show()
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A hatched, dashed box in the accent, with what letting go does."""
        painter = paint.start(self)
        area = QRectF(self.rect()).adjusted(8, 8, -8, -8)
        paint.box(painter, area, fill=theme.color("accent-tint"), corner=8)
        painter.setBrush(QBrush(theme.alpha("drop-hatch"), Qt.BrushStyle.BDiagPattern))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(area, 8, 8)
        paint.box(painter, area, border=theme.color("accent-text"), dashed=True, width=1.5, corner=8)
        painter.setFont(theme.font("label"))
        metrics = QFontMetricsF(painter.font())
        text = paint.elided(tr("Release: into the library"), metrics, area.width() - 60)
        wide = metrics.horizontalAdvance(text) + 40
        sign = QRectF(area.center().x() - wide / 2, area.center().y() - 16, wide, 32)
        paint.box(painter, sign, fill=theme.color("accent-tint"), corner=6)
        paint.icon(painter, self._icon, "accent-text", QPointF(sign.left() + 9, sign.center().y() - 8))
        painter.setPen(theme.color("accent-text"))
        painter.drawText(sign.adjusted(32, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()
