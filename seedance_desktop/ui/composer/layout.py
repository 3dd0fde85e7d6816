"""How the composer's parts stand: what stays at the top, a middle that scrolls when it must, the button at the foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from seedance_desktop.ui.controls import Separator
from seedance_desktop.ui.viewport import viewport

_COMPACT_BELOW = 720
_NARROW_BELOW = 320
_LEAST, _SCROLLED = 116, 156  # pixels: where the middle scrolls anyway, the growing part need not be so low


class Columns:
    """Lays out `owner`; `growing` is the one part of the middle that takes the height that is left, or a good deal."""

    def __init__(
        self,
        owner: QWidget,
        top: Sequence[QWidget | QLayout],
        growing: QWidget,
        middle: Sequence[QWidget],
        foot: Sequence[QWidget],
    ) -> None:
        self._top = _column(top)
        self._middle = _column([growing, *middle])
        self._middle.setStretch(0, 1)
        self._growing = growing
        growing.setMinimumHeight(_LEAST)
        self._foot = _column(foot, 8)
        self._rule = QHBoxLayout()
        self._rule.addWidget(Separator())
        self.scroll = _scroll(self._middle)
        self.scroll.verticalScrollBar().rangeChanged.connect(lambda _top, out: self._fit(out))
        whole = _column([self._top, self.scroll, self._rule, self._foot])
        whole.setStretch(1, 1)
        owner.setLayout(whole)

    def breathe(self, width: int, height: int) -> bool:
        """Air between the parts: less of it where width or height are short. Whether the height is."""
        compact = height < _COMPACT_BELOW
        side = 12 if width < _NARROW_BELOW else 16
        self._top.setContentsMargins(side, 0, side, 6)
        self._middle.setContentsMargins(side, 4, side, 8 if compact else 14)
        self._middle.setSpacing(9 if compact else 14)
        self._rule.setContentsMargins(side, 0, side, 0)
        self._foot.setContentsMargins(side, 8 if compact else 12, side, 10 if compact else 16)
        return compact

    def _fit(self, out: int) -> None:
        """So many pixels of the middle are out of sight."""
        least = self._growing.minimumHeight()
        if out and least == _LEAST:
            self._growing.setMinimumHeight(_SCROLLED)
        elif 0 < out <= _SCROLLED - _LEAST and least == _SCROLLED:
            self._growing.setMinimumHeight(_LEAST)  # then nothing has to scroll


def _scroll(inside: QLayout) -> QScrollArea:
    holder = QWidget()
    holder.setLayout(inside)
    scroll = QScrollArea()
    scroll.setWidget(holder)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    holder.setAutoFillBackground(False)
    viewport(scroll).setAutoFillBackground(False)
    return scroll


def _column(parts: Sequence[QWidget | QLayout], gap: int = 0) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(gap)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    return column
