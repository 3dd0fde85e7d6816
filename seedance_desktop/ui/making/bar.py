"""The thin bar under a row: a share, or that something is going on."""

from __future__ import annotations

import time

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QBrush, QHideEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import paint

_HIGH = 3
_STEP = 50  # ms between two pictures of a busy bar
_PART = 0.28
_UNDER = "raised"  # the colour of the rows that have a bar


class Bar(QWidget):
    """`show_bar("busy")` runs while the bar is on screen; `show_bar("share", 0.62)` stands still."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind, self._share, self._color = "", 0.0, "accent-text"
        self._timer = QTimer(self, interval=_STEP)
        self._timer.timeout.connect(self.update)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # or the row is painted along, each time it moves

    def show_bar(self, kind: str, share: float = 0.0, color: str = "accent-text") -> None:
        """`kind`: empty for none, `busy`, or `share` from 0 to 1."""
        if (kind, share, color) != (self._kind, self._share, self._color):
            self._kind, self._share, self._color = kind, share, color
            self.setVisible(bool(kind))
            self._run()
            self.update()

    def sizeHint(self) -> QSize:
        """Thin, and as wide as there is room."""
        return QSize(40, _HIGH)

    def showEvent(self, event: QShowEvent) -> None:
        """Run again."""
        super().showEvent(event)
        self._run()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing moves out of sight."""
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The track and what is done of it."""
        painter = paint.start(self)
        painter.fillRect(self.rect(), theme.color(_UNDER))
        whole = QRectF(0, 0, self.width(), _HIGH)
        paint.box(painter, whole, fill=theme.color("track"), corner=_HIGH / 2)
        ink = theme.color(self._color)
        if self._kind == "share":
            whole.setWidth(max(float(_HIGH), self.width() * self._share))
            paint.box(painter, whole, fill=ink, corner=_HIGH / 2)
        elif self._still():
            painter.fillRect(QRectF(0, 0, self.width(), _HIGH), QBrush(ink, Qt.BrushStyle.BDiagPattern))
        else:
            paint.box(painter, self._moving(), fill=ink, corner=_HIGH / 2)
        painter.end()

    def _moving(self) -> QRectF:
        # All bars read the same clock, so they move together.
        period = theme.duration("indeterminate-period") / 1000
        at = time.monotonic() % period / period
        eased = at * at * (3 - 2 * at)
        left = (1 + _PART) * eased - _PART
        begin, end = max(0.0, left), min(1.0, left + _PART)
        return QRectF(begin * self.width(), 0, max(0.0, end - begin) * self.width(), _HIGH)

    def _still(self) -> bool:
        return not theme.duration("indeterminate-period")

    def _run(self) -> None:
        if self._kind == "busy" and self.isVisible() and not self._still():
            self._timer.start()
        else:
            self._timer.stop()
