"""The pictures of all sides on the whole screen, and back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from seedance_desktop.ui.stage.fullscreen import FullScreen

from .arranging import TRANSPORT_PLACE
from .board import Board
from .transport import CompareTransport


class Screens(QObject):
    """Lends board and transport to a window of its own, and puts them back where they were."""

    def __init__(
        self, owner: QWidget, board: Board, transport: CompareTransport, key: Callable[[QKeyEvent], bool]
    ) -> None:
        super().__init__(owner)
        self._owner, self._board, self._transport, self._key = owner, board, transport, key
        self._full: FullScreen | None = None
        self._homes: tuple[QVBoxLayout, QVBoxLayout] | None = None

    def set_homes(self, board: QVBoxLayout, transport: QVBoxLayout) -> None:
        """Where the two belong."""
        self._homes = (board, transport)

    def toggle(self) -> None:
        """There and back; it plays on."""
        if self._full is not None:
            self.leave()
        elif self._transport.play.isEnabled():
            self._full = FullScreen(self._board, self._transport, self._key, self._owner.window())
            self._full.left.connect(self.leave)
            self._transport.set_compact(False)
            self._full.enter()
            self._board.setFocus()

    def leave(self) -> None:
        """Back, if it is there."""
        if self._full is None or self._homes is None:
            return
        full, self._full = self._full, None
        board, transport = self._homes
        board.addWidget(self._board)
        transport.insertWidget(TRANSPORT_PLACE, self._transport)
        full.give_back()
        self._board.setFocus()
