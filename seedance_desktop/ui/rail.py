"""The library folded to a strip in a narrow window: counts, and small posters to choose from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from seedance_desktop.ui.cards import draw_rings
from seedance_desktop.ui.controls import Button, Panel, Separator, Text, paint
from seedance_desktop.ui.glyph import Glyph
from seedance_desktop.ui.shelf.card import PosterDelegate, draw_badges, draw_poster
from seedance_desktop.ui.shelf.grid import ClipView
from seedance_desktop.ui.shelf.model import ClipList
from seedance_desktop.words import ntr, tr

_WIDE, _HIGH, _GAP = 64, 36, 8

Index = QModelIndex | QPersistentModelIndex


class _SmallDelegate(PosterDelegate):
    """A poster with its flag and shot."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        clip = model.clip_at(index.row()) if isinstance(model, ClipList) else None
        box = QRectF(QPointF(option.rect.topLeft()) + QPointF(4, _GAP / 2), QSizeF(_WIDE, _HIGH))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_poster(painter, box, clip, self.posters, self.library)
        if clip is not None:
            draw_badges(painter, box, clip, clip.shot[:6], air=2)
        draw_rings(painter, box, option.state, paint.radius("badge"))
        painter.restore()


class Rail(Panel):
    """`opened` asks for the whole library; choosing a poster opens its clip."""

    opened = Signal()

    def __init__(self, model: ClipList, library: Path, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent=parent)
        self.list = ClipView(model, library)
        self._delegate = _SmallDelegate(self.list.posters, library)
        self._delegate.cell = QSize(_WIDE + 8, _HIGH + _GAP)
        self.list.setItemDelegate(self._delegate)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        for policy in (self.list.setVerticalScrollBarPolicy, self.list.setHorizontalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        button = Button(tr("Open the library"), "library", "icon")
        button.clicked.connect(self.opened)
        self._unsure = _Count("stage-unsure", "warning")
        self._flight = _Count("stage-rendering", "accent-text")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 6, 4, 0)
        layout.setSpacing(4)
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._unsure, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._flight, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(4)
        layout.addWidget(Separator())
        layout.addWidget(self.list, 1)
        self.show_counts(0, 0)

    def show_counts(self, unsure: int, making: int) -> None:
        """How many charges are unknown, and how many clips are in the making."""
        self._unsure.show_count(unsure, ntr("{n} charge unknown", "{n} charges unknown", unsure))
        self._flight.show_count(making, tr("{n} in the making").format(n=making))


class _Count(QWidget):
    def __init__(self, icon: str, color: str) -> None:
        super().__init__()
        self._text = Text("", "label", color, tabular=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addWidget(Glyph(icon, color, 14))
        layout.addWidget(self._text)

    def show_count(self, count: int, words: str) -> None:
        """The number, with its words as tool tip and name; hidden at 0."""
        self._text.setText(str(count))
        self._text.setAccessibleName(words)
        self.setToolTip(words)
        self.setVisible(count > 0)
