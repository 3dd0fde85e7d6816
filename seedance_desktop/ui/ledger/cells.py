"""What stands in one cell of the ledger's tables, and how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import paint

Index = QModelIndex | QPersistentModelIndex

CELL = Qt.ItemDataRole.UserRole
"""The role under which a model gives its `Cell`."""

_PAD = 10
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Cell:
    """A text in a token colour; `icon` and `chip` (a short text in a box) stand before it, `right` aligns it there."""

    text: str
    ink: str = "text"
    icon: str = ""
    chip: str = ""
    right: bool = False
    small: bool = False

    @property
    def spoken(self) -> str:
        """The cell in words."""
        return ", ".join(part for part in (self.chip, self.text) if part)


class CellDelegate(QStyledItemDelegate):
    """Draws a cell, the line under its row, and the ring of the keyboard."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Row colour, icon or chip, text."""
        cell = index.data(CELL)
        box = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.color("accent-tint"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.color("divider"))
        if isinstance(cell, Cell):
            _draw(painter, box.adjusted(_PAD, 0, -_PAD, -1), cell)
        if state & QStyle.StateFlag.State_HasFocus:
            paint.box(painter, box.adjusted(1, 1, -1, -2), border=theme.color("focus"), width=2, corner=4)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """The rows are all the same height."""
        return QSize(60, int(theme.tokens()["ledger"]["row"]))


def _draw(painter: QPainter, box: QRectF, cell: Cell) -> None:
    font = theme.font("caption" if cell.small else "label", tabular=True)
    font.setWeight(font.Weight.Medium if cell.right else font.Weight.Normal)
    metrics = QFontMetricsF(font)
    if cell.icon:
        paint.icon(painter, cell.icon, cell.ink, QPointF(box.left(), box.center().y() - 7), 14)
        box.setLeft(box.left() + 22)
    if cell.chip:
        box.setLeft(_chip(painter, box, cell.chip) + 7)
    painter.setFont(font)
    painter.setPen(theme.color(cell.ink))
    side = Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(box, side | _MIDDLE, paint.elided(cell.text.replace("\n", " "), metrics, box.width()))


def _chip(painter: QPainter, box: QRectF, text: str) -> float:
    """Draw a short text in a box; returns where it ends."""
    font = theme.font("caption", tabular=True)
    metrics = QFontMetricsF(font)
    shown = paint.elided(text, metrics, min(72.0, box.width() / 2))
    room = QRectF(box.left(), box.center().y() - 9, metrics.horizontalAdvance(shown) + 12, 18)
    paint.box(painter, room, border=theme.color("control-border"), corner=paint.radius("chip"))
    painter.setFont(font)
    painter.setPen(theme.color("text-2"))
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)
    return room.right()


class Heading(QHeaderView):
    """The names of the columns, and by an arrow which of them orders the rows. A click orders by a column."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setSortIndicatorShown(True)
        self.setHighlightSections(False)
        self.setFixedHeight(int(theme.tokens()["ledger"]["head"]))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Name and arrow."""
        box = QRectF(rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, theme.color("panel"))
        painter.setPen(QPen(theme.color("control-border"), 1))
        painter.drawLine(QPointF(box.left(), box.bottom() - 0.5), QPointF(box.right(), box.bottom() - 0.5))
        text = str(self.model().headerData(section, self.orientation()) or "")
        right = bool(self.model().headerData(section, self.orientation(), CELL))
        sorted_ = self.sortIndicatorSection() == section
        self._name(painter, box.adjusted(_PAD, 0, -_PAD, 0), text, right=right, arrow=sorted_)
        painter.restore()

    def _name(self, painter: QPainter, box: QRectF, text: str, *, right: bool, arrow: bool) -> None:
        font = heading_font()
        metrics = QFontMetricsF(font)
        shown = paint.elided(text, metrics, box.width() - (14 if arrow else 0))
        wide = metrics.horizontalAdvance(shown)
        left = box.right() - wide if right else box.left()
        painter.setFont(font)
        painter.setPen(theme.color("text" if arrow else "text-2"))
        painter.drawText(QRectF(left, box.top(), wide + 2, box.height()), _MIDDLE, shown)
        if arrow:
            down = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            at = left - 12 if right else left + wide + 8
            _arrow(painter, QPointF(at, box.center().y()), down=down)


def heading_font() -> QFont:
    """What the names of columns are written in."""
    font = theme.font("caption")
    font.setWeight(font.Weight.DemiBold)
    return font


def _arrow(painter: QPainter, middle: QPointF, *, down: bool) -> None:
    lift = 2 if down else -2
    painter.setPen(QPen(theme.color("text-2"), 1.4))
    left, tip, right = QPointF(-3.5, -lift / 2), QPointF(0, lift), QPointF(3.5, -lift / 2)
    painter.drawPolyline([middle + left, middle + tip, middle + right])
