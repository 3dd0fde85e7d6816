"""When to ask again: the pace of polls, the back-off after trouble, and what `Retry-After` asks for."""

from __future__ import annotations

import random
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

POLL_SECONDS = 3.0
"""The documented pace. Never closer than 2.9 s, normally within 3.5 s."""

_MARGIN = 0.1  # qasync's timers fire up to 5 % early
_LONGEST_BACKOFF = 60.0
_LONGEST_RETRY_AFTER = 3600.0


@dataclass(frozen=True, slots=True)
class Moment:
    """Start and end of the last request, in seconds of a monotonic clock."""

    started: float
    ended: float


def next_poll(last: Moment, troubles: int = 0, retry_after: float = 0.0) -> float:
    """The monotonic time of the next poll after `last`, when the last `troubles` polls in a row went wrong."""
    regular = max(last.started + POLL_SECONDS + _MARGIN, last.ended + POLL_SECONDS)
    if not troubles and not retry_after:
        return regular
    return max(regular, last.ended + max(backoff(troubles), retry_after))


def backoff(troubles: int) -> float:
    """Seconds to wait after `troubles` failures in a row: 3, 6, 12 … up to 60, with a little jitter."""
    if troubles <= 0:
        return 0.0
    return min(_LONGEST_BACKOFF, POLL_SECONDS * 2 ** min(troubles - 1, 8)) * random.uniform(1.0, 1.1)  # noqa: S311


def retry_after(header: str | None, now: float) -> float:
    """Seconds that a `Retry-After` header asks for (RFC 9110 10.2.3): a number or a date; 0 where there is none.

    `now` is seconds since 1970. At most an hour is believed.
    """
    text = (header or "").strip()
    if not text:
        return 0.0
    try:
        seconds = float(text)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(text).timestamp() - now
        except ValueError:
            return 0.0
    return min(_LONGEST_RETRY_AFTER, max(0.0, seconds)) if seconds == seconds else 0.0
