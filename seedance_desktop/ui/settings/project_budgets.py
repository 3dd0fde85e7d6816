"""Budgets of single projects: a row for each, and one to add another."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from seedance_desktop.ui.controls import Button, ElidedLabel, Field
from seedance_desktop.words import tr

from .money_field import MoneyField

_LEAST, _NAME = 120, 200


class ProjectBudgets(QWidget):
    """Shows `{project: amount}`; `changed` carries it whole when a budget was added, altered or removed."""

    changed = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self._budgets: dict[str, int] = {}
        self._rows: dict[str, _Row] = {}
        self._known = QStringListModel(self)
        self.name = Field(name=tr("Project with a budget"), placeholder=tr("Project"))
        self.name.setMinimumWidth(_LEAST)
        self.name.setMaximumWidth(_NAME)
        self.amount = MoneyField(name=tr("Budget of the project"), none=tr("Amount"))
        self.add = Button(tr("Add"), "plus", size="field")
        self.add.setAccessibleName(tr("Add project budget"))
        completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.name.setCompleter(completer)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.add.setMinimumWidth(self.add.sizeHint().width())
        for widget in (self.name, self.amount, self.add):
            line.addWidget(widget)
        line.addStretch()
        self._list = QVBoxLayout()
        self._list.setSpacing(7)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(7)
        layout.addLayout(self._list)
        layout.addLayout(line)
        self.add.clicked.connect(self._take)
        self.name.returnPressed.connect(self.amount.setFocus)
        self.amount.returnPressed.connect(self._take)

    def set_projects(self, projects: Iterable[str]) -> None:
        """The names that a project's field proposes."""
        self._known.setStringList(sorted({name for name in projects if name}, key=str.casefold))

    def show_budgets(self, budgets: dict[str, int]) -> None:
        """Show these; rows that are there already stay, with their focus."""
        self._budgets = dict(budgets)
        for name in self._rows.keys() - budgets.keys():
            row = self._rows.pop(name)
            row.hide()
            row.deleteLater()
        for place, name in enumerate(sorted(budgets, key=str.casefold)):
            row = self._rows.get(name) or self._make_row(name)
            row.amount.set_amount(budgets[name])
            self._list.insertWidget(place, row)

    def commit(self) -> None:
        """Take in what is typed and not yet left."""
        for row in list(self._rows.values()):
            if row.amount.isModified():
                row.amount.commit()
        if self.name.text().strip() and self.amount.text().strip():
            self._take()

    def _make_row(self, name: str) -> _Row:
        self._rows[name] = row = _Row(name)
        row.amount.amount_changed.connect(lambda amount: self._set(name, amount))
        row.remove.clicked.connect(lambda: self._set(name, 0))
        return row

    def _take(self) -> None:
        """Add what is typed; what is missing gets the keyboard."""
        name = " ".join(self.name.text().split())
        self.amount.commit()
        if not name:
            self.name.setFocus()
        elif self.amount.invalid or not self.amount.amount:
            self.amount.setFocus()
        else:
            amount = self.amount.amount
            self.name.clear()
            self.amount.set_amount(0)
            self.name.setFocus()
            self._set(name, amount)

    def _set(self, name: str, amount: int) -> None:
        """0 is no budget: the row goes."""
        changed = {known: kept for known, kept in self._budgets.items() if known != name}
        if amount:
            changed[name] = amount
        self.changed.emit(changed)


class _Row(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        label = ElidedLabel(name, "label", "text")
        label.setFixedWidth(_NAME)
        self.amount = MoneyField(name=tr("Budget of {project}").format(project=name), none=tr("No limit"))
        self.remove = Button(tr("Remove the budget of {project}").format(project=name), "close", "icon")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label)
        layout.addWidget(self.amount)
        layout.addWidget(self.remove)
        layout.addStretch()
