"""One line of text in a frame, with a small label inside where wanted."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from seedance_desktop.ui import theme

from . import paint

_PAD = 9


class Field(QLineEdit):
    """A line edit called `name`; `prefix` is drawn small inside it, `icon` before everything."""

    def __init__(
        self,
        *,
        name: str,
        prefix: str = "",
        icon: str = "",
        placeholder: str = "",
        size: str = "field",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._prefix = prefix
        self._icon = icon
        self._invalid = False
        self._room = 0
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setFrame(False)
        self.setFont(theme.font("label" if size == "regular" else "body"))
        self.setFixedHeight(paint.height(size))
        self._set_margins()

    @property
    def invalid(self) -> bool:
        """Whether it is marked as wrong."""
        return self._invalid

    def set_invalid(self, invalid: bool) -> None:
        """Mark what stands in it as wrong, or as right again."""
        self._invalid = invalid
        self.update()

    def keep_room(self, width: int) -> None:
        """Keep `width` pixels on the right for a button that lies inside."""
        self._room = width
        self._set_margins()

    def make_clearable(self, name: str) -> None:
        """A cross on the right empties it; `name` is what a screen reader calls the cross."""
        self.setClearButtonEnabled(True)
        for cross in self.findChildren(QToolButton):
            cross.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame, the prefix, then the text by Qt."""
        painter = paint.start(self)
        focused = self.hasFocus()
        edge = "danger" if self._invalid else "focus" if focused else "control-border"
        if not self.isEnabled():
            edge = "card-border"
        wide = 2 if focused else 1
        fill = theme.color("danger-tint" if self._invalid else "field")
        paint.box(painter, QRectF(self.rect()), fill=fill, border=theme.color(edge), width=wide)
        if self._icon:
            paint.icon(painter, self._icon, "text-2", QRectF(10, (self.height() - 16) / 2, 16, 16).topLeft())
        if self._prefix:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("text-3"))
            painter.drawText(QRectF(_PAD, 0, 200, self.height()), Qt.AlignmentFlag.AlignVCenter, self._prefix)
        painter.end()
        super().paintEvent(event)

    def _set_margins(self) -> None:
        lead = 26 if self._icon else 0
        if self._prefix:
            lead += round(QFontMetricsF(theme.font("caption")).horizontalAdvance(self._prefix)) + 5
        self.setTextMargins(lead + _PAD - 2, 0, (self._room or _PAD) - 2, 0)
