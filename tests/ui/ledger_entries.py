"""Entries of a ledger as the library would give them."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from seedance_desktop.domain.clip import Verdict, new_id
from seedance_desktop.domain.ledger import Entry
from seedance_desktop.domain.money import Money

GATEWAY = "https://gateway.example.com/v1"
DAY = 86_400_000


def entry(verdict: Verdict = Verdict.YES, prompt: str = "Fog rolls over the pass", **fields: Any) -> Entry:
    """A submit approved just now, at $0.28."""
    now = fields.pop("approved", int(time.time() * 1000))
    sent = fields.pop("sent", now + 3000)
    base = Entry(new_id(), new_id(), now, sent, GATEWAY, Money(28), verdict, prompt=prompt)
    return replace(base, **fields)
