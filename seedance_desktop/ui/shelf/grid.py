"""The grid of cards: choosing, keys, dragging files out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QMimeData,
    QModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QDrag, QHideEvent, QKeyEvent, QMouseEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from seedance_desktop.domain.clip import Clip
from seedance_desktop.ui import drags
from seedance_desktop.ui.cards import CardView
from seedance_desktop.words import tr

from .card import LEAST_CELL, CardDelegate, PosterDelegate, card_box, cell_height, poster_box
from .hover import Hover
from .model import ClipList
from .stack import count_box


class ClipView(CardView):
    """A list of clips by a `ClipList`: what `Grid` and the narrow window's rail share."""

    opened = Signal(object)  # the id of the clip that was chosen
    played = Signal()  # Enter or a double click

    def __init__(self, model: ClipList, library: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clips = model
        self._library = library
        self._open: int | None = None
        self.setModel(model)
        self.setAccessibleName(tr("Library"))

    def set_library(self, library: Path) -> None:
        """Another library folder is open now; delegates with a `library` follow."""
        self._library = library
        delegate = self.itemDelegate()
        if isinstance(delegate, PosterDelegate):
            delegate.library = library

    def select(self, number: int | None) -> None:
        """Choose the card of that clip without saying so, and bring it into view; None chooses nothing."""
        self._open = number
        row = -1 if number is None else self.clips.row_of(number)
        if row < 0:
            self.clearSelection()
        elif not (self.selected_runs() == [(row, row)] and self.currentIndex().row() == row):
            self.setCurrentIndex(self.clips.index(row))

    def selected_ids(self) -> list[int]:
        """The ids of the chosen clips from the top down, whether they are in memory or not."""
        found: list[int] = []
        for first, last in self.selected_runs():
            found += self.clips.ids(first, last)
        return found

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Choosing a card opens it; choosing more opens the one that the keyboard is on."""
        super().selectionChanged(selected, deselected)
        runs = self.selected_runs()
        if not runs:
            return
        current = self.currentIndex()
        chosen = current.isValid() and self.selectionModel().isSelected(current)
        number = self.clips.id_at(current.row() if chosen else runs[0][0])
        if number != self._open:
            self._open = number
            self.opened.emit(number)

    def step(self, by: int) -> None:
        """Choose the next card (1) or the one before (-1); the first where the keyboard is here, but nothing chosen."""
        here = self.currentIndex().row() if self.selectionModel().hasSelection() else -1
        row = max(here + by, 0)
        if row < self.clips.rowCount():
            self.setCurrentIndex(self.clips.index(row))

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here, not a search."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Play it."""
        super().mouseDoubleClickEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self.played.emit()


class Grid(ClipView):
    """The library's grid. `keyed` offers every key first; a key that it answers to with True is spent."""

    stack_wanted = Signal(object)  # the id of a stack's best take: show all takes of it

    def __init__(
        self, model: ClipList, library: Path, keyed: Callable[[QKeyEvent], bool], parent: QWidget | None = None
    ) -> None:
        super().__init__(model, library, parent)
        self._keyed = keyed
        self.follows = True  # whether a neighbour is chosen when the chosen card leaves: not when others are asked for
        self.hover = Hover(self)
        self._delegate = CardDelegate(self.posters, library, self.hover)  # kept: the view doesn't own it
        self.setItemDelegate(self._delegate)
        self.make_grid()
        self.hover.changed.connect(self._redraw)
        self.verticalScrollBar().valueChanged.connect(self.hover.leave)
        model.rowsRemoved.connect(self._choose_neighbour)
        self._into_view = QTimer(self, singleShot=True, interval=0)
        self._into_view.timeout.connect(lambda: self.scrollTo(self.currentIndex()))

    def set_library(self, library: Path) -> None:
        """Another library folder is open now."""
        super().set_library(library)
        self.hover.forget()

    def columns(self) -> int:
        """How many cards stand side by side."""
        return max(1, self.viewport().width() // LEAST_CELL)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as fit; a chosen card that was in view stays there."""
        seen = self._chosen_in_view(event.oldSize())
        cell = (self.viewport().width() - 1) // self.columns()  # a line that is filled to its last pixel wraps early
        size = QSize(cell, cell_height(cell))
        if size != self.gridSize():
            self._delegate.cell = size
            self.setGridSize(size)
            self.verticalScrollBar().setSingleStep(size.height() // 3)
        super().resizeEvent(event)
        if seen:
            self._into_view.start()  # when Qt has placed the cards anew

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter plays, with Ctrl it opens the stack; the studio's keys come before Qt's."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if enter and not held:
            self.played.emit()
        elif enter and held == Qt.KeyboardModifier.ControlModifier:
            self.open_stack()
        elif not self._keyed(event):
            super().keyPressEvent(event)

    def open_stack(self) -> bool:
        """Show all takes of the stack that has the keyboard; whether there is one."""
        row = self.currentIndex().row()
        number = self.clips.id_at(row) if row >= 0 else 0
        if self.clips.takes_of(number) < 2:
            return False
        self.stack_wanted.emit(number)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The badge of a stack opens it; anything else chooses."""
        self.hover.leave()
        number = self._badge_at(event.position())
        if number is not None and event.button() == Qt.MouseButton.LeftButton and not event.modifiers():
            self.stack_wanted.emit(number)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The poster under the mouse plays; a badge that would open its stack lights up."""
        super().mouseMoveEvent(event)
        self._light(self._badge_at(event.position()))
        at = event.position()
        index = self.indexAt(at.toPoint())
        poster = poster_box(card_box(self.visualRect(index))) if index.isValid() else QRectF()
        clip = self.clips.clip_at(index.row()) if poster.contains(at) and not event.buttons() else None
        if clip is None or not drags.has_file(clip):
            self.hover.leave()
        else:
            size = (poster.size() * self.devicePixelRatioF()).toSize()
            self.hover.over(clip.id, (at.x() - poster.left()) / poster.width(), size)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing plays any more."""
        super().leaveEvent(event)
        self.hover.leave()
        self._light(None)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing plays out of sight."""
        super().hideEvent(event)
        self.hover.leave()

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag the files themselves out of the window, or the clips onto the composer."""
        chosen = [self.clips.kept(number) for number in self.selected_ids()]
        if clips := [clip for clip in chosen if clip is not None and drags.has_file(clip)]:
            self._drag(self.carried(clips), clips[0])

    def carried(self, clips: Sequence[Clip]) -> QMimeData:
        """What a drag of these clips carries: their files for other programs, their names for ours."""
        mime = QMimeData()
        drags.put_files(mime, clips, self._library)
        drags.put_clips(mime, [clip.id for clip in clips])
        return mime

    def _drag(self, mime: QMimeData, first: Clip) -> None:
        drag = QDrag(self)
        drag.setMimeData(mime)
        picture = self.posters.get(self._library / first.poster, QSize(120, 68), self.devicePixelRatioF())
        drag.setPixmap(picture or QPixmap())
        drag.setHotSpot(QPoint(-12, -12))
        # The one nested loop of the window: Qt has no other way to drag. It starts from a mouse event, never
        # from inside a task, so no task is lost by it.
        drag.exec(Qt.DropAction.CopyAction)

    def choose_again(self) -> None:
        """Where nothing is chosen, choose the card of the clip that is open, without saying so."""
        if not self.selected_runs() and self._open is not None and self.clips.row_of(self._open) >= 0:
            self.select(self._open)

    def _badge_at(self, at: QPointF) -> int | None:
        """The id of the clip whose stack's badge is there."""
        index = self.indexAt(at.toPoint())
        if not index.isValid():
            return None
        number = self.clips.id_at(index.row())
        takes = self.clips.takes_of(number)
        there = takes > 1 and count_box(poster_box(card_box(self.visualRect(index))), takes).contains(at)
        return number if there else None

    def _light(self, number: int | None) -> None:
        before, self._delegate.lit = self._delegate.lit, number
        if before != number:
            for changed in (before, number):
                self._redraw(changed)
            self.viewport().setCursor(
                Qt.CursorShape.ArrowCursor if number is None else Qt.CursorShape.PointingHandCursor
            )

    def _redraw(self, number: int | None) -> None:
        row = -1 if number is None else self.clips.row_of(number)
        if row >= 0:
            self.update(self.clips.index(row))

    def _chosen_in_view(self, room: QSize) -> bool:
        current = self.currentIndex()
        if not current.isValid() or not self.selectionModel().isSelected(current):
            return False
        return QRect(0, 0, room.width(), room.height()).contains(self.visualRect(current).center())

    def _choose_neighbour(self, _parent: QModelIndex, first: int, _last: int) -> None:
        """A chosen card left the list: its neighbour is chosen, so that the keyboard goes on from there."""
        count = self.clips.rowCount()
        if (
            count
            and self.follows
            and self._open is not None
            and self.clips.row_of(self._open) < 0
            and not self.selected_runs()
        ):
            self.setCurrentIndex(self.clips.index(min(first, count - 1)))
