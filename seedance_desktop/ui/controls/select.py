"""One of many: a combo box drawn as a quiet text with an arrow."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QWidget

from seedance_desktop.ui import accessible, theme

from . import paint


class Select(QComboBox):
    """A combo box called `name`; `framed` draws it as a field, otherwise it is text until the mouse is over it."""

    def __init__(self, *, name: str, framed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._framed = framed
        accessible.as_choice(self, name)
        self._dressed = False
        self.setFont(theme.font("label"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(paint.height("field" if framed else "regular"))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """As wide as its widest choice."""
        metrics = QFontMetricsF(self.font())
        widest = max((metrics.horizontalAdvance(self.itemText(row)) for row in range(self.count())), default=40.0)
        return QSize(round(widest) + 36, self.height())

    def minimumSizeHint(self) -> QSize:
        """The text may be cut."""
        return QSize(60, self.height())

    def showPopup(self) -> None:
        """The list is made now, and not with each combo box of a window that opens."""
        if not self._dressed:
            self._dressed = True
            self.setItemDelegate(QStyledItemDelegate(self))  # the combo box's own one ignores the style sheet
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling past must not change a setting."""
        event.ignore()

    def fitting(self, _metrics: QFontMetricsF, _room: float) -> str:
        """What is drawn in so much room."""
        return self.currentText()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, text, arrow."""
        painter = paint.start(self)
        over = self.underMouse() and self.isEnabled()
        focused = self.hasFocus()
        border = theme.color("focus") if focused else theme.color("control-border") if self._framed else None
        fill = theme.color("hover") if over else theme.color("field") if self._framed else None
        paint.box(painter, QRectF(self.rect()), fill=fill, border=border, width=2 if focused else 1)
        ink = "text" if over or self._framed else "text-2"
        painter.setFont(self.font())
        painter.setPen(theme.color(ink if self.isEnabled() else "text-disabled"))
        metrics = QFontMetricsF(self.font())
        text = paint.elided(self.fitting(metrics, self.width() - 32), metrics, self.width() - 32)
        side = Qt.AlignmentFlag.AlignLeft if self._framed else Qt.AlignmentFlag.AlignRight  # by its arrow
        room = QRectF(9, 0, self.width() - 34, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | side, text)
        paint.icon(painter, "chevron-down", ink, QPointF(self.width() - 21, (self.height() - 14) / 2), 14)
        painter.end()
