"""What lists of pictures share: the view, a picture in its true shape on near-black, the rings round a card."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette, QPen, QRegion
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QWidget

from seedance_desktop.domain.clip import Flag
from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import paint
from seedance_desktop.ui.posters import Posters
from seedance_desktop.ui.scrolling import keep_room
from seedance_desktop.ui.style import RING
from seedance_desktop.ui.viewport import viewport

BADGE = 18
"""The side of a badge on a card, in logical pixels."""

_BATCH = 500
_CHOOSE = QItemSelectionModel.SelectionFlag.ClearAndSelect
_FEW = 100  # chosen cards; of more, Qt would look up the place of each to find out what to redraw
_State = QStyle.StateFlag
_GOING = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)


class CardView(QListView):
    """A list whose delegate draws pictures from `posters`; it draws its own rings, on a surface that isn't its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.posters = Posters(self)
        self.posters.loaded.connect(viewport(self).update)
        self.setProperty(RING, "none")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        clear = self.palette()
        clear.setColor(QPalette.ColorRole.Base, QColor(0, 0, 0, 0))
        self.setPalette(clear)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        theme.signals.changed.connect(self.viewport().update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Where nothing is chosen, a key that can't go further chooses the card that has the keyboard."""
        super().keyPressEvent(event)
        model, here = self.selectionModel(), self.currentIndex()
        if event.key() in _GOING and not event.modifiers() and here.isValid() and not model.hasSelection():
            model.select(here, _CHOOSE)

    def make_grid(self) -> None:
        """Cells side by side, any number of them chosen, dragged out and never in."""
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        keep_room(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def selected_rows(self) -> list[int]:
        """The chosen rows from the top down."""
        return [row for first, last in self.selected_runs() for row in range(first, last + 1)]

    def selected_runs(self) -> list[tuple[int, int]]:
        """The first and the last row of each run of chosen rows, from the top down."""
        chosen = self.selectionModel().selection()
        parts = [chosen.at(number) for number in range(chosen.count())]
        return sorted((part.top(), part.bottom()) for part in parts)

    def selected_count(self) -> int:
        """How many are chosen."""
        return sum(last - first + 1 for first, last in self.selected_runs())

    def selectAll(self) -> None:
        """All of them, without asking the model about each, as Qt's own does."""
        first, last = self.model().index(0, 0), self.model().index(self.model().rowCount() - 1, 0)
        if last.isValid():
            self.selectionModel().select(QItemSelection(first, last), _CHOOSE)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What must be redrawn when these are chosen or no longer chosen."""
        rows = sum(selection.at(number).height() for number in range(selection.count()))
        return super().visualRegionForSelection(selection) if rows <= _FEW else QRegion(self.viewport().rect())

    def _scrolled(self) -> None:
        if self.posters.forget_waiting():
            self.viewport().update()  # what is still in sight asks again


def draw_picture(painter: QPainter, box: QRectF, file: Path | None, posters: Posters) -> None:
    """The picture in its own shape on near-black; near-black alone while it isn't there."""
    painter.fillRect(box, theme.color("viewer"))
    if file is None:
        return
    ratio = painter.device().devicePixelRatioF()
    picture = posters.get(file, box.size().toSize(), ratio)
    if picture is not None:
        size = QSizeF(picture.deviceIndependentSize())
        corner = box.center() - QPointF(size.width() / 2, size.height() / 2)
        painter.drawPixmap(QPointF(round(corner.x()), round(corner.y())), picture)


def draw_rings(painter: QPainter, card: QRectF, state: QStyle.StateFlag, corner: float) -> None:
    """Selection lies flush on the card, focus round it with a gap."""
    if state & _State.State_Selected:
        _ring(painter, card.adjusted(-0.5, -0.5, 0.5, 0.5), theme.color("focus"), corner + 0.5, 3.0)
    elif state & _State.State_HasFocus:
        _ring(painter, card.adjusted(-3, -3, 3, 3), theme.color("focus"), corner + 3, 2.0)


def _ring(painter: QPainter, box: QRectF, color: QColor, corner: float, width: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, width))
    painter.drawRoundedRect(box, corner, corner)


def draw_flag(painter: QPainter, flag: Flag, at: QPointF) -> None:
    """The badge of a pick or a reject with its upper left corner at `at`; nothing without a flag."""
    look = _FLAGS.get(flag)
    if look is not None:
        fill, icon, ink = look
        box = QRectF(at.x(), at.y(), BADGE, BADGE)
        paint.box(painter, box, fill=theme.color(fill), corner=paint.radius("badge"))
        paint.icon(painter, icon, ink, box.topLeft() + QPointF(2, 2), 14)


_FLAGS = {
    Flag.PICK: ("pick-badge", "pick-filled", "badge"),
    Flag.REJECT: ("reject-badge", "reject", "on-badge"),
}
