"""Where the picture hangs: near-black in both themes, with a few words instead of a picture where there is none."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from seedance_desktop.ui import icons, theme
from seedance_desktop.ui.controls import Button
from seedance_desktop.words import tr

from .picture import Picture
from .screen import Screen

_ICON = 32
_LEAST = QSize(360, 160)


class Viewer(QWidget):
    """Keeps the picture's ratio; the rest of it is surround."""

    open_elsewhere = Signal()
    double_clicked = Signal()
    dragged = Signal(QImage)  # the picture as it is shown

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(_LEAST)
        self.canvas = Screen(self)
        self.canvas.double_clicked.connect(self.double_clicked)
        self.canvas.dragged.connect(self.dragged)
        self._shape = QSize(16, 9)
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

    def _place(self) -> None:
        size = self._shape.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        spot = QRect(0, 0, size.width(), size.height())
        spot.moveCenter(self.rect().center())
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
