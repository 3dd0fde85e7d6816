"""Old settings behind a prompt, `--ratio 9:16`: said to be text here, with a way to make settings of them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from seedance_desktop.domain.suffixes import Suffix
from seedance_desktop.ui.controls import Button, Text
from seedance_desktop.ui.glyph import Glyph
from seedance_desktop.words import tr


class SuffixLine(QWidget):
    """Hidden while there are none; `used` when they are to become settings."""

    used = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = Glyph()
        self._icon.show_icon("info", "warning")
        self._text = Text("", "label", "text-2", wrap=True)
        self.use = Button(tr("Use as settings"), size="small")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(7)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.use)
        self.use.clicked.connect(self.used)
        self.hide()

    def show_found(self, found: list[Suffix]) -> None:
        """Name them, or go."""
        if found:
            written = " ".join(dict.fromkeys(one.text for one in found))
            self._text.setText(tr("{suffix} is read as text here").format(suffix=written))
        self.setVisible(bool(found))
