"""The picture itself, large, with the white frame round what is kept; mouse, wheel, pinch and keys move the frame."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from seedance_desktop.domain.cropping import WHOLE, Part
from seedance_desktop.ui import accessible, theme
from seedance_desktop.ui.controls import keys, paint
from seedance_desktop.words import tr

from . import strokes

_AIR = 16
_STEP, _LONG_STEP = 0.01, 0.05
_NOTCH = 120  # of a mouse wheel
_PER_NOTCH = 1.1
_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ZOOMS = {
    Qt.Key.Key_Plus: _PER_NOTCH,
    Qt.Key.Key_Equal: _PER_NOTCH,
    Qt.Key.Key_Minus: 1 / _PER_NOTCH,
    Qt.Key.Key_Underscore: 1 / _PER_NOTCH,
}
_DONE = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OWN = frozenset({*_WAYS, *_ZOOMS, *_DONE, Qt.Key.Key_0})
_NOT_OURS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Canvas(QWidget):
    """Says what the creator does; what is framed is told to it by `show_frame`, in shares of the picture.

    `dragged` counts from where the frame was `grabbed`.
    """

    grabbed = Signal()
    dragged = Signal(float, float)
    released = Signal()
    nudged = Signal(float, float)
    zoomed = Signal(float)  # by this factor
    centred = Signal()
    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessible.as_picture(self, tr("Reference preview"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(200, 140)
        self._image = QImage()
        self._fitted = QPixmap()
        self._shape = QSizeF(16, 9)
        self._frame: Part = WHOLE
        self._free = False
        self._grip: QPointF | None = None
        self._ringed = False
        self._words = QLabel()
        self._words.setFont(theme.font("body"))
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_AIR * 2, _AIR, _AIR * 2, _AIR)
        layout.addWidget(self._words)
        theme.signals.changed.connect(self._tint)
        self._tint()

    def show_picture(self, image: QImage, shape: QSizeF) -> None:
        """A picture, null while there is none, drawn in `shape` (width and height in whatever unit)."""
        self._image, self._fitted = image, QPixmap()
        if not shape.isEmpty():
            self._shape = shape
        self.update()

    def show_frame(self, frame: Part) -> None:
        """Frame this part of the picture."""
        if frame != self._frame:
            self._frame = frame
            self.update()

    def set_free(self, free: bool) -> None:
        """Whether the frame can be moved; a drag that goes on meanwhile ends."""
        if free == self._free:
            return
        self._free = free
        if not free:
            self._let_go()
        self.setCursor(Qt.CursorShape.OpenHandCursor if free else Qt.CursorShape.ArrowCursor)

    def say(self, sentence: str) -> None:
        """Words where there is no picture to draw; an empty sentence takes them away."""
        self._words.setText(sentence)
        self._words.setVisible(bool(sentence))

    @property
    def held(self) -> bool:
        """Whether the mouse holds the frame."""
        return self._grip is not None

    @property
    def picture_rect(self) -> QRectF:
        """Where the picture lies, on whole pixels of the screen."""
        room = QRectF(self.rect()).adjusted(_AIR, _AIR, -_AIR, -_AIR)
        size = self._shape.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        ratio = self.devicePixelRatioF()
        left, top = room.center().x() - size.width() / 2, room.center().y() - size.height() / 2
        numbers = (left, top, max(1.0, size.width()), max(1.0, size.height()))
        return QRectF(*(round(number * ratio) / ratio for number in numbers))

    @property
    def frame_rect(self) -> QRectF:
        """Where the frame lies."""
        return strokes.within(self.picture_rect, self._frame)

    def event(self, event: QEvent) -> bool:
        """Its keys are its own, and a pinch of the touchpad zooms."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom(max(0.1, 1 + event.value()))
            return True
        plain = isinstance(event, QKeyEvent) and not event.modifiers() & _NOT_OURS
        return (plain and keys.claims(event, _OWN)) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows by one in a hundred, with Shift by five; plus, minus and 0; Enter is done."""
        key = Qt.Key(event.key())
        if event.modifiers() & _NOT_OURS or key not in _OWN:
            super().keyPressEvent(event)
        elif key in _WAYS:
            step = _LONG_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _STEP
            right, down = _WAYS[key]
            self.nudged.emit(right * step, down * step)
        elif key in _ZOOMS:
            self.zoomed.emit(_ZOOMS[key])
        elif key == Qt.Key.Key_0:
            self.centred.emit()
        else:
            self.accepted.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the frame, wherever it is pressed: a small frame need not be hit."""
        if event.button() == Qt.MouseButton.LeftButton and self._free:
            self._grip = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.grabbed.emit()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The frame goes along."""
        if self._grip is not None:
            way, room = event.position() - self._grip, self.picture_rect
            self.dragged.emit(way.x() / room.width(), way.y() / room.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The frame stays where it is."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._let_go()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A second press is a press."""
        self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Up is closer."""
        self._zoom(_PER_NOTCH ** (event.angleDelta().y() / _NOTCH))
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring is for those who came by keyboard."""
        self._ringed = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard is elsewhere."""
        self._ringed = False
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture is fitted anew."""
        super().resizeEvent(event)
        self._fitted = QPixmap()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Surround, picture, what is lost dimmed, frame, and thirds while it moves."""
        painter = paint.start(self)
        painter.fillRect(self.rect(), theme.color("viewer"))
        if not self._image.isNull():
            room = self.picture_rect
            painter.drawPixmap(room.topLeft(), self._drawn(room))
            strokes.dim_outside(painter, room, self.frame_rect)
            if self.held:
                strokes.thirds(painter, self.frame_rect)
            strokes.frame(painter, self.frame_rect)
        if self._ringed:
            paint.box(painter, QRectF(self.rect()), border=theme.color("focus"), corner=2, width=2)
        painter.end()

    def _drawn(self, room: QRectF) -> QPixmap:
        """The picture at the size that it has on this screen, made once: a drag repaints at every move of the mouse."""
        ratio = self.devicePixelRatioF()
        size = (room.size() * ratio).toSize()
        if self._fitted.size() != size:
            smooth = Qt.TransformationMode.SmoothTransformation
            scaled = self._image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            self._fitted = QPixmap.fromImage(strokes.on_chequers(scaled, ratio))
            self._fitted.setDevicePixelRatio(ratio)
        return self._fitted

    def _zoom(self, factor: float) -> None:
        if self._free and factor != 1:
            self.zoomed.emit(factor)

    def _let_go(self) -> None:
        if self._grip is not None:
            self._grip = None
            if self._free:
                self.setCursor(Qt.CursorShape.OpenHandCursor)
            self.released.emit()
            self.update()

    def _tint(self) -> None:
        """The words stand on near-black in both themes."""
        palette = self._words.palette()
        palette.setColor(self._words.foregroundRole(), theme.color("on-badge"))
        self._words.setPalette(palette)
        self.update()
