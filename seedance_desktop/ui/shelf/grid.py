"""The grid of cards: choosing, keys, dragging files out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelection, QMimeData, QModelIndex, QPoint, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from seedance_desktop.domain.clip import Clip
from seedance_desktop.ui import drags
from seedance_desktop.ui.cards import CardView
from seedance_desktop.words import tr

from .card import GAP, LEAST_CELL, CardDelegate, PosterDelegate, card_size
from .model import ClipList


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
        elif not (self.selected_rows() == [row] and self.currentIndex().row() == row):
            self.setCurrentIndex(self.clips.index(row))

    def selected_ids(self) -> list[int]:
        """The ids of the chosen clips from the top down."""
        return [self.clips.id_at(row) for row in self.selected_rows()]

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Choosing a card opens it; choosing more opens the one that the keyboard is on."""
        super().selectionChanged(selected, deselected)
        rows = self.selected_rows()
        current = self.currentIndex().row()
        if not rows:
            return
        number = self.clips.id_at(current if current in rows else rows[0])
        if number != self._open:
            self._open = number
            self.opened.emit(number)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here, not a search."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Play it."""
        super().mouseDoubleClickEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self.played.emit()


class Grid(ClipView):
    """The library's grid. `keyed` offers every key first; a key that it answers to with True is spent."""

    def __init__(
        self, model: ClipList, library: Path, keyed: Callable[[QKeyEvent], bool], parent: QWidget | None = None
    ) -> None:
        super().__init__(model, library, parent)
        self._keyed = keyed
        self._delegate = CardDelegate(self.posters, library)  # kept: the view doesn't own it
        self.setItemDelegate(self._delegate)
        self.make_grid()
        model.rowsRemoved.connect(self._choose_neighbour)

    def columns(self) -> int:
        """How many cards stand side by side."""
        return max(1, self.viewport().width() // LEAST_CELL)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as fit."""
        cell = (self.viewport().width() - 1) // self.columns()  # a line that is filled to its last pixel wraps early
        size = QSize(cell, card_size(cell).height() + GAP)
        if size != self.gridSize():
            self._delegate.cell = size
            self.setGridSize(size)
            self.verticalScrollBar().setSingleStep(size.height() // 3)
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter plays; the studio's keys come before Qt's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.played.emit()
        elif not self._keyed(event):
            super().keyPressEvent(event)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag the files themselves out of the window, or the clips onto the composer."""
        chosen = [self.clips.clip_at(row) for row in self.selected_rows()]
        if clips := [clip for clip in chosen if clip is not None and clip.file]:
            self._drag(self.carried(clips), clips[0])

    def carried(self, clips: Sequence[Clip]) -> QMimeData:
        """What a drag of these clips carries: their files for other programs, their names for ours."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(self._library / clip.file)) for clip in clips])
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

    def _choose_neighbour(self, _parent: QModelIndex, first: int, _last: int) -> None:
        """A chosen card left the list: its neighbour is chosen, so that the keyboard goes on from there."""
        count = self.clips.rowCount()
        if count and self._open is not None and self.clips.row_of(self._open) < 0 and not self.selected_rows():
            self.setCurrentIndex(self.clips.index(min(first, count - 1)))
