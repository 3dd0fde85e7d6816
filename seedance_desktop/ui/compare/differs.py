"""What differs between the clips, told in words: a row for each setting, a column for each side."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.differences import Difference, Piece, Setting, differences
from seedance_desktop.domain.recipe import Use
from seedance_desktop.ui import theme, when
from seedance_desktop.ui.controls import Text
from seedance_desktop.words import mark, tr

from .badge import LETTERS

_NAMES = {
    Setting.PROMPT: mark("Prompt"),
    Setting.REFERENCES: mark("References"),
    Setting.USE: mark("Use"),
    Setting.RATIO: mark("Aspect ratio"),
    Setting.DURATION: mark("Duration"),
    Setting.RESOLUTION: mark("Resolution"),
    Setting.MODEL: mark("Model"),
    Setting.RATE: mark("Frame rate"),
    Setting.SHOT: mark("Shot"),
    Setting.MADE: mark("Made"),
}
_USES = {
    Use.FIRST_FRAME: mark("First frame"),
    Use.FIRST_LAST: mark("First and last frame"),
    Use.REFERENCES: mark("Reference images"),
}
_DAY = 86_400_000


class Differs(QWidget):
    """Shows nothing but what differs; says that the rest is the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Text(tr("What differs"), "label", "text-2")
        self._rest = Text("", "label", "text-2")
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(3)
        self._found: tuple[int, list[Difference]] = (0, [])
        scroll = QScrollArea()
        scroll.setWidget(self._table)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for part in (scroll, scroll.viewport(), self._table):
            part.setAutoFillBackground(False)
        scroll.setStyleSheet("background: transparent")
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._rest)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(scroll, 1)
        theme.signals.changed.connect(self._fill)

    def show_clips(self, clips: Sequence[Clip]) -> None:
        """Compare these; nothing is drawn anew where nothing has changed."""
        found = (len(clips), differences(clips))
        if found != self._found:
            self._found = found
            self._fill()

    def _fill(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        count, found = self._found
        self._rest.setText(tr("All else is the same") if found else tr("Nothing: one recipe made them all"))
        for side in range(count if found else 0):
            self._grid.addWidget(Text(LETTERS[side], "body-strong", "text"), 0, side + 1)
        for row, one in enumerate(found, 1):
            self._grid.addWidget(Text(tr(_NAMES[one.setting]), "label", "text-2"), row, 0, Qt.AlignmentFlag.AlignTop)
            days = len({int(value[0].text) // _DAY for value in one.values}) if one.setting is Setting.MADE else 1
            for side, value in enumerate(one.values):
                self._grid.addWidget(_value(one.setting, value, dated=days > 1), row, side + 1)
        self._grid.setColumnMinimumWidth(0, 84)
        for column in range(1, self._grid.columnCount()):
            self._grid.setColumnStretch(column, 1 if column <= count else 0)
        self._grid.setRowStretch(len(found) + 1, 1)


def _value(setting: Setting, value: Sequence[Piece], *, dated: bool) -> QLabel:
    """One cell; what the others don't have is in the accent's colour."""
    label = Text("", "label", "text", wrap=True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    between = ", " if setting is Setting.REFERENCES else ""
    told = [_marked(_words(setting, piece, dated=dated), piece.differs) for piece in value]
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setText(between.join(told) if told else escape(tr("none")))
    return label


def _marked(text: str, differs: bool) -> str:
    if not differs:
        return escape(text)
    return f'<b style="color:{theme.color("accent-text").name()}">{escape(text)}</b>'


def _words(setting: Setting, piece: Piece, *, dated: bool) -> str:
    """A code as the creator says it."""
    if setting is Setting.MADE:
        then = int(piece.text)
        return when.moment(then) if dated else when.time_of_day(then)
    if setting is Setting.DURATION:
        return tr("{n} s").format(n=piece.text)
    if setting is Setting.RATE:
        return tr("{n} frames a second").format(n=piece.text)
    if setting is Setting.USE:
        return tr(_USES[Use(piece.text)])
    if piece.side >= 0:
        return _frame_of(piece)
    return piece.text


def _frame_of(piece: Piece) -> str:
    """A reference that is a frame of another side."""
    number = piece.text.partition(" ")[0]
    side = LETTERS[piece.side]
    if piece.frame < 0:
        return tr("{number} last frame of {side}").format(number=number, side=side)
    return tr("{number} frame {frame} of {side}").format(number=number, frame=piece.frame, side=side)
