"""A number with a minus and a plus: a spin box drawn flat."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QSpinBox, QWidget

from seedance_desktop.ui import theme

from . import paint

_ARM = 34


class Stepper(QSpinBox):
    """A whole number from `least` to `most`, called `name`; `suffix` such as " s" follows it."""

    def __init__(self, least: int, most: int, *, name: str, suffix: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(least, most)
        self.setSuffix(suffix)
        self.setAccessibleName(name)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setFrame(False)
        self.setKeyboardTracking(False)
        self.setFont(theme.font("body", tabular=True))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(104, paint.height("picker"))
        self.setMouseTracking(True)
        self._over = 0
        editor = self.lineEdit()
        editor.setAlignment(Qt.AlignmentFlag.AlignCenter)
        editor.setFrame(False)
        self.valueChanged.connect(lambda _value: self.update())

    def sizeHint(self) -> QSize:
        """Two arms and room for the number."""
        return QSize(104, paint.height("picker"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the number between the arms."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Qt puts the number back where Fusion wants it when the style changes."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._place()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only a spin box that has the focus follows the wheel: scrolling past must not change a price."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on an arm steps."""
        arm = self._arm(event.position())
        if arm and event.button() == Qt.MouseButton.LeftButton:
            self.stepBy(arm)
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the arm under the mouse."""
        super().mouseMoveEvent(event)
        self._hover(self._arm(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """No arm is lit any more."""
        super().leaveEvent(event)
        self._hover(0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frame and the two arms; the number draws itself."""
        painter = paint.start(self)
        focused = self.hasFocus()
        edge = theme.color("focus" if focused else "control-border")
        paint.box(painter, QRectF(self.rect()), fill=theme.color("field"), border=edge, width=2 if focused else 1)
        middle = (self.height() - 16) / 2
        for arm, name, left in ((-1, "minus", 9.0), (1, "plus", self.width() - 25.0)):
            able = self.value() > self.minimum() if arm < 0 else self.value() < self.maximum()
            ink = "text-disabled" if not (able and self.isEnabled()) else "text" if self._over == arm else "text-2"
            paint.icon(painter, name, ink, QPointF(left, middle))
        painter.end()

    def _place(self) -> None:
        self.lineEdit().setGeometry(_ARM - 6, 3, self.width() - 2 * _ARM + 12, self.height() - 6)

    def _arm(self, at: QPointF) -> int:
        if at.x() < _ARM - 4:
            return -1
        return 1 if at.x() > self.width() - _ARM + 4 else 0

    def _hover(self, arm: int) -> None:
        if arm != self._over:
            self._over = arm
            self.update()
