"""When to ask again."""

from __future__ import annotations

from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_desktop.domain.pacing import Pace, retry_after

NOW = 1_800_000_000.0


@given(st.floats(0, 1e6), st.floats(0, 60))
def test_polls_are_never_closer_than_the_documented_pace(started: float, took: float) -> None:
    due = Pace().next_poll(started, started + took)
    assert due - started >= 2.9
    assert due - (started + took) >= 2.8
    if took < 0.2:
        assert due - started <= 3.5


def test_trouble_slows_down_and_no_further_than_a_minute() -> None:
    pace = Pace()
    waits = [pace.backoff(troubles) for troubles in range(12)]
    assert waits[0] == 0
    for wait, least in zip(waits[1:], (3, 6, 12, 24, 48, 60, 60, 60, 60, 60, 60), strict=True):
        assert least <= wait <= least * 1.1 + 1e-9
    assert pace.backoff(100_000) <= 66
    assert pace.next_poll(0, 1, troubles=3) >= 13
    assert pace.next_poll(0, 1, retry_after=30) == 31


HEADERS = [
    (None, 0.0),
    ("", 0.0),
    ("7", 7.0),
    (" 1.5 ", 1.5),
    ("0", 0.0),
    ("-5", 0.0),
    ("999999", 3600.0),
    ("9" * 400, 3600.0),
    ("²", 0.0),
    ("soon", 0.0),
    ("1e9", 0.0),
    ("nan", 0.0),
    (formatdate(NOW + 20, usegmt=True), 20.0),
    (formatdate(NOW - 20, usegmt=True), 0.0),
    (formatdate(NOW + 90_000, usegmt=True), 3600.0),
    ("Wed, 99 Foo 2026 25:61:61 GMT", 0.0),
]


@pytest.mark.parametrize(("header", "seconds"), HEADERS)
def test_retry_after(header: str | None, seconds: float) -> None:
    assert retry_after(header, NOW) == seconds


@given(st.text(max_size=40))
def test_no_header_breaks_it(header: str) -> None:
    assert 0 <= retry_after(header, NOW) <= 3600
