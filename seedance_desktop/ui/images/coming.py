"""How far images are that are on their way into the library."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import Text, paint
from seedance_desktop.words import tr

_BAR = 3


class Coming(QWidget):
    """A line and a bar; it is there only while something comes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self._words = Text("", "caption", "text-2", tabular=True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 14, 6 + _BAR + 4)
        layout.addWidget(self._words)
        self.hide()

    def show_share(self, done: int, total: int) -> None:
        """`done` of `total` are here; a `total` of 0 ends it."""
        self._share = min(1.0, done / total) if total else 0.0
        self._words.setText(tr("Taking in {done} of {total} images").format(done=done, total=total))
        self.setVisible(total > 0)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The track and what is done of it."""
        painter = paint.start(self)
        whole = QRectF(12, self.height() - _BAR - 6, self.width() - 26, _BAR)
        paint.box(painter, whole, fill=theme.color("track"), corner=_BAR / 2)
        if self._share:
            whole.setWidth(max(float(_BAR), whole.width() * self._share))
            paint.box(painter, whole, fill=theme.color("accent-text"), corner=_BAR / 2)
        painter.end()
