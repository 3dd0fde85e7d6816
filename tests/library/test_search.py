"""What the library view shows: words of any script, hostile signs, filters and orders, at any size."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seedance_desktop.domain.clip import Clip, Flag, Footage, Stage
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.recipe import Recipe
from seedance_desktop.domain.shelf import Query, Show, Sort
from seedance_desktop.library import rows, search
from seedance_desktop.library import shelf as shelf_rows
from seedance_desktop.library.migrations import migrate


def empty() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.row_factory = sqlite3.Row
    migrate(made, "memory", print)
    return made


def ready(number: int, prompt: str, **changes: object) -> Clip:
    clip = Clip(number, Recipe(prompt), number, "g", Money(28), stage=Stage.READY)
    return replace(clip, **changes)  # type: ignore[arg-type]


SHELF = (
    ready(1, "A fox in the snow", project="Winter", shot="12A", tags=("animal", "night shoot"), stars=3),
    ready(2, "雨夜街头的霓虹灯", shot="3", flag=Flag.PICK),
    ready(3, '100% "quoted" it\'s a_b c\\d', notes="see (later) AND OR NOT *", flag=Flag.REJECT),
    ready(4, "a fox again", project="Winter", footage=Footage(1, 1, 241, 24.0, 10.04, 5), trashed=0),
    ready(5, "a fox thrown away", trashed=77),
    ready(6, "a fox not ready", stage=Stage.WAITING),
)


@pytest.fixture(scope="module")
def shelf() -> Iterator[sqlite3.Connection]:
    connection = empty()
    for clip in SHELF:
        rows.put(connection, clip)
    yield connection
    connection.close()


FOUND: list[tuple[str, set[int]]] = [
    ("", {1, 2, 3, 4}),
    ("fox", {1, 4}),
    ("FOX snow", {1}),
    ("ox", {1, 4}),
    ("x", {1, 4}),
    ("雨夜", {2}),
    ("雨", {2}),
    ("霓虹灯", {2}),
    ("雨夜\u3000霓虹", {2}),
    ("Winter", {1, 4}),
    ("12A", {1}),
    ("night", {1}),
    ("later", {3}),
    ('"', {3}),
    ('"quoted"', {3}),
    ("it's", {3}),
    ("100%", {3}),
    ("%", {3}),
    ("_b", {3}),
    ("a_b", {3}),
    ("c\\d", {3}),
    ("\\", {3}),
    ("(later)", {3}),
    ("NOT *", {3}),
    ("fox NOT", set()),
    ("prompt:fox", set()),
    ("nowhere", set()),
    ("fo\0x", {1, 4}),
    ("\ud800", {1, 2, 3, 4}),
]


@pytest.mark.parametrize(("text", "found"), FOUND, ids=lambda value: ascii(value))
def test_words(shelf: sqlite3.Connection, text: str, found: set[int]) -> None:
    assert set(shelf_rows.ids(shelf, Query(text))) == found


@given(st.text(max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_typed_breaks_the_search(shelf: sqlite3.Connection, text: str) -> None:
    shelf_rows.ids(shelf, Query(text))
    search.everything(shelf, text, Stage.READY)


def test_a_pasted_page_is_no_trouble(shelf: sqlite3.Connection) -> None:
    assert len(shelf_rows.ids(shelf, Query("fox " * 5000))) == 2


ORDERS = [
    (Query(), [4, 3, 2, 1]),
    (Query(sort=Sort.OLDEST), [1, 2, 3, 4]),
    (Query(sort=Sort.LONGEST), [4, 3, 2, 1]),
    (Query(sort=Sort.SHOT), [3, 2, 4, 1]),
    (Query(show=Show.PICKS), [2]),
    (Query(show=Show.REJECTS), [3]),
    (Query(show=Show.UNFLAGGED), [4, 1]),
    (Query(project="Winter"), [4, 1]),
    (Query("fox", project="Winter", sort=Sort.OLDEST), [1, 4]),
    (Query(trashed=True), [5]),
]


@pytest.mark.parametrize(("query", "ids"), ORDERS, ids=str)
def test_filters_and_orders(shelf: sqlite3.Connection, query: Query, ids: list[int]) -> None:
    assert list(shelf_rows.ids(shelf, query)) == ids


def test_the_command_line_lists_every_stage_but_the_trash(shelf: sqlite3.Connection) -> None:
    assert [clip.id for clip in search.everything(shelf, "fox", None)] == [6, 4, 1]
    assert [clip.id for clip in search.everything(shelf, "", Stage.WAITING)] == [6]


def test_a_changed_word_is_found_and_the_old_one_is_not() -> None:
    connection = empty()
    rows.put(connection, ready(1, "x", notes="first words"))
    rows.put(connection, ready(1, "x", notes="other words"))
    assert not shelf_rows.ids(connection, Query("first"))
    assert list(shelf_rows.ids(connection, Query("other"))) == [1]
    connection.execute("DELETE FROM clips")
    assert not shelf_rows.ids(connection, Query("other"))
    connection.close()


def test_a_hundred_thousand_clips_use_the_indexes() -> None:
    connection = empty()
    columns = rows.to_row(ready(1, "x"))
    names = ", ".join(columns)
    shown = ", ".join(
        {"id": "n", "made": "n", "prompt": "'take ' || n || ' 雨夜'"}.get(name, f":{name}") for name in columns
    )
    counting = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 100000)"
    connection.execute("BEGIN")
    connection.execute(f"INSERT INTO clips ({names}) {counting} SELECT {shown} FROM c", columns)
    connection.execute("COMMIT")
    found = shelf_rows.ids(connection, Query())
    assert (len(found), found[0], found[-1]) == (100_000, 100_000, 1)
    assert list(shelf_rows.ids(connection, Query("99999"))) == [99_999]
    assert len(shelf_rows.ids(connection, Query("雨夜"))) == 100_000
    assert [clip.id for clip in rows.get_many(connection, [5, 99_999, 200_000])] == [5, 99_999]
    plans = [
        (
            "SELECT id FROM clips WHERE stage NOT IN ('ready', 'cancelled') ORDER BY place, made, click, take",
            "clips_under_way",
        ),
        ("SELECT clip FROM image_uses WHERE hash = 'a' ORDER BY clip", "PRIMARY KEY"),
        ("SELECT shot FROM clips WHERE project = 'a' AND trashed = 0 GROUP BY shot", "COVERING INDEX clips_by_shot"),
    ]
    for sql, index in plans:
        plan = " ".join(row[3] for row in connection.execute("EXPLAIN QUERY PLAN " + sql))
        assert index in plan
        assert "TEMP B-TREE" not in plan
    connection.close()


@pytest.mark.parametrize("show", Show)
@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("text", ["", "fox", "ox", "fox snow", "zebra"])
@pytest.mark.parametrize("trashed", [False, True])
def test_a_bounded_answer_is_the_beginning_of_the_whole(text: str, sort: Sort, show: Show, *, trashed: bool) -> None:
    connection = empty()
    for number in range(60):
        prompt = ("a fox", "a fox in the snow", "a cat")[number % 3]
        flag = tuple(Flag)[number // 3 % 3]
        away = number if number % 5 == 1 else 0
        one = ready(number + 1, prompt, flag=flag, trashed=away, shot=str(number % 4), take=number % 2 + 1)
        rows.put(connection, replace(one, made=number * 7 % 30))
    query = Query(text, show, sort, trashed=trashed)
    whole = list(shelf_rows.ids(connection, query))
    for most in (1, 3, 100):
        assert list(shelf_rows.ids(connection, replace(query, most=most))) == whole[:most]
    connection.close()


def test_searching_in_the_shelf_s_own_order_sorts_nothing(shelf: sqlite3.Connection) -> None:
    plans = []
    shelf.set_trace_callback(lambda statement: plans.append(statement))
    list(shelf_rows.ids(shelf, Query("fox", image="a" * 64, most=300)))
    shelf.set_trace_callback(None)
    asked = next(one for one in plans if "SELECT id FROM shelf" in one)
    steps = [str(row["detail"]) for row in shelf.execute(f"EXPLAIN QUERY PLAN {asked}")]
    assert any("shelf_newest" in step for step in steps)
    assert not any("ORDER BY" in step for step in steps)
