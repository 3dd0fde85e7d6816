"""The popover with a clip's family: a small tree to walk, from any clip to any other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from seedance_desktop.ui import accessible
from seedance_desktop.ui.composer.popover import Popover
from seedance_desktop.ui.controls import Button, Text
from seedance_desktop.ui.posters import Posters
from seedance_desktop.words import ntr, tr

from . import tree
from .relative import HIGH, RelativeRow
from .tree import Line

if TYPE_CHECKING:
    from seedance_desktop.domain.family import Family

_WIDE, _WIDEST, _HIGHEST = 460, 680, 430
_AIR = 30  # margins and the scroll bar
_AROUND = 44  # title and air
_MOST = 60  # rows at a time, round the clip that is open


class FamilyTree(Popover):
    """`opened` carries the clip that was chosen, `seam` parent and child that are to be played one after the other."""

    opened = Signal(object)
    seam = Signal(object, object)

    def __init__(self, anchor: QWidget, posters: Posters) -> None:
        super().__init__(anchor)
        self._posters, self._library = posters, Path()
        self._family: Family | None = None
        self.setAccessibleName(tr("Family"))
        self.rows: list[RelativeRow] = []
        self._title = Text(tr("Family"), "body-strong", "text")
        self._count = Text("", "caption", "text-3", tabular=True)
        self._list = QWidget()
        accessible.as_list(self._list, tr("Family"))
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self._lay_out()
        posters.loaded.connect(self._repaint)

    def set_library(self, library: Path) -> None:
        """Where the posters lie."""
        self._library = library

    def show_family(self, family: Family) -> None:
        """The tree; the keyboard stays in it, on the clip that is open."""
        if family == self._family:
            return
        self._family = family
        every = tree.lines(family)
        shown = _around(every, family.id)
        self._fill(shown, family)
        count = ntr("{n} clip", "{n} clips", len(shown))
        more = len(shown) < len(every) or family.more
        self._count.setText(tr("{clips}, and more").format(clips=count) if more else count)

    @property
    def here(self) -> RelativeRow:
        """The row of the clip that is open."""
        return next((row for row in self.rows if row.is_open), self.rows[0])

    def come_up(self) -> None:
        """Open, with the keyboard on the clip that is open."""
        high = len(self.rows) * (HIGH + 2) + _AROUND + 12
        wide = max(row.needed() for row in self.rows) + _AIR
        self.open(min(max(_WIDE, wide), _WIDEST), min(high, _HIGHEST), self.here)
        self._area.ensureWidgetVisible(self.here, 0, HIGH)

    def minimumSizeHint(self) -> QSize:
        """It has the size that it was opened with."""
        return QSize(0, 0)

    def _fill(self, shown: list[Line], family: Family) -> None:
        old, self.rows = self.rows, [self._row(line, family) for line in shown]
        for place, row in enumerate(self.rows):
            self._column.insertWidget(place, row)
            row.show()
        if any(row.isAncestorOf(QApplication.focusWidget() or self) or row.hasFocus() for row in old):
            self.here.setFocus()  # before the old one goes: a focus that leaves closes the popover
        for row in old:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()

    def _row(self, line: Line, family: Family) -> RelativeRow:
        poster = self._library / line.relative.poster if line.relative.poster else None
        row = RelativeRow(line, poster, self._posters, is_open=line.relative.id == family.id)
        row.clicked.connect(lambda: self._open(row))
        row.walked.connect(lambda by: self._walk(row, by))
        link = line.link
        if link is not None and tree.plays(family.node(link.parent)) and tree.plays(line.relative):
            seam = row.offer_seam()
            seam.clicked.connect(lambda: self._play_seam(link.parent, link.child))
        return row

    def _open(self, row: RelativeRow) -> None:
        if row.is_open or not tree.plays(row.line.relative):
            return
        self.close_back()
        self.opened.emit(row.line.relative.id)

    def _play_seam(self, parent: int, child: int) -> None:
        self.close_back()
        self.seam.emit(parent, child)

    def _walk(self, row: RelativeRow, by: int) -> None:
        place = max(0, min(len(self.rows) - 1, self.rows.index(row) + by))
        self.rows[place].setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(self.rows[place], 0, 4)

    def _repaint(self) -> None:
        for row in self.rows if self.isVisible() else ():
            row.update()

    def _lay_out(self) -> None:
        self._area = QScrollArea()
        self._area.setWidget(self._list)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for widget in (self._area.viewport(), self._list):
            widget.setAutoFillBackground(False)
        close = Button(tr("Close"), "close", "icon", size="small")
        close.clicked.connect(self.close_back)
        head = QHBoxLayout()
        head.setContentsMargins(6, 0, 0, 0)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(close)
        self.body.addLayout(head)
        self.body.addWidget(self._area, 1)


def _around(lines: list[Line], clip: int) -> list[Line]:
    """As many as are shown, with that clip among them."""
    here = next((place for place, one in enumerate(lines) if one.relative.id == clip), 0)
    first = max(0, min(here - _MOST // 2, len(lines) - _MOST))
    return lines[first : first + _MOST]
