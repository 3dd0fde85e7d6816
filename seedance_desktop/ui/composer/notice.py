"""A few short sentences that can be dismissed, with at most one thing to do about them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from seedance_desktop.ui import accessible
from seedance_desktop.ui.controls import Button, Panel, Text
from seedance_desktop.words import ntr, tr

_MOST = 4  # sentences
_MOST_HIDDEN = 20  # further ones in the tool tip
_STAYS = 10_000  # milliseconds that an offer to undo stays


class Notice(Panel):
    """Hidden until it has something to say; `said` when it has."""

    said = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("raised", border="card-border", radius="control", parent=parent)
        self._text = Text("", "label", "text", wrap=True)
        self._action = Button("", size="small")
        self._close = Button(tr("Dismiss"), "close", "icon", size="small", icon_size=12)
        self._act: Callable[[], object] | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 4, 4)
        layout.setSpacing(6)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_STAYS)
        self._timer.timeout.connect(self.hide)
        self._action.clicked.connect(self._do)
        self._close.clicked.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while hidden."""
        return "" if self.isHidden() else self._text.text()

    def warn(self, sentences: list[str]) -> None:
        """Say what went wrong; it stays until it is dismissed. Many fold into the first few and a number."""
        self.set_colors("warning-tint", "warning")
        first, rest = sentences[:_MOST], sentences[_MOST:]
        more = [ntr("and {n} more", "and {n} more", len(rest))] if rest else []
        self._show("\n".join([*first, *more]))
        self.setToolTip("\n".join(rest[:_MOST_HIDDEN]))

    def tell(self, sentence: str) -> None:
        """Say what happened; it stays until it is dismissed."""
        self.set_colors("raised", "card-border")
        self._show(sentence)

    def offer(self, sentence: str, action: str, act: Callable[[], object]) -> None:
        """Say what happened, and offer `act` for a while."""
        self.set_colors("raised", "card-border")
        self._show(sentence, action, act)
        self._timer.start()

    def _show(self, text: str, action: str = "", act: Callable[[], object] | None = None) -> None:
        self._timer.stop()
        self.setToolTip("")
        self._act = act
        self._text.setText(text)
        self._action.set_text(action)
        self._action.setVisible(bool(action))
        self.show()
        accessible.say(self, text)
        self.said.emit()

    def _do(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()
