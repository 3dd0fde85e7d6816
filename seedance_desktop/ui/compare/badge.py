"""The letter of a side, A to D, in a small box; and a chip with an icon before its text."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from seedance_desktop.ui import accessible, theme
from seedance_desktop.ui.controls import Chip, paint
from seedance_desktop.words import tr

LETTERS = "ABCD"
_SIDE = 20
_ICON = 14


class Letter(QWidget):
    """Filled on the side that the keys act on, an outline on the others."""

    def __init__(self, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter, self._active = letter, False
        accessible.as_picture(self, tr("Side {letter}").format(letter=letter))
        self.setFixedSize(_SIDE, _SIDE)

    def set_active(self, active: bool) -> None:
        """The keys act here, or elsewhere."""
        self._active = active
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box and letter."""
        painter = paint.start(self)
        ink = theme.color("text")
        fill = ink if self._active else None
        paint.box(painter, QRectF(self.rect()), fill=fill, border=ink, corner=paint.radius("chip"), width=1.5)
        painter.setFont(theme.font("body-strong"))
        painter.setPen(theme.color("panel") if self._active else ink)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letter)
        painter.end()


class IconChip(Chip):
    """A quiet chip whose icon says it before its words do."""

    def __init__(self, icon: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, "plain", parent=parent)
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Icon and text with air."""
        return QSize(round(QFontMetricsF(self.font()).horizontalAdvance(self.text())) + _ICON + 18, 22)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, icon, text."""
        painter = paint.start(self)
        paint.box(painter, QRectF(self.rect()), fill=theme.color("raised"), corner=paint.radius("chip"))
        paint.icon(painter, self._icon, "text-2", QPointF(7, (self.height() - _ICON) / 2), _ICON)
        painter.setFont(self.font())
        painter.setPen(theme.color("text-2"))
        room = QRectF(_ICON + 11, 0, self.width(), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()
