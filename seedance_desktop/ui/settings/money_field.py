"""An amount of money typed as people type it."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from seedance_desktop.ui.controls import Field
from seedance_desktop.words import money

_MOST = 100_000_000  # a million, in hundredths
_AMOUNT = re.compile(r"[$€¥£￥]?\s*(\d[\d,. ]*)\s*[$€¥£￥]?")


def parse(text: str) -> int | None:
    """`$50`, `50.00`, `50,5` or `1,200` in the smallest unit; 0 for nothing, None for what isn't an amount."""
    text = text.strip()
    if not text:
        return 0
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return None
    digits = found.group(1).replace(" ", "")
    whole, mark, part = re.fullmatch(r"(.*?)(?:([.,])(\d{0,2}))?", digits).groups()  # type: ignore[union-attr]
    if mark is None:
        part = ""
    if not re.fullmatch(r"\d+|\d{1,3}([.,]\d{3})+", whole):
        return None
    amount = int(re.sub(r"[.,]", "", whole)) * 100 + int((part or "").ljust(2, "0"))
    return amount if amount <= _MOST else None


class MoneyField(Field):
    """A field for an amount; `none` stands in it for 0. `amount_changed` when another amount was entered."""

    amount_changed = Signal(int)

    def __init__(self, *, name: str, none: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name=name, placeholder=none, parent=parent)
        self._none = none
        self._amount = 0
        self.setFixedWidth(104)
        self.editingFinished.connect(self.commit)
        self.textEdited.connect(lambda _text: self.set_invalid(False))

    @property
    def amount(self) -> int:
        """The amount that was entered or shown last, in the smallest unit."""
        return self._amount

    def set_amount(self, amount: int) -> None:
        """Show an amount, in the smallest unit."""
        self._amount = amount
        self.set_invalid(False)
        self.setText(money(amount) if amount or not self._none else "")

    def commit(self) -> None:
        """Take in what is typed; what isn't an amount is marked and changes nothing."""
        amount = parse(self.text())
        self.set_invalid(amount is None)
        if amount is None:
            return
        changed = amount != self._amount
        self.set_amount(amount)
        if changed:
            self.amount_changed.emit(amount)
