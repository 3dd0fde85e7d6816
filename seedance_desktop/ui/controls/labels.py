"""Texts that are only read: in the scale and colours of the tokens, cut, chipped, and the line between things."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from seedance_desktop.ui import theme

from . import paint


class Text(QLabel):
    """A label in a step of the type scale and a token colour, which follows the theme."""

    def __init__(
        self,
        text: str = "",
        scale: str = "body",
        color: str = "text-2",
        *,
        wrap: bool = False,
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(scale, tabular=tabular))
        self.setWordWrap(wrap)
        self._color = color
        self._tint()
        theme.signals.changed.connect(self._tint)

    def set_color(self, name: str) -> None:
        """Take another token colour."""
        if name != self._color:
            self._color = name
            self._tint()

    def _tint(self) -> None:
        tinted = self.palette()
        tinted.setColor(QPalette.ColorRole.WindowText, theme.color(self._color))
        self.setPalette(tinted)


class ElidedLabel(Text):
    """A text on one line, cut where there is no room; the whole of it is its name and, when cut, its tool tip."""

    def __init__(
        self,
        text: str = "",
        scale: str = "body",
        color: str = "text-2",
        *,
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, scale, color, tabular=tabular, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """It may shrink to its ellipsis."""
        return QSize(min(24, self.sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tool tip comes and goes with the room."""
        super().resizeEvent(event)
        cut = QFontMetricsF(self.font()).horizontalAdvance(self.text()) > self.width() + 0.5
        self.setToolTip(self.text() if cut else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The text, or its beginning and an ellipsis."""
        painter = paint.start(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        text = paint.elided(self.text().replace("\n", " "), QFontMetricsF(self.font()), self.width())
        painter.drawText(self.rect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()


_CHIPS: dict[str, tuple[str, str, str]] = {
    # fill, border, ink
    "plain": ("raised", "", "text-2"),
    "outline": ("", "control-border", "text-2"),
    "accent": ("accent-tint", "", "accent-text"),
    "number": ("accent-text", "", "panel"),
    "badge": ("badge", "", "on-badge"),
    "key": ("", "on-accent", "on-accent"),
}


class Chip(QLabel):
    """A short text in a small box. `kind`: plain, outline, accent, number, badge (on pictures) or key (on a button)."""

    def __init__(self, text: str = "", kind: str = "plain", *, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._kind = kind
        self._ink = ""
        self.setFont(theme.font("caption", tabular=True))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The text with a little air."""
        air = 8 if self._kind == "number" else 12
        return QSize(round(QFontMetricsF(self.font()).horizontalAdvance(self.text()) + air), 18)

    def minimumSizeHint(self) -> QSize:
        """It isn't cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box and text."""
        painter = paint.start(self)
        fill, border, ink = _CHIPS[self._kind]
        paint.box(
            painter,
            QRectF(self.rect()),
            fill=theme.color(fill) if fill else None,
            border=theme.color(self._ink or border) if border else None,
            corner=paint.radius("badge" if self._kind in ("badge", "number") else "chip"),
        )
        painter.setFont(self.font())
        painter.setPen(theme.color(self._ink or ink))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class Separator(QFrame):
    """A hairline, lying unless `upright`."""

    def __init__(self, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One line of the divider's colour."""
        painter = paint.start(self)
        painter.fillRect(self.rect(), theme.color("divider"))
        painter.end()
