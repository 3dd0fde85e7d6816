"""Many clips at once: judged, tagged, rejected, compared, deleted for good, and taken back."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from seedance_desktop.domain import links
from seedance_desktop.domain.clip import Clip
from seedance_desktop.ui.cards import CardView
from seedance_desktop.ui.controls import Button
from seedance_desktop.ui.shelf import ClipList
from seedance_desktop.ui.shelf.tagging import SomeChip, TagPopover
from seedance_desktop.ui.tagging import CrossChip
from seedance_desktop.ui.toasts import Toasts
from seedance_desktop.ui.undo import Undo
from seedance_desktop.ui.wishes import Wishes
from tests.ui.test_making_clips import Heard, clip
from tests.ui.test_shelf import Bench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less

Key = Qt.Key
_NOWHERE = QModelIndex()


@pytest.fixture
def clips() -> list[Clip]:
    return [
        clip(id=1, tags=("night", "coast"), shot="12B"),
        clip(id=2, tags=("night",), takes=2),
        clip(id=3, tags=("night", "act 1"), handed=5),
        clip(id=4),
        clip(id=5),
        clip(id=6),
    ]


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path, clips: list[Clip]) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path, clips)
    made.shelf.activateWindow()
    made.grid.setFocus()
    yield made
    made.model.deleteLater()


def choose(bench: Bench, *ids: int) -> None:
    bench.grid.clearSelection()
    for number in ids:
        flags = bench.grid.selectionModel().SelectionFlag.Select
        bench.grid.selectionModel().setCurrentIndex(bench.model.index(bench.model.row_of(number)), flags)


def entries(bench: Bench) -> dict[str, bool]:
    menu = QMenu(bench.shelf)
    bench.shelf.commands.fill_menu(menu)
    return {action.text().split("\t")[0]: action.isEnabled() for action in menu.actions() if action.text()}


def trigger(bench: Bench, text: str) -> None:
    menu = QMenu(bench.shelf)
    bench.shelf.commands.fill_menu(menu)
    next(action for action in menu.actions() if action.text().startswith(text)).trigger()


def test_links_to_the_chosen_clips_are_copied(bench: Bench) -> None:
    choose(bench, 2, 4)
    trigger(bench, "Copy link")
    assert [links.parse(line) for line in QGuiApplication.clipboard().text().splitlines()] == [2, 4]


# Judging


def test_clips_that_are_not_in_memory_are_judged_too(bench: Bench) -> None:
    judged = Heard(bench.wishes.judge_clips)
    bench.model.set_ids(array("q", range(1, 5_001)))
    bench.grid.selectAll()
    bench.key(Key.Key_X)
    ((ids, stars, flag),) = judged.all
    assert ids == list(range(1, 5_001))
    assert (stars, flag) == (-1, "reject")


def test_keys_that_follow_at_once_do_not_undo_each_other(bench: Bench) -> None:
    judged = Heard(bench.wishes.judge_clips)
    bench.shelf.select(4)
    bench.key(Key.Key_3)
    bench.key(Key.Key_P)  # before the stars are saved, and without saying anything of them
    assert judged.all == [([4], 3, "-"), ([4], -1, "pick")]


def test_a_clip_that_is_not_in_memory_keeps_what_nobody_knows(bench: Bench) -> None:
    many = Heard(bench.wishes.judge_clips)
    bench.model.set_ids(array("q", [77]))
    bench.grid.setCurrentIndex(bench.model.index(0))
    bench.key(Key.Key_P)
    assert many.all == [([77], -1, "pick")]
    with bench.qtbot.waitSignal(bench.model.wanted):
        bench.model.clip_at(0)


def test_ctrl_a_chooses_all(bench: Bench) -> None:
    bench.key(Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert bench.grid.selected_ids() == [1, 2, 3, 4, 5, 6]
    assert "6 of 6 chosen" in {label.text() for label in bench.shelf.findChildren(QLabel) if label.isVisible()}


# The menu


def test_rejecting_the_rest_is_offered_for_one_take_that_has_others(bench: Bench) -> None:
    rejected = Heard(bench.wishes.reject_rest)
    offered = {}
    for ids in ((1,), (2,), (4,), (1, 2)):
        choose(bench, *ids)
        offered[ids] = entries(bench)["Reject the rest"]
    assert offered == {(1,): True, (2,): True, (4,): False, (1, 2): False}
    choose(bench, 2)
    trigger(bench, "Reject the rest")
    assert rejected.all == [2]


def test_two_to_four_clips_are_compared_and_of_one_its_takes(bench: Bench) -> None:
    compared, takes = Heard(bench.wishes.compare), Heard(bench.wishes.takes_wanted)
    for ids in ((4, 2), (1, 2, 3, 4), (1, 2, 3, 4, 5), (1,)):
        choose(bench, *ids)
        bench.key(Key.Key_C)
    assert compared.all == [[2, 4], [1, 2, 3, 4]]
    assert takes.all == [1]
    choose(bench, 1, 2, 3, 4, 5)
    assert not entries(bench)["Compare"]


# Tags


@pytest.fixture
def tags(bench: Bench) -> TagPopover:
    choose(bench, 1, 2, 3)
    bench.shelf.set_tags(["night", "coast", "harbour"])
    bench.key(Key.Key_T)
    return bench.shelf.findChildren(TagPopover)[0]


def common(tags: TagPopover) -> list[str]:
    found = tags.tags.findChildren(CrossChip)
    return [chip.text() for chip in found if chip.isVisible()]


def some(tags: TagPopover) -> list[str]:
    return [chip.text() for chip in tags.some]


def chip_of(tags: TagPopover, tag: str) -> SomeChip:
    return next(chip for chip in tags.some if chip.text().startswith(tag))


def test_tags_that_all_have_stand_apart_from_those_that_some_have(tags: TagPopover) -> None:
    assert common(tags) == ["night"]
    assert some(tags) == ["act 1 · 1 of 3", "coast · 1 of 3"]
    assert tags.tags.field.hasFocus()


def test_a_tag_is_given_to_all_and_taken_from_all(bench: Bench, tags: TagPopover) -> None:
    tagged = Heard(bench.wishes.tag_clips)
    QTest.keyClicks(tags.tags.field, "fog")
    QTest.keyClick(tags.tags.field, Key.Key_Return)
    QTest.keyClick(chip_of(tags, "coast"), Key.Key_Return)
    QTest.mouseClick(chip_of(tags, "coast"), Qt.MouseButton.LeftButton)  # its words
    chip_of(tags, "act 1").setFocus()
    QTest.keyClick(chip_of(tags, "act 1"), Key.Key_Delete)
    tags.tags.findChildren(CrossChip)[0].click()
    assert tagged.all == [
        ([1, 2, 3], ["fog"], []),
        ([1, 2, 3], ["coast"], []),
        ([1, 2, 3], ["coast"], []),
        ([1, 2, 3], [], ["act 1"]),
        ([1, 2, 3], [], ["night"]),
    ]


def test_the_popover_follows_what_was_saved(bench: Bench, tags: TagPopover, clips: list[Clip]) -> None:
    for one in clips[:3]:
        bench.model.put(replace(one, tags=(*one.tags, "fog")))
    bench.qtbot.waitUntil(lambda: common(tags) == ["night", "fog"])
    bench.model.put(replace(clips[1], tags=()))
    bench.qtbot.waitUntil(lambda: common(tags) == [])
    assert "night · 2 of 3" in some(tags)


def test_of_clips_that_are_not_in_memory_nothing_is_claimed(bench: Bench, clips: list[Clip]) -> None:
    asked = Heard(bench.wishes.wanted, bench.model.wanted)
    bench.model.set_ids(array("q", [1, 2, 77]))
    bench.grid.selectAll()
    bench.key(Key.Key_T)
    tags = bench.shelf.findChildren(TagPopover)[0]
    assert common(tags) == []
    assert some(tags)[0] == "night · 2 of 3"
    bench.qtbot.waitUntil(lambda: [77] in asked.all)
    bench.model.rows([clip(id=77, tags=("night",))])
    bench.qtbot.waitUntil(lambda: common(tags) == ["night"])


def test_the_popover_stays_while_the_keyboard_moves_in_it(bench: Bench) -> None:
    choose(bench, 4, 5)  # which have no tags: there is nothing else in it that could have the keyboard
    bench.key(Key.Key_T)
    tags = bench.shelf.findChildren(TagPopover)[0]
    QTest.keyClick(tags.tags.field, Key.Key_Escape)
    bench.qtbot.waitUntil(lambda: not tags._left.isActive())
    assert tags.isVisible()
    QTest.keyClick(tags.tags.add, Key.Key_Space)
    bench.qtbot.waitUntil(lambda: not tags._left.isActive())
    assert tags.isVisible()
    assert tags.tags.field.hasFocus()
    bench.grid.setFocus()
    bench.qtbot.waitUntil(lambda: not tags.isVisible())


def test_letters_typed_as_a_tag_judge_nothing(bench: Bench, tags: TagPopover) -> None:
    judged = Heard(bench.wishes.judge, bench.wishes.judge_clips, bench.wishes.trash, bench.wishes.compare)
    QTest.keyClicks(tags.tags.field, "pxu5c")
    assert not judged.all
    QTest.keyClick(tags.tags.field, Key.Key_Escape)
    QTest.keyClick(tags, Key.Key_Escape)
    assert not tags.isVisible()


# The trash


def button(bench: Bench, text: str) -> Button:
    return next(one for one in bench.shelf.findChildren(Button) if one.text() == text)


def test_emptying_the_trash_weighs_it_and_asks(bench: Bench) -> None:
    weighed, emptied = Heard(bench.wishes.weigh_trash), Heard(bench.wishes.empty_trash)
    assert not button(bench, "Empty trash").isVisible()
    bench.shelf.filters.show_trash(True)
    button(bench, "Empty trash").click()
    assert weighed.all == [[1, 2, 3, 4, 5, 6]]
    for yes in (False, True):
        dialog = bench.shelf.commands.ask_to_empty([1, 2, 3], 820_000_000, 1)
        assert dialog.accessibleName() == (
            "Delete 3 clips for good? This frees 820.0 MB and can't be undone. 1 of them was handed over. "
            "What they cost stays in the ledger."
        )
        assert dialog.focusWidget().text() == "Cancel"  # type: ignore[attr-defined]
        assert not emptied.all
        answer(dialog, "Delete 3 clips" if yes else "Cancel")
    assert emptied.all == [[1, 2, 3]]


def answer(dialog: QDialog, text: str) -> None:
    next(one for one in dialog.findChildren(Button) if one.text() == text).click()


def test_a_part_of_the_trash_is_deleted_by_its_menu(bench: Bench) -> None:
    weighed = Heard(bench.wishes.weigh_trash)
    bench.shelf.filters.show_trash(True)
    choose(bench, 2, 3)
    assert entries(bench) == {"Restore": True, "Delete for good…": True}
    trigger(bench, "Delete for good…")
    assert weighed.all == [[2, 3]]


def test_what_is_not_in_the_trash_is_not_deleted(bench: Bench) -> None:
    weighed = Heard(bench.wishes.weigh_trash)
    bench.shelf.commands.weigh_trash([1, 2])
    bench.shelf.filters.show_trash(True)
    bench.model.set_ids(array("q"))
    assert not button(bench, "Empty trash").isVisible()
    assert not weighed.all


def test_keys_compare_and_tag_nothing_in_the_trash(bench: Bench) -> None:
    wished = Heard(bench.wishes.compare, bench.wishes.takes_wanted, bench.wishes.trash)
    bench.shelf.filters.show_trash(True)
    choose(bench, 1, 2)
    for key in (Key.Key_C, Key.Key_T, Key.Key_Delete):
        bench.key(key)
    assert not wished.all
    assert not bench.shelf.findChildren(TagPopover)


# Undo


class Bar:
    """The undo with its toasts, over an empty window."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.wishes, self.toasts = Wishes(), Toasts(self.window)
        self.undo = Undo(self.wishes, self.toasts, self.window, image_name=lambda _hash: "")
        self.back = Heard(self.wishes.undo_judging, self.wishes.restore)
        self.window.show()

    def said(self) -> str:
        labels = self.toasts.findChildren(QLabel)
        return labels[0].text() if self.toasts.isVisible() else ""


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[Bar]:
    made = Bar(qtbot)
    yield made
    made.toasts.hide()


