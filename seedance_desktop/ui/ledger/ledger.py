"""The ledger on screen: filters, table, sums, and what a creator can do about a charge."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu, QStackedWidget, QVBoxLayout, QWidget

from seedance_desktop.domain import ledger
from seedance_desktop.domain.clip import Verdict
from seedance_desktop.ui import icons, spoken
from seedance_desktop.ui.controls import Panel, Text
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import money, ntr, tr

from . import wording
from .claim import claim
from .footer import Footer
from .header import ALL, ENTRIES, Header
from .model import NOTE, PRICE, PROJECT, TASK, TIME, VERDICT, Entries
from .notedialog import NoteDialog
from .sums import Sums
from .table import Table

if TYPE_CHECKING:
    from seedance_desktop.domain.ledger import Entry

_COALESCE = 300  # ms: several clips that move together cost one question


class Ledger(Panel):
    """Values come in by `set_entries` and `set_budget`; `closed` when it should leave, `said` for a word in passing."""

    closed = Signal()
    said = Signal(str)

    def __init__(self, wishes: Wishes, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent=parent)
        self._wishes = wishes
        self._all: list[Entry] = []
        self._months: list[str] = []  # of each entry of `_all`
        self._budget = (0, 0)
        self._arriving = False  # opened just now: the table gets the keyboard as soon as it has rows
        self._file: QFileDialog | None = None
        self.header, self.footer = Header(), Footer()
        self._entries, self._sums = Entries(self), Sums(self)
        self.table = Table(
            self._entries,
            _samples(),
            {1: 0.58, NOTE: 0.42},
            whole=(TIME, VERDICT),
            spare=TASK,
            name=tr("Ledger"),
        )
        self.sums = Table(self._sums, self._sums.samples(), {0: 1.0}, name=tr("Totals"))
        self._empty = Text("", "body", "text-2", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        for view in (self.table, self.sums, self._empty):
            self._stack.addWidget(view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.footer)
        self._stale = QTimer(self, singleShot=True, interval=_COALESCE)
        self._stale.timeout.connect(wishes.ledger_wanted)
        self._connect()
        self.table.order_by(TIME, Qt.SortOrder.DescendingOrder)
        self._show()

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """The whole ledger as it stands now; what is chosen stays chosen."""
        self._all = sorted(entries, key=lambda entry: entry.approved, reverse=True)
        self._months = [ledger.month(entry) for entry in self._all]
        now = time.strftime("%Y-%m")
        months = sorted({now, *self._months}, reverse=True)
        self.header.set_months(months, now)
        self.header.set_projects(sorted({entry.project for entry in self._all}, key=str.casefold))
        self._show()

    def set_budget(self, spent: int, budget: int) -> None:
        """This month's money in the smallest unit; 0 is no budget."""
        self._budget = (spent, budget)
        self._show_sums()

    def take_focus(self) -> None:
        """The keyboard to the table, or to the first filter while the table has nothing to show."""
        self._arriving = self._stack.currentWidget() is self._empty
        shown = self.table if self._stack.currentWidget() is self.table else self.sums
        (self.header.month if self._arriving else shown).setFocus()

    def stale(self) -> None:
        """Something has changed: ask for the entries again, soon, while they are on screen."""
        if self.isVisible() and not self._stale.isActive():
            self._stale.start()

    def chosen(self) -> list[Entry]:
        """The chosen entries, in the order of the table."""
        if self._stack.currentWidget() is not self.table:
            return []
        return [self._entries.rows[row] for row in self.table.chosen()]

    def mark(self, verdict: Verdict) -> NoteDialog | None:
        """Ask for a note, then wish this verdict for what is chosen."""
        entries = self.chosen()
        if not entries:
            return None
        notes = {entry.note for entry in entries}
        note = notes.pop() if len(notes) == 1 else ""
        ids = [entry.id for entry in entries]

        def agreed(said: str) -> None:
            for number in ids:
                self._wishes.correct.emit(number, verdict.value, said)

        dialog = NoteDialog(self.window(), wording.LOOKS[verdict], _what(entries), note, agreed)
        dialog.show()
        return dialog

    def copy_claim(self) -> None:
        """The text for the gateway's support, onto the clipboard."""
        text = claim(self.chosen())
        if text:
            QGuiApplication.clipboard().setText(text)
            self.said.emit(tr("The claim is on the clipboard: paste it into a message to the gateway's support."))

    def export(self) -> QFileDialog:
        """Ask where to, then wish that what is shown is written there."""
        if self._file is None:
            month = self.header.month.currentData()
            name = "ledger.csv" if month in (None, ALL) else f"ledger-{month}.csv"
            self._file = dialog = QFileDialog(self.window(), tr("Export CSV"))
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setNameFilter(tr("CSV files") + " (*.csv)")
            dialog.setDefaultSuffix("csv")
            dialog.selectFile(name)
            dialog.fileSelected.connect(self._export_to)
            dialog.finished.connect(self._file_closed)
            dialog.open()
        return self._file

    # within

    def _connect(self) -> None:
        header = self.header
        header.changed.connect(self._show)
        header.close_button.clicked.connect(self.closed)
        header.mark.clicked.connect(lambda: self._menu(header.mark.mapToGlobal(header.mark.rect().bottomLeft())))
        header.copy.clicked.connect(self.copy_claim)
        header.export.clicked.connect(self.export)
        self.table.copied.connect(self.copy_claim)
        self.table.menu_wanted.connect(self._context_menu)
        self.table.selectionModel().selectionChanged.connect(lambda _on, _off: self._show_chosen())
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)

    def _filtered(self) -> list[Entry]:
        month, project = self.header.month.currentData(), self.header.project.currentData()
        return [
            entry
            for entry, its_month in zip(self._all, self._months, strict=True)
            if month in (None, ALL, its_month) and project in (None, entry.project)
        ]

    def _show(self) -> None:
        """Bring table and sums in line with filters and entries."""
        entries, by = self._filtered(), self.header.by.currentData()
        chosen = {entry.id for entry in self.chosen()}
        current = self._current()
        at = self.table.verticalScrollBar().value()
        self._entries.set_entries(entries)
        if by == ENTRIES:
            rows = [row for row, entry in enumerate(self._entries.rows) if entry.id in chosen]
            place = next((row for row, entry in enumerate(self._entries.rows) if entry.id == current), -1)
            self.table.choose(rows, place)
            self.table.verticalScrollBar().setValue(at)
        else:
            self._sums.set_entries(entries, by)
            self.sums.horizontalHeader().setSortIndicator(0, _first_order(by))
        self._empty.setText(self._why_empty())
        self._stack.setCurrentWidget(self._empty if not entries else self.table if by == ENTRIES else self.sums)
        self._show_sums()
        self._show_chosen()
        if self._arriving and entries and self.header.month.hasFocus():
            self.take_focus()

    def _current(self) -> int:
        row = self.table.currentIndex().row()
        return self._entries.rows[row].id if 0 <= row < len(self._entries.rows) else 0

    def _why_empty(self) -> str:
        if self._all:
            return tr("Nothing was sent in what you have chosen here.")
        return tr(
            "Nothing has been sent yet. Every submit that you approve will stand here, with its price and verdict."
        )

    def _show_sums(self) -> None:
        entries = self._entries.rows
        currency = self._all[0].price.currency if self._all else "USD"
        totals = ledger.totals(entries)
        self.footer.show_totals(totals, currency)
        spent, budget = self._budget
        this_month = self.header.month.currentData() == time.strftime("%Y-%m")
        if budget and this_month and self.header.project.currentData() is None:
            amount = tr("{spent} of {budget}").format(spent=money(spent, currency), budget=money(budget, currency))
        else:
            amount = money(totals.counted, currency)
        self.footer.show_budget(amount)

    def _show_chosen(self) -> None:
        chosen = self.chosen()
        self.header.mark.setEnabled(bool(chosen))
        self.header.copy.setEnabled(bool(chosen))
        self.header.export.setEnabled(bool(self._entries.rows))
        projects = {entry.project for entry in chosen}
        project = projects.pop() if len(projects) == 1 and self.header.project.currentData() is None else ""
        mine = ledger.totals(entry for entry in self._entries.rows if project and entry.project == project)
        self.footer.show_project(project, mine.counted, self._all[0].price.currency if self._all else "USD")

    def _menu(self, where: QPoint) -> QMenu:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        self._fill_marks(menu)
        menu.popup(where)
        return menu

    def _fill_marks(self, menu: QMenu) -> None:
        for verdict, look in wording.LOOKS.items():
            if verdict is Verdict.UNSURE:
                menu.addSeparator()
            action = menu.addAction(icons.icon(look.icon, look.color), tr(look.name))
            action.triggered.connect(lambda _checked, verdict=verdict: self.mark(verdict))

    def _context_menu(self, where: QPoint) -> QMenu:
        """The buttons' deeds at the row, and the order by its column, for those who have no mouse."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        chosen = self.chosen()
        if chosen:
            marks = menu.addMenu(icons.icon("tag"), tr("Mark as…"))
            self._fill_marks(marks)
            _add(menu, "copy", tr("Copy claim"), self.copy_claim)
            tasks = "\n".join(entry.task for entry in chosen if entry.task)
            if tasks:
                _add(menu, "copy", tr("Copy task ID"), lambda: QGuiApplication.clipboard().setText(tasks))
            menu.addSeparator()
        column = max(0, self.table.currentIndex().column())
        name = str(self._entries.headerData(column, Qt.Orientation.Horizontal))
        _add(menu, "sort", tr("Sort by: {column}").format(column=name), lambda: self.table.turn(column))
        menu.popup(where)
        return menu

    def _export_to(self, file: str) -> None:
        self._wishes.export_ledger.emit(file, list(self._entries.rows))

    def _file_closed(self) -> None:
        if self._file is not None:
            self._file.deleteLater()
            self._file = None


def _add(menu: QMenu, icon: str, text: str, do: Callable[[], object]) -> None:
    menu.addAction(icons.icon(icon), text).triggered.connect(lambda _checked: do())


def _first_order(by: str) -> Qt.SortOrder:
    return Qt.SortOrder.DescendingOrder if by in ("day", "month") else Qt.SortOrder.AscendingOrder


def _samples() -> dict[int, str]:
    """How wide the columns are that don't share what is left."""
    return {
        TIME: max((wording.when(_at(hour)) for hour in (10, 22)), key=len) + "0",
        PROJECT: tr("Lighthouse film") + "00",
        PRICE: "$1,000.00",
        VERDICT: "00000" + tr("not charged"),
        TASK: "cgt-0123456789",
    }


def _at(hour: int) -> int:
    """A day with a long name at this hour, in ms since 1970."""
    return round(time.mktime((time.localtime().tm_year, 12, 28, hour, 58, 0, 0, 0, -1)) * 1000)


def _what(entries: Sequence[Entry]) -> str:
    """The entries in few words: `Fog rolls over the pass · $0.28`."""
    amount = money(sum(entry.price.minor for entry in entries), entries[0].price.currency)
    if len(entries) == 1:
        return f"{spoken.first_words(entries[0].prompt)} · {amount}"
    return ntr("{n} submit", "{n} submits", len(entries)) + f" · {amount}"
