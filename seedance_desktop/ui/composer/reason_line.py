"""The line under the price button: why it can't be pressed, or what is wrong with what was asked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from seedance_desktop.ui import accessible
from seedance_desktop.ui.controls import Text
from seedance_desktop.ui.glyph import Glyph


class ReasonLine(QWidget):
    """Shows a mistake of the creator's while there is one, else why the button is off; hidden for neither."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = ""
        self._mistake = ""
        self._icon = Glyph()
        self._text = Text("", "label", "text-2", wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(7)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        self._renew()

    @property
    def text(self) -> str:
        """The sentence that is shown."""
        return self._mistake or self._state

    def show_state(self, sentence: str) -> None:
        """Say why nothing can be sent now; empty for nothing in the way."""
        self._state = sentence
        self._renew()

    def show_mistake(self, sentence: str) -> None:
        """Say what is wrong with the draft, aloud as well."""
        self._mistake = sentence
        self._renew()
        accessible.say(self, sentence)

    def clear_mistake(self) -> None:
        """The draft was changed: what was wrong may be right now."""
        if self._mistake:
            self._mistake = ""
            self._renew()

    def _renew(self) -> None:
        self.setVisible(bool(self.text))
        self._text.setText(self.text)
        ink = "warning" if self._mistake else "text-2"
        self._text.set_color(ink)
        self._icon.show_icon("info", ink)
