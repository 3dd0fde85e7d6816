"""The grid of images: choosing, renaming in place, keys, dragging out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QMimeData, QPoint, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDrag, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from seedance_desktop.ui import drags
from seedance_desktop.ui.cards import CardView
from seedance_desktop.words import tr

from .card import ImageDelegate, cell_size, columns
from .model import ImageList

if TYPE_CHECKING:
    from seedance_desktop.domain.kept_images import KeptImage

_SHADOW = QSize(120, 90)  # the picture that goes with the mouse


class ImageGrid(CardView):
    """Shows an `ImageList`."""

    chosen = Signal()  # others are chosen now
    used = Signal()  # Enter or a double click
    thrown = Signal()  # Delete
    pasted = Signal(object)  # QMimeData of the clipboard

    def __init__(self, model: ImageList, library: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images, self._library = model, library
        self._delegate = ImageDelegate(self.posters, library)  # kept: the view doesn't own it
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(tr("Images"))
        self.pressing = False  # whether the choice is changing by the mouse, right now
        self.make_grid()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)  # F2 does it, on every system

    def set_library(self, library: Path) -> None:
        """Another library folder is open now."""
        self._library = self._delegate.library = library

    def selected_images(self) -> list[KeptImage]:
        """The chosen images from the top down."""
        found = [self._images.image_at(row) for row in self.selected_rows()]
        return [image for image in found if image is not None]

    def choose(self, hashes: list[str]) -> None:
        """Choose those of these that are shown; the first has the keyboard and comes into view."""
        rows = self._images.rows_of(hashes)
        wanted = QItemSelection()
        for first, last in _runs(rows):
            wanted.select(self._images.index(first), self._images.index(last))
        if rows:
            index = self._images.index(rows[0])
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def rename(self) -> None:
        """Edit the name of the card that has the keyboard, in its place."""
        index = self.currentIndex()
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.scrollTo(index)
            self.edit(index)

    def mime(self) -> QMimeData:
        """What dragging the chosen ones carries: their hashes for this window, their files for every other program."""
        images = self.selected_images()
        data = QMimeData()
        drags.put_images(data, [image.hash for image in images])
        files = [self._library / "references" / image.reference.file for image in images]
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        return data

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag the chosen images out."""
        images = self.selected_images()
        if not images:
            return
        drag = QDrag(self)
        drag.setMimeData(self.mime())
        picture = self.posters.get(self._library / images[0].poster, _SHADOW, self.devicePixelRatioF())
        drag.setPixmap(picture or QPixmap())
        drag.setHotSpot(QPoint(-12, -12))
        drag.exec(Qt.DropAction.CopyAction)  # from a mouse event, never from inside a task: none is lost by its loop

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Say so."""
        super().selectionChanged(selected, deselected)
        self.chosen.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as fit."""
        room = self.viewport().width()
        cell = (room - 1) // columns(room)  # a line that is filled to its last pixel wraps early
        size = cell_size(cell)
        if size != self.gridSize():
            self._delegate.cell = size
            self.setGridSize(size)
            self.verticalScrollBar().setSingleStep(size.height() // 3)
        super().resizeEvent(event)
        if event.size().height() < event.oldSize().height() and self.selectionModel().isSelected(self.currentIndex()):
            self.scrollTo(self.currentIndex())  # what is known of it has taken the room below

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose."""
        self.pressing = True
        super().mousePressEvent(event)
        self.pressing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter uses, F2 renames, Delete throws away, paste takes in; letters find a name."""
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.state() == QAbstractItemView.State.EditingState:
            event.accept()  # what the name's field let pass, Enter above all, is not for the card below it
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().mimeData())
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.used.emit()
        elif plain and key == Qt.Key.Key_F2:
            self.rename()
        elif plain and key == Qt.Key.Key_Delete:
            self.thrown.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Use it."""
        super().mouseDoubleClickEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self.used.emit()


def _runs(rows: list[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of rows that follow each other."""
    for _, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):
        together = [row for _, row in run]
        yield together[0], together[-1]
