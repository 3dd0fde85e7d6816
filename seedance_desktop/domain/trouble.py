"""What stops the whole studio: shown as a banner that stays until its cause is gone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .reason import Reason


class Halt(StrEnum):
    """The causes, worst first: the order in which banners are shown."""

    FOLDER_GONE = "folder-gone"
    DISK_FULL = "disk-full"
    KEY_REFUSED = "key-refused"
    NO_KEY = "no-key"
    NO_BALANCE = "no-balance"
    BUDGET_REACHED = "budget-reached"
    OFFLINE = "offline"


STOPS_SENDING = frozenset(Halt) - {Halt.OFFLINE}
"""Causes that keep planned clips from being sent; offline only makes each attempt wait."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A cause with the facts of its sentence; `gateway` where it concerns one gateway only."""

    halt: Halt
    reason: Reason
    gateway: str = ""


def worst_first(troubles: list[Trouble]) -> list[Trouble]:
    """The same troubles in the order of `Halt`."""
    order = list(Halt)
    return sorted(troubles, key=lambda trouble: order.index(trouble.halt))
