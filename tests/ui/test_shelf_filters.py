"""Finding clips: filters by clicks and in words, the chips that say them, the order and the stacks in one menu."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.clip import Flag
from seedance_desktop.domain.recipe import Recipe
from seedance_desktop.domain.shelf import Query, Show, Sort, stack_of
from seedance_desktop.ui.controls import Button
from seedance_desktop.ui.hearing import fits
from seedance_desktop.ui.shelf import made
from seedance_desktop.ui.shelf.filters import Filters
from seedance_desktop.ui.shelf.panel import FilterPanel
from tests.ui.test_images import MARA
from tests.ui.test_making_clips import Heard, clip
from tests.ui.test_shelf import Bench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less

ALL = Query(stacked=True)


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Bench:
    made = Bench(qtbot, tmp_path)
    made.shelf.set_projects(["Lighthouse film", "R&D"])
    made.shelf.set_tags(["night", "coast"])
    return made


@pytest.fixture
def filters(bench: Bench) -> Filters:
    return bench.shelf.filters


@pytest.fixture
def panel(bench: Bench) -> FilterPanel:
    bench.shelf.activateWindow()
    bench.shelf.head.filters.click()
    return bench.shelf.findChildren(FilterPanel)[0]


def chips(filters: Filters) -> list[str]:
    shown = [filters.image, *filters.active.chips]
    return [chip.text() for chip in shown if chip.isVisible()]


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_a_project_and_a_tag_are_chosen_from_menus(bench: Bench, filters: Filters) -> None:
    asked = Heard(bench.wishes.query_changed)
    for button, text in ((filters.project, "R&&D"), (filters.tag, "night")):
        button.click()
        menu = button.findChildren(QMenu)[-1]
        choose(menu, text)
        menu.close()
    assert asked.all == [replace(ALL, project="R&D"), replace(ALL, project="R&D", tag="night")]
    assert filters.project.text() == "R&D"
    assert filters.tag.accessibleName() == "Only the tag night"
    assert chips(filters) == ["R&D", "night"]


def test_a_chip_takes_its_filter_away(bench: Bench, filters: Filters) -> None:
    filters.choose(stars=3, shot="12B", duration=10, ratio="9:16", resolution="720p")
    assert chips(filters) == ["at least 3", "shot 12B", "9:16", "10 s", "720p"]
    chip = filters.active.chips[1]
    assert chip.accessibleName() == "Remove the filter: shot 12B"
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert filters.query == replace(ALL, stars=3, duration=10, ratio="9:16", resolution="720p")
    assert bench.shelf.focusWidget() is filters.active.clear  # the keyboard isn't lost with the chip
    filters.active.clear.click()
    assert filters.query == ALL
    assert not filters.active.isVisible()


def test_words_in_the_search_are_filters_and_stay_in_the_field(bench: Bench, filters: Filters) -> None:
    filters.search.setText("fox stars:4 is:pick tag:night")
    filters.ask()
    assert filters.query == replace(ALL, text="fox", stars=4, show=Show.PICKS, tag="night")
    assert filters.search.text() == "fox stars:4 is:pick tag:night"
    assert chips(filters) == ["night", "at least 4"]
    assert filters.shows.value == Show.PICKS


def test_taking_a_typed_filter_away_takes_its_word_away(filters: Filters) -> None:
    filters.search.setText("fox stars:4 tag:night")
    filters.ask()
    filters.drop(["tag"])
    assert filters.query == replace(ALL, text="fox", stars=4)
    assert set(filters.search.text().split()) == {"fox", "stars:4"}


def test_a_click_says_more_than_a_word_of_the_same_kind(bench: Bench, filters: Filters) -> None:
    filters.search.setText("is:pick tag:night")
    filters.ask()
    filters.shows.segment(Show.REJECTS).click()
    assert filters.query == replace(ALL, show=Show.REJECTS, tag="night")
    assert filters.search.text() == "tag:night"
    filters.shows.segment(Show.ALL).click()
    assert filters.query == replace(ALL, tag="night")


def test_the_words_of_a_search_leave_with_it(filters: Filters) -> None:
    filters.choose(tag="coast")
    filters.search.setText("tag:night is:pick")
    filters.ask()
    filters.search.clear()
    filters.ask()
    assert filters.query == replace(ALL, tag="coast")


def test_clips_of_an_image_are_all_shown_and_not_stacked(filters: Filters) -> None:
    filters.choose(tag="night")
    filters.show_made_with(MARA)
    assert filters.query == Query(image=MARA.hash)
    assert chips(filters) == ["made with Mara"]
    filters.drop(["image"])
    assert filters.query == ALL


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("stars", "4", {"stars": 4}),
        ("ratio", "1:1", {"ratio": "1:1"}),
        ("duration", "10", {"duration": 10}),
        ("resolution", "480p", {"resolution": "480p"}),
    ],
)
def test_the_popover_filters_at_once(
    filters: Filters, panel: FilterPanel, name: str, value: str, expected: dict[str, object]
) -> None:
    picker = panel.pickers[name]
    picker.segment(value).click()
    assert filters.query == replace(ALL, **expected)  # type: ignore[arg-type]
    picker.segment("").click()
    assert filters.query == ALL


def test_the_popover_says_what_was_typed(filters: Filters, panel: FilterPanel) -> None:
    filters.search.setText("stars:2 shot:12B after:2026-11-01 before:2026-11-06")
    filters.ask()
    assert panel.pickers["stars"].value == "2"
    assert panel.shot.text() == "12B"
    assert (panel.since.text(), panel.until.text()) == ("2026-11-01", "2026-11-05")


def test_the_popover_asks_for_a_shot_and_for_days(filters: Filters, panel: FilterPanel) -> None:
    panel.shot.setText(" 12B ")
    QTest.keyClick(panel.shot, Qt.Key.Key_Return)
    panel.since.setText("2026/11/1")
    QTest.keyClick(panel.since, Qt.Key.Key_Return)
    panel.until.setText("2026年11月5日")
    QTest.keyClick(panel.until, Qt.Key.Key_Return)
    assert filters.query.shot == "12B"
    assert filters.query.since == made.begin(QDate(2026, 11, 1))
    assert filters.query.until == made.begin(QDate(2026, 11, 6))  # the last day is among them


def test_a_day_that_is_none_is_marked_and_asks_nothing(bench: Bench, panel: FilterPanel) -> None:
    asked = Heard(bench.wishes.query_changed)
    panel.since.setText("2026-02-30")
    QTest.keyClick(panel.since, Qt.Key.Key_Return)
    assert panel.since.invalid
    assert not asked.all
    QTest.keyClick(panel.since, Qt.Key.Key_Backspace)
    assert not panel.since.invalid


def test_the_popover_clears_its_filters_and_closes_on_escape(
    bench: Bench, filters: Filters, panel: FilterPanel
) -> None:
    filters.choose(stars=2, tag="night")
    panel.span.segment(made.TODAY).click()
    assert filters.query.since == made.since(made.TODAY)
    panel.clear.click()
    assert filters.query == replace(ALL, tag="night")
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_every_control_of_the_popover_has_a_name_of_its_own(panel: FilterPanel) -> None:
    names = [
        segment.accessibleName()
        for picker in (*panel.pickers.values(), panel.span)
        for segment in picker.findChildren(type(picker.segment("")))
    ]
    names += [field.accessibleName() for field in (panel.shot, panel.since, panel.until)]
    assert all(names)
    assert len(set(names)) == len(names)
    assert not {"16:9", "5 s", "1080p"} & set(names)  # those are the composer's


def test_spans_begin_where_they_should() -> None:
    thursday = QDate(2026, 11, 19)
    before = QLocale()
    try:
        QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
        assert made.since(made.WEEK, thursday) == made.begin(QDate(2026, 11, 16))
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
        assert made.since(made.WEEK, thursday) == made.begin(QDate(2026, 11, 15))
    finally:
        QLocale.setDefault(before)
    assert made.since(made.MONTH, thursday) == made.begin(QDate(2026, 11, 1))
    assert made.since(made.TODAY, thursday) == made.begin(thursday)


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-13-01", "2026-11", "11-21-2026"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert made.read(text) is None


# The order


def test_the_order_says_whether_takes_are_stacked(bench: Bench, filters: Filters) -> None:
    assert filters.sort.currentText() == "Stacked by shot · newest first"
    asked = Heard(bench.wishes.query_changed)
    filters.sort.showPopup()
    menu = filters.sort.findChildren(QMenu)[-1]
    choose(menu, "Stack takes")
    menu.close()
    assert asked.all == [Query()]
    assert filters.sort.currentText() == "Newest first"


def test_the_menu_orders(bench: Bench, filters: Filters) -> None:
    asked = Heard(bench.wishes.query_changed)
    menu = QMenu(bench.shelf)
    filters.sort.fill(menu)
    choose(menu, "Most stars first")
    assert asked.all == [replace(ALL, sort=Sort.STARS)]
    assert filters.sort.currentText() == "Stacked by shot · most stars first"


def test_the_arrow_keys_order_too(bench: Bench, filters: Filters) -> None:
    asked = Heard(bench.wishes.query_changed)
    filters.sort.setFocus()
    QTest.keyClick(filters.sort, Qt.Key.Key_Down)
    assert asked.all == [replace(ALL, sort=Sort.OLDEST)]


@pytest.mark.parametrize(("width", "beside"), [(383, False), (384, True)])
def test_a_narrow_pane_has_projects_and_tags_in_the_menu_of_the_orders(
    bench: Bench, filters: Filters, width: int, beside: bool
) -> None:
    bench.shelf.resize(width, 834)
    assert filters.project.isVisible() is beside
    assert filters.tag.isVisible() is beside
    menu = QMenu(bench.shelf)
    filters.sort.fill(menu)
    inner = {action.text(): action.menu() for action in menu.actions() if action.menu() is not None}
    assert set(inner) == (set() if beside else {"Project", "Tag"})
    if not beside:
        tags = inner["Tag"]
        assert isinstance(tags, QMenu)
        choose(tags, "coast")
        assert filters.query.tag == "coast"


def test_filters_belong_to_the_clips(bench: Bench) -> None:
    bench.shelf.head.go_to("images")
    assert not bench.shelf.head.filters.isVisible()
    assert [
        one.text() for one in bench.shelf.findChildren(Button) if one.text() == "Empty trash" and one.isVisible()
    ] == []


# What a new clip fits


@pytest.mark.parametrize(
    ("query", "there"),
    [
        (Query(stars=3), True),
        (Query(stars=4), False),
        (Query(tag="night"), True),
        (Query(tag="nigh"), False),
        (Query(project="Film", shot="12B"), True),
        (Query(project="Other"), False),
        (Query(shot="12"), False),
        (Query(ratio="9:16", duration=10, resolution="720p"), True),
        (Query(ratio="16:9"), False),
        (Query(duration=5), False),
        (Query(resolution="1080p"), False),
        (Query(since=1000, until=1001), True),
        (Query(since=1001), False),
        (Query(until=1000), False),
        (Query(show=Show.PICKS), True),
        (Query(stack="shot\nFilm\n12B"), True),
        (Query(stack="shot\nFilm\n12A"), False),
        (Query(stacked=True), True),
    ],
)
def test_a_new_clip_stands_where_every_filter_wants_it(query: Query, there: bool) -> None:
    recipe = Recipe("x", ratio="9:16", duration=10, resolution="720p")
    one = clip(recipe=recipe, stars=3, tags=("night",), project="Film", shot="12B", made=1000, flag=Flag.PICK)
    assert stack_of(one) == "shot\nFilm\n12B"
    assert fits(one, query) is there
