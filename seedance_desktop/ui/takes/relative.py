"""One clip in the tree of a family: how it hangs there, its picture, its title, where it began."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import Button, keys, paint
from seedance_desktop.ui.posters import Posters
from seedance_desktop.ui.style import RADIUS, RING
from seedance_desktop.words import ntr, stage, tr

from . import tree
from .tree import Line

HIGH = 48
_POSTER = QSize(64, 36)
_PAD, _GAP, _INDENT = 8, 10, 22
_DEEPEST = 6  # generations that are indented; the tree of a long film must fit
_WALKS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class RelativeRow(QAbstractButton):
    """A click, Enter and Space open the clip; Up and Down say by `walked` how far to go."""

    walked = Signal(int)

    def __init__(self, line: Line, poster: Path | None, posters: Posters, *, is_open: bool) -> None:
        super().__init__()
        self.line, self.is_open = line, is_open
        self._poster, self._posters = poster, posters
        self.seam: Button | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty(RING, "none")
        self.setProperty(RADIUS, paint.radius("control"))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HIGH)
        spoken = (tree.title(line.relative), self._below(), tr("on the stage") if is_open else "")
        self.setAccessibleName(", ".join(one for one in spoken if one))

    def offer_seam(self) -> Button:
        """A button that plays the parent's end and this one's beginning."""
        self.seam = Button(tr("Play seam"), "seam", "ghost", size="small", parent=self)
        self.seam.setToolTip(tr("The last second of the one, then the first of the other"))
        return self.seam

    def event(self, event: QEvent) -> bool:
        """Its keys are its own, whatever they do elsewhere."""
        return keys.claims(event, keys.ARROWS | keys.PRESS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, open."""
        if event.key() in _WALKS:
            self.walked.emit(_WALKS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.click()
        else:
            event.ignore()

    def needed(self) -> int:
        """How wide it has to be for its second line and the button beside it."""
        left = _PAD + min(self.line.depth, _DEEPEST) * _INDENT + _POSTER.width() + _GAP
        words = QFontMetricsF(theme.font("caption", tabular=True)).horizontalAdvance(self._below())
        seam = self.seam.sizeHint().width() + _GAP if self.seam is not None else 0
        return round(left + words + seam) + _PAD + 1

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(200, HIGH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The seam stands at the right."""
        super().resizeEvent(event)
        if self.seam is not None:
            self.seam.resize(self.seam.sizeHint())
            self.seam.move(self.width() - self.seam.width() - _PAD, (HIGH - self.seam.height()) // 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The branch, the poster, two lines."""
        painter = paint.start(self)
        self._draw_box(painter)
        left = _PAD + min(self.line.depth, _DEEPEST) * _INDENT
        if self.line.depth:
            paint.icon(painter, "continue", "text-3", QPointF(left - _INDENT + 3, (HIGH - 14) / 2), 14)
        box = QRectF(left, (HIGH - _POSTER.height()) / 2, _POSTER.width(), _POSTER.height())
        self._draw_poster(painter, box)
        self._draw_words(painter, round(box.right()) + _GAP)
        painter.end()

    def _draw_box(self, painter: QPainter) -> None:
        rect, corner = QRectF(self.rect()), paint.radius("control")
        opens = not self.is_open and tree.plays(self.line.relative)
        if self.is_open:
            paint.box(painter, rect, fill=theme.color("accent-tint"), border=theme.color("accent-text"), corner=corner)
        elif self.underMouse() and opens:
            paint.box(painter, rect, fill=theme.color("pressed" if self.isDown() else "hover"), corner=corner)
        if self.hasFocus():
            paint.box(painter, rect, border=theme.color("focus"), width=2, corner=corner)

    def _draw_poster(self, painter: QPainter, box: QRectF) -> None:
        painter.fillRect(box, theme.color("viewer"))
        found = None
        if self._poster is not None:
            found = self._posters.get(self._poster, _POSTER, self.devicePixelRatioF())
        if found is not None:
            size = found.deviceIndependentSize()
            corner = box.center() - QPointF(size.width() / 2, size.height() / 2)
            painter.drawPixmap(corner, found)

    def _draw_words(self, painter: QPainter, left: int) -> None:
        right = self.seam.x() - _GAP if self.seam is not None else self.width() - _PAD
        gone = not self.is_open and not tree.plays(self.line.relative)
        below = self._below()
        lines = (
            (tree.title(self.line.relative), "body-strong", "text-3" if gone else "text", 6 if below else 15),
            (below, "caption", "accent-text" if self.is_open else "text-2", 26),
        )
        for text, scale, ink, top in lines:
            painter.setFont(theme.font(scale, tabular=True))
            painter.setPen(theme.color(ink))
            room = QRectF(left, top, max(0, right - left), 18)
            shown = paint.elided(text, QFontMetricsF(painter.font()), room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)

    def _below(self) -> str:
        """`from frame 61 · exact start · Failed`."""
        relative, parts = self.line.relative, []
        if self.line.link is not None:
            parts.append(tree.link_words(self.line.link))
        if self.line.others:
            parts.append(ntr("and {n} more", "and {n} more", len(self.line.others)))
        if relative.trashed:
            parts.append(tr("in the trash"))
        elif relative.stage is not None and not tree.plays(relative):
            parts.append(stage(relative.stage.value))
        return " · ".join(parts)
