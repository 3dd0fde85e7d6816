"""A thin bar that shows how much is done, on any ground."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import paint
from seedance_desktop.words import tr

_HIGH = 4
_WHOLE = 1000


class Share(QProgressBar):
    """Qt's own for screen readers, drawn as the design says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Progress"))
        self.setRange(0, _WHOLE)
        self.setTextVisible(False)
        self.setFixedHeight(_HIGH)

    def show_share(self, share: float) -> None:
        """`share` of the whole, from 0 to 1."""
        self.setValue(round(share * _WHOLE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The track, and what is done of it."""
        painter = paint.start(self)
        whole = QRectF(self.rect())
        paint.box(painter, whole, fill=theme.color("track"), corner=_HIGH / 2)
        done = self.value() / _WHOLE
        if done:
            whole.setWidth(max(float(_HIGH), whole.width() * done))
            paint.box(painter, whole, fill=theme.color("accent-text"), corner=_HIGH / 2)
        painter.end()
