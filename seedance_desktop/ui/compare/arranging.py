"""Puts the parts of the Compare view above each other, and in the order in which Tab goes through them."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtWidgets import QVBoxLayout, QWidget

from .board import Board
from .foot import Foot
from .header import CompareHeader
from .lanes import Lanes
from .transport import CompareTransport

_PAD, _BOARD_PAD = 16, 13  # the sides bring three pixels of their own, for their ring
TRANSPORT_PLACE = 2


def lay_out(
    panel: QWidget, header: CompareHeader, board: Board, transport: CompareTransport, lanes: Lanes, foot: Foot
) -> tuple[QVBoxLayout, QVBoxLayout]:
    """All parts into `panel`; the layout that the board is in, and the one of all."""
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    middle = QWidget()
    inside = QVBoxLayout(middle)
    inside.setContentsMargins(_BOARD_PAD, 0, _BOARD_PAD, 0)
    inside.addWidget(board)
    strips = QVBoxLayout()
    strips.setContentsMargins(_PAD, 0, _PAD, 0)
    strips.addWidget(lanes)
    column.addWidget(header)
    column.addWidget(middle, 1)
    column.insertWidget(TRANSPORT_PLACE, transport)
    column.addLayout(strips)
    column.addWidget(foot)
    return inside, column


def order(header: CompareHeader, board: Board, transport: CompareTransport, lanes: Lanes, foot: Foot) -> None:
    """Tab goes from side to side first, then to what judges them, transport, strips and takes."""
    parts: list[QWidget] = [header.toggle, header.skip, header.seam, header.wipe, header.swap]
    parts += [panel.viewer.canvas for panel in board.panels]
    parts += [board.wipe, board.seam.canvas]
    for panel in board.panels:
        parts += [panel.pick, panel.reject, panel.stars]
    parts += [*transport.tab_order(), lanes, foot.tray]
    for one, other in pairwise(parts):
        QWidget.setTabOrder(one, other)
