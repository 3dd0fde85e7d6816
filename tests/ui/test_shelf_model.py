"""The clip list: a hundred thousand ids at once, rows on demand, the least change."""

from __future__ import annotations

import time
from array import array
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.clip import Flag
from seedance_desktop.ui.shelf import ClipList
from tests.ui.test_making_clips import Heard, clip

MANY = array("q", range(1, 100_001))


@pytest.fixture
def model(qtbot: QtBot) -> Iterator[ClipList]:
    made = ClipList()
    yield made
    made.deleteLater()


def test_qt_finds_no_fault_with_it(model: ClipList, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    for ids in ((), (1, 2, 3), (1, 9, 2, 3), (1, 3), range(200), (5,)):
        model.set_ids(array("q", ids))
    model.put(clip(id=5))
    model.drop(5)


def test_a_hundred_thousand_ids_are_taken_at_once(model: ClipList) -> None:
    start = time.perf_counter()
    model.set_ids(MANY)
    assert time.perf_counter() - start < 0.1
    assert model.rowCount() == 100_000


@pytest.mark.parametrize("place", [0, 1, 50_000, 100_000])
def test_one_new_clip_is_one_inserted_row(model: ClipList, place: int) -> None:
    model.set_ids(MANY)
    inserted, reset = Heard(model.rowsInserted), Heard(model.modelReset)
    more = array("q", MANY)
    more.insert(place, 1 << 39)
    model.set_ids(more)
    assert [(first, last) for _parent, first, last in inserted.all] == [(place, place)]
    assert not reset.all
    assert model.id_at(place) == 1 << 39
    assert model.row_of(100_000) == 99_999 + (place < 100_000)


def test_a_clip_that_went_is_one_removed_row(model: ClipList) -> None:
    model.set_ids(MANY)
    removed = Heard(model.rowsRemoved)
    fewer = array("q", MANY)
    del fewer[70_000:70_003]
    model.set_ids(fewer)
    assert [(first, last) for _parent, first, last in removed.all] == [(70_000, 70_002)]
    assert array("q", (model.id_at(row) for row in range(model.rowCount()))) == fewer


def test_another_order_is_a_new_list(model: ClipList) -> None:
    model.set_ids(MANY)
    reset = Heard(model.modelReset)
    model.set_ids(array("q", reversed(MANY)))
    assert len(reset.all) == 1
    assert model.row_of(1) == 99_999


def test_the_same_ids_change_nothing(model: ClipList) -> None:
    model.set_ids(MANY)
    anything = Heard(model.rowsInserted, model.rowsRemoved, model.modelReset)
    model.set_ids(array("q", MANY))
    assert not anything.all


def test_rows_that_are_looked_at_are_wanted_once_and_together(model: ClipList, qtbot: QtBot) -> None:
    model.set_ids(MANY)
    wanted = Heard(model.wanted)
    with qtbot.waitSignal(model.wanted):
        for row in (7, 3, 7):
            model.index(row).data()
    assert wanted.all == [[8, 4]]
    with qtbot.assertNotEmitted(model.wanted, wait=30):
        model.index(7).data()


def test_what_was_scrolled_past_is_not_asked_for(model: ClipList, qtbot: QtBot) -> None:
    model.set_ids(MANY)
    wanted = Heard(model.wanted)
    with qtbot.waitSignal(model.wanted):
        for row in range(1000):
            model.clip_at(row)
    assert wanted.all == [list(range(801, 1001))]


def test_rows_fill_what_was_wanted_and_say_so(model: ClipList) -> None:
    model.set_ids(MANY)
    changed = Heard(model.dataChanged)
    model.rows([clip(id=5, prompt="A boat"), clip(id=200_000)])
    assert [first.row() for first, _last, _roles in changed.all] == [4]
    assert model.index(4).data() == "A boat"


def test_memory_holds_a_window_of_rows(model: ClipList) -> None:
    model.set_ids(MANY)
    model.rows([clip(id=number) for number in range(1, 2001)])
    held = sum(model.clip_at(row) is not None for row in range(2000))
    assert held == 600
    assert model.clip_at(1999) is not None


def test_a_clip_that_is_not_shown_is_not_taken(model: ClipList) -> None:
    model.set_ids(array("q", [1, 2]))
    assert model.put(clip(id=2)) is True
    assert model.put(clip(id=3)) is False


def test_an_item_is_named_by_prompt_settings_stars_and_flag(model: ClipList) -> None:
    model.set_ids(array("q", [1 << 39]))
    model.put(clip(id=1 << 39, prompt="雨夜, neon", stars=4, flag=Flag.PICK, shot="12B"))
    name = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert name == "雨夜, neon, 16:9, 5 s, 1080p, shot 12B, 4 stars, pick"


def test_dropping_takes_one_row(model: ClipList) -> None:
    model.set_ids(array("q", [1, 2, 3]))
    model.drop(2)
    model.drop(9)
    assert [model.id_at(row) for row in range(model.rowCount())] == [1, 3]
    assert model.rowCount(model.index(0)) == 0
    assert model.index(0).parent() == QModelIndex()


def test_the_rest_of_an_answer_is_added_without_a_new_beginning(model: ClipList) -> None:
    model.set_ids(MANY[:300], whole=False)
    assert not model.whole
    inserted, reset = Heard(model.rowsInserted), Heard(model.modelReset)
    model.set_ids(MANY)
    assert [(first, last) for _parent, first, last in inserted.all] == [(300, 99_999)]
    assert not reset.all
    assert model.whole


def test_cards_of_one_click_with_several_prompts_say_first_what_only_they_have(model: ClipList) -> None:
    made = [
        clip(id=number, prompt=f"The lamp turns slowly at {when}, slow push in", click=1, takes=2)
        for number, when in ((1, "sunset"), (2, "dawn"))
    ]
    model.set_ids(array("q", [1, 2, 3]))
    changed = Heard(model.dataChanged)
    model.put(made[0])
    assert model.title(made[0]).startswith("The lamp")
    model.put(made[1])
    assert [model.title(one)[:10] for one in made] == ["sunset · T", "dawn · The"]
    assert sorted(first.row() for first, _last, _roles in changed.all) == [0, 0, 1]
    model.show_stacks(True)
    model.set_stacks({1: 2})
    assert model.title(made[0]).startswith("The lamp")  # a stack stands for all of them
    model.drop(2)
    model.put(clip(id=3, prompt="Alone"))
    assert model.data(model.index(1)) == "Alone"
