"""All takes of the shot in a row of small cards: dragged, or put by Enter, onto a side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QDrag, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from seedance_desktop.domain.clip import Clip, Flag
from seedance_desktop.ui import drags, spoken, theme
from seedance_desktop.ui.cards import BADGE, CardView, draw_flag, draw_picture, draw_rings
from seedance_desktop.ui.controls import paint
from seedance_desktop.words import tr

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_CARD, _LOW_CARD = QSize(116, 65), QSize(92, 52)
_EDGE = 4  # round a card, for its rings


class TakesModel(QAbstractListModel):
    """Rows of clips, what they are called, and the letters of the sides that show them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.clips: list[Clip] = []
        self.names: list[str] = []
        self.letters: Mapping[int, str] = {}

    def show(self, clips: Sequence[Clip], names: Sequence[str], letters: Mapping[int, str]) -> None:
        """These clips; the rows stay where only what is known of them has changed."""
        same = [clip.id for clip in clips] == [clip.id for clip in self.clips]
        if not same:
            self.beginResetModel()
        self.clips, self.names, self.letters = list(clips), list(names), dict(letters)
        if not same:
            self.endResetModel()
        elif clips:
            self.dataChanged.emit(self.index(0), self.index(len(clips) - 1))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many takes there are."""
        return 0 if parent.isValid() else len(self.clips)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row is called, and what a screen reader says of it."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        clip, name = self.clips[index.row()], self.names[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return spoken.tooltip(clip)
        letter = self.letters.get(clip.id)
        told = [name, tr("on side {letter}").format(letter=letter)] if letter else [name]
        return ", ".join([*told, spoken.name_of(clip)]) if role == Qt.ItemDataRole.AccessibleTextRole else name

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every take can be chosen and dragged."""
        item = Qt.ItemFlag
        return item.ItemIsEnabled | item.ItemIsSelectable | item.ItemIsDragEnabled | item.ItemNeverHasChildren


class _Delegate(QStyledItemDelegate):
    """A poster with its letter, its name and its flag."""

    def __init__(self, tray: Tray) -> None:
        super().__init__(tray)
        self._tray = tray

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """A card and its edge."""
        return self._tray.card + QSize(2 * _EDGE, 2 * _EDGE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One card."""
        takes = self._tray.takes
        clip, name = takes.clips[index.row()], takes.names[index.row()]
        letter = self._tray.letter(clip)
        card = QRectF(QPointF(option.rect.topLeft()) + QPointF(_EDGE, _EDGE), self._tray.card.toSizeF())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        corner = paint.radius("control")
        path = QPainterPath()
        path.addRoundedRect(card, corner, corner)
        painter.setClipPath(path)
        file = self._tray.library / clip.poster if clip.poster else None
        draw_picture(painter, card, file, self._tray.posters)
        painter.setClipping(False)
        self._badges(painter, card, clip, name, letter)
        chosen = QStyle.StateFlag.State_Selected if letter else QStyle.StateFlag.State_None
        paint.box(painter, card, border=theme.color("card-border"), corner=corner)
        draw_rings(painter, card, chosen, corner)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint.box(painter, card.adjusted(3, 3, -3, -3), border=theme.color("focus"), corner=corner - 2, width=2)
        painter.restore()

    def _badges(self, painter: QPainter, card: QRectF, clip: Clip, name: str, letter: str) -> None:
        if letter:
            _badge(painter, letter, QPointF(card.left() + 6, card.bottom() - BADGE - 6), right=False)
        struck = clip.flag is Flag.REJECT
        _badge(painter, name, QPointF(card.right() - 6, card.bottom() - BADGE - 6), right=True, struck=struck)
        draw_flag(painter, clip.flag, card.topLeft() + QPointF(6, 6))


class Tray(CardView):
    """`put` carries the id of the take that is to come onto the active side; arrows move between cards."""

    put = Signal(object)

    def __init__(self, library: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.library = library
        self.takes = TakesModel(self)
        self.setModel(self.takes)
        self.setAccessibleName(tr("Takes of the shot"))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setSpacing(0)
        self.setDragEnabled(True)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.card = _CARD
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.set_low(False)

    def set_low(self, low: bool) -> None:
        """Smaller cards, where there is little room."""
        self.card = _LOW_CARD if low else _CARD
        self.setFixedHeight(self.card.height() + 2 * _EDGE + 2 + self.horizontalScrollBar().sizeHint().height())
        self.scheduleDelayedItemsLayout()

    def show_compared(self) -> None:
        """Have the takes on screen that are compared, as far as there is room, A for sure."""
        rows = {letter: self.takes.clips.index(clip) for clip in self.takes.clips if (letter := self.letter(clip))}
        for letter in sorted(rows, reverse=True):
            self.scrollTo(self.takes.index(rows[letter]))

    def letter(self, clip: Clip) -> str:
        """The side that shows a take; empty for none."""
        return self.takes.letters.get(clip.id, "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter puts the take that the keyboard is on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.put.emit(self.takes.clips[self.currentIndex().row()].id)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here, not a search."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Put it."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.put.emit(self.takes.clips[index.row()].id)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag the take onto a side, or its file out of the window."""
        if not self.currentIndex().isValid():
            return
        clip = self.takes.clips[self.currentIndex().row()]
        drag = QDrag(self)
        drag.setMimeData(self.carried(clip))
        file = self.library / clip.poster
        drag.setPixmap(self.posters.get(file, self.card, self.devicePixelRatioF()) or QPixmap())
        drag.setHotSpot(QPoint(-12, -12))
        # Qt has no other way to drag. It starts from a mouse event, never from inside a task.
        drag.exec(Qt.DropAction.CopyAction)

    def carried(self, clip: Clip) -> QMimeData:
        """What such a drag carries."""
        mime = QMimeData()
        drags.put_files(mime, [clip], self.library)
        drags.put_clips(mime, [clip.id])
        return mime


def _badge(painter: QPainter, text: str, corner: QPointF, *, right: bool, struck: bool = False) -> None:
    """A text on near-black; `corner` is its upper left, or its upper right."""
    font = theme.font("label", tabular=True)
    font.setStrikeOut(struck)
    wide = QFontMetricsF(font).horizontalAdvance(text) + 10
    box = QRectF(corner.x() - (wide if right else 0), corner.y(), wide, BADGE)
    paint.box(painter, box, fill=theme.alpha("clip-badge"), corner=paint.radius("badge"))
    painter.setFont(font)
    painter.setPen(theme.color("on-badge"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
