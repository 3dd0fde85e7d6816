"""The place where the clip's picture will be: its empty shape, or the reference image that it begins with."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from seedance_desktop.domain.catalogue import shape
from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import paint
from seedance_desktop.ui.posters import Posters
from seedance_desktop.words import tr


class Slot(QWidget):
    """Never shows a picture that isn't there yet."""

    def __init__(self, posters: Posters, library: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_compact(False)
        self._posters = posters
        self._library = library
        self._clip: Clip | None = None
        posters.loaded.connect(self.update)

    def set_compact(self, compact: bool) -> None:
        """Be smaller, in a narrow pane."""
        wide, high = theme.tokens()["size"]["row"]["slot-compact" if compact else "slot"]
        self.setFixedSize(wide, high)

    def show_clip(self, clip: Clip) -> None:
        """Take the shape of `clip`."""
        self._clip = clip
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The reference with its badge, or the blank shape (dashed while planned)."""
        if self._clip is None:
            return
        painter = paint.start(self)
        picture = self._reference(self._clip)
        if picture is None:
            dashed = self._clip.stage is Stage.PLANNED
            box = self._fitted(shape(self._clip.recipe.ratio))
            edge = theme.color("control-border")
            fill = None if dashed else theme.color("field")
            paint.box(painter, box, fill=fill, border=edge, corner=2, dashed=dashed, width=1.5 if dashed else 1)
        else:
            size = picture.deviceIndependentSize()
            box = QRectF(0, 0, size.width(), size.height())
            box.moveCenter(QRectF(self.rect()).center())
            painter.drawPixmap(box.topLeft(), picture)
            paint.box(painter, box, border=theme.color("control-border"), corner=0)
            font = theme.font("caption")
            words = tr("ref")
            wide = QFontMetricsF(font).horizontalAdvance(words) + 6
            badge = QRectF(box.bottomLeft() + QPointF(2, -16), box.bottomLeft() + QPointF(2 + wide, -2))
            paint.box(painter, badge, fill=theme.alpha("clip-badge"), corner=paint.radius("badge"))
            painter.setFont(font)
            painter.setPen(theme.color("on-badge"))
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()

    def _reference(self, clip: Clip) -> QPixmap | None:
        first = next((one for one in clip.recipe.references if one.file), None)
        if first is None:
            return None
        file = self._library / "references" / first.file
        return self._posters.get(file, QSize(self.width(), self.height()), self.devicePixelRatioF())

    def _fitted(self, share: float) -> QRectF:
        high = float(self.height())
        wide = min(float(self.width()), high * share)
        box = QRectF(0, 0, wide, wide / share)
        box.moveCenter(QRectF(self.rect()).center())
        return box
