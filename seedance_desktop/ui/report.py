"""A report to read, select and copy, beside the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from seedance_desktop.ui.controls import Button, Text
from seedance_desktop.words import tr

_SELECT = Qt.TextInteractionFlag
_SMALL, _LARGE = (560, 360), (820, 560)


def show_report(parent: QWidget, title: str, text: str, *, save: Callable[[], object] | None = None) -> QDialog:
    """Open a dialog with `text` that doesn't hold up the window, and return it.

    Where `save` is given, it is a report of code: larger, in letters of one width, with a button that calls `save`.
    """
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    body = QPlainTextEdit(text)
    body.setReadOnly(True)
    body.setTextInteractionFlags(_SELECT.TextSelectableByMouse | _SELECT.TextSelectableByKeyboard)
    body.setAccessibleName(title)
    body.setTabChangesFocus(True)
    dialog.resize(*(_LARGE if save else _SMALL))
    copy, close = Button(tr("Copy"), "copy"), Button(tr("Close"), kind="primary")
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
    close.clicked.connect(dialog.close)
    buttons = QHBoxLayout()
    buttons.setSpacing(8)
    buttons.addStretch()
    if save is not None:
        body.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        body.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        keep = Button(tr("Save…"), "disk")
        keep.clicked.connect(save)
        buttons.addWidget(keep)
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
