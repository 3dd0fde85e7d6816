"""The list of everything bundled, to be searched, and the licence of the one that is chosen, to be read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase, QFontMetricsF, QPainter, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from seedance_desktop.domain.components import Component, found
from seedance_desktop.ui import theme
from seedance_desktop.ui.composer.rows import Look, Rows
from seedance_desktop.ui.controls import Button, ElidedLabel, Panel, Separator, Text, paint
from seedance_desktop.ui.searchline import SearchLine
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import ntr, tr

from .reading import plain_text

_LIST = 268
_LINE = 17


class Licences(QWidget):
    """Asks for a text by `wishes.licence_wanted` when its component is chosen."""

    def __init__(self, wishes: Wishes) -> None:
        super().__init__()
        self._wishes, self._components = wishes, list[Component]()
        self._shown: Component | None = None
        self.rows = Rows(tr("Parts of the program"), _Look())
        self.search = SearchLine(self.rows, name=tr("Search parts and licences"), placeholder=tr("Search"))
        self.rows.moved.connect(self._choose)
        self.search.textChanged.connect(self._find)
        self.text = _reader()
        self.title = ElidedLabel("", "body-strong", "text")
        self.about = ElidedLabel("", "label", "text-2")
        self.homepage = Button(tr("Home page"), "external", "ghost")
        self.homepage.clicked.connect(self._open_homepage)
        self._count = Text("", "label", "text-3")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left())
        row.addWidget(Separator(upright=True))
        row.addLayout(self._right(), 1)
        self._show_head(None)

    def show_components(self, components: Sequence[Component]) -> None:
        """All there are, the program first."""
        self._components = list(components)
        self._find()

    def show_licence(self, component: Component, text: str) -> None:
        """The text of the one that is chosen; of one that was left meanwhile it isn't shown."""
        if component != self._shown:
            return
        none = tr("The text of this licence isn’t on this computer; it stands at the home page.")
        self.text.setPlainText(text or none)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _find(self) -> None:
        matching = found(self._components, self.search.text())
        self._count.setText(
            ntr("{n} part", "{n} parts", len(matching)) if matching else tr("Nothing of that name is in it.")
        )
        here = next((row for row, one in enumerate(matching) if one == self._shown), 0)
        self.rows.fill(matching, here)

    def _choose(self) -> None:
        chosen = self.rows.current
        if chosen == self._shown:
            return
        self._shown = chosen
        self.text.clear()
        self._show_head(chosen)
        if chosen is not None:
            self._wishes.licence_wanted.emit(chosen)

    def _show_head(self, chosen: Component | None) -> None:
        self.title.setText(f"{chosen.name} {chosen.version}" if chosen else "")
        self.about.setText(_licence(chosen) if chosen else "")
        self.homepage.setVisible(bool(chosen and chosen.homepage))
        self.homepage.setToolTip(chosen.homepage if chosen else "")

    def _open_homepage(self) -> None:
        if self._shown is not None and self._shown.homepage.startswith("https://"):
            QDesktopServices.openUrl(QUrl(self._shown.homepage))

    def _left(self) -> QWidget:
        side = Panel("panel")
        side.setFixedWidth(_LIST)
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 12, 8, 10)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.rows, 1)
        column.addWidget(self._count)
        return side

    def _right(self) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.about)
        head = QHBoxLayout()
        head.setContentsMargins(20, 12, 16, 10)
        head.addLayout(words, 1)
        head.addWidget(self.homepage)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        return column


class _Look(Look):
    """Name and version above the licence."""

    def name(self, value: Component, _row: int) -> str:
        """Name, version, licence."""
        return f"{value.name} {value.version}, {_licence(value)}"

    def height(self, _value: Component, _width: int) -> int:
        """Two lines."""
        return 2 * _LINE

    def draw(self, painter: QPainter, box: QRect, value: Component, _row: int) -> None:
        """The version is quieter than the name."""
        first, second = QRect(box.topLeft(), box.size()), QRect(box.topLeft() + QPoint(0, _LINE), box.size())
        first.setHeight(_LINE)
        second.setHeight(_LINE)
        version = QFontMetricsF(theme.font("label")).horizontalAdvance(value.version)
        _line(painter, first, value.version, "label", "text-3", Qt.AlignmentFlag.AlignRight)
        _line(painter, first.adjusted(0, 0, -round(version) - 8, 0), value.name, "label", "text")
        _line(painter, second, _licence(value), "caption", "text-2")


def _line(
    painter: QPainter,
    box: QRect,
    text: str,
    scale: str,
    ink: str,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    painter.setFont(theme.font(scale))
    painter.setPen(theme.color(ink))
    painter.drawText(
        box, side | Qt.AlignmentFlag.AlignVCenter, paint.elided(text, QFontMetricsF(painter.font()), box.width())
    )


def _licence(component: Component) -> str:
    return component.licence or tr("Its own licence")


def _reader() -> QPlainTextEdit:
    view = plain_text(tr("Text of the licence"), 20)
    view.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    view.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return view
