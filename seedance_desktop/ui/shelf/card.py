"""Paints a clip as a card: poster on near-black, length, flag, title, stars, shot."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from seedance_desktop.domain.clip import Clip, Flag
from seedance_desktop.ui import spoken, theme
from seedance_desktop.ui.cards import BADGE, draw_flag, draw_picture, draw_rings
from seedance_desktop.ui.controls import paint
from seedance_desktop.ui.posters import Posters

from .hover import Hover
from .model import ClipList
from .stack import draw_count, draw_edges, lift

GAP = 10
LEAST_CELL = 150
_STAR = 13
_AIR = 8
_LINE = 3

Index = QModelIndex | QPersistentModelIndex
_State = QStyle.StateFlag


def card_size(cell_width: int) -> QSize:
    """The size of a card in a cell of the grid that is `cell_width` wide, its gap included."""
    width = cell_width - GAP
    return QSize(width, round(width * 9 / 16) + int(theme.tokens()["size"]["card"]["meta"]))


def cell_height(cell_width: int) -> int:
    """The height of a cell: its card, the gap, and the room for the edges of a stack."""
    return card_size(cell_width).height() + GAP + lift()


def card_box(cell: QRect) -> QRectF:
    """Where the card stands in its cell."""
    corner = QPointF(cell.topLeft()) + QPointF(GAP / 2, GAP / 2 + lift())
    return QRectF(corner, QSizeF(card_size(cell.width())))


def poster_box(card: QRectF) -> QRectF:
    """The card's upper part."""
    return card.adjusted(0, 0, 0, -int(theme.tokens()["size"]["card"]["meta"]))


class PosterDelegate(QStyledItemDelegate):
    """Draws what the model has in memory, without asking the disk; posters come from `Posters`."""

    def __init__(self, posters: Posters, library: Path) -> None:
        super().__init__()
        self.posters = posters
        self.library = library
        self.cell = QSize(LEAST_CELL, LEAST_CELL)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The whole cell, as the view has set it."""
        return self.cell


class CardDelegate(PosterDelegate):
    """A card of the grid; `hover` has what plays on one of them, `lit` is the id whose stack the mouse would open."""

    def __init__(self, posters: Posters, library: Path, hover: Hover) -> None:
        super().__init__(posters, library)
        self.hover = hover
        self.lit: int | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One card, in the middle of its cell."""
        model = index.model()
        if not isinstance(model, ClipList):
            return
        clip = model.clip_at(index.row())
        card = card_box(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        takes = 1 if clip is None else model.takes_of(clip.id)
        if takes > 1:
            draw_edges(painter, card)
        self._body(painter, card, clip, bool(option.state & _State.State_MouseOver))
        if clip is not None:
            self._said(painter, card, clip, takes, model.title(clip))
        draw_rings(painter, card, option.state, paint.radius("card"))
        painter.restore()

    def _said(self, painter: QPainter, card: QRectF, clip: Clip, takes: int, title: str) -> None:
        poster = poster_box(card)
        draw_badges(painter, poster, clip, spoken.length(clip))
        if takes > 1:
            draw_count(painter, poster, takes, lit=clip.id == self.lit)
        _words(painter, QRectF(poster.bottomLeft(), card.bottomRight()), clip, title)

    def _body(self, painter: QPainter, card: QRectF, clip: Clip | None, over: bool) -> None:
        corner = paint.radius("card")
        paint.box(painter, card, fill=theme.color("hover" if over else "raised"), corner=corner)
        playing = self.hover.picture(clip.id) if clip is not None else None
        if playing is None:
            draw_poster(painter, poster_box(card), clip, self.posters, self.library)
        else:
            _draw_playing(painter, poster_box(card), *playing)
        # The upper corners are painted over in the colour of the pane: a clip path would leave them jagged.
        outside = QPainterPath()
        outside.addRect(card)
        outside.addRoundedRect(card, corner, corner)
        painter.fillPath(outside, theme.color("panel"))
        paint.box(painter, card, border=theme.color("control-border" if over else "card-border"), corner=corner)


def _draw_playing(painter: QPainter, box: QRectF, image: QImage, share: float) -> None:
    """A picture of the clip in the poster's place, and a line that says where in the clip it is."""
    painter.fillRect(box, theme.color("viewer"))
    ratio = painter.device().devicePixelRatioF()
    size = QSizeF(image.size()) / ratio
    size.scale(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
    corner = box.center() - QPointF(size.width() / 2, size.height() / 2)
    painter.drawImage(QRectF(corner, size), image)
    line = QRectF(box.left(), box.bottom() - _LINE, box.width(), _LINE)
    painter.fillRect(line, theme.alpha("clip-badge"))
    painter.fillRect(QRectF(line.topLeft(), QSizeF(line.width() * share, _LINE)), theme.color("on-badge"))


def draw_poster(painter: QPainter, box: QRectF, clip: Clip | None, posters: Posters, library: Path) -> None:
    """The poster in its own shape on near-black; near-black alone while it isn't there."""
    file = library / clip.poster if clip is not None and clip.poster else None
    draw_picture(painter, box, file, posters)


def draw_badges(painter: QPainter, poster: QRectF, clip: Clip, words: str, air: int = 6) -> None:
    """The flag on the lower left of a poster, and `words` on the lower right."""
    if words:
        font = theme.font("caption", tabular=True)
        wide = QFontMetricsF(font).horizontalAdvance(words) + 10
        box = QRectF(poster.right() - wide - air, poster.bottom() - BADGE - air, wide, BADGE)
        paint.box(painter, box, fill=theme.alpha("clip-badge"), corner=paint.radius("badge"))
        painter.setFont(font)
        painter.setPen(theme.color("on-badge"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    draw_flag(painter, clip.flag, QPointF(poster.left() + air, poster.bottom() - BADGE - air))


def _words(painter: QPainter, box: QRectF, clip: Clip, title: str) -> None:
    rejected = clip.flag is Flag.REJECT
    font = theme.font("label")
    font.setStrikeOut(rejected)
    line = QRectF(box.left() + _AIR, box.top() + 6, box.width() - 2 * _AIR, 16)
    painter.setFont(font)
    painter.setPen(theme.color("text-2" if rejected else "text"))
    text = paint.elided(title, QFontMetricsF(font), line.width())
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)
    top = box.top() + 25
    for number in range(5):
        filled = number < clip.stars
        at = QPointF(box.left() + _AIR - 1 + number * (_STAR + 0.5), top)
        name, ink = ("star-filled", "star") if filled else ("star", "text-3")
        paint.icon(painter, name, ink, at, _STAR)
    if clip.shot:
        _shot(painter, QRectF(box.left() + 82, top - 2, box.width() - 82 - _AIR, 16), clip.shot)


def _shot(painter: QPainter, room: QRectF, shot: str) -> None:
    font = theme.font("caption", tabular=True)
    metrics = QFontMetricsF(font)
    if room.width() < 24:
        return
    text = paint.elided(shot, metrics, room.width() - 10)
    wide = metrics.horizontalAdvance(text) + 10
    box = QRectF(room.right() - wide, room.top(), wide, room.height())
    paint.box(painter, box, border=theme.color("control-border"), corner=paint.radius("chip"))
    painter.setFont(font)
    painter.setPen(theme.color("text-2"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
