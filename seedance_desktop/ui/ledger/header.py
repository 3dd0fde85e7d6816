"""The line over the ledger: which entries, how they are added up, and what can be done with them."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from seedance_desktop.ui.controls import Button, Panel, Select, Separator, Text
from seedance_desktop.ui.glyph import Glyph
from seedance_desktop.words import tr

from . import wording

ALL = "all"
ENTRIES = "entries"
_NARROW = 900
_WIDEST = 220


class Header(Panel):
    """`changed` when another month, project or sum is wanted; the buttons are attributes."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__("panel")
        self.month, self.project = Select(name=tr("Month"), framed=True), Select(name=tr("Project"), framed=True)
        self.by = Select(name=tr("Totals by"), framed=True)
        self.mark = Button(tr("Mark as…"), "tag")
        self.copy = Button(tr("Copy claim"), "copy")
        self.export = Button(tr("Export CSV…"), "export")
        self.close_button = Button(tr("Close the ledger"), "close", "icon")
        self._filters = QWidget()
        self._narrow: bool | None = None
        now = time.strftime("%Y-%m")
        self._fill_by()
        self._lay_out()
        self.set_months([now], now)
        self.set_projects([])
        for select in (self.month, self.project, self.by):
            select.setFixedHeight(self.mark.sizeHint().height())
            select.setMaximumWidth(_WIDEST)
            select.activated.connect(lambda _index: self.changed.emit())

    def set_months(self, months: Sequence[str], now: str) -> None:
        """The months to choose from, newest first; the choice stays, at first it is `now`."""
        kept = self.month.currentData() or now
        self.month.clear()
        for key in months:
            self.month.addItem(wording.month(key), key)
        self.month.addItem(tr("All time"), ALL)
        self.month.setCurrentIndex(max(0, self.month.findData(kept)))
        self.month.updateGeometry()

    def set_projects(self, projects: Sequence[str]) -> None:
        """The projects to choose from; the choice stays while there is such a project."""
        kept = self.project.currentData()
        self.project.clear()
        self.project.addItem(tr("All projects"), None)
        for name in projects:
            self.project.addItem(name or tr("No project"), name)
        found = self.project.findData(kept) if kept is not None else 0
        self.project.setCurrentIndex(max(0, found))
        self.project.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow pane the filters get a line of their own."""
        super().resizeEvent(event)
        self._fit(narrow=self.width() < _NARROW)

    def _fill_by(self) -> None:
        choices = (
            (ENTRIES, tr("Every submit")),
            ("day", tr("Totals by day")),
            ("month", tr("Totals by month")),
            ("project", tr("Totals by project")),
            ("shot", tr("Totals by shot")),
        )
        for value, text in choices:
            self.by.addItem(text, value)

    def _lay_out(self) -> None:
        filters = QHBoxLayout(self._filters)
        filters.setContentsMargins(0, 0, 0, 0)
        filters.setSpacing(8)
        for select in (self.month, self.project, self.by):
            filters.addWidget(select)
        filters.addStretch(1)
        self._first = QHBoxLayout()
        self._first.setSpacing(8)
        self._first.addWidget(Glyph("ledger", "text-2"))
        self._first.addWidget(Text(tr("Ledger"), "title", "text"))
        self._first.addSpacing(4)
        self._first.addStretch(1)
        for button in (self.mark, self.copy, self.export, self.close_button):
            self._first.addWidget(button)
        self._second = QHBoxLayout()
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 9, 10, 9)
        inside.setSpacing(8)
        inside.addLayout(self._first)
        inside.addLayout(self._second)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(inside)
        layout.addWidget(Separator())
        self._fit(narrow=False)

    def _fit(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        if narrow:
            self._second.addWidget(self._filters)
        else:
            self._first.insertWidget(3, self._filters, 100)
