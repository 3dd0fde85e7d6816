"""Any clip to a row and back, and its record."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seedance_desktop.domain.clip import Clip, Flag, Footage, Stage, Verdict
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.recipe import Recipe, Reference, Use
from seedance_desktop.library import rows
from seedance_desktop.library.files import Folders
from seedance_desktop.library.migrations import migrate
from seedance_desktop.library.records import write_record

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
TIMES = st.integers(0, 1 << 50)
FACTS = st.text() | st.integers(-(1 << 60), 1 << 60) | st.floats(allow_nan=False, allow_infinity=False)
FACTS = FACTS.filter(lambda fact: not isinstance(fact, str) or fact.isprintable())
REASONS = st.none() | st.builds(
    Reason,
    WORDS.filter(bool),
    st.dictionaries(WORDS, FACTS, max_size=3).map(lambda facts: tuple(facts.items())),
)
REFERENCES = st.builds(Reference, WORDS, WORDS, WORDS, WORDS, st.integers(0, 9999), st.integers(0, 9999))
RECIPES = st.builds(
    Recipe, WORDS, st.lists(REFERENCES, max_size=3).map(tuple), st.sampled_from(Use), WORDS, st.integers(1, 60), WORDS
)
LINES = WORDS.map(lambda text: " ".join(text.replace("\n", " ").split())).filter(bool)
CLIPS = st.builds(
    Clip,
    id=st.integers(1, 1 << 40),
    recipe=RECIPES,
    made=TIMES,
    gateway=WORDS,
    price=st.builds(Money, st.integers(0, 1 << 40), st.sampled_from(["USD", "EUR"])),
    click=st.integers(0, 1 << 40),
    take=st.integers(1, 8),
    takes=st.integers(1, 8),
    project=WORDS,
    shot=WORDS,
    stage=st.sampled_from(Stage),
    charged=st.sampled_from(Verdict),
    approved=TIMES,
    send_after=TIMES,
    sent=TIMES,
    accepted=TIMES,
    started=TIMES,
    done=TIMES,
    task=WORDS,
    word=WORDS,
    rendering=st.booleans(),
    link=WORDS,
    reason=REASONS,
    file=WORDS,
    poster=WORDS,
    footage=st.none()
    | st.builds(
        Footage,
        st.integers(1, 9999),
        st.integers(1, 9999),
        st.integers(1, 9999),
        st.floats(1, 240),
        st.floats(0, 60),
        st.integers(0, 1 << 40),
        WORDS,
        st.booleans(),
    ),
    stars=st.integers(0, 5),
    flag=st.sampled_from(Flag),
    tags=st.lists(LINES, max_size=4).map(tuple),
    notes=WORDS,
    trashed=TIMES,
    mark_in=st.integers(-1, 9999),
    mark_out=st.integers(-1, 9999),
    handed=TIMES,
    outside=WORDS,
)


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.row_factory = sqlite3.Row
    migrate(made, "memory", print)
    yield made
    made.close()


@given(CLIPS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_clip_survives_its_row(connection: sqlite3.Connection, clip: Clip) -> None:
    rows.put(connection, clip)
    assert rows.get(connection, clip.id) == clip
    rows.put(connection, clip)
    assert rows.get_many(connection, [clip.id]) == [clip]


@given(CLIPS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
def test_a_record_says_all_but_what_dies_within_a_day(tmp_path: Path, clip: Clip) -> None:
    folders = Folders(tmp_path)
    folders.make()
    write_record(folders, clip, [])
    read = json.loads((folders.records / f"{clip.name}.json").read_bytes())
    assert Recipe.from_dict(read["recipe"]) == clip.recipe
    assert (read["id"], read["task"], read["price"], read["charged"]) == (
        clip.name,
        clip.task,
        clip.price.minor,
        clip.charged.value,
    )
    assert "link" not in read
    assert tuple(read["tags"]) == clip.tags


def test_in_the_making_is_in_the_order_of_clicks(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM clips")

    def made(number: int, at: int, take: int, stage: Stage = Stage.PLANNED, trashed: int = 0) -> Clip:
        clip = Clip(number, Recipe("x"), at, "g", Money(28), click=1, take=take, stage=stage)
        return Clip(**{name: getattr(clip, name) for name in Clip.__slots__} | {"trashed": trashed})

    for clip in (
        made(1, 20, 1),
        made(2, 10, 2),
        made(3, 10, 1, Stage.WAITING),
        made(4, 5, 1, Stage.READY),
        made(5, 5, 1, Stage.CANCELLED),
        made(6, 30, 1, Stage.FAILED, trashed=7),
        made(7, 40, 1, Stage.UNSURE),
    ):
        rows.put(connection, clip)
    assert [clip.id for clip in rows.under_way(connection)] == [3, 2, 1, 7]