@pytest.mark.parametrize(
    ("stars", "flag", "said"),
    [
        (-1, "pick", "5 clips picked"),
        (-1, "reject", "5 clips rejected"),
        (-1, "", "5 clips unflagged"),
        (4, "-", "5 clips · 4 stars"),
    ],
)
def test_judging_many_says_so_and_is_undone_at_once(bar: Bar, stars: int, flag: str, said: str) -> None:
    bar.wishes.judge_clips.emit([1, 2, 3, 4, 5], stars, flag)
    assert bar.said() == said
    bar.toasts.action.click()
    assert bar.back.all == [()]
    bar.undo.undo()
    assert bar.back.all == [()]  # there is no more


def test_a_toast_leaves_when_what_it_offers_is_done(bar: Bar) -> None:
    bar.wishes.judge_clips.emit([1, 2], -1, "pick")
    bar.undo.undo()
    assert bar.said() == ""
    bar.wishes.judge_clips.emit([1, 2], -1, "pick")
    bar.toasts.show_text("A clip is ready", "Show")
    bar.undo.undo()
    assert bar.said() == "A clip is ready"


def test_what_was_done_last_is_undone_first(bar: Bar) -> None:
    bar.wishes.judge_clips.emit([1], 4, "-")
    assert bar.said() == ""  # the card says it
    bar.wishes.trash.emit([1, 2])
    bar.wishes.tag_clips.emit([3, 4], ["fog"], ["night"])
    assert bar.said() == "2 clips tagged fog, no longer tagged night"
    bar.wishes.reject_rest.emit(3)
    assert bar.said() == "The other takes are rejected"
    for _ in range(5):
        bar.undo.undo()
    assert bar.back.all == [(), (), [1, 2], ()]


