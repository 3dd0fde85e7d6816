"""Filters in words, as they are typed into the search: `fox stars:4 is:pick tag:"blue hour" after:2026-11-01`.

    stars:4                     at least four stars
    is:pick|reject|unflagged
    tag:… project:… shot:…      exactly that; with spaces in quotes, `\\"` for a quote among them
    ratio:9:16  length:10  res:720p
    after:2026-11-01            made on that day or later; a month or a year begins with its first day
    before:2026-11              made before that day

A Chinese colon or quotes do as well. What is not understood is text to look for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from .catalogue import DURATIONS, RATIOS, RESOLUTIONS
from .shelf import Query, Show

_WORD = re.compile(
    r"""(?P<key>[^\s:："“]+) [:：]
        (?: "(?P<quoted>(?:[^"\\]|\\.)*)(?:"|\\?$) | “(?P<curly>[^”]*)(?:”|$) | (?P<plain>\S+) )
    | \S+""",
    re.VERBOSE | re.DOTALL,
)
_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_FIRST_YEAR, _LAST_YEAR = 1971, 2999  # what every system's clock can say
_MOST_STARS = 5
_SHOWS = {"pick": Show.PICKS, "reject": Show.REJECTS, "unflagged": Show.UNFLAGGED}

_Read = Callable[[str], dict[str, Any]]
"""The fields of a query that a value stands for; raises ValueError for one that is not understood."""


def read(text: str, query: Query) -> Query:
    """The query with what `text` says: filters in its fields, later ones before earlier ones; the rest as its text."""
    said: dict[str, Any] = {}
    rest = []
    for word in _WORD.finditer(text):
        try:
            said |= _meaning(word)
        except ValueError:
            rest.append(word.group())
    return replace(query, text=" ".join(rest) if said else text, **said)


def write(query: Query) -> str:
    """What would be typed for a query: all of its filters that have words, then its text (where a quote may be open).

    Times are said in days: what begins or ends within a day takes in all of it.
    """
    words = [f"stars:{query.stars}"] if query.stars else []
    words += [f"is:{word}" for word, show in _SHOWS.items() if show is query.show]
    for key, value in (("tag", query.tag), ("project", query.project), ("shot", query.shot)):
        words += [f"{key}:{_quoted(value)}"] if value else []
    for key, plain in (("ratio", query.ratio), ("length", query.duration), ("res", query.resolution)):
        words += [f"{key}:{plain}"] if plain else []
    words += [f"after:{_day(query.since)}"] if query.since else []
    words += [f"before:{_day(query.until, up=True)}"] if query.until else []
    return " ".join([*words, query.text] if query.text else words)


def _meaning(word: re.Match[str]) -> dict[str, Any]:
    means = _MEANINGS.get(_narrow(word["key"] or ""))
    if means is None:
        raise ValueError(word.group())
    if word["quoted"] is not None:
        return means(re.sub(r"\\(.)", r"\1", word["quoted"], flags=re.DOTALL))
    return means(word["plain"] if word["curly"] is None else word["curly"])


def _exact(field: str) -> _Read:
    """A name, just as it is."""

    def meaning(value: str) -> dict[str, Any]:
        if not value.strip():
            raise ValueError(value)
        return {field: value}

    return meaning


def _one_of(field: str, known: dict[str, Any]) -> _Read:
    def meaning(value: str) -> dict[str, Any]:
        try:
            return {field: known[_narrow(value)]}
        except KeyError as error:
            raise ValueError(value) from error

    return meaning


def _from(field: str) -> _Read:
    """The beginning of a day, a month or a year, in local time."""

    def meaning(value: str) -> dict[str, Any]:
        found = _DATE.fullmatch(_narrow(value))
        if not found or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
            raise ValueError(value)
        return {field: _milliseconds(datetime(int(found[1]), int(found[2] or 1), int(found[3] or 1)))}  # noqa: DTZ001

    return meaning


_LENGTHS = {str(seconds): seconds for seconds in DURATIONS} | {f"{seconds}s": seconds for seconds in DURATIONS}
_MEANINGS: dict[str, _Read] = {
    "stars": _one_of("stars", {str(stars): stars for stars in range(_MOST_STARS + 1)}),
    "is": _one_of("show", dict(_SHOWS)),
    "tag": _exact("tag"),
    "project": _exact("project"),
    "shot": _exact("shot"),
    "ratio": _one_of("ratio", {ratio: ratio for ratio in RATIOS}),
    "length": _one_of("duration", dict(_LENGTHS)),
    "res": _one_of("resolution", {resolution: resolution for resolution in RESOLUTIONS}),
    "after": _from("since"),
    "before": _from("until"),
}


def _narrow(value: str) -> str:
    """Without case, with wide letters, digits and colons as narrow ones."""
    return unicodedata.normalize("NFKC", value).lower()


def _quoted(value: str) -> str:
    if re.search(r'\s|^["“]', value):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return value


def _day(milliseconds: int, *, up: bool = False) -> str:
    """The local day of a time; `up`, the next one unless the time is its day's beginning."""
    day = datetime.fromtimestamp(milliseconds / 1000).replace(hour=0, minute=0, second=0, microsecond=0)  # noqa: DTZ006
    if up and _milliseconds(day) < milliseconds:
        day += timedelta(days=1)
    return f"{day:%Y-%m-%d}"


def _milliseconds(local: datetime) -> int:
    return int(local.timestamp() * 1000)
