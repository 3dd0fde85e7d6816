"""A chip that can be taken away: a tag, a filter of the library."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import paint
from seedance_desktop.ui.style import RADIUS

_HIGH, _PAD, _GAP, _ICON, _CROSS = 22, 7, 4, 12, 12
_WIDEST, _LEAST = 220, 34
_REMOVES = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


class CrossChip(QAbstractButton):
    """Shows `text` with a cross; the cross, Delete, Enter and Space click it. `name` says what a click does.

    Letting go takes a click on the cross itself: a click on the words must not lose a tag. A `quiet` one has no border,
    and shows its cross, over the end of its words, only under the mouse and with the keyboard.
    """

    def __init__(
        self,
        text: str,
        name: str,
        icon: str = "",
        *,
        lit: bool = False,
        quiet: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setText(text)
        self._icon, self._lit, self._quiet = icon, lit, quiet
        self.setAccessibleName(name)
        self.setFont(theme.font("caption"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty(RADIUS, paint.radius("chip"))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_text(self, text: str, name: str) -> None:
        """Say something else."""
        self.setText(text)
        self.setAccessibleName(name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words, within reason."""
        words = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        wide = round(words + self._lead() + self._tail() + 1)
        return QSize(max(_LEAST, min(_WIDEST, wide)), _HIGH)

    def minimumSizeHint(self) -> QSize:
        """The words may be cut."""
        return QSize(min(60, self.sizeHint().width()), _HIGH)

    def event(self, event: QEvent) -> bool:
        """Its keys are its own, whatever they do elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _REMOVES:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove."""
        if event.key() in _REMOVES and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def hitButton(self, position: QPoint) -> bool:
        """Only the cross answers to the mouse."""
        return position.x() >= self.width() - _CROSS - _PAD - 1

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Words that are cut are a tool tip."""
        room = self.width() - self._lead() - self._tail()
        cut = QFontMetricsF(self.font()).horizontalAdvance(self.text()) > room + 1
        self.setToolTip(self.text() if cut else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, icon, words, cross."""
        painter = paint.start(self)
        over = self.underMouse() or (self._quiet and self.hasFocus())
        crossed = over or not self._quiet
        fill = "accent-tint" if self._lit else "hover" if over else "raised"
        ink = "accent-text" if self._lit else "text" if over else "text-2"
        edge = None if self._quiet else theme.color("accent-text" if self._lit else "card-border")
        paint.box(painter, QRectF(self.rect()), fill=theme.color(fill), border=edge, corner=paint.radius("chip"))
        if self._icon:
            paint.icon(painter, self._icon, ink, QPointF(_PAD - 1, (_HIGH - _ICON) / 2), _ICON)
        painter.setFont(self.font())
        painter.setPen(theme.color(ink))
        tail = _GAP + _CROSS + _PAD - 2 if crossed else _PAD
        room = QRectF(self._lead(), 0, self.width() - self._lead() - tail, self.height())
        covered = self._quiet and crossed  # cut without dots, which would be all that is left of a short tag
        text = self.text() if covered else paint.elided(self.text(), QFontMetricsF(self.font()), room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        if crossed:
            paint.icon(painter, "close", ink, QPointF(self.width() - _CROSS - _PAD + 2, (_HIGH - _CROSS) / 2), _CROSS)
        painter.end()

    def _lead(self) -> int:
        return _PAD + (_ICON + _GAP - 1 if self._icon else 0)

    def _tail(self) -> int:
        return _PAD if self._quiet else _GAP + _CROSS + _PAD
