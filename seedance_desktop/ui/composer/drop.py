"""Where images go in: the slot that opens the file dialog, and the hatched target while something is dragged over."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from seedance_desktop.domain.catalogue import MOST_REFERENCES
from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import Button, paint
from seedance_desktop.words import tr

from .intake import Coming

_ICON, _BETWEEN = 18, 6
_SMALL = 24  # as high as this it is a plain plus in the head of the strip


class AddSlot(Button):
    """Adds images: a wide drop zone while the strip is empty, then a plus behind the images or in the head."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Add reference image"), "image-add", "ghost", parent=parent)

    @property
    def _wide(self) -> bool:
        return self.width() > 100

    def sizeHint(self) -> QSize:
        """The size of the slot of one image."""
        return QSize(46, 64)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A dashed box with what it takes."""
        painter = paint.start(self)
        lit = self.underMouse() or self.hasFocus()
        edge = theme.color("text-2" if lit else "control-border")
        fill = theme.color("hover") if self.underMouse() else None
        if self.height() > _SMALL:
            paint.box(painter, QRectF(self.rect()), fill=fill, border=edge, dashed=True)
        else:
            paint.box(painter, QRectF(self.rect()), fill=fill)
        ink = "text" if lit else "text-2"
        if self._wide:
            self._draw_zone(painter, ink)
        else:
            paint.icon(painter, "plus", ink, QPointF(self.width() / 2 - 8, self.height() / 2 - 8))
        painter.end()

    def _draw_zone(self, painter: QPainter, ink: str) -> None:
        """The icon over the words, which may need two lines."""
        painter.setFont(theme.font("caption"))
        text = tr("Drop up to {n} images, paste, or browse").format(n=MOST_REFERENCES)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        room = QRectF(8, 0, self.width() - 16, self.height())
        words = QFontMetricsF(painter.font()).boundingRect(room, flags, text)
        top = (self.height() - _ICON - _BETWEEN - words.height()) / 2
        paint.icon(painter, "image-add", ink, QPointF(self.width() / 2 - _ICON / 2, top), _ICON)
        painter.setPen(theme.color("text-2"))
        room.setTop(top + _ICON + _BETWEEN)
        painter.drawText(room, flags, text)


class DropTarget(QWidget):
    """Lies over the strip while images are dragged over the composer and says what letting go does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def announce(self, have: int, coming: Coming) -> None:
        """Show what becomes of what is coming when there are `have` images."""
        room = min(coming.images, MOST_REFERENCES - have)
        if coming.recipes:
            self._text = tr("Release: use its recipe")
        elif room <= 0:
            self._text = tr("All {n} places are taken: into Images only").format(n=MOST_REFERENCES)
        elif coming.folders:
            self._text = tr("Release: all images of the folder")
        elif room == 1:
            self._text = tr("Release: Image {n}").format(n=have + 1)
        else:
            self._text = tr("Release: Images {first} to {last}").format(first=have + 1, last=have + room)
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A hatched, dashed box in the accent."""
        painter = paint.start(self)
        area = QRectF(self.rect())
        paint.box(painter, area, fill=theme.color("accent-tint"))
        hatch = QBrush(theme.alpha("drop-hatch"), Qt.BrushStyle.BDiagPattern)
        painter.setBrush(hatch)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(area, 6, 6)
        paint.box(painter, area, border=theme.color("accent-text"), dashed=True, width=1.5)
        painter.setFont(theme.font("label"))
        metrics = QFontMetricsF(painter.font())
        text = paint.elided(self._text, metrics, area.width() - 40)
        wide = metrics.horizontalAdvance(text) + 23
        left = (area.width() - wide) / 2
        paint.icon(painter, "image-add", "accent-text", QPointF(left, area.height() / 2 - 8))
        painter.setPen(theme.color("accent-text"))
        painter.drawText(QRectF(left + 23, 0, wide, area.height()), Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()