def test_the_toast_takes_its_own_step_back(bar: Bar) -> None:
    bar.wishes.trash.emit([1])
    bar.wishes.judge_clips.emit([1, 2], -1, "pick")
    bar.wishes.judge.emit(1, 4, "")
    bar.toasts.action.click()
    assert bar.back.all == [(), ()]  # what came later is taken back before it
    bar.undo.undo()
    assert bar.back.all == [(), (), [1]]


def test_nothing_is_taken_back_in_another_library(bar: Bar) -> None:
    bar.wishes.trash.emit([1])
    bar.undo.forget()
    assert not bar.toasts.isVisible()
    bar.undo.undo()
    assert bar.back.all == []
    bar.toasts.show_text("said in passing")
    bar.undo.forget()
    assert bar.toasts.isVisible()


def test_what_is_gone_for_good_does_not_come_back(bar: Bar) -> None:
    bar.wishes.trash.emit([1, 2])
    bar.wishes.empty_trash.emit([2])
    bar.undo.undo()
    assert bar.back.all == [[1]]


# A hundred thousand


class Counting(ClipList):
    """Counts how often it is asked how many rows it has, which Qt does for every row that it looks at."""

    asked = 0

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        self.asked += 1
        return super().rowCount(parent)


def test_choosing_all_of_a_hundred_thousand_asks_the_model_about_none(qtbot: QtBot) -> None:
    model, view = Counting(), CardView()
    qtbot.addWidget(view)
    view.make_grid()
    view.setModel(model)
    model.set_ids(array("q", range(1, 100_001)))
    view.resize(400, 400)
    view.show()
    qtbot.waitExposed(view)
    model.asked = 0
    view.selectAll()
    assert view.selected_runs() == [(0, 99_999)]
    assert view.selected_count() == 100_000
    assert model.asked < 100
    view.close()
    with qtbot.waitSignal(model.wanted):
        model.clip_at(0)
    model.deleteLater()


def test_only_what_is_chosen_and_near_is_asked_for_to_be_tagged(bench: Bench) -> None:
    asked = Heard(bench.model.wanted)
    bench.model.set_ids(array("q", range(1, 100_001)))
    bench.grid.selectAll()
    with bench.qtbot.waitSignal(bench.model.wanted):
        bench.key(Key.Key_T)
    assert sum(map(len, asked.all)) <= 250
