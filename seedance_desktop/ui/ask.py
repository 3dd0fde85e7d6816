"""Asks before something that costs, and says that the program is closing; neither stops the loop."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from seedance_desktop.ui import accessible, theme
from seedance_desktop.ui.controls import Button, Panel, Text, paint
from seedance_desktop.words import tr


def ask(parent: QWidget, question: str, yes: str, then: Callable[[], object]) -> QDialog:
    """Open a dialog that asks `question`; its button `yes` calls `then`.

    Cancel has the keyboard: spending money needs a choice.
    """
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle("Seedance")
    dialog.setAccessibleName(question)
    text = Text(question, "body", "text", wrap=True)
    text.setMinimumWidth(340)
    cancel, agree = Button(tr("Cancel")), Button(yes, kind="primary")
    cancel.clicked.connect(dialog.reject)
    agree.clicked.connect(dialog.accept)
    dialog.accepted.connect(then)
    buttons = QHBoxLayout()
    buttons.setSpacing(8)
    buttons.addStretch()
    buttons.addWidget(cancel)
    buttons.addWidget(agree)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(20, 20, 20, 16)
    layout.setSpacing(18)
    layout.addWidget(text)
    layout.addLayout(buttons)
    dialog.open()
    cancel.setFocus()
    return dialog


class Closing(QWidget):
    """Lies over the whole window while it waits for the gateway's answer to what is out."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._text = Text("", "body-strong", "text")
        card = Panel("menu", border="control-border", radius="dialog")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.addWidget(self._text)
        inside.addWidget(Text(tr("So that nothing is paid for and lost. The window closes by itself."), "label"))
        layout = QVBoxLayout(self)
        layout.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        self.hide()

    def show_seconds(self, seconds: int) -> None:
        """Say how long it waits at most."""
        self._text.setText(tr("Waiting up to {n} s for the gateway's answer…").format(n=seconds))
        self.setGeometry(self._over.rect())
        if not self.isVisible():
            self._over.installEventFilter(self)
            self.show()
            self.raise_()
            accessible.say(self, self._text.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The window steps back."""
        painter = paint.start(self)
        painter.fillRect(QRectF(self.rect()), theme.alpha("scrim"))
        painter.end()
