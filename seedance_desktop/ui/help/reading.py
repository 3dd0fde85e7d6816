"""A plain text to read, which the keyboard can walk through and leave."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QPlainTextEdit


def plain_text(name: str, margin: int) -> QPlainTextEdit:
    """An empty one, called `name` by a screen reader, with so many logical pixels round its words."""
    view = QPlainTextEdit()
    view.setReadOnly(True)
    view.setAccessibleName(name)
    view.setTabChangesFocus(True)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.document().setDocumentMargin(margin)
    return view
