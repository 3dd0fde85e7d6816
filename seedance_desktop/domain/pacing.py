"""When to ask again: the pace of polls, the back-off after trouble, and what `Retry-After` asks for."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

_LONGEST_RETRY_AFTER = 3600.0
_SECONDS = re.compile(r"[0-9]+(\.[0-9]*)?")


@dataclass(frozen=True, slots=True)
class Pace:
    """The program's patience, all in seconds; only tests use other figures than these.

    `poll` is the documented pace. `margin` is added because qasync's timers fire up to 5 % early and no poll may come
    closer than 2.9 s after the one before. `not_found_grace` is how long after the submit a 404 means "not there yet".
    `closing` is how long the end of the program waits for a POST that is out.
    """

    poll: float = 3.0
    margin: float = 0.1
    longest_backoff: float = 60.0
    not_found_grace: float = 60.0
    closing: float = 20.0

    def next_poll(self, started: float, ended: float, troubles: int = 0, retry_after: float = 0.0) -> float:
        """The monotonic time of the next poll, after one from `started` to `ended`.

        `troubles` counts the polls in a row that went wrong; `retry_after` is what the gateway asked for.
        """
        regular = max(started + self.poll + self.margin, ended + self.poll - self.margin)
        return max(regular, ended + max(self.backoff(troubles), retry_after))

    def backoff(self, troubles: int) -> float:
        """Seconds to wait after `troubles` failures in a row: 3, 6, 12 … up to 60, with a little jitter."""
        if troubles <= 0:
            return 0.0
        longest = min(self.longest_backoff, self.poll * float(1 << min(troubles - 1, 10)))
        return longest * random.uniform(1.0, 1.1)


def retry_after(header: str | None, now: float) -> float:
    """Seconds that a `Retry-After` header asks for (RFC 9110 10.2.3): a number or a date; 0 where there is none.

    `now` is seconds since 1970. At most an hour is believed.
    """
    text = (header or "").strip()
    if not text:
        return 0.0
    if _SECONDS.fullmatch(text):
        return min(_LONGEST_RETRY_AFTER, float(text))
    from email.utils import parsedate_to_datetime  # rarely needed, and not before the first paint

    try:
        seconds = parsedate_to_datetime(text).timestamp() - now
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    return min(_LONGEST_RETRY_AFTER, max(0.0, seconds))
