"""How long ago something was, in a word or two."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale

from seedance_desktop.words import ntr, tr

_MINUTE, _HOUR = 60_000, 3_600_000


def when(then: int, now: int) -> str:
    """`5 min ago`, `14:03` of today, else the day; both in ms since 1970. Empty for 0, which is never."""
    if not then:
        return ""
    past = now - then
    if past < _MINUTE:
        return tr("just now")
    if past < _HOUR:
        return ntr("{n} min ago", "{n} min ago", past // _MINUTE)
    at, today = QDateTime.fromMSecsSinceEpoch(then), QDateTime.fromMSecsSinceEpoch(now)
    locale = QLocale()
    if at.date() == today.date():
        return locale.toString(at.time(), QLocale.FormatType.ShortFormat)
    return locale.toString(at.date(), QLocale.FormatType.ShortFormat)
