"""A key and what is known about it: typed hidden, never shown once kept, with a word on whether it is accepted."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from seedance_desktop.ui import accessible
from seedance_desktop.ui.controls import Button, Field, Text
from seedance_desktop.ui.glyph import Glyph
from seedance_desktop.words import tr

DOTS = "•" * 20
"""What stands for a key that is kept: the window never has the key itself."""


class KeyField(Field):
    """A field for a key, with an eye that shows what is being typed. `entered` when Return is pressed in it."""

    entered = Signal()

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name=name, parent=parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self._eye = Button(tr("Show key"), "eye", "icon", size="small", parent=self)
        self._eye.clicked.connect(self._toggle)
        self._eye.setEnabled(False)
        self.keep_room(34)
        self.textChanged.connect(self._typed)
        self.returnPressed.connect(self.entered)

    @property
    def key(self) -> str:
        """What was typed or pasted, without white space round it."""
        return self.text().strip()

    def forget(self) -> None:
        """Drop what was typed, also from the field's undo."""
        self.clear()
        self._hide()

    def set_kept(self, kept: bool) -> None:
        """Show dots in the place of a key that is kept elsewhere, or an empty field."""
        self.setPlaceholderText(DOTS if kept else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The eye stays at the right end."""
        super().resizeEvent(event)
        self._eye.setGeometry(self.width() - 30, (self.height() - 24) // 2, 24, 24)

    def _typed(self, text: str) -> None:
        self.set_invalid(False)
        self._eye.setEnabled(bool(text))
        if not text:
            self._hide()

    def _toggle(self) -> None:
        shown = self.echoMode() == QLineEdit.EchoMode.Normal
        self.setEchoMode(QLineEdit.EchoMode.Password if shown else QLineEdit.EchoMode.Normal)
        self._eye.set_icon("eye" if shown else "eye-off")
        self._eye.set_text(tr("Show key") if shown else tr("Hide key"))

    def _hide(self) -> None:
        if self.echoMode() == QLineEdit.EchoMode.Normal:
            self._toggle()


_LOOKS = {
    # state: icon, colour
    "checking": ("clock", "text-2"),
    "accepted": ("online", "success"),
    "kept": ("lock", "text-2"),
    "session": ("key", "text-2"),
    "none": ("key", "text-2"),
}
_BAD = ("stage-failed", "danger")


class Verdict(QWidget):
    """One line on a key's state: an icon and a sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = Glyph()
        self._text = Text("", "label", "text-2", wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(7)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        self.tell("none", "")

    @property
    def text(self) -> str:
        """The sentence."""
        return self._text.text()

    def tell(self, state: str, sentence: str) -> None:
        """Show a state of `key_state`, in the colour that belongs to it; hidden without a sentence."""
        name, ink = _LOOKS.get(state, _BAD)
        self._icon.show_icon(name, ink)
        self._text.set_color(ink)
        self._text.setText(sentence)
        self.setVisible(bool(sentence))
        if sentence:
            accessible.say(self, sentence)
