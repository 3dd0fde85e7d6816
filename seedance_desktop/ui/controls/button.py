"""A push button in the kinds of the design."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QEvent, QPointF, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QEnterEvent, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.style import RADIUS

from . import keys, paint

_GAP = 7
_ICON = 16


class Button(QPushButton):
    """`kind`: secondary, primary, ghost, link, danger, icon or toggle; an icon button's text is its name and tool tip.

    `tone` is the colour of a toggle that is on: accent, success or danger. `size` is a control height of the
    tokens: small, regular, field or primary. The mouse does not give it the keyboard focus, Tab does.
    """

    def __init__(
        self,
        text: str,
        icon: str = "",
        kind: str = "secondary",
        *,
        tone: str = "accent",
        size: str = "regular",
        icon_size: int = _ICON,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.kind = kind
        self.icon_name = icon
        self.icon_size = icon_size
        self._tone = tone
        self._height = paint.height(size)
        self._glow = 0.0
        self._fade: QVariantAnimation | None = None
        self.setAccessibleName(text)
        if kind == "icon":
            self.setToolTip(text)
        self.setCheckable(kind == "toggle")
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty(RADIUS, paint.radius("control"))
        self.setFont(theme.font("body-strong" if size == "primary" else "label"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        if name != self.icon_name:
            self.icon_name = name
            self.updateGeometry()
            self.update()

    def set_text(self, text: str) -> None:
        """Show another text, and be called by it."""
        self.setText(text)
        self.setAccessibleName(text)
        if self.kind == "icon":
            self.setToolTip(text)

    def event(self, event: QEvent) -> bool:
        """Space presses it, whatever Space does elsewhere."""
        return keys.claims(event, keys.PRESS) or super().event(event)

    def sizeHint(self) -> QSize:
        """As wide as icon and text, as high as its size says."""
        if self.kind == "icon" or not self.text():
            return QSize(self._height, self._height)
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text()) + 2 * self._padding()
        return QSize(round(width + (self.icon_size + _GAP if self.icon_name else 0) + 1), self._height)

    def minimumSizeHint(self) -> QSize:
        """Text may be cut, down to its icon."""
        return QSize(min(self.sizeHint().width(), self._height + 16), self._height)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Fade the hover colour in."""
        super().enterEvent(event)
        self._fade_to(1.0)

    def leaveEvent(self, event: QEvent) -> None:
        """Fade the hover colour out."""
        super().leaveEvent(event)
        self._fade_to(0.0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, icon and text in the colours of kind and state."""
        painter = paint.start(self)
        fill, border, ink = self._colors()
        paint.box(painter, QRectF(self.rect()), fill=fill, border=border, corner=paint.radius("control"))
        self.draw_content(painter, ink)
        painter.end()

    def draw_content(self, painter: QPainter, ink: str) -> None:
        """Icon and text in the middle, in the token colour `ink`."""
        text = "" if self.kind == "icon" else self.text()
        metrics = QFontMetricsF(self.font())
        lead = (self.icon_size + (_GAP if text else 0)) if self.icon_name else 0
        room = self.width() - 2 * min(self._padding(), 8) - lead
        shown = paint.elided(text, metrics, room) if text else ""
        wide = metrics.horizontalAdvance(shown)
        left = (self.width() - lead - wide) / 2
        if self.icon_name:
            behind = self.kind == "link"
            at = QPointF(left + wide + _GAP if behind else left, (self.height() - self.icon_size) / 2)
            lead = 0 if behind else lead
            paint.icon(painter, self.icon_name, ink, at, self.icon_size)
        painter.setPen(theme.color(ink))
        painter.setFont(self.font())
        painter.drawText(QRectF(left + lead, 0, wide + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, shown)

    def _padding(self) -> int:
        return 14 if self._height >= paint.height("primary") else 10

    def _fade_to(self, share: float) -> None:
        if self._fade is None:
            self._fade = QVariantAnimation(self)
            self._fade.setEasingCurve(QEasingCurve.Type.OutCubic)
            self._fade.valueChanged.connect(self._set_glow)
        self._fade.stop()
        self._fade.setStartValue(self._glow)
        self._fade.setEndValue(share)
        self._fade.setDuration(theme.duration("fast"))
        self._fade.start()

    def _set_glow(self, share: float) -> None:
        self._glow = float(share)
        self.update()

    def _colors(self) -> tuple[QColor, QColor | None, str]:
        """Fill, border and the name of the ink."""
        if self.kind == "toggle" and self.isChecked() and self.isEnabled():
            return theme.color(f"{self._tone}-tint"), theme.color(self._bright()), self._bright()
        rest, over, down, border, ink = _LOOKS[self.kind]
        if not self.isEnabled():
            return self._disabled()
        if self.isDown():
            return theme.color(down), _named(border), ink
        start = paint.clear(theme.color(over)) if rest is None else theme.color(rest)
        return paint.blend(start, theme.color(over), self._glow), _named(border), ink

    def _bright(self) -> str:
        return "accent-text" if self._tone == "accent" else self._tone

    def _disabled(self) -> tuple[QColor, QColor | None, str]:
        flat = self.kind in ("ghost", "link", "icon")
        fill = paint.clear(theme.color("raised")) if flat else theme.color("raised")
        return fill, None if flat else theme.color("card-border"), "text-disabled"


# Fill at rest, under the mouse and pressed, border, ink.
_LOOKS: dict[str, tuple[str | None, str, str, str, str]] = {
    "primary": ("accent", "accent-hover", "accent-pressed", "", "on-accent"),
    "secondary": ("raised", "hover", "pressed", "card-border", "text"),
    "danger": ("raised", "hover", "pressed", "card-border", "danger"),
    "toggle": ("raised", "hover", "pressed", "card-border", "text"),
    "ghost": (None, "hover", "pressed", "", "text-2"),
    "link": (None, "hover", "pressed", "", "accent-text"),
    "icon": (None, "hover", "pressed", "", "text-2"),
}


def _named(name: str) -> QColor | None:
    return theme.color(name) if name else None
