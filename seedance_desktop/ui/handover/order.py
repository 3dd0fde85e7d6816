"""The clips that are handed over, in a list whose order is changed by dragging and by keys."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.handover import span
from seedance_desktop.ui import spoken, theme
from seedance_desktop.ui.cards import CardView, draw_picture
from seedance_desktop.ui.controls import paint
from seedance_desktop.words import clock, ntr, number, tr

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_HIGH = 50
_POSTER = QSize(64, 36)
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_State = QStyle.StateFlag


class OrderModel(QAbstractListModel):
    """Clips in the order in which they are handed over."""

    def __init__(self, clips: Sequence[Clip], parent: QWidget) -> None:
        super().__init__(parent)
        self.clips = list(clips)
        self.trimmed = False

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self.clips)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row is called."""
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        clip = self.clips[index.row()]
        return ", ".join((f"{index.row() + 1}: {called(clip)}", self.about(clip)))

    def about(self, clip: Clip) -> str:
        """Its shot and how much of it is handed over: `12B · 3.4 s of 5.0 s`."""
        whole = clip.footage.seconds if clip.footage else float(clip.recipe.duration)
        part = seconds(clip, trimmed=self.trimmed)
        words = tr("{seconds} s").format(seconds=number(whole, 1))
        if part + 0.05 < whole:
            words = tr("{part} s of {whole} s").format(part=number(part, 1), whole=number(whole, 1))
        return " · ".join(one for one in (clip.shot, words) if one)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows are dragged, and dropped between others."""
        item = Qt.ItemFlag
        if not index.isValid():
            return item.ItemIsDropEnabled
        return item.ItemIsEnabled | item.ItemIsSelectable | item.ItemIsDragEnabled | item.ItemNeverHasChildren

    def supportedDropActions(self) -> Qt.DropAction:
        """They move."""
        return Qt.DropAction.MoveAction

    def moveRows(self, _from: Index, row: int, count: int, _to: Index, before: int) -> bool:
        """Put `count` rows, from `row` on, before the row `before`; False where that is no other place."""
        if not self.beginMoveRows(_NOWHERE, row, row + count - 1, _NOWHERE, before):
            return False
        moved = self.clips[row : row + count]
        del self.clips[row : row + count]
        at = before - count if before > row else before
        self.clips[at:at] = moved
        self.endMoveRows()
        return True

    def set_trimmed(self, trimmed: bool) -> None:
        """Whether each is cut to its range."""
        self.trimmed = trimmed
        if self.clips:
            self.dataChanged.emit(self.index(0), self.index(len(self.clips) - 1))


class OrderList(CardView):
    """Alt with Up and Down moves the row that has the keyboard; `reordered` says that the order is another."""

    reordered = Signal()

    def __init__(self, clips: Sequence[Clip], library: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.order = OrderModel(clips, self)
        self.setModel(self.order)
        self.setAccessibleName(tr("Clips to hand over"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self._delegate = _Delegate(self, library)
        self.setItemDelegate(self._delegate)
        self.order.rowsMoved.connect(self._moved)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt moves rows; letters are no search."""
        by = _MOVES.get(Qt.Key(event.key()), 0)
        if by and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_row(by)
        else:
            super().keyPressEvent(event)

    def move_row(self, by: int) -> None:
        """The current row one place up (-1) or down (1)."""
        row = self.currentIndex().row()
        if row >= 0 and 0 <= row + by < len(self.order.clips):
            self.order.moveRows(_NOWHERE, row, 1, _NOWHERE, row + by + (by > 0))
            self.scrollTo(self.currentIndex())

    def keyboardSearch(self, search: str) -> None:
        """Letters do nothing here."""

    def _moved(self) -> None:
        self.viewport().update()  # the numbers have changed
        self.reordered.emit()


class _Delegate(QStyledItemDelegate):
    """Number, poster, title and length of a clip."""

    def __init__(self, view: OrderList, library: Path) -> None:
        super().__init__(view)
        self._view, self._library = view, library

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """One height for all."""
        return QSize(120, _HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        clip = self._view.order.clips[index.row()]
        box = QRectF(option.rect).adjusted(2, 1, -2, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, focused = (bool(option.state & one) for one in (_State.State_Selected, _State.State_HasFocus))
        if chosen or option.state & _State.State_MouseOver:
            paint.box(painter, box, fill=theme.color("accent-tint" if chosen else "hover"), corner=4)
        if focused:
            paint.box(painter, box, border=theme.color("focus"), corner=4, width=2)
        number = QFontMetricsF(theme.font("caption", tabular=True))
        wide = max(20.0, number.horizontalAdvance(str(len(self._view.order.clips))) + 6)
        self._write(painter, QRectF(box.left() + 6, box.top(), wide, box.height()), str(index.row() + 1), "text-3")
        poster = QRectF(QPointF(box.left() + wide + 8, box.center().y() - 18), _POSTER.toSizeF())
        draw_picture(painter, poster, self._library / clip.poster if clip.poster else None, self._view.posters)
        left = poster.right() + 10
        room = QRectF(left, box.top() + 5, box.right() - 6 - left, 18)
        self._write(painter, room, called(clip), "text", "label")
        self._write(painter, room.translated(0, 19), self._view.order.about(clip), "text-2")
        painter.restore()

    def _write(self, painter: QPainter, box: QRectF, text: str, ink: str, scale: str = "caption") -> None:
        font = theme.font(scale, tabular=True)
        painter.setFont(font)
        painter.setPen(theme.color(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, paint.elided(text, QFontMetricsF(font), box.width()))


def called(clip: Clip) -> str:
    """Its first words; of a clip without a prompt, its file's name."""
    return spoken.title(clip) or Path(clip.file or clip.outside).stem or clip.name


def seconds(clip: Clip, *, trimmed: bool) -> float:
    """How long what is handed over of it is."""
    if clip.footage is None:
        return float(clip.recipe.duration)
    if not trimmed:
        return clip.footage.seconds
    first, last = span(clip)
    return clip.footage.seconds * (last - first + 1) / max(1, clip.footage.frames)


def summed(clips: Sequence[Clip], *, trimmed: bool) -> str:
    """How many and how long in all: `12 clips · 1:04`."""
    whole = sum(seconds(clip, trimmed=trimmed) for clip in clips)
    return f"{ntr('{n} clip', '{n} clips', len(clips))} · {clock(whole)}"
