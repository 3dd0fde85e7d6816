"""Where the picture hangs: near-black in both themes, with a few words instead of a picture where there is none."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from seedance_desktop.ui import icons, theme
from seedance_desktop.ui.controls import Button
from seedance_desktop.words import tr

from .picture import Picture
from .screen import Screen
from .zoom import FIT, Zoom

_ICON = 32
_LEAST = QSize(360, 160)
_HAIR = 0.001  # a pixel that is only rounding
_NOTCH = 120.0  # of a wheel's angle


class Viewer(QWidget):
    """Shows the picture fitted in, or larger than itself; what it doesn't fill is surround."""

    open_elsewhere = Signal()
    double_clicked = Signal()
    dragged = Signal(QImage)  # the picture as it is shown
    zoomed = Signal(float)  # screen pixels for one of the picture's; FIT for all of it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(_LEAST)
        self.canvas = Screen(self)
        self.canvas.double_clicked.connect(self.double_clicked)
        self.canvas.dragged.connect(self.dragged)
        self._shape = QSize(16, 9)
        self._zoom = Zoom()
        self._notice = _Notice(self)
        self._notice.button.clicked.connect(self.open_elsewhere)
        layout = QVBoxLayout(self)
        layout.addWidget(self._notice, 0, Qt.AlignmentFlag.AlignCenter)
        self.rest()

    def expect(self, shape: QSize) -> None:
        """A clip of this shape is opened: darkness of its shape until its first picture comes."""
        self._notice.hide()
        self._take_shape(shape)
        self.canvas.show_picture(None)
        self.canvas.show()

    def show_picture(self, picture: Picture) -> None:
        """Show a picture in its own shape."""
        self._notice.hide()
        self._take_shape(picture.size)
        self.canvas.show_picture(picture)
        self.canvas.show()

    def say(self, sentence: str, *, elsewhere: bool = False) -> None:
        """Words instead of a picture; `elsewhere` offers the system's own player."""
        self.canvas.hide()
        self.canvas.show_picture(None)
        self._notice.say(sentence, elsewhere)
        self._notice.show()

    def rest(self) -> None:
        """No clip is open."""
        self.say(tr("Choose a clip in the library to see it here."))

    @property
    def zoom(self) -> float:
        """Screen pixels for one of the picture's; `FIT` for all of it."""
        return self._zoom.scale

    @property
    def larger(self) -> bool:
        """Whether a part of the picture is out of sight."""
        return self.canvas.isVisible() and not self.rect().contains(self.canvas.geometry())

    def zoom_to(self, scale: float, at: QPointF | None = None) -> None:
        """Show it at a scale; the spot `at`, else the middle of the view, stays where it is."""
        if self.canvas.isHidden():
            return
        self._zoom.change(scale, at or QPointF(self.rect().center()), *self._sizes())
        self._place()
        self.zoomed.emit(self._zoom.scale)

    def zoom_by(self, steps: int) -> None:
        """The next scale up (1) or down (-1)."""
        self.zoom_to(self._zoom.step(steps, *self._sizes()))

    def toggle_zoom(self) -> None:
        """From all of it to 100 %, and from anything else back to all of it."""
        self.zoom_to(1.0 if self._zoom.scale == FIT else FIT)

    def pan(self, by: QPointF) -> None:
        """Move the picture by as many pixels, as far as there is more of it."""
        self._zoom.move(by, *self._sizes())
        self._place()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl, closer to what is under the pointer or away from it."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        notches = event.angleDelta().y() / _NOTCH
        self.zoom_to(self._zoom.notch(notches, *self._sizes()), event.position())
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the picture in."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The surround."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("viewer"))
        painter.end()

    def _take_shape(self, shape: QSize) -> None:
        if shape != self._shape and not shape.isEmpty():
            self._shape = shape
            self._place()

    def _sizes(self) -> tuple[QSize, QSize, float]:
        """The picture's own size, the view's, and device pixels for one of the view's."""
        return self._shape, self.size(), self.devicePixelRatioF()

    def _place(self) -> None:
        found = self._zoom.rect(*self._sizes())
        size = QSize(math.ceil(found.width() - _HAIR), math.ceil(found.height() - _HAIR))
        spot = QRect(0, 0, size.width(), size.height())
        spot.moveTopLeft(found.topLeft().toPoint())
        if self._zoom.scale == FIT:
            size = self._shape.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            spot = QRect(0, 0, size.width(), size.height())
            spot.moveCenter(self.rect().center())
        self.canvas.set_scale(self._zoom.scale)
        self.canvas.setGeometry(spot)


class _Notice(QWidget):
    """An icon, a sentence and perhaps a way on, in colours for the near-black surround."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._icon.setPixmap(icons.pixmap("play-20", "control-border", _ICON, self.devicePixelRatioF()))
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words = QLabel()
        self._words.setFont(theme.font("body"))
        self._words.setWordWrap(True)
        self._words.setMaximumWidth(420)
        self._words.setMinimumWidth(340)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = Button(tr("Open in the system's player"), "external")
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(self._icon)
        layout.addWidget(self._words)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        self._tint()
        theme.signals.changed.connect(self._tint)

    def say(self, sentence: str, elsewhere: bool) -> None:
        """Show a sentence, and the button if `elsewhere`."""
        self._words.setText(sentence)
        self.button.setVisible(elsewhere)

    def _tint(self) -> None:
        palette = self._words.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.color("on-badge"))
        self._words.setPalette(palette)
