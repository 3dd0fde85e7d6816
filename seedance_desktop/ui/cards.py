"""What lists of pictures share: the view, a picture in its true shape on near-black, the rings round a card."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.posters import Posters
from seedance_desktop.ui.style import RING

_BATCH = 500
_State = QStyle.StateFlag


class CardView(QListView):
    """A list whose delegate draws pictures from `posters`; it draws its own rings, on a surface that isn't its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.posters = Posters(self)
        self.posters.loaded.connect(self.viewport().update)
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

    def make_grid(self) -> None:
        """Cells side by side, any number of them chosen, dragged out and never in."""
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def selected_rows(self) -> list[int]:
        """The chosen rows from the top down."""
        chosen = self.selectionModel().selection()
        parts = [chosen.at(number) for number in range(chosen.count())]
        return sorted(row for part in parts for row in range(part.top(), part.bottom() + 1))

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
