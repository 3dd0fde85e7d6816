"""Where the ledger opens and closes: in place of stage and library. It is made when it is first wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedance_desktop.ui.panes import Panes
from seedance_desktop.ui.wishes import Wishes

if TYPE_CHECKING:
    from seedance_desktop.domain.ledger import Entry
    from seedance_desktop.ui.ledger import Ledger


class LedgerPane(QObject):
    """`open` shows it and wishes its entries, which come by `set_entries`; `said` is a word in passing."""

    said = Signal(str)
    opened = Signal()

    def __init__(self, wishes: Wishes, panes: Panes) -> None:
        super().__init__(panes)
        self._wishes, self._panes = wishes, panes
        self._ledger: Ledger | None = None
        self._budget = (0, 0)

    @property
    def view(self) -> Ledger | None:
        """The ledger, once it was opened."""
        return self._ledger

    @property
    def is_open(self) -> bool:
        """Whether it stands in place of stage and library."""
        return self._ledger is not None and self._panes.instead is self._ledger

    def open(self) -> None:
        """Show the ledger, with the keyboard on its table."""
        if self._ledger is None:
            from seedance_desktop.ui.ledger import Ledger

            self._ledger = Ledger(self._wishes)
            self._ledger.set_budget(*self._budget)
            self._ledger.closed.connect(self.close)
            self._ledger.said.connect(self.said)
        self._panes.show_instead(self._ledger)
        self._ledger.take_focus()
        self.opened.emit()
        self._wishes.ledger_wanted.emit()

    def close(self) -> None:
        """Stage and library are back."""
        if self.is_open:
            self._panes.show_instead(None)

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """The whole ledger as it stands."""
        if self._ledger is not None:
            self._ledger.set_entries(entries)

    def set_budget(self, spent: int, budget: int) -> None:
        """This month's money in the smallest unit; 0 is no budget."""
        self._budget = (spent, budget)
        if self._ledger is not None:
            self._ledger.set_budget(spent, budget)

    def stale(self) -> None:
        """A clip has changed: what is on screen may not be true any more."""
        if self._ledger is not None:
            self._ledger.stale()
