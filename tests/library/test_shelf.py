"""Stacks, filters and tags of the shelf say what the rules in `domain` say, after whatever was saved and deleted."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seedance_desktop.domain.clip import Clip, Flag, Footage, Stage
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.recipe import Recipe
from seedance_desktop.domain.shelf import Query, Show, Sort, rank, stack_of
from seedance_desktop.library import rows, search, shelf
from seedance_desktop.library.migrations import STEPS, migrate

NAMES = ["", "a", "12B", "雨夜", "\n", "a\nb"]
TAGS = ["night", "blue hour", "雨夜", "a\\nb", "\\", '"', "a\\", "'", "{}", "\\u001e", "%"]
CLIPS = st.builds(
    Clip,
    id=st.integers(1, 9),
    recipe=st.builds(
        Recipe,
        st.sampled_from(["a fox", "a fox in snow", "a cat", "雨", "x"]),
        ratio=st.sampled_from(["16:9", "9:16"]),
        duration=st.sampled_from([5, 10]),
        resolution=st.sampled_from(["720p", "1080p"]),
    ),
    made=st.integers(0, 3),
    gateway=st.just("g"),
    price=st.just(Money(28)),
    click=st.integers(0, 3),
    take=st.integers(1, 2),
    project=st.sampled_from(NAMES),
    shot=st.sampled_from(NAMES),
    stage=st.sampled_from([Stage.READY] * 5 + [Stage.WAITING]),
    trashed=st.sampled_from([0, 0, 0, 0, 7]),
    stars=st.integers(0, 5),
    flag=st.sampled_from(Flag),
    tags=st.lists(st.sampled_from(TAGS), max_size=3, unique=True).map(tuple),
)
QUERIES = st.builds(
    Query,
    st.sampled_from(["", "", "fox", "雨", "雨夜", "fox snow", "ow X", "a"]),
    st.sampled_from(Show),
    st.sampled_from(Sort),
    project=st.sampled_from(["", *NAMES]),
    most=st.sampled_from([0, 2, 300]),
    stars=st.sampled_from([0, 0, 3]),
    tag=st.sampled_from(["", "", *TAGS]),
    shot=st.sampled_from(["", *NAMES]),
    ratio=st.sampled_from(["", "", "9:16"]),
    resolution=st.sampled_from(["", "", "720p"]),
    duration=st.sampled_from([0, 0, 5]),
    since=st.sampled_from([0, 0, 2]),
    until=st.sampled_from([0, 0, 2]),
)
ORDERS: dict[Sort, Callable[[Clip], tuple[object, ...]]] = {
    Sort.NEWEST: lambda one: (-one.made, -one.take, one.id),
    Sort.OLDEST: lambda one: (one.made, one.take, one.id),
    Sort.LONGEST: lambda one: (-one.recipe.duration, -one.made, one.id),
    Sort.SHOT: lambda one: (one.project.encode(), one.shot.encode(), -one.made, one.id),
    Sort.STARS: lambda one: (-one.stars, -one.made, -one.take, one.id),
}
FLAGS = {Show.PICKS: Flag.PICK, Show.REJECTS: Flag.REJECT, Show.UNFLAGGED: Flag.NONE}


def empty() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.row_factory = sqlite3.Row
    migrate(made, "memory", print)
    return made


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    made = empty()
    yield made
    made.close()


def matches(clip: Clip, query: Query) -> bool:
    recipe = clip.recipe
    text = "\n".join((recipe.prompt, clip.project, clip.shot, *clip.tags))
    exact = {
        "project": clip.project,
        "shot": clip.shot,
        "ratio": recipe.ratio,
        "resolution": recipe.resolution,
        "duration": recipe.duration,
        "stack": stack_of(clip),
    }
    return (
        all(word.lower() in text for word in query.text.split())
        and query.show in (Show.ALL, next(show for show, flag in FLAGS.items() if flag is clip.flag))
        and all(getattr(query, name) in ("", 0, value) for name, value in exact.items())
        and clip.stars >= query.stars
        and (not query.tag or query.tag in clip.tags)
        and clip.made >= query.since
        and (not query.until or clip.made < query.until)
    )


def is_on_shelf(clip: Clip) -> bool:
    return clip.stage is Stage.READY and not clip.trashed


def best(clips: list[Clip]) -> list[Clip]:
    """Of each stack the best one; equal ones by id."""
    found = {stack_of(one): one for one in sorted(clips, key=lambda one: (rank(one), one.id))}
    return list(found.values())


def answer(clips: dict[int, Clip], query: Query) -> list[int]:
    """What the query shows, by the rules in `domain` alone."""
    found = [one for one in clips.values() if is_on_shelf(one) and matches(one, query)]
    shown = sorted(best(found) if query.stacked else found, key=ORDERS[query.sort])
    return [one.id for one in shown][: query.most or None]


def filled(connection: sqlite3.Connection, puts: list[Clip], deleted: set[int]) -> dict[int, Clip]:
    connection.execute("DELETE FROM clips")
    for clip in puts:
        rows.put(connection, clip)
    for number in deleted:
        connection.execute("DELETE FROM clips WHERE id = ?", (number,))
    return {clip.id: clip for clip in puts if clip.id not in deleted}


HUNT = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
PUTS = st.lists(CLIPS, max_size=16)
DELETED = st.sets(st.integers(1, 9), max_size=2)


@given(PUTS, DELETED)
@HUNT
def test_stacks_are_what_the_rules_say(connection: sqlite3.Connection, puts: list[Clip], deleted: set[int]) -> None:
    clips = filled(connection, puts, deleted)
    on_shelf = [one for one in clips.values() if is_on_shelf(one)]
    sizes = Counter(map(stack_of, on_shelf))
    kept = {row["stack"]: row["takes"] for row in connection.execute("SELECT * FROM stacks")}
    assert kept == sizes
    assert shelf.stack_sizes(connection, range(10)) == {one.id: sizes[stack_of(one)] for one in on_shelf}
    shown = {row[0] for row in connection.execute("SELECT id FROM shelf WHERE best = 1")}
    assert (
        shown == {one.id for one in best(on_shelf)} == {row[0] for row in connection.execute("SELECT best FROM stacks")}
    )
    for clip in clips.values():
        mates = [one for one in on_shelf if stack_of(one) == stack_of(clip)]
        ranked = sorted(mates, key=lambda one: (rank(one), one.id), reverse=True)
        assert shelf.takes(connection, clip.id) == ranked


@given(
    PUTS, DELETED, st.lists(QUERIES, min_size=1, max_size=6), st.sampled_from([0, 100]), st.sampled_from([0, 20_000])
)
@HUNT
def test_every_query_shows_what_the_rules_say(
    connection: sqlite3.Connection, puts: list[Clip], deleted: set[int], queries: list[Query], small: int, rare: int
) -> None:
    clips = filled(connection, puts, deleted)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelf, "_SMALL", small)  # both ways to the best of each stack
        patch.setattr(search, "_RARE", rare)  # and to words of one or two characters
        for query in queries:
            for asked in (query, replace(query, stacked=True)):
                expected = answer(clips, asked)
                assert list(shelf.ids(connection, asked)) == expected, asked
                assert shelf.count(connection, asked) == len(expected), asked
    for clip in clips.values():
        stack = Query(stack=stack_of(clip), stacked=True)
        assert list(shelf.ids(connection, replace(stack, stacked=False))) == answer(
            clips, replace(stack, stacked=False)
        )


@given(PUTS, DELETED)
@HUNT
def test_tags_are_counted_outside_the_trash(
    connection: sqlite3.Connection, puts: list[Clip], deleted: set[int]
) -> None:
    clips = filled(connection, puts, deleted)
    counted = Counter(tag for clip in clips.values() if not clip.trashed for tag in clip.tags)
    assert shelf.tags(connection) == sorted(counted, key=lambda tag: (-counted[tag], tag.encode()))
    in_trash = [clip for clip in clips.values() if clip.trashed and clip.stage is Stage.READY]
    for tag in TAGS:
        found = set(shelf.ids(connection, Query(tag=tag, trashed=True)))
        assert found == {clip.id for clip in in_trash if tag in clip.tags}


@given(PUTS)
@HUNT
def test_an_older_library_gets_the_same_shelf(connection: sqlite3.Connection, puts: list[Clip]) -> None:
    """What the step makes of the rows that are there is what the triggers make of rows that come."""
    clips = filled(connection, puts, set())
    old = sqlite3.connect(":memory:", isolation_level=None)
    old.executescript("".join(STEPS[:2]) + "PRAGMA user_version = 2;")
    columns = [row[1] for row in old.execute("PRAGMA table_info (clips)")]
    for clip in clips.values():
        row = {name: value for name, value in rows.to_row(clip).items() if name in columns}
        marks = ", ".join(f":{name}" for name in row)
        old.execute(f"INSERT INTO clips ({', '.join(row)}) VALUES ({marks})", row)
    migrate(old, "memory", lambda _label: None)
    for table in ("shelf", "stacks", "clip_tags", "clip_parents", "clips_terms"):
        now, then = (set(map(tuple, one.execute(f"SELECT * FROM {table}"))) for one in (connection, old))
        assert now == then
    old.close()


def ready(number: int, **changes: object) -> Clip:
    footage = Footage(1, 1, 1, 24.0, 5.0, 1)
    return replace(Clip(number, Recipe("x"), number, "g", Money(28), stage=Stage.READY, footage=footage), **changes)  # type: ignore[arg-type]


def test_a_search_shows_a_stack_by_its_best_match_and_the_trash_is_not_stacked() -> None:
    connection = empty()
    for clip in (
        ready(1, shot="A", flag=Flag.PICK),
        ready(2, shot="A", notes="rain", stars=5),
        ready(3, shot="A", notes="rain"),
        ready(4, shot="A", trashed=9),
        ready(5, shot="A", trashed=9),
    ):
        rows.put(connection, clip)
    assert list(shelf.ids(connection, Query(stacked=True))) == [1]
    assert list(shelf.ids(connection, Query("rain", stacked=True))) == [2]
    assert list(shelf.ids(connection, Query("rain", stacked=True, most=300))) == [2]
    assert list(shelf.ids(connection, Query(stacked=True, trashed=True))) == [4, 5]
    assert shelf.stack_sizes(connection, [1, 2, 4, 77]) == {1: 3, 2: 3}
    assert [clip.id for clip in shelf.takes(connection, 4)] == [1, 2, 3]
    connection.close()


def test_a_clip_that_goes_to_the_trash_takes_its_tags_along_and_brings_them_back() -> None:
    connection = empty()
    clip = ready(1, tags=("night",))
    rows.put(connection, clip)
    for trashed, tags in ((9, []), (0, ["night"])):
        rows.put(connection, replace(clip, trashed=trashed))
        assert shelf.tags(connection) == tags
        assert list(shelf.ids(connection, Query(tag="night"))) == [1] * len(tags)
    connection.close()


def test_a_recipe_that_is_no_json_for_sqlite_breaks_nothing() -> None:
    connection = empty()
    rows.put(connection, ready(1, recipe=Recipe("x", duration=float("nan"))))  # type: ignore[arg-type]
    rows.put(connection, ready(2, recipe=Recipe("x", ratio=[1])))  # type: ignore[arg-type]
    assert list(shelf.ids(connection, Query(stacked=True))) == [2, 1]
    assert not shelf.ids(connection, Query(ratio="16:9"))
    connection.close()
