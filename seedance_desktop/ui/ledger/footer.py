"""What the shown entries add up to, by verdict, and what counts toward the budget."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from seedance_desktop.domain.clip import Verdict
from seedance_desktop.domain.ledger import Total, Totals
from seedance_desktop.ui.controls import ElidedLabel, Panel, Separator, Text
from seedance_desktop.words import money, tr

from .wording import LOOKS

_NARROW = 820
_ORDER = (Verdict.YES, Verdict.UNSURE, Verdict.REFUNDED, Verdict.NO)


class Sum(QWidget):
    """A small title over an amount."""

    def __init__(self, title: str = "", *, right: bool = False) -> None:
        super().__init__()
        self._title = ElidedLabel(title, "caption", "text-2", tabular=True)
        self._amount = Text("", "body-strong", "text", tabular=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(self._title)
        layout.addWidget(self._amount)
        if right:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_sum(self, title: str, amount: str, color: str = "text") -> None:
        """Show this; both are read as one."""
        self._title.setText(title)
        self._amount.setText(amount)
        self._amount.set_color(color)
        self._amount.setAccessibleName(f"{title}: {amount}")


class Footer(Panel):
    """Values come in by `show_totals`, `show_project` and `show_budget`."""

    def __init__(self) -> None:
        super().__init__("window")
        self._sums = {verdict: Sum() for verdict in _ORDER}
        self._project, self._budget = Sum(right=True), Sum(right=True)
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        for row in (self._first, self._second):
            row.setSpacing(28)
        for one in self._sums.values():
            self._first.addWidget(one)
        self._first.addStretch(1)
        self._second.addStretch(1)
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 8, 16, 8)
        inside.setSpacing(6)
        inside.addLayout(self._first)
        inside.addLayout(self._second)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(Separator())
        layout.addLayout(inside)
        self._narrow: bool | None = None
        self._fit(narrow=False)
        self.show_totals(Totals(), "USD")
        self.show_project("", 0, "USD")
        self.show_budget("")

    def show_totals(self, totals: Totals, currency: str) -> None:
        """The sums by verdict."""
        found = {
            Verdict.YES: totals.charged,
            Verdict.UNSURE: totals.unsure,
            Verdict.REFUNDED: totals.refunded,
            Verdict.NO: Total(totals.free.count),  # what wasn't charged costs nothing
        }
        for verdict, total in found.items():
            look = LOOKS[verdict]
            color = look.color if total.count and verdict in (Verdict.UNSURE, Verdict.REFUNDED) else "text"
            title = f"{tr(look.name)} · {total.count}"
            self._sums[verdict].show_sum(title, money(total.minor, currency), color)

    def show_project(self, project: str, minor: int, currency: str) -> None:
        """What counts of one project; an empty name hides it."""
        self._project.show_sum(project, money(minor, currency))
        self._project.setVisible(bool(project))

    def show_budget(self, amount: str) -> None:
        """What counts toward the budget, in words."""
        self._budget.show_sum(tr("Counts toward the budget: charged + unknown"), amount)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow pane project and budget get a line of their own."""
        super().resizeEvent(event)
        self._fit(narrow=self.width() < _NARROW)

    def _fit(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        if narrow:
            self._second.insertWidget(0, self._project)
            self._second.insertWidget(0, self._budget)
        else:
            self._first.addWidget(self._project)
            self._first.addWidget(self._budget)
