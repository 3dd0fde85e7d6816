"""Days and times in the window, in the order of the language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from PySide6.QtCore import QLocale

from seedance_desktop import words
from seedance_desktop.domain import resources
from seedance_desktop.ui import when
from seedance_desktop.ui.ledger import wording

THEN = round(datetime(2026, 11, 3, 18, 42).timestamp() * 1000)  # noqa: DTZ001 - local, as it is shown


def _speak(name: str) -> None:
    QLocale.setDefault(QLocale(name))
    words.speak(name, resources.folder() / "translations")


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    before = QLocale()
    yield
    _speak("en")
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("language", "day", "short", "moment"),
    [
        ("en_GB", "3 Nov 2026", "3 Nov", "3 Nov 2026, 18:42"),
        ("en_US", "Nov 3, 2026", "Nov 3", "Nov 3, 2026, 6:42 PM"),
        ("zh_CN", "2026年11月3日", "11月3日", "2026年11月3日 18:42"),
    ],
)
def test_a_day_is_in_the_order_of_the_language(language: str, day: str, short: str, moment: str) -> None:
    _speak(language)
    assert when.day(THEN) == day
    assert when.day_of_year(THEN) == short
    assert when.moment(THEN).replace("\u202f", " ") == moment


@pytest.mark.parametrize(
    ("language", "month", "day"),
    [
        ("en_GB", "November 2026", "3 Nov 2026"),
        ("en_US", "November 2026", "Nov 3, 2026"),
        ("zh_CN", "2026年11月", "2026年11月3日"),
    ],
)
def test_the_ledger_says_months_and_days_the_same_way(language: str, month: str, day: str) -> None:
    _speak(language)
    assert wording.month("2026-11") == month
    assert wording.day("2026-11-03") == day


def test_the_ledger_leaves_out_this_year() -> None:
    _speak("en_GB")
    now = datetime.now().astimezone()
    this_year = round(now.replace(month=5, day=3, hour=9, minute=5).timestamp() * 1000)
    last_year = round(now.replace(year=now.year - 1, month=5, day=3, hour=9, minute=5).timestamp() * 1000)
    assert wording.when(this_year) == "3 May, 09:05"
    assert wording.when(last_year) == f"3 May {now.year - 1}, 09:05"
