"""Short messages at the bottom of the window, one at a time, that leave by themselves."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer
from PySide6.QtGui import QEnterEvent, QHideEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from seedance_desktop.ui import accessible, theme
from seedance_desktop.ui.controls import Button, ElidedLabel, paint
from seedance_desktop.words import tr

_STAYS = 6000  # ms
_WIDEST = 560
_ABOVE = 44  # pixels from the bottom of the window
_SHADOW = 8


class Toasts(QFrame):
    """Lies over `parent`; `show_text` replaces what it says. It stays while the mouse or the keyboard is on it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._do: Callable[[], object] | None = None
        self._text = ElidedLabel("", "body", "text")
        self.action = Button("", size="small")
        self.action.clicked.connect(self._act)
        self._close = Button(tr("Close"), "close", "icon", size="small")
        self._close.clicked.connect(self.hide)
        self._timer = QTimer(self, singleShot=True, interval=_STAYS)
        self._timer.timeout.connect(self._leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(_SHADOW + 14, _SHADOW + 9, _SHADOW + 8, _SHADOW + 9)
        row.setSpacing(10)
        row.addWidget(self._text, 1)
        row.addWidget(self.action)
        row.addWidget(self._close)
        parent.installEventFilter(self)
        self.hide()

    def show_text(self, text: str, action: str = "", do: Callable[[], object] | None = None) -> None:
        """Say `text`, with a button `action` that calls `do` where one is given."""
        self._do = do
        self._text.setText(text)
        self.action.set_text(action)
        self.action.setVisible(bool(action))
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        accessible.say(self, text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Wait while the mouse is here."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Go on."""
        super().leaveEvent(event)
        if self.isVisible():
            self._timer.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A raised box with a soft shadow."""
        painter = paint.start(self)
        inner = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        shade = theme.alpha("popup-shadow")
        strength = shade.alphaF()
        for grow in range(_SHADOW, 0, -1):
            shade.setAlphaF(strength * 0.06 * (_SHADOW - grow + 1) / 2)
            box = inner.adjusted(-grow, -grow + 2, grow, grow - 1)
            paint.box(painter, box, fill=shade, corner=8 + grow)
        paint.box(painter, inner, fill=theme.color("menu"), border=theme.color("control-border"), corner=8)
        painter.end()

    def _place(self) -> None:
        room = self._over.rect()
        width = min(max(self.sizeHint().width(), 260), _WIDEST, room.width() - 16)
        height = self.sizeHint().height()
        self.setGeometry((room.width() - width) // 2, room.height() - height - _ABOVE, width, height)

    def _leave(self) -> None:
        if any(button.hasFocus() for button in (self.action, self._close)):
            self._timer.start()  # the keyboard is on it
        else:
            self.hide()

    def hideEvent(self, _event: QHideEvent) -> None:
        """The time is over."""
        self._timer.stop()

    def _act(self) -> None:
        do, self._do = self._do, None
        self.hide()
        if do is not None:
            do()
