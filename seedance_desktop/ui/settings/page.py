"""What the pages of the settings share: a heading, rows of a label and its control, and how a change leaves."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.ui.controls import Text

_LABELS = 158


class Page(QScrollArea):
    """A page called `title`; `edited` carries the names and values of the preferences that were changed."""

    edited = Signal(dict)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(24, 20, 24, 24)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(18)
        self._grid.setColumnMinimumWidth(0, _LABELS)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(Text(title, "title", "text"), 0, 0, 1, 2)
        self._rows = 1
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def show_preferences(self, preferences: Preferences) -> None:
        """Show `preferences` without an `edited`."""
        raise NotImplementedError

    def commit(self) -> None:
        """Take in what is typed and not yet left."""

    def add_row(self, label: str, *parts: QWidget | QLayout) -> None:
        """A row: the label on the left, the parts below each other on the right."""
        text = Text(label, "body", "text")
        text.setFixedHeight(30)
        self._grid.addWidget(text, self._rows, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        for part in parts:
            if isinstance(part, QWidget):
                column.addWidget(part)
            else:
                column.addLayout(part)
        self._grid.addLayout(column, self._rows, 1)
        self._rows += 1

    def fill(self) -> None:
        """All rows are there: the rest of the page stays empty."""
        self._grid.setRowStretch(self._rows, 1)


def hint(text: str = "") -> Text:
    """A small explanation under a control."""
    return Text(text, "label", "text-3", wrap=True)


def fault() -> Text:
    """A sentence on what is wrong, hidden until there is one."""
    made = Text("", "label", "danger", wrap=True)
    made.hide()
    return made


def tell(label: Text, sentence: str) -> None:
    """Show a sentence, or hide its label."""
    label.setText(sentence)
    label.setVisible(bool(sentence))


def beside(*widgets: QWidget, gap: int = 8) -> QHBoxLayout:
    """Widgets next to each other, at the left."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return row
