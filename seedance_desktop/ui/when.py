"""Days and how long ago something was, in the order of the locale."""

from __future__ import annotations

import re

from PySide6.QtCore import QDateTime, QLocale

from seedance_desktop.words import ntr, tr

_MINUTE, _HOUR = 60_000, 3_600_000


def day(then: int) -> str:
    """The day without its name, the month short: `21 Nov 2026`; `then` in ms since 1970."""
    locale = QLocale()
    order = re.sub(r"[,،\s]*dddd[,،\s]*", "", locale.dateFormat(QLocale.FormatType.LongFormat))
    return locale.toString(QDateTime.fromMSecsSinceEpoch(then).date(), order.replace("MMMM", "MMM"))


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
