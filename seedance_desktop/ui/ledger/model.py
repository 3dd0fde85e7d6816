"""The ledger's rows for a table: entries, ordered by a column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from seedance_desktop.ui import spoken
from seedance_desktop.words import mark, money, tr

from . import wording
from .cells import CELL, Cell, Index

if TYPE_CHECKING:
    from seedance_desktop.domain.ledger import Entry

Role = Qt.ItemDataRole

TIME, CLIP, PROJECT, PRICE, VERDICT, TASK, NOTE = range(7)

_NAMES = (
    mark("Time"),
    mark("Clip"),
    mark("Project"),
    mark("Price"),
    mark("Verdict"),
    mark("Task ID"),
    mark("Note"),
)
_TOOLTIP_LETTERS = 400
_RANK = {verdict: rank for rank, verdict in enumerate(wording.LOOKS)}

_KEYS: tuple[Callable[[Entry], Any], ...] = (
    lambda entry: entry.approved,
    lambda entry: (entry.shot.casefold(), entry.prompt.casefold()),
    lambda entry: entry.project.casefold(),
    lambda entry: entry.price,
    lambda entry: _RANK[entry.verdict],
    lambda entry: entry.task,
    lambda entry: wording.note(entry).casefold(),
)


class Entries(QAbstractTableModel):
    """Newest first until `sort` says otherwise. A cell is said as text, and given to the delegate as a `Cell`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Entry] = []
        self._order = (TIME, Qt.SortOrder.DescendingOrder)

    @property
    def rows(self) -> Sequence[Entry]:
        """The entries in the order of the table."""
        return self._rows

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show these and no others."""
        self.beginResetModel()
        self._rows = list(entries)
        self._arrange()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column; the chosen ones stay chosen."""
        if not 0 <= column < len(_NAMES):
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = [(self._rows[index.row()].id, index.column()) for index in before]
        self._order = (column, order)
        self._arrange()
        row_of = {entry.id: row for row, entry in enumerate(self._rows)} if before else {}
        self.changePersistentIndexList(before, [self.index(row_of[number], at) for number, at in places])
        self.layoutChanged.emit()

    def rowCount(self, parent: Index | None = None) -> int:
        """One row an entry."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """As many as there are names."""
        return 0 if parent is not None and parent.isValid() else len(_NAMES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """The names of the columns."""
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(_NAMES):
            return None
        if role == CELL:
            return section == PRICE
        return tr(_NAMES[section]) if role in (Role.DisplayRole, Role.AccessibleTextRole) else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """A cell as text, as `Cell`, or what it says at length."""
        if not index.isValid():
            return None
        entry = self._rows[index.row()]
        if role == CELL:
            return _cell(entry, index.column())
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return _cell(entry, index.column()).spoken
        if role == Role.ToolTipRole:
            return _at_length(entry, index.column())
        return None

    def _arrange(self) -> None:
        column, order = self._order
        self._rows.sort(key=_KEYS[TIME], reverse=True)
        if column != TIME or order is not Qt.SortOrder.DescendingOrder:
            self._rows.sort(key=_KEYS[column], reverse=order is Qt.SortOrder.DescendingOrder)


def _cell(entry: Entry, column: int) -> Cell:
    look = wording.LOOKS[entry.verdict]
    counts = entry.verdict in wording.COUNTS
    match column:
        case 0:
            return Cell(wording.when(entry.approved))
        case 1:
            return Cell(spoken.first_words(entry.prompt) or "–", chip=entry.shot)
        case 2:
            return Cell(entry.project, "text-2")
        case 3:
            return Cell(money(entry.price.minor, entry.price.currency), "text" if counts else "text-3", right=True)
        case 4:
            return Cell(wording.verdict(entry), look.color, look.icon)
        case 5:
            return Cell(entry.task or "–", "text-2", small=True)
    return Cell(wording.note(entry), "text-2")


def _at_length(entry: Entry, column: int) -> str:
    if column == TIME:
        sent = tr("sent {when}").format(when=wording.when(entry.sent)) if entry.sent else tr("never sent")
        return f"{wording.when(entry.approved)}, {sent}"
    if column == CLIP:
        return entry.prompt[:_TOOLTIP_LETTERS]
    if column == NOTE:
        return "\n".join(filter(None, (entry.note, wording.sentence(entry.reason))))
    return {PROJECT: entry.project, TASK: entry.task}.get(column, "")
