"""Filters in words: what is typed, what it means, and that each can be written in the words of the other."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_desktop.domain.search_words import read, write
from seedance_desktop.domain.shelf import Query, Show, Sort


def at(*date: int) -> int:
    """The local beginning of a day, in milliseconds."""
    return int(datetime(*date).timestamp() * 1000)  # type: ignore[arg-type]  # noqa: DTZ001


@pytest.fixture(params=["UTC", "Asia/Shanghai", "America/Sao_Paulo", "Pacific/Kiritimati"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    if not hasattr(time, "tzset"):
        pytest.skip("no other time zone can be set here")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


MEANT = [
    ("", Query()),
    ("a fox  in the\tsnow", Query("a fox  in the\tsnow")),
    ("fox stars:4", Query("fox", stars=4)),
    ("stars:4 fox  snow", Query("fox snow", stars=4)),
    ("STARS:5", Query(stars=5)),
    ("is:pick", Query(show=Show.PICKS)),
    ("is:reject", Query(show=Show.REJECTS)),
    ("is:unflagged", Query(show=Show.UNFLAGGED)),
    ("tag:night", Query(tag="night")),
    ('tag:"blue hour" fox', Query("fox", tag="blue hour")),
    ('tag:"blue hour', Query(tag="blue hour")),
    (r'tag:"12\" lens \\ wide"', Query(tag='12" lens \\ wide')),
    (r"tag:a\b", Query(tag="a\\b")),
    ("tag：夜景 雨", Query("雨", tag="夜景")),
    ("tag：“蓝调 时刻”雨", Query("雨", tag="蓝调 时刻")),
    ("ｓｔａｒｓ：４", Query(stars=4)),
    ("project:Winter shot:12B", Query(project="Winter", shot="12B")),
    ("ratio:9:16", Query(ratio="9:16")),
    ("ratio：9：16", Query(ratio="9:16")),
    ("length:10", Query(duration=10)),
    ("length:5s", Query(duration=5)),
    ("res:720P", Query(resolution="720p")),
    ("stars:2 stars:3", Query(stars=3)),
    ("shot:12:B", Query(shot="12:B")),
    ("after:2026-11-01", Query(since=at(2026, 11, 1))),
    ("before:2026-11", Query(until=at(2026, 11, 1))),
    ("after:2026 before:2026/3/9", Query(since=at(2026, 1, 1), until=at(2026, 3, 9))),
]


@pytest.mark.parametrize(("text", "meant"), MEANT)
def test_what_is_meant(text: str, meant: Query) -> None:
    assert read(text, Query()) == meant


@pytest.mark.parametrize(
    "text",
    [
        "stars:9",
        "stars:",
        "stars: 4",
        "is:great",
        "tag:",
        'tag:""',
        'tag:"',
        "ratio:4:3",
        "length:7",
        "res:8k",
        "after:2026-13-01",
        "before:2026-02-30",
        "after:yesterday",
        "after:0001-01-01",
        "colour:red",
        "http://example.com",
        "9:16",
        ":",
        "::tag:night",
        "a:b:c",
    ],
)
def test_what_is_not_understood_is_text(text: str) -> None:
    assert read(text, Query()) == Query(text)
    assert read(f"{text} is:pick", Query()).show in (Show.PICKS, Show.ALL)


def test_words_say_more_than_clicks_and_leave_the_rest_as_it_was() -> None:
    clicked = Query("old", Show.REJECTS, Sort.STARS, stars=2, project="P", image="a" * 64, most=300, stacked=True)
    assert read("new is:pick", clicked) == replace(clicked, text="new", show=Show.PICKS)


def test_days_are_local(zone: str) -> None:
    query = read("after:2026-11-01 before:2026-11-02", Query())
    assert datetime.fromtimestamp(query.since / 1000).isoformat() == "2026-11-01T00:00:00"  # noqa: DTZ006
    assert (query.until - query.since) % 3_600_000 == 0
    assert write(query) == "after:2026-11-01 before:2026-11-02"


def test_a_time_within_a_day_takes_all_of_it() -> None:
    noon = at(2026, 11, 1) + 12 * 3_600_000
    assert write(Query(since=noon, until=noon)) == "after:2026-11-01 before:2026-11-02"


NAMES = st.text(max_size=12).map(str.strip).filter(lambda name: name and "\0" not in name)
DAYS = st.just(0) | st.datetimes(datetime(1971, 1, 2), datetime(2999, 1, 1)).map(  # noqa: DTZ001
    lambda day: at(day.year, day.month, day.day)
)
QUERIES = st.builds(
    Query,
    st.lists(st.sampled_from(["fox", "雨夜", "tag:", "a:b", '"quoted"', "stars:"]), max_size=3).map(" ".join),
    st.sampled_from(Show),
    stars=st.integers(0, 5),
    tag=NAMES | st.just(""),
    project=NAMES | st.just(""),
    shot=NAMES | st.just(""),
    ratio=st.sampled_from(["", "16:9", "9:16", "1:1"]),
    duration=st.sampled_from([0, 5, 10]),
    resolution=st.sampled_from(["", "480p", "720p", "1080p"]),
    since=DAYS,
    until=DAYS,
)


@given(QUERIES)
def test_what_is_written_is_read_again(query: Query) -> None:
    assert read(write(query), Query()) == query


PIECES = ["tag:", "stars：4", "is:pick", "after:2026-11", '"', "“", "”", "\\", " ", "x", "雨", ":", "shot:", "\n"]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=9).map("".join))
def test_whatever_is_typed_can_be_written_again(text: str) -> None:
    query = read(text, Query())
    assert read(write(query), Query()) == query
