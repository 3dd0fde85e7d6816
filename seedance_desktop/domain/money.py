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


@dataclass(frozen=True, slots=True)
class Limits:
    """The budgets that hold for one generation, in the smallest unit; 0 is none.

    `month` counts what was approved from `since` until `until` (ms); `project` counts all of the project's clips.
    """

    month: int = 0
    since: int = 0
    until: int = 0
    project: int = 0


def check_budget(spend: Spend, asked: Money, budget: int, project: str = "") -> None:
    """Raise `OverBudget` if `asked` on top of `spend` goes over `budget` (0: no budget); `project` if it is one's."""
    counted = spend.spent + spend.committed
    if budget and counted + asked.minor > budget:
        raise OverBudget(
            "project-budget-reached" if project else "budget-reached",
            project=project,
            spent=counted,
            budget=budget,
            asked=asked.minor,
            currency=asked.currency,
        )
