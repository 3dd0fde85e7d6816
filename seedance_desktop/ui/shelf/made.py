"""Spans of time that clips were made in: today, this week, this month, or from one day to another."""

from __future__ import annotations

import re

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt

from seedance_desktop.ui.when import day
from seedance_desktop.words import mark, tr

TODAY, WEEK, MONTH = "today", "week", "month"
NAMES = {TODAY: mark("Today"), WEEK: mark("This week"), MONTH: mark("This month")}
_CHIPS = {TODAY: mark("made today"), WEEK: mark("made this week"), MONTH: mark("made this month")}
_DAY = re.compile(r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*")


def since(span: str, today: QDate | None = None) -> int:
    """When a span began, in milliseconds since 1970; weeks begin as they do where the creator lives."""
    first = today or QDate.currentDate()
    if span == WEEK:
        first = first.addDays(-((first.dayOfWeek() - QLocale().firstDayOfWeek().value) % 7))
    elif span == MONTH:
        first = QDate(first.year(), first.month(), 1)
    return begin(first)


def span_of(begun: int, ended: int) -> str:
    """Which of the spans is asked for; empty where it is none of them."""
    if not begun or ended:
        return ""
    return next((span for span in NAMES if since(span) == begun), "")


def begin(on: QDate) -> int:
    """The first millisecond of a day, here."""
    return on.startOfDay().toMSecsSinceEpoch()


def end(on: QDate) -> int:
    """Where a day has ended, here: the first millisecond of the next one, which a query's `until` leaves out."""
    return begin(on.addDays(1))


def read(text: str) -> QDate | None:
    """A day as `2026-11-21` (or with slashes, dots, 年月日); None for anything else."""
    found = _DAY.fullmatch(text)
    day = QDate(*map(int, found.groups())) if found else QDate()
    return day if day.isValid() else None


def written(moment: int) -> str:
    """The day of a moment as `read` takes it; empty for none."""
    return QDateTime.fromMSecsSinceEpoch(moment).date().toString(Qt.DateFormat.ISODate) if moment > 0 else ""


def said(begun: int, ended: int) -> str:
    """What a filter says: `made today`, `made 1 Nov 2026 to 5 Nov 2026`."""
    span = span_of(begun, ended)
    if span:
        return tr(_CHIPS[span])
    if begun and ended:
        first, last = day(begun), day(ended - 1)
        return (
            tr("made {day}").format(day=first)
            if first == last
            else tr("made {first} to {last}").format(first=first, last=last)
        )
    return (tr("made since {day}") if begun else tr("made until {day}")).format(day=day(begun or ended - 1))
