"""Stacks of takes on the shelf: the best on top with its badge, opening one and leaving it, a top that changes."""

from __future__ import annotations

from array import array
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.clip import Clip, Flag
from seedance_desktop.domain.shelf import Query, rank, stack_of
from seedance_desktop.ui.hearing import fits
from seedance_desktop.ui.shelf.card import card_box, poster_box
from seedance_desktop.ui.shelf.stack import count_box
from tests.ui.test_making_clips import Heard, clip
from tests.ui.test_shelf import Bench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


class Library:
    """Answers the shelf's questions at once, as `app` does."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.clips = bench, {one.id: one for one in bench.clips}
        bench.wishes.query_changed.connect(self.answer)
        self.answer(bench.shelf.filters.query)

    def answer(self, query: Query) -> None:
        found = sorted((one for one in self.clips.values() if fits(one, query)), key=lambda one: -one.id)
        best = {stack_of(one): one for one in sorted(found, key=rank)}
        shown = [one for one in found if not query.stacked or best[stack_of(one)] is one]
        shelf, model = self.bench.shelf, self.bench.model
        model.set_ids(array("q", [one.id for one in shown]))
        model.rows(shown)
        shelf.set_counts(len(shown), len(found))
        shelf.set_stacks({number: self.size(number) for number in shelf.in_memory()})

    def size(self, number: int) -> int:
        return sum(stack_of(one) == stack_of(self.clips[number]) for one in self.clips.values())


@pytest.fixture
def clips() -> list[Clip]:
    """A stack of three takes of shot 12B, a stack of two of one click, and two clips alone."""
    shot = [clip(id=number, shot="12B", made=number, prompt=f"Take {number}") for number in (11, 12, 13)]
    click = [clip(id=number, click=21, takes=2, take=number - 20, made=number) for number in (21, 22)]
    return [*shot, *click, clip(id=31), clip(id=32)]


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path, clips: list[Clip]) -> Bench:
    return Bench(qtbot, tmp_path, clips)


@pytest.fixture
def library(bench: Bench) -> Library:
    return Library(bench)


def ids(bench: Bench) -> list[int]:
    return bench.model.ids(0, bench.model.rowCount())


def badge(bench: Bench, row: int) -> QPoint:
    poster = poster_box(card_box(bench.grid.visualRect(bench.model.index(row))))
    return count_box(poster, bench.model.takes_of(bench.model.id_at(row))).center().toPoint()


def texts(bench: Bench) -> set[str]:
    return {label.text() for label in bench.shelf.findChildren(QLabel) if label.isVisible()}


def test_a_stack_is_one_card_that_says_how_many_takes_it_has(bench: Bench, library: Library) -> None:
    assert ids(bench) == [32, 31, 22, 13]
    assert [bench.model.takes_of(number) for number in ids(bench)] == [1, 1, 2, 3]
    said = bench.model.data(bench.model.index(3), Qt.ItemDataRole.AccessibleTextRole)
    assert said.endswith("no flag, 3 takes")
    assert "7 clips" in texts(bench)  # not the cards
    assert bench.shelf.head.tabs["clips"].count == 7


def test_the_badge_opens_the_stack(bench: Bench, library: Library) -> None:
    opened = Heard(bench.wishes.open_clip)
    QTest.mouseClick(bench.grid.viewport(), Qt.MouseButton.LeftButton, pos=badge(bench, 3))
    assert ids(bench) == [13, 12, 11]
    assert bench.shelf.filters.query == Query(stack="shot\n\n12B")
    assert "Takes of 12B · 3" in texts(bench)
    assert bench.grid.selected_ids() == [13]
    assert opened.all == [13]
    assert {bench.model.takes_of(number) for number in ids(bench)} == {1}


def test_a_click_beside_the_badge_only_chooses(bench: Bench, library: Library) -> None:
    QTest.mouseClick(bench.grid.viewport(), Qt.MouseButton.LeftButton, pos=badge(bench, 3) + QPoint(-60, 20))
    assert ids(bench) == [32, 31, 22, 13]
    assert bench.grid.selected_ids() == [13]


@pytest.mark.parametrize(
    ("key", "modifier"), [(Key.Key_S, Qt.KeyboardModifier.NoModifier), (Key.Key_Return, CTRL), (Key.Key_Enter, CTRL)]
)
def test_keys_open_the_stack_and_leave_it(
    bench: Bench, library: Library, key: Key, modifier: Qt.KeyboardModifier
) -> None:
    bench.shelf.select(22)
    bench.key(key, modifier)
    assert ids(bench) == [22, 21]
    assert "Takes of one click · 2" in texts(bench)
    bench.key(Key.Key_Down)
    bench.key(Key.Key_Escape)
    assert ids(bench) == [32, 31, 22, 13]
    assert bench.grid.selected_ids() == [22]  # the card of the stack, whichever take was chosen in it


def test_a_clip_alone_opens_nothing(bench: Bench, library: Library) -> None:
    asked = Heard(bench.wishes.query_changed)
    bench.shelf.select(31)
    bench.key(Key.Key_S)
    bench.key(Key.Key_Escape)
    assert not asked.all


def test_the_menu_shows_takes_and_the_arrow_leads_back(bench: Bench, library: Library) -> None:
    bench.shelf.filters.choose(stars=0, project="")
    bench.shelf.select(13)
    menu = QMenu(bench.shelf)
    bench.shelf.commands.fill_menu(menu)
    next(action for action in menu.actions() if action.text().startswith("Show takes")).trigger()
    assert ids(bench) == [13, 12, 11]
    bench.shelf.takes.back.emit()
    assert ids(bench) == [32, 31, 22, 13]


def test_leaving_a_stack_brings_the_filters_back(bench: Bench, library: Library) -> None:
    bench.shelf.filters.search.setText("shot:12B")
    bench.shelf.filters.ask()
    assert ids(bench) == [13]
    bench.shelf.select(13)
    bench.key(Key.Key_S)
    assert bench.shelf.filters.query == Query(stack="shot\n\n12B")
    bench.key(Key.Key_S)
    assert bench.shelf.filters.query == Query(shot="12B", stacked=True)


def test_who_searches_leaves_the_stack(bench: Bench, library: Library) -> None:
    bench.shelf.select(13)
    bench.key(Key.Key_S)
    bench.shelf.filters.search.setText("fox")
    bench.shelf.filters.ask()
    assert bench.shelf.filters.query == Query("fox", stacked=True)


def test_a_better_take_comes_to_the_top_and_is_chosen_in_the_place_of_the_other(bench: Bench, library: Library) -> None:
    opened = Heard(bench.wishes.open_clip)
    bench.shelf.select(13)
    library.clips[13] = replace(library.clips[13], flag=Flag.REJECT)
    library.answer(bench.shelf.filters.query)
    assert ids(bench) == [32, 31, 22, 12]
    assert bench.grid.selected_ids() == [12]
    assert opened.all == [12]


def test_no_stacks_where_they_are_not_wanted(bench: Bench, library: Library) -> None:
    bench.shelf.filters._set_stacking(False)
    assert ids(bench) == [32, 31, 22, 21, 13, 12, 11]
    assert {bench.model.takes_of(number) for number in ids(bench)} == {1}
    bench.shelf.filters._set_stacking(True)
    bench.shelf.filters.show_trash(True)
    assert not bench.shelf.filters.query.stacked


def test_another_search_chooses_no_other_clip(bench: Bench, library: Library) -> None:
    opened = Heard(bench.wishes.open_clip)
    bench.shelf.select(31)
    bench.shelf.filters.choose(shot="12B")
    assert bench.grid.selected_ids() == []
    bench.shelf.filters.clear()
    assert bench.grid.selected_ids() == [31]  # as it is still on the stage
    assert not opened.all


def test_the_sizes_of_stacks_are_bounded(bench: Bench) -> None:
    bench.model.show_stacks(True)
    bench.model.set_stacks(dict.fromkeys(range(100, 100_100), 2))
    bench.model.set_stacks({11: 3})
    assert bench.model.takes_of(11) == 3
    assert len(bench.model._stacks) <= 2401
