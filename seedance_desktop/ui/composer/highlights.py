"""What has a meaning in a prompt beside its words: groups of choices on a quiet ground, old suffixes underlined."""

from __future__ import annotations

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from seedance_desktop.domain import suffixes, variations
from seedance_desktop.ui import theme
from seedance_desktop.ui.chips import units


def selections(document: QTextDocument, text: str) -> list[QTextEdit.ExtraSelection]:
    """For a document with this text, in the colours of the theme that is on."""
    group, old = QTextCharFormat(), QTextCharFormat()
    group.setBackground(theme.color("pressed"))
    old.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
    old.setUnderlineColor(theme.color("warning"))
    spans = [(*span, group) for span in variations.groups(text)]
    spans += [(one.start, one.end, old) for one in suffixes.find(text)]
    return [_selection(document, units(text[:start]), units(text[:end]), format_) for start, end, format_ in spans]


def _selection(document: QTextDocument, start: int, end: int, format_: QTextCharFormat) -> QTextEdit.ExtraSelection:
    made = QTextEdit.ExtraSelection()
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    made.cursor, made.format = cursor, format_
    return made
