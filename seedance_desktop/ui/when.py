"""Days and how long ago something was, in the order of the locale."""

from __future__ import annotations

import re

from PySide6.QtCore import QDateTime, QLocale

from seedance_desktop.words import ntr, tr

_MINUTE, _HOUR = 60_000, 3_600_000


def day(then: int) -> str:
    """The day without its name, the month short: `21 Nov 2026`; `then` in ms since 1970."""
    return QLocale().toString(QDateTime.fromMSecsSinceEpoch(then).date(), _order())


def day_of_year(then: int) -> str:
    """The day without the year: `21 Nov`, `11月21日`; `then` in ms since 1970."""
    order = re.sub(r"[,،\s]*y+年?[,،\s]*", "", _order())
    return QLocale().toString(QDateTime.fromMSecsSinceEpoch(then).date(), order)


def month(then: int) -> str:
    """`November 2026`, `2026年11月`; `then` in ms since 1970."""
    order = re.sub(r"\s*\bd+\b[,،\s]*|d+日", " ", _long()).strip()
    return QLocale().toString(QDateTime.fromMSecsSinceEpoch(then).date(), order)


def moment(then: int, *, this_year: bool = False) -> str:
    """`21 Nov 2026, 18:42`, without the year where the creator knows it; `then` in ms since 1970."""
    on = day_of_year(then) if this_year else day(then)
    return tr("{day}, {time}").format(day=on, time=time_of_day(then))


def _order() -> str:
    """Day, short month and year as the locale puts them."""
    return _long().replace("MMMM", "MMM")


def _long() -> str:
    """The same with the month in full."""
    return re.sub(r"[,،\s]*dddd[,،\s]*", "", QLocale().dateFormat(QLocale.FormatType.LongFormat))


def time_of_day(then: int) -> str:
    """`18:42`; `then` in ms since 1970."""
    return QLocale().toString(QDateTime.fromMSecsSinceEpoch(then).time(), QLocale.FormatType.ShortFormat)


def ago(then: int, now: int) -> str:
    """`5 min ago`, the time if it was today, else the day; both in ms since 1970. Empty for 0, which is never."""
    if not then:
        return ""
    past = now - then
    if past < _MINUTE:
        return tr("just now")
    if past < _HOUR:
        return ntr("{n} min ago", "{n} min ago", past // _MINUTE)
    at, today = QDateTime.fromMSecsSinceEpoch(then), QDateTime.fromMSecsSinceEpoch(now)
    return time_of_day(then) if at.date() == today.date() else day(then)
