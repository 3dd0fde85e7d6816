"""A list of values in a popover: arrows and Enter, mouse, screen reader; how a row looks is its painter's business."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import paint

_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Look:
    """How the rows of one list look and what they are called; one of these for each kind of value."""

    def name(self, value: Any, row: int) -> str:
        """What a screen reader calls it."""
        raise NotImplementedError

    def height(self, value: Any, width: int) -> int:
        """How high a row `width` pixels wide is, without the air round it."""
        raise NotImplementedError

    def draw(self, painter: QPainter, box: QRect, value: Any, row: int) -> None:
        """Draw it into `box`."""
        raise NotImplementedError


class Values(QAbstractListModel):
    """Any values in a row each."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.values: Sequence[Any] = ()

    def fill(self, values: Sequence[Any]) -> None:
        """Hold these and no others."""
        self.beginResetModel()
        self.values = values
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """One row a value."""
        return 0 if parent.isValid() else len(self.values)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The value itself for `UserRole`; its name as text, which is what a screen reader reads."""
        if not index.isValid() or index.row() >= len(self.values):
            return None
        value = self.values[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return value
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._look.name(value, index.row())
        return None


class Rows(QListView):
    """`chosen` carries a value: by Enter (True with Shift) or by a click."""

    chosen = Signal(object, bool)
    moved = Signal()

    def __init__(self, name: str, look: Look) -> None:
        super().__init__()
        self._values = Values(look)
        self._values.setParent(self)
        self.setModel(self._values)
        self.setAccessibleName(name)
        self.setItemDelegate(_Painter(self, look))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.setTabKeyNavigation(False)
        self.clicked.connect(lambda index: self.chosen.emit(index.data(Qt.ItemDataRole.UserRole), False))
        self.selectionModel().currentChanged.connect(self.moved)

    def fill(self, values: Sequence[Any], chosen: int = 0) -> None:
        """Show these values, the one in row `chosen` as the current one (-1: none)."""
        self._values.fill(values)
        if 0 <= chosen < len(values):
            self.setCurrentIndex(self._values.index(chosen))
            self.scrollTo(self.currentIndex())
        self.moved.emit()

    @property
    def values(self) -> Sequence[Any]:
        """All values, from the top."""
        return self._values.values

    @property
    def current(self) -> Any:
        """The value that the keys act on; None where there is none."""
        return self.currentIndex().data(Qt.ItemDataRole.UserRole)

    def step(self, by: int) -> None:
        """Go `by` rows down, or up, as far as there are rows."""
        rows = len(self.values)
        if rows:
            here = self.currentIndex().row()
            self.setCurrentIndex(self._values.index(max(0, min(rows - 1, here + by))))

    def choose(self, *, other: bool = False) -> None:
        """As if Enter were pressed, with Shift for `other`."""
        if self.current is not None:
            self.chosen.emit(self.current, other)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses; what a list has no use for is its owner's."""
        if event.key() in _ENTER:
            self.choose(other=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.text() and event.key() != Qt.Key.Key_Space and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Another width may need other heights."""
        if event.type() == QEvent.Type.Resize:
            self.scheduleDelayedItemsLayout()
        return super().viewportEvent(event)

    def height_of_all(self, width: int, most: int) -> int:
        """How high the list is with every row in view at `width` pixels, but at most `most`."""
        delegate, option = self.itemDelegate(), QStyleOptionViewItem()
        option.rect = QRect(0, 0, width, 0)
        high = 0
        for row in range(len(self.values)):
            high += delegate.sizeHint(option, self._values.index(row)).height()
            if high >= most:
                return most
        return high


class _Painter(QStyledItemDelegate):
    """Ground and air of a row; the look draws the rest."""

    AIR_X, AIR_Y = 9, 7

    def __init__(self, view: Rows, look: Look) -> None:
        super().__init__(view)
        self._view, self._look = view, look

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As wide as the list, as high as the look says."""
        width = self._view.viewport().width() if self._view.isVisible() else option.rect.width()
        value = index.data(Qt.ItemDataRole.UserRole)
        return QSize(width, self._look.height(value, width - 2 * self.AIR_X) + 2 * self.AIR_Y)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """The row."""
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            paint.box(painter, box.toRectF(), fill=theme.color("pressed"), corner=5)
        elif state & QStyle.StateFlag.State_MouseOver:
            paint.box(painter, box.toRectF(), fill=theme.color("raised"), corner=5)
        inner = box.adjusted(self.AIR_X, self.AIR_Y, -self.AIR_X, -self.AIR_Y)
        self._look.draw(painter, inner, index.data(Qt.ItemDataRole.UserRole), index.row())
        painter.restore()
