"""The ledger added up: one row for each day, month, project or shot."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from seedance_desktop.domain import ledger
from seedance_desktop.domain.clip import Verdict
from seedance_desktop.words import mark, money, tr

from . import wording
from .cells import CELL, Cell, Index

if TYPE_CHECKING:
    from seedance_desktop.domain.ledger import Entry, Total, Totals

Role = Qt.ItemDataRole

_NAMES = (
    mark("Group"),
    mark("Submits"),
    mark("Charged"),
    mark("Unknown"),
    mark("Refunded"),
    mark("Toward the budget"),
)
_BETWEEN = "\0"  # project and shot: two projects may have a shot of one name
_COUNT, _COUNTED = 1, 5
_MONEY = {2: Verdict.YES, 3: Verdict.UNSURE, 4: Verdict.REFUNDED}


def _shot(entry: Entry) -> str:
    return f"{entry.project}{_BETWEEN}{entry.shot}"


def _shot_name(key: str) -> str:
    project, shot = key.split(_BETWEEN)
    return " · ".join(filter(None, (project, shot or tr("No shot"))))


_AMOUNT = "$10,000.00"  # how wide an amount may be

KEYS: dict[str, Callable[[Entry], str]] = {
    "day": ledger.day,
    "month": ledger.month,
    "project": lambda entry: entry.project,
    "shot": _shot,
}
"""What the ledger can be added up by."""

_SAID: dict[str, tuple[str, Callable[[str], str]]] = {
    "day": (mark("Day"), wording.day),
    "month": (mark("Month"), wording.month),
    "project": (mark("Project"), lambda key: key or tr("No project")),
    "shot": (mark("Shot"), _shot_name),
}


class Sums(QAbstractTableModel):
    """Days and months newest first, projects and shots by name, until `sort` says otherwise."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._by = "day"
        self._currency = "USD"
        self._rows: list[tuple[str, Totals]] = []

    @staticmethod
    def samples() -> dict[int, str]:
        """How wide the columns of numbers are."""
        return {column: max(tr(name) + "000", _AMOUNT, key=len) for column, name in enumerate(_NAMES) if column}

    def set_entries(self, entries: Sequence[Entry], by: str) -> None:
        """Add up these by `day`, `month`, `project` or `shot`."""
        self.beginResetModel()
        self._by = by
        self._currency = entries[0].price.currency if entries else "USD"
        groups = ledger.group(entries, KEYS[by])
        self._rows = sorted(groups.items(), key=lambda row: _natural(row[0]), reverse=by in ("day", "month"))
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column."""
        if not 0 <= column < len(_NAMES):
            return
        self.layoutAboutToBeChanged.emit()
        self._rows.sort(key=lambda row: _value(row, column), reverse=order is Qt.SortOrder.DescendingOrder)
        self.layoutChanged.emit()

    def rowCount(self, parent: Index | None = None) -> int:
        """One row a group."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """As many as there are names."""
        return 0 if parent is not None and parent.isValid() else len(_NAMES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """The names of the columns."""
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(_NAMES):
            return None
        if role == CELL:
            return section > 0
        if role not in (Role.DisplayRole, Role.AccessibleTextRole):
            return None
        return tr(_SAID[self._by][0] if section == 0 else _NAMES[section])

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """A cell as text or as `Cell`."""
        if not index.isValid():
            return None
        if role == CELL:
            return self._cell(index.row(), index.column())
        if role in (Role.DisplayRole, Role.AccessibleTextRole, Role.ToolTipRole):
            return self._cell(index.row(), index.column()).spoken
        return None

    def _cell(self, row: int, column: int) -> Cell:
        key, sums = self._rows[row]
        if column == 0:
            return Cell(_SAID[self._by][1](key))
        if column == _COUNT:
            return Cell(str(_value(self._rows[row], column)), "text-2", right=True)
        if column == _COUNTED:
            return Cell(money(sums.counted, self._currency), right=True)
        total = _total(sums, column)
        ink = wording.LOOKS[_MONEY[column]].color if total.count else "text-3"
        return Cell(money(total.minor, self._currency) if total.count else "–", ink, right=True)


def _natural(key: str) -> list[tuple[int, str]]:
    """Shot 7 comes before shot 12."""
    return [(int(part), "") if part.isdecimal() else (0, part.casefold()) for part in re.split(r"(\d+)", key)]


def _total(sums: Totals, column: int) -> Total:
    return {Verdict.YES: sums.charged, Verdict.UNSURE: sums.unsure, Verdict.REFUNDED: sums.refunded}[_MONEY[column]]


def _value(row: tuple[str, Totals], column: int) -> Any:
    """What a column is ordered by."""
    key, sums = row
    if column == 0:
        return _natural(key)
    if column == _COUNT:
        return sums.charged.count + sums.unsure.count + sums.refunded.count + sums.free.count
    return sums.counted if column == _COUNTED else _total(sums, column).minor
