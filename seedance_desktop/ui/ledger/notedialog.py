"""Asks for a note when the creator marks what was charged: `refunded 3 May`."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from seedance_desktop.ui.controls import Button, ElidedLabel, Field, Text
from seedance_desktop.ui.glyph import Glyph
from seedance_desktop.words import tr

from .wording import Look


class NoteDialog(QDialog):
    """Beside the window, which stays usable; `then` gets the note when the creator agrees."""

    def __init__(self, parent: QWidget, look: Look, what: str, note: str, then: Callable[[str], object]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = tr("Mark as: {verdict}").format(verdict=tr(look.name))
        self.setWindowTitle(title)
        self.field = Field(name=tr("Note"), placeholder=tr("For example: refunded 3 May"))
        self.field.setText(note)
        self.field.selectAll()
        self.field.setMaxLength(500)
        self.agree = Button(tr("Mark"), kind="primary")
        cancel = Button(tr("Cancel"))
        self.agree.clicked.connect(self.accept)
        self.field.returnPressed.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self.accepted.connect(lambda: then(self.field.text().strip()))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Glyph(look.icon, look.color))
        head.addWidget(Text(title, "title", "text"), 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self.agree)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(ElidedLabel(what, "label", "text-2"))
        layout.addWidget(self.field)
        layout.addSpacing(4)
        layout.addLayout(buttons)
        self.setFixedWidth(380)
        self.field.setFocus()
