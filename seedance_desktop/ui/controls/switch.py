"""On or off: a check box drawn as a switch."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QEvent, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.style import RADIUS

from . import keys, paint

_WIDE, _HIGH, _KNOB, _GAP = 32, 18, 12, 9


class Switch(QCheckBox):
    """A switch with its text to the right; `name` is its accessible name where the text isn't."""

    def __init__(self, text: str, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(name or text)
        self.setFont(theme.font("label"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty(RADIUS, paint.radius("control"))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._share = 0.0
        self._slide = QVariantAnimation(self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self._set_share)
        self.toggled.connect(self._go)

    def event(self, event: QEvent) -> bool:
        """Space turns it, whatever Space does elsewhere."""
        return keys.claims(event, keys.PRESS) or super().event(event)

    def set_on(self, on: bool) -> None:
        """Show on or off at once; inside `blockSignals` as well, where nobody else is to hear of it."""
        self._slide.stop()
        self.setChecked(on)
        self._slide.stop()
        self._set_share(1.0 if on else 0.0)

    def sizeHint(self) -> QSize:
        """Switch, gap and text."""
        text = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        return QSize(round(_WIDE + (_GAP + text + 4 if self.text() else 0)), 28)

    def minimumSizeHint(self) -> QSize:
        """The text may be cut."""
        return QSize(_WIDE, 28)

    def hitButton(self, _position: object) -> bool:
        """The text answers to the mouse as well."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Track, knob, text."""
        painter = paint.start(self)
        able = self.isEnabled()
        track = QRectF(0, (self.height() - _HIGH) / 2, _WIDE, _HIGH)
        off, on = theme.color("field"), theme.color("accent" if able else "track")
        fill = paint.blend(off, on, self._share)
        edge = paint.blend(theme.color("control-border" if able else "track"), on, self._share)
        paint.box(painter, track, fill=fill, border=edge, corner=_HIGH / 2)
        knob = paint.blend(theme.color("control-border"), theme.color("on-accent"), self._share)
        painter.setBrush(knob)
        painter.setPen(Qt.PenStyle.NoPen)
        inset = (_HIGH - _KNOB) / 2
        left = inset + (_WIDE - _KNOB - 2 * inset) * self._share
        painter.drawEllipse(QRectF(left, track.top() + inset, _KNOB, _KNOB))
        painter.setPen(theme.color("text" if able else "text-disabled"))
        painter.setFont(self.font())
        room = self.width() - _WIDE - _GAP
        text = paint.elided(self.text(), QFontMetricsF(self.font()), room)
        painter.drawText(QRectF(_WIDE + _GAP, 0, room + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    def _go(self, on: bool) -> None:
        self._slide.stop()
        self._slide.setStartValue(self._share)
        self._slide.setEndValue(1.0 if on else 0.0)
        self._slide.setDuration(theme.duration("normal") if self.isVisible() else 0)
        self._slide.start()

    def _set_share(self, share: float) -> None:
        self._share = float(share)
        self.update()
