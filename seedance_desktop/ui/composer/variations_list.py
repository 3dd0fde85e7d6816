"""Every prompt that will be sent, numbered, with what differs from one to the other marked."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import Button, ElidedLabel
from seedance_desktop.words import tr

from . import textlines
from .popover import Popover
from .rows import Look, Rows

_WIDE, _HIGHEST = 460, 440
_HEAD = 48  # pixels for the head and the air round the list
_NUMBER = 26
_LINE = 18
_MOST_LINES = 6


class _Look(Look):
    """A number and the text."""

    def name(self, value: Any, row: int) -> str:
        """`2: A harbour at dawn`."""
        return tr("{number}: {prompt}").format(number=row + 1, prompt=value[0])

    def height(self, value: Any, width: int) -> int:
        """As many lines as it takes, within reason."""
        return textlines.high(value[0], "body", width - _NUMBER, _MOST_LINES, _LINE)

    def draw(self, painter: QPainter, box: QRect, value: Any, row: int) -> None:
        """The number stands apart."""
        painter.setFont(theme.font("caption", tabular=True))
        painter.setPen(theme.color("text-3"))
        number = QRect(box.left(), box.top(), _NUMBER - 8, _LINE)
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(row + 1))
        inner = box.adjusted(_NUMBER, 0, 0, 0)
        textlines.draw(painter, inner, *value, scale="body", most=_MOST_LINES, line=_LINE, ink="text")


class VariationsList(Popover):
    """To be read before the click, by mouse or arrows; Escape closes it."""

    may_generate = True

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor)
        self._sum = ElidedLabel("", "body-strong", "text", tabular=True)
        close = Button(tr("Close"), "close", "icon", size="small", icon_size=12)
        close.clicked.connect(self.close_back)
        head = QHBoxLayout()
        head.setContentsMargins(9, 0, 0, 0)
        head.addWidget(self._sum, 1)
        head.addWidget(close)
        self.rows = Rows(tr("Prompts that will be sent"), _Look())
        self.body.addLayout(head)
        self.body.addWidget(self.rows, 1)

    def show_prompts(self, prompts: dict[str, list[textlines.Span]], summed: str) -> None:
        """Open with these, each with what to mark in it."""
        self._sum.setText(summed)
        self.rows.fill(list(prompts.items()))
        room = self.rows.height_of_all(_WIDE - 16, _HIGHEST - _HEAD)
        self.open(_WIDE, room + _HEAD, self.rows)
