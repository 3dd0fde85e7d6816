"""The transport's own buttons: the round one that plays, the one that loops, and the two that set in and out."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import Button, paint
from seedance_desktop.ui.style import RADIUS
from seedance_desktop.words import tr

DISC = 32
_ICON = 20
_PAD, _GAP = 5, 4


class PlayButton(Button):
    """The one round button; its name is what a press does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Play"), "play-20", "icon", icon_size=_ICON, parent=parent)
        self.setFixedSize(DISC, DISC)
        self.setProperty(RADIUS, DISC / 2)

    def set_playing(self, playing: bool) -> None:
        """Offer to pause, or to play."""
        self.set_icon("pause-20" if playing else "play-20")
        self.set_text(tr("Pause") if playing else tr("Play"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A disc in the colour of text."""
        painter = paint.start(self)
        able = self.isEnabled()
        fill = theme.color("text" if able else "raised")
        if able and (self.isDown() or self.underMouse()):
            fill = paint.blend(fill, theme.color("panel"), 0.25 if self.isDown() else 0.12)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawEllipse(self.rect())
        corner = QPointF((self.width() - _ICON) / 2, (self.height() - _ICON) / 2)
        paint.icon(painter, self.icon_name, "panel" if able else "text-disabled", corner, _ICON)
        painter.end()


class LoopButton(Button):
    """Quiet while it is off, lit while it is on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Loop"), "loop-20", "icon", icon_size=_ICON, parent=parent)
        self.setCheckable(True)
        self.toggled.connect(self._light)

    def draw_content(self, painter: QPainter, ink: str) -> None:
        """The icon alone, on and off."""
        corner = QPointF((self.width() - _ICON) / 2, (self.height() - _ICON) / 2)
        paint.icon(painter, self.icon_name, ink, corner, _ICON)

    def sizeHint(self) -> QSize:
        """As wide as it is high."""
        return QSize(super().sizeHint().height(), super().sizeHint().height())

    def _light(self, on: bool) -> None:
        self.kind = "toggle" if on else "icon"
        self.update()


class MarkButton(Button):
    """Sets one end of the range; carries the key that does the same, where there is room for it."""

    def __init__(self, name: str, icon: str, key: str, *, behind: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(name, icon, "secondary", icon_size=_ICON, parent=parent)
        self._key, self._behind = key, behind  # `behind`: the key stands right of the icon
        self._compact = False
        self.setToolTip(name)

    def set_compact(self, compact: bool) -> None:
        """The icon alone, or with its key."""
        self._compact = compact
        self.kind = "icon" if compact else "secondary"
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Icon and key; or square."""
        height = super().sizeHint().height()
        return QSize(height if self._compact else round(2 * _PAD + _ICON + _GAP + self._key_width()), height)

    def minimumSizeHint(self) -> QSize:
        """It isn't cut."""
        return self.sizeHint()

    def draw_content(self, painter: QPainter, ink: str) -> None:
        """The icon, and the key on its outer side."""
        top = (self.height() - _ICON) / 2
        if self._compact:
            paint.icon(painter, self.icon_name, ink, QPointF((self.width() - _ICON) / 2, top), _ICON)
            return
        wide = self._key_width()
        key_left = _PAD + _ICON + _GAP if self._behind else _PAD
        quiet = "text-2" if self.isEnabled() else ink
        paint.icon(painter, self.icon_name, quiet, QPointF(_PAD if self._behind else _PAD + wide + _GAP, top), _ICON)
        painter.setFont(theme.font("label"))
        painter.setPen(theme.color(ink))
        painter.drawText(QRectF(key_left, 0, wide, self.height()), Qt.AlignmentFlag.AlignCenter, self._key)

    def _key_width(self) -> float:
        """Both keys take the width of the wider one, so that the row stays symmetrical."""
        metrics = QFontMetricsF(theme.font("label"))
        return max(metrics.horizontalAdvance("I"), metrics.horizontalAdvance("O"))
