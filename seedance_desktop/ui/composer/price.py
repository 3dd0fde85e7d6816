"""The one button that costs money, and says how much."""

from __future__ import annotations

import sys

from PySide6.QtCore import QElapsedTimer, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from seedance_desktop.domain.money import Money
from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import Button, paint
from seedance_desktop.words import money, tr

from .batch import Batch

_KEYS = "⌘↩" if sys.platform == "darwin" else "Ctrl+Enter"


class GenerateButton(Button):
    """Emits `approved` for a click or a key, but not for the second half of a double-click."""

    approved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", "primary", size="primary", parent=parent)
        self._last = QElapsedTimer()
        self.clicked.connect(self.approve)

    def set_cost(self, asked: Batch, price: Money) -> None:
        """Say what is asked for and what it costs at `price` a clip; clips of several prompts are no takes of one."""
        sum_ = price * asked.clips
        text = tr("Generate · {price}")
        if asked.clips > 1:
            text = tr("Generate {n} takes · {price}") if asked.variations == 1 else tr("Generate {n} clips · {price}")
        self.set_text(text.format(n=asked.clips, price=money(sum_.minor, sum_.currency)))

    def approve(self) -> None:
        """One approval, unless another was given within the double-click interval."""
        if not self.isEnabled():
            return
        if self._last.isValid() and self._last.elapsed() < QApplication.doubleClickInterval():
            return
        self._last.start()
        self.approved.emit()

    def draw_content(self, painter: QPainter, ink: str) -> None:
        """The text on the left, the keys in a small frame on the right where there is room."""
        painter.setFont(self.font())
        metrics = QFontMetricsF(self.font())
        keys = QFontMetricsF(theme.font("caption")).horizontalAdvance(_KEYS) + 12
        room = self.width() - 28
        if metrics.horizontalAdvance(self.text()) + keys + 12 <= room:
            frame = QRectF(self.width() - 14 - keys, (self.height() - 18) / 2, keys, 18)
            paint.box(painter, frame, border=theme.color(ink), corner=paint.radius("chip"))
            painter.setPen(theme.color(ink))
            painter.setFont(theme.font("caption"))
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, _KEYS)
        painter.setPen(theme.color(ink))
        painter.setFont(self.font())
        text = paint.elided(self.text(), metrics, room)
        painter.drawText(QRectF(14, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
