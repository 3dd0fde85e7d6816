"""Money as integers of the currency's smallest unit, so that sums are exact."""

from __future__ import annotations

from dataclasses import dataclass

from .errors import OverBudget


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount: `Money(28)` is $0.28."""

    minor: int = 0
    currency: str = "USD"

    def __mul__(self, times: int) -> Money:
        """The amount `times` times."""
        return Money(self.minor * times, self.currency)

    def __add__(self, other: Money) -> Money:
        """The sum of two amounts of one currency; ValueError where the currencies differ."""
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")
        return Money(self.minor + other.minor, self.currency)


@dataclass(frozen=True, slots=True)
class Spend:
    """This month's money of a library, in the smallest unit.

    `committed` is what is planned and not sent yet; `spent` is charged and unknown together (an unknown charge
    counts until it is known).
    """

    spent: int = 0
    committed: int = 0


def check_budget(spend: Spend, asked: Money, budget: int) -> None:
    """Raise `OverBudget` if `asked` on top of `spend` goes over `budget` (0: no budget)."""
    if budget and spend.spent + spend.committed + asked.minor > budget:
        raise OverBudget(
            "budget-reached",
            spent=spend.spent + spend.committed,
            budget=budget,
            asked=asked.minor,
            currency=asked.currency,
        )
