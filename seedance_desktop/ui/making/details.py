"""Shows the gateway's own answer, word for word."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from seedance_desktop.ui.controls import Button, Text
from seedance_desktop.words import tr


def show_details(parent: QWidget, raw: str) -> QDialog:
    """Open a small window with `raw` in it, to read, select and copy; it is returned for tests."""
    dialog = QDialog(parent.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(tr("What the gateway answered"))
    dialog.resize(520, 300)
    text = QPlainTextEdit(raw)
    text.setReadOnly(True)
    text.setAccessibleName(tr("Answer of the gateway"))
    text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    copy, close = Button(tr("Copy"), "copy"), Button(tr("Close"))
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(raw))
    close.clicked.connect(dialog.close)
    buttons = QHBoxLayout()
    buttons.addStretch()
    buttons.addWidget(copy)
    buttons.addWidget(close)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(16, 16, 16, 16)
    layout.addWidget(Text(tr("What the gateway answered"), "title", "text"))
    layout.addWidget(text)
    layout.addLayout(buttons)
    dialog.open()
    return dialog
