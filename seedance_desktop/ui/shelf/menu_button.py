"""A quiet button with an arrow that opens a menu: Project and Tag above the cards."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QMenu

from seedance_desktop.ui.controls import Button, paint

_ARROW, _AIR = 14, 5
_WIDEST = 128


class MenuButton(Button):
    """`fill` puts into its menu what there is to choose from; the button says what is chosen."""

    def __init__(self, text: str, name: str, icon: str, fill: Callable[[QMenu], None]) -> None:
        super().__init__(text, icon, "ghost")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self._fill, self._lit = fill, False
        self.setMaximumWidth(_WIDEST)
        self.clicked.connect(self._open)

    def show_choice(self, text: str, name: str, *, lit: bool) -> None:
        """What it says, what it is called, and whether something is chosen."""
        self._lit = lit
        self.setText(text)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the arrow too."""
        room = super().sizeHint()
        return QSize(min(_WIDEST, room.width() + _ARROW + (0 if self.text() else _AIR)), room.height())

    def draw_content(self, painter: QPainter, ink: str) -> None:
        """Text as always, then the arrow."""
        ink = "accent-text" if self._lit else ink
        painter.save()
        painter.translate(-_ARROW / 2, 0)
        super().draw_content(painter, ink)
        painter.restore()
        at = QPointF(self.width() - _ARROW - _AIR, (self.height() - _ARROW) / 2)
        paint.icon(painter, "chevron-down", ink, at, _ARROW)

    def _open(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        self._fill(menu)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
