"""A report to read, select and copy, beside the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from seedance_desktop.ui.controls import Button, Text
from seedance_desktop.words import tr


def show_report(parent: QWidget, title: str, text: str) -> QDialog:
    """Open a dialog with `text` that doesn't hold up the window; it is returned for tests."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    dialog.resize(560, 360)
    body = QPlainTextEdit(text)
    body.setReadOnly(True)
    body.setAccessibleName(title)
    body.setTabChangesFocus(True)
    copy, close = Button(tr("Copy"), "copy"), Button(tr("Close"), kind="primary")
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
    close.clicked.connect(dialog.close)
    buttons = QHBoxLayout()
    buttons.setSpacing(8)
    buttons.addStretch()
    buttons.addWidget(copy)
    buttons.addWidget(close)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(20, 18, 20, 16)
    layout.setSpacing(12)
    layout.addWidget(Text(title, "title", "text"))
    layout.addWidget(body, 1)
    layout.addLayout(buttons)
    dialog.show()
    return dialog
