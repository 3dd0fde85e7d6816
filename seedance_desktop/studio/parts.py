"""What the studio is built from, and the time as it uses it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from seedance_desktop.domain.pacing import Pace
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.gateway import Gateway
from seedance_desktop.library import Library
from seedance_desktop.system.keys import Keys


@dataclass(slots=True)
class Parts:
    """The outer parts of one studio. `preferences` and `gateway` are replaced when the creator changes settings.

    `address_of` turns a clip's gateway into the base URL to talk to (the demo's port changes at every start).
    `least_free` is how many bytes must be free on the library's disk before money is spent: some ten large clips.
    """

    library: Library
    gateway: Gateway
    keys: Keys
    preferences: Preferences
    address_of: Callable[[str], str]
    pace: Pace
    least_free: int = 200_000_000


def now_ms() -> int:
    """Milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000


def month_span(now: int) -> tuple[int, int]:
    """The first and the past-the-last millisecond of the local calendar month that `now` lies in."""
    local = time.localtime(now / 1000)
    first = time.mktime((local.tm_year, local.tm_mon, 1, 0, 0, 0, 0, 0, -1))
    after = time.mktime((local.tm_year, local.tm_mon + 1, 1, 0, 0, 0, 0, 0, -1))
    return int(first * 1000), int(after * 1000)
