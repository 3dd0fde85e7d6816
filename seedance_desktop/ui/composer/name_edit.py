"""The name of an image, edited where it stands."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import Field
from seedance_desktop.words import tr

_LEAST = 96
_HEIGHT = 22
_LONGEST = 80


class NameEdit(Field):
    """Over the foot of a thumb. `named(text)` when Enter or another place ends it, nothing after Escape."""

    named = Signal(str)
    ended = Signal()

    def __init__(self, name: str, place: QRect, parent: QWidget) -> None:
        super().__init__(name=tr("Name of {name}").format(name=name), size="small", parent=parent)
        self._open = True
        self.setFont(theme.font("caption"))
        self.setFixedHeight(_HEIGHT)
        self.setMaxLength(_LONGEST)
        self.setText(name)
        self.selectAll()
        wide = min(max(_LEAST, place.width()), parent.width())
        self.setGeometry(min(place.left(), parent.width() - wide), place.bottom() + 1 - _HEIGHT, wide, _HEIGHT)
        self.returnPressed.connect(self._accept)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the name as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self._end()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Going elsewhere keeps what was typed; its own menu isn't elsewhere."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._accept()

    def _accept(self) -> None:
        if self._open and self.text().strip():
            self.named.emit(self.text().strip())
        self._end()

    def _end(self) -> None:
        if self._open:
            self._open = False
            self.ended.emit()
            self.hide()
            self.deleteLater()
