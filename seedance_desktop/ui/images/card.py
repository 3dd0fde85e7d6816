"""Paints an image as a card: the picture on near-black, its name, how many clips use it, its tags; edits the name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.cards import draw_picture, draw_rings
from seedance_desktop.ui.controls import Field, paint
from seedance_desktop.ui.posters import Posters
from seedance_desktop.words import tr

from . import saying
from .model import ImageList

if TYPE_CHECKING:
    from seedance_desktop.domain.kept_images import KeptImage

GAP = 10
_LEAST_CELL, _WIDE_CELL, _WIDE = 108, 132, 480
_META = 42
_NAME_TOP, _NAME, _LINE = 6, 16, 15

Index = QModelIndex | QPersistentModelIndex
_State = QStyle.StateFlag


def columns(room: int) -> int:
    """How many cells stand side by side; a wide pane, as in Review, has larger ones."""
    return max(1, room // (_WIDE_CELL if room >= _WIDE else _LEAST_CELL))


def cell_size(width: int) -> QSize:
    """The size of a cell of the grid that is `width` wide: a picture of 4:3 and the words below, the gap included."""
    inner = width - GAP
    return QSize(width, round(inner * 3 / 4) + _META + GAP)


class ImageDelegate(QStyledItemDelegate):
    """Draws what the model has, without asking the disk; small pictures come from `Posters`."""

    def __init__(self, posters: Posters, library: Path) -> None:
        super().__init__()
        self.posters, self.library = posters, library
        self.cell = cell_size(_LEAST_CELL)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The whole cell, as the view has set it."""
        return self.cell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One card, in the middle of its cell."""
        model = index.model()
        image = model.image_at(index.row()) if isinstance(model, ImageList) else None
        if image is None:
            return
        card, picture = _boxes(QRectF(option.rect))
        corner = paint.radius("control")
        over = bool(option.state & _State.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if over or option.state & _State.State_Selected:
            paint.box(painter, card, fill=theme.color("hover" if over else "raised"), corner=corner)
        draw_picture(painter, picture, self.library / image.poster, self.posters)
        _round_off(painter, picture, card, corner)
        _words(painter, card, picture.bottom(), image)
        draw_rings(painter, card, option.state, corner)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field for the name."""
        return Field(name=tr("Name"), size="small", parent=parent)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The name there is, all of it selected."""
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """The new name."""
        if isinstance(editor, QLineEdit):
            model.setData(model.index(index.row(), 0), editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Where the name stands."""
        card, picture = _boxes(QRectF(option.rect))
        top = round(picture.bottom()) + _NAME_TOP + _NAME // 2 - editor.height() // 2
        editor.setGeometry(round(card.left()), top, round(card.width()), editor.height())


def _boxes(cell: QRectF) -> tuple[QRectF, QRectF]:
    """Where the card is in its cell, and the picture on it."""
    card = cell.adjusted(GAP / 2, GAP / 2, -GAP / 2, -GAP / 2)
    return card, QRectF(card.left(), card.top(), card.width(), card.height() - _META)


def _round_off(painter: QPainter, picture: QRectF, card: QRectF, corner: float) -> None:
    """The upper corners in the colour of the pane: a clip path would leave them jagged."""
    outside, shape = QPainterPath(), QPainterPath()
    outside.addRect(picture)
    shape.addRoundedRect(card, corner, corner)
    painter.fillPath(outside.subtracted(shape), theme.color("panel"))


def _words(painter: QPainter, card: QRectF, top: float, image: KeptImage) -> None:
    font = theme.font("label")
    line = QRectF(card.left() + 6, top + _NAME_TOP, card.width() - 10, _NAME)
    painter.setFont(font)
    painter.setPen(theme.color("text"))
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, paint.elided(image.name, QFontMetricsF(font), line.width()))
    font = theme.font("caption", tabular=True)
    metrics = QFontMetricsF(font)
    line = QRectF(line.left(), line.bottom() + 1, line.width(), _LINE)
    painter.setFont(font)
    painter.setPen(theme.color("text-2"))
    said = paint.elided(saying.uses(image), metrics, line.width())
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, said)
    after = metrics.horizontalAdvance(said) + 8
    if image.tags and line.width() - after > 34:
        _tags(painter, line.adjusted(after, 0, 0, 0), metrics, ", ".join(image.tags))


def _tags(painter: QPainter, room: QRectF, metrics: QFontMetricsF, tags: str) -> None:
    paint.icon(painter, "tag", "text-3", QPointF(room.left(), room.top() + 2), 11)
    painter.setPen(theme.color("text-3"))
    text = room.adjusted(14, 0, 0, 0)
    painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, paint.elided(tags, metrics, text.width()))
