"""Ctrl+K: a panel at the top of the window that finds any command and does it."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QApplication, QMainWindow, QMenuBar

from seedance_desktop.ui import theme
from seedance_desktop.ui.composer.popover import Popover
from seedance_desktop.ui.composer.rows import Look, Rows
from seedance_desktop.ui.controls import Text, paint
from seedance_desktop.ui.searchline import SearchLine
from seedance_desktop.words import tr

from .commands import Command, commands
from .matching import ranked

_WIDE, _HIGH = 560, 420
_LINE, _KEY = 20, 18


class Finder(Popover):
    """`recent` holds the names of what was chosen last, the latest first; `own` is the entry that brings this up."""

    picked = Signal(str)  # the name of a command, before it is done

    def __init__(self, window: QMainWindow, recent: list[str], own: str) -> None:
        super().__init__(window)
        self._window = window
        self._found: list[Command] = []
        self.recent, self._own = recent, own
        self.rows = Rows(tr("Commands"), _Look())
        self.search = SearchLine(self.rows, name=tr("Find a command"), placeholder=tr("Find a command…"))
        self._none = Text(tr("No command is called that."), "body", "text-3")
        self._none.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(self.search)
        self.body.addWidget(self._none)
        self.body.addWidget(self.rows, 1)
        self.search.textChanged.connect(self._look)
        self.rows.chosen.connect(self._choose)

    def come_up(self) -> None:
        """Show what can be done now; a second time closes it. Nothing while a dialog waits for an answer."""
        if self.isVisible():
            self.close_back()
            return
        if QApplication.activeModalWidget() is not None:
            return
        bar = self._window.findChild(QMenuBar)
        self._found = commands(bar, but=self._own) if bar is not None else []
        self.search.clear()
        self._look()
        self.open(_WIDE, self._height(), self.search)

    def _look(self) -> None:
        matching = [self._found[one] for one in ranked(self._found, self.search.text(), self.recent)]
        self._none.setVisible(not matching)
        self.rows.setVisible(bool(matching))
        self.rows.fill(matching)
        if self.isVisible():
            self._place(_WIDE, self._height())

    def _height(self) -> int:
        """As high as what was found needs, within reason."""
        air = self.body.contentsMargins()
        inner = _WIDE - air.left() - air.right()
        list_ = self.rows.height_of_all(inner, _HIGH) if self.rows.values else self._none.sizeHint().height() + 16
        return air.top() + self.search.height() + self.body.spacing() + list_ + 2 + air.bottom()

    def _choose(self, command: Command, _other: bool) -> None:
        """Close first, so that the command finds the keyboard where it was."""
        self.picked.emit(command.name)
        self.close_back()
        if shiboken6.isValid(command.action):  # the menu of the chosen clips may have been filled anew meanwhile
            command.action.trigger()

    def _place(self, width: int, height: int) -> None:
        """At the top, in the middle."""
        room = self._window.rect()
        top = int(theme.tokens()["size"]["topbar"]) + 8
        width, height = min(width, room.width() - 32), min(height, room.height() - top - 32)
        self.setGeometry((room.width() - width) // 2, top, width, height)


class _Look(Look):
    """The name, the menu quieter beside it, and the key at the end."""

    def name(self, value: Command, _row: int) -> str:
        """Name, menu and key."""
        return ", ".join(part for part in (value.name, value.menu, value.key) if part)

    def height(self, _value: Command, _width: int) -> int:
        """One line."""
        return _LINE

    def draw(self, painter: QPainter, box: QRect, value: Command, _row: int) -> None:
        """A name that is too long is cut, never a key."""
        room = box.adjusted(0, 0, -_draw_key(painter, box, value.key), 0)
        font = theme.font("body")
        wide = QFontMetricsF(font).horizontalAdvance(value.name)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, side, paint.elided(value.name, QFontMetricsF(font), room.width()))
        rest = room.adjusted(round(wide) + 10, 0, 0, 0)
        painter.setFont(theme.font("label"))
        painter.setPen(theme.color("text-3"))
        if rest.width() > QFontMetricsF(painter.font()).horizontalAdvance(value.menu):
            painter.drawText(rest, side, value.menu)


def _draw_key(painter: QPainter, box: QRect, key: str) -> int:
    """The key in a small box at the right; how much of the room that takes."""
    if not key:
        return 0
    painter.setFont(theme.font("caption", tabular=True))
    size = QSize(round(QFontMetricsF(painter.font()).horizontalAdvance(key)) + 12, _KEY)
    chip = QRect(box.right() + 1 - size.width(), box.center().y() - _KEY // 2, size.width(), size.height())
    paint.box(painter, QRectF(chip), border=theme.color("control-border"), corner=paint.radius("chip"))
    painter.setPen(theme.color("text-2"))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, key)
    return size.width() + 12
