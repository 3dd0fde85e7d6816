"""The window as a whole: where news go, what is asked before money is spent, panes, keys, and its end."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.catalogue import DEMO
from seedance_desktop.domain.clip import Clip, Flag, Stage, Verdict
from seedance_desktop.domain.memory import KeptDraft
from seedance_desktop.domain.news import ClipRemoved, ClipSaved, Fetched, Health
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.recipe import Draft, Recipe
from seedance_desktop.domain.shelf import Query, Show
from seedance_desktop.domain.trouble import Halt, Trouble
from seedance_desktop.ui import theme
from seedance_desktop.ui.approval import Approval
from seedance_desktop.ui.composer.rows import Rows
from seedance_desktop.ui.shelf import ClipList
from seedance_desktop.ui.window import MainWindow
from seedance_desktop.ui.wishes import Wishes
from tests.ui.test_making_clips import GATEWAY, Heard, clip, unsure, waiting

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less

WIDE, NARROW = (1440, 900), (1024, 700)
CTRL = Qt.KeyboardModifier.ControlModifier


class Bench:
    """A window with two clips on the shelf; `wish` listens to a wish from now on."""

    def __init__(self, qtbot: QtBot, library: Path, size: tuple[int, int] = WIDE) -> None:
        self.qtbot, self.wishes, self.model = qtbot, Wishes(), ClipList()
        self._heard: list[Heard] = []
        self.preferences = Preferences(gateway=GATEWAY)
        self.window = MainWindow(self.wishes, self.model, self.preferences, library)
        self.window.restore({})
        self.window.resize(*size)
        self.window.set_gateway(GATEWAY)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.clips = [clip(id=number, prompt=f"Shot {number}") for number in (1, 2)]
        self.model.set_ids(array("q", [one.id for one in self.clips]))
        self.model.rows(self.clips)
        self.window.shelf.set_counts(2)

    def hear(self, *clips: Clip) -> None:
        for one in clips:
            self.window.hear(ClipSaved(one))

    def wish(self, name: str) -> list[Any]:
        self._heard.append(Heard(getattr(self.wishes, name)))  # kept: a signal doesn't keep its listener
        return self._heard[-1].all

    def texts(self, where: QWidget | None = None) -> set[str]:
        return {label.text() for label in (where or self.window).findChildren(QLabel) if label.isVisible()}

    def dialog(self) -> QDialog:
        return next(one for one in self.window.findChildren(QDialog) if one.isVisible())

    def shown(self) -> list[str]:
        window = self.window
        panes = {"composer": window.composer, "stage": window.centre, "library": window.shelf, "rail": window.rail}
        return [name for name, pane in panes.items() if pane.isVisible()]


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path)
    yield made
    made.window.shut()
    made.model.deleteLater()


@pytest.fixture
def narrow(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path, NARROW)
    yield made
    made.window.shut()
    made.model.deleteLater()


# News


def test_a_clip_goes_from_the_making_to_the_shelf(bench: Bench) -> None:
    asked, one = bench.wish("query_changed"), waiting(id=9, prompt="New shot")
    bench.hear(one)
    assert bench.window.making.counts() == (1, 0)
    bench.window.hear(Fetched(9, 1, 2))
    with bench.qtbot.waitSignal(bench.wishes.query_changed):
        bench.hear(replace(one, stage=Stage.READY))
    assert asked == [Query(stacked=True)]  # only the library knows where it belongs
    assert bench.window.making.counts() == (0, 0)
    assert "“New shot” is ready · charged $0.28" in bench.texts()


def test_many_clips_that_arrive_together_are_one_question(bench: Bench) -> None:
    asked = bench.wish("query_changed")
    with bench.qtbot.waitSignal(bench.wishes.query_changed):
        bench.hear(*(clip(id=number) for number in range(20, 30)))
    assert asked == [Query(stacked=True)]


def test_a_clip_that_is_shown_changes_in_its_place(bench: Bench) -> None:
    bench.hear(replace(bench.clips[0], stars=5))
    kept = bench.model.clip_at(0)
    assert kept is not None
    assert kept.stars == 5


def test_a_planned_clip_that_is_taken_back_is_gone(bench: Bench) -> None:
    one = clip(Stage.PLANNED, id=9)
    bench.hear(one)
    bench.window.hear(ClipRemoved(9))
    assert bench.window.making.counts() == (0, 0)


def test_what_goes_to_the_trash_leaves_and_can_be_brought_back(bench: Bench) -> None:
    restored = bench.wish("restore")
    bench.window.shelf.select(1)
    bench.window.shelf.commands.trash()
    bench.hear(replace(bench.clips[0], trashed=5))
    assert bench.model.row_of(1) == -1
    assert "1 clip moved to the trash" in bench.texts()
    bench.window.toasts.action.click()
    QTest.keyClick(bench.window, Qt.Key.Key_Z, CTRL)  # nothing is left to bring back
    assert restored == [[1]]


def test_ctrl_z_brings_the_last_back_but_not_from_a_text_field(bench: Bench) -> None:
    restored = bench.wish("restore")
    bench.wishes.trash.emit([1])
    bench.wishes.trash.emit([2])
    bench.window.shelf.focus_search()
    QTest.keyClick(bench.window.shelf.filters.search, Qt.Key.Key_Z, CTRL)
    assert not restored
    bench.window.shelf.grid.setFocus()
    QTest.keyClick(bench.window.shelf.grid, Qt.Key.Key_Z, CTRL)
    QTest.keyClick(bench.window.shelf.grid, Qt.Key.Key_Z, CTRL)
    assert restored == [[2], [1]]


def test_a_clip_leaves_a_filter_that_it_no_longer_fits(bench: Bench) -> None:
    bench.window.shelf.filters.shows.segment(Show.UNFLAGGED).click()
    bench.hear(replace(bench.clips[0], flag=Flag.PICK))
    assert bench.model.row_of(1) == -1


def test_a_stopped_clip_can_be_watched_again(bench: Bench) -> None:
    retried, one = bench.wish("retry"), waiting(id=9, prompt="Fog")
    bench.hear(one)
    bench.hear(replace(one, stage=Stage.CANCELLED, reason=Reason.of("stopped-watching")))
    assert "Stopped watching “Fog” · charged $0.28" in bench.texts()
    bench.window.toasts.action.click()
    assert retried == [9]


def test_health_reaches_banner_status_bar_and_queue(bench: Bench) -> None:
    bench.window.clips_in_the_making([unsure()])
    trouble = Trouble(Halt.OFFLINE, Reason.of("offline", gateway="gateway.example"))
    bench.window.hear(Health((trouble,), online=False, in_flight=2, paused=True))
    assert {"gateway.example", "Offline", "2 in flight · queue paused"} <= bench.texts(bench.window.status)
    assert bench.window.banners.isVisible()
    buttons = {button.accessibleName() for button in bench.window.findChildren(QPushButton) if button.isVisible()}
    assert {"Try now", "Resume queue", "1 charge unknown"} <= buttons


# Money


def test_generate_is_wished_once_the_creator_agrees(bench: Bench) -> None:
    wished = bench.wish("generate")
    bench.window.key_state(GATEWAY, "kept", "")
    bench.window.composer.set_draft(Draft(Recipe("A boat"), 8), {})
    bench.window.composer.generate()
    assert not wished  # 8 takes are $2.24, and from $2.00 on it is asked
    dialog = bench.dialog()
    assert dialog.accessibleName() == "This costs $2.24: you want to be asked above $2.00. Generate?"
    _press(dialog, "Generate · $2.24")
    assert [draft.takes for draft in wished] == [8]


def test_cancel_spends_nothing(bench: Bench) -> None:
    wished = bench.wish("generate")
    bench.window.composer.set_draft(Draft(Recipe("A boat"), 8), {})
    bench.window.composer.generate()
    _press(bench.dialog(), "Cancel")
    assert not wished


def test_the_same_recipe_again_within_ten_seconds_is_asked_about(qtbot: QtBot) -> None:
    wishes, asked, clock = Wishes(), [], [100.0]
    approval = Approval(wishes, lambda question, _yes, then: asked.append((question, then)), clock=lambda: clock[0])
    heard = Heard(wishes.generate)
    draft = Draft(Recipe("A boat"), 2)
    approval.consider(draft)
    clock[0] += 9.9
    approval.consider(draft)
    assert [question for question, _then in asked] == [
        "This recipe was sent only a moment ago. Generate it again for $0.56?"
    ]
    assert len(heard.all) == 1
    asked[0][1]()
    assert len(heard.all) == 2
    approval.consider(Draft(Recipe("A ship")))
    clock[0] += 10
    approval.consider(draft)
    assert len(heard.all) == 4


def test_prices_and_limit_come_from_the_preferences(qtbot: QtBot) -> None:
    wishes, asked = Wishes(), []
    approval = Approval(wishes, lambda question, _yes, _then: asked.append(question))
    heard = Heard(wishes.generate)
    approval.set_preferences(Preferences(ask_above=0))
    approval.consider(Draft(Recipe("a"), 8))
    approval.set_preferences(Preferences(prices={Recipe("").model: 300}))
    approval.consider(Draft(Recipe("b")))
    assert len(heard.all) == 1
    assert asked == ["This costs $3.00: you want to be asked above $2.00. Generate?"]


# Panes


def test_make_shows_three_panes_and_review_two(bench: Bench) -> None:
    window = bench.window
    assert bench.shown() == ["composer", "stage", "library"]
    window.top.workspaces.segment("review").click()
    assert bench.shown() == ["stage", "library"]
    assert not window.top.composer.isEnabled()
    assert window.shelf.width() > 500
    window.top.workspaces.segment("make").click()
    assert bench.shown() == ["composer", "stage", "library"]
    assert abs(window.shelf.width() - 384) <= 4


def test_toggles_fold_panes(bench: Bench) -> None:
    bench.window.top.library.click()
    assert bench.shown() == ["composer", "stage"]
    bench.window.top.composer.click()
    assert bench.shown() == ["stage"]
    bench.window.top.library.click()
    assert bench.shown() == ["stage", "library"]


def test_a_narrow_window_folds_the_library_into_a_rail(narrow: Bench) -> None:
    assert narrow.shown() == ["composer", "stage", "rail"]
    narrow.window.rail.opened.emit()
    assert narrow.shown() == ["stage", "library"]
    narrow.window.top.composer.click()
    assert narrow.shown() == ["composer", "stage", "rail"]
    narrow.window.resize(*WIDE)
    narrow.qtbot.waitUntil(lambda: narrow.shown() == ["composer", "stage", "library"])


def test_in_review_the_library_takes_extra_width_up_to_its_most_and_the_stage_the_rest(narrow: Bench) -> None:
    sizes = theme.tokens()["size"]
    narrow.window.top.workspace_picked.emit("review")
    for width in (1024, 1438, 2400):
        narrow.window.resize(width, 800)
        library, stage = narrow.window.shelf.width(), narrow.window.centre.width()
        handle = narrow.window.panes.handleWidth()
        assert sizes["library-review"]["min"] <= library <= sizes["library"]["max"]
        assert stage >= sizes["stage"]["min"]
        assert abs(width - library - stage - handle) <= 2 * handle
        assert width < 2400 or library == sizes["library"]["max"]


def test_the_rail_opens_clips(narrow: Bench) -> None:
    opened = narrow.wish("open_clip")
    narrow.window.rail.list.setCurrentIndex(narrow.model.index(1))
    assert opened == [2]
    assert narrow.window.shelf.grid.selected_ids() == [2]


def test_the_layout_is_remembered_as_json(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    bench.window.top.workspaces.segment("review").click()
    bench.window.resize(1300, 800)
    kept = json.loads(json.dumps(bench.window.state()))
    other = Bench(qtbot, tmp_path)
    other.window.restore(kept)
    assert other.shown() == ["stage", "library"]
    assert other.window.top.workspaces.value == "review"
    other.window.shut()
    other.model.deleteLater()


@pytest.mark.parametrize(
    "kept", [{}, {"geometry": 5, "panes": 7}, {"panes": {"workspace": "x", "widths": {"make": {}}}}]
)
def test_a_layout_that_makes_no_sense_is_passed_over(bench: Bench, kept: dict[str, Any]) -> None:
    bench.window.restore(kept)
    bench.window.resize(*WIDE)
    assert bench.shown() == ["composer", "stage", "library"]


# Keys and menus


def test_keys_of_the_window(bench: Bench) -> None:
    window = bench.window
    window.activateWindow()
    window.composer.focus_prompt()
    QTest.keyClick(window, Qt.Key.Key_F, CTRL)
    assert window.focusWidget() is window.shelf.filters.search
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert "Backward, pause, forward" in bench.texts(bench.dialog())
    bench.dialog().close()
    QTest.keyClick(window, Qt.Key.Key_Comma, CTRL)
    assert bench.dialog().windowTitle() == "Settings"
    bench.dialog().close()


def test_a_new_draft_keeps_the_old_one_at_hand(bench: Bench) -> None:
    old = Draft(Recipe("A boat", ratio="9:16"), 3, "Film", "12B")
    new = replace(old, recipe=replace(old.recipe, prompt=""))
    bench.window.composer.set_draft(old, {})
    kept, opened = bench.wish("draft_changed"), bench.wish("open_draft")
    QTest.keyClick(bench.window, Qt.Key.Key_N, CTRL)
    assert bench.window.composer.draft() == new
    assert opened == [0]
    assert kept == [new]
    bench.window.composer.memory.set_drafts([KeptDraft(2, new), KeptDraft(1, old)], 2)
    bench.window.toasts.action.click()
    rows = next(one for one in bench.window.findChildren(Rows) if one.accessibleName() == "Drafts")
    assert rows.isVisible()
    assert [one.draft for one in rows.values] == [new, old]


def test_letters_typed_into_a_field_judge_and_play_nothing(bench: Bench) -> None:
    judged = [bench.wish(name) for name in ("judge", "trash", "open_clip")]
    bench.window.stage.open(bench.clips[0], None, None)
    bench.window.shelf.select(1)
    for field in (bench.window.composer.prompt.editor, bench.window.composer.shot, bench.window.shelf.filters.search):
        field.setFocus()
        QTest.keyClicks(field, "5pxujkl ")
    assert judged == [[], [], []]
    assert bench.window.composer.prompt.text == "5pxujkl "


def test_a_digit_on_a_button_of_the_composer_judges_nothing(bench: Bench) -> None:
    judged = bench.wish("judge")
    bench.window.stage.open(bench.clips[0], None, None)
    bench.window.composer.generate_button.setFocus()
    QTest.keyClick(bench.window.composer.generate_button, Qt.Key.Key_5)
    assert not judged


def test_the_stages_keys_work_in_the_library_but_arrows_choose_cards(bench: Bench) -> None:
    judged, opened = bench.wish("judge_clips"), bench.wish("open_clip")
    bench.window.stage.open(bench.clips[0], None, None)
    bench.window.shelf.select(1)
    QTest.keyClick(bench.window.shelf.grid, Qt.Key.Key_Right)
    QTest.keyClick(bench.window.shelf.grid, Qt.Key.Key_4)
    assert opened == [2]
    assert judged == [([2], 4, "-")]


def test_previous_and_next_clip_walk_through_the_library(bench: Bench) -> None:
    opened = bench.wish("open_clip")
    bench.window.stage.next_clip.emit()
    bench.window.stage.next_clip.emit()
    bench.window.stage.next_clip.emit()
    bench.window.stage.previous_clip.emit()
    assert opened == [1, 2, 1]


def test_the_keyboard_on_the_cards_chooses_none_of_them(bench: Bench) -> None:
    opened = bench.wish("open_clip")
    grid = bench.window.shelf.grid
    grid.selectionModel().setCurrentIndex(grid.model().index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
    bench.window.stage.next_clip.emit()
    assert opened == [1]


def test_every_menu_entry_does_something(bench: Bench) -> None:
    bars = [menu for menu in bench.window.findChildren(QMenu) if menu.actions()]
    entries = {action.text() for menu in bars for action in menu.actions() if not action.isSeparator()}
    assert {"New draft", "Settings…", "Search library", "Make", "Review", "Keys", "Quit"} <= entries
    assert not {text for text in entries if "Compare" in text}


def test_the_clip_menu_wishes_for_the_chosen_clip(bench: Bench) -> None:
    edited = bench.wish("edit_recipe")
    menu = QMenu(bench.window)
    bench.window.shelf.commands.fill_menu(menu)
    assert not any(action.isEnabled() for action in menu.actions())
    bench.window.shelf.select(2)
    menu.clear()
    bench.window.shelf.commands.fill_menu(menu)
    next(action for action in menu.actions() if action.text() == "Use recipe").trigger()
    assert edited == [2]


def test_using_a_recipe_opens_the_composer(narrow: Bench) -> None:
    narrow.window.rail.opened.emit()
    narrow.wishes.edit_recipe.emit(1)
    assert narrow.shown() == ["composer", "stage", "rail"]


# Keys of gateways, first run, library


def test_without_a_key_and_a_clip_the_first_run_stands_on_the_stage(bench: Bench) -> None:
    bench.window.key_state(GATEWAY, "none", "")
    assert not bench.window.composer.generate_button.isEnabled()
    assert bench.window.centre.currentWidget() is bench.window.stage  # there are clips to look at
    bench.model.set_ids(array("q"))
    bench.window.shelf.set_counts(0)
    assert bench.window.centre.currentWidget() is bench.window.centre.first_run
    bench.window.key_state("https://other.example", "kept", "")
    assert bench.window.centre.currentWidget() is bench.window.centre.first_run
    bench.window.key_state(GATEWAY, "session", "")
    assert bench.window.centre.currentWidget() is bench.window.stage
    assert bench.window.composer.generate_button.isEnabled()


def test_the_demo_needs_no_key(bench: Bench) -> None:
    bench.window.key_state(GATEWAY, "none", "")
    bench.window.set_gateway(DEMO)
    assert bench.window.composer.generate_button.isEnabled()


def test_a_library_that_does_not_open_says_why_and_what_to_do(bench: Bench, tmp_path: Path) -> None:
    chosen = bench.wish("choose_library")
    bench.window.blocked("The library is in use by another Seedance.")
    assert "The library is in use by another Seedance." in bench.texts(bench.window.centre)
    assert not bench.window.composer.generate_button.isEnabled()
    _press(bench.window.centre, "Try again")
    assert chosen == [str(tmp_path)]
    bench.window.set_library(tmp_path)
    assert bench.window.centre.currentWidget() is bench.window.stage
    assert bench.window.composer.generate_button.isEnabled()


def test_settings_know_the_key_that_was_known_before_they_were_opened(bench: Bench) -> None:
    bench.window.key_state(GATEWAY, "kept", "A key is kept.")
    bench.wishes.open_settings.emit("account")
    assert "A key is kept." in bench.texts(bench.dialog())
    bench.dialog().close()


# Images and the end


def test_images_dropped_anywhere_are_added(bench: Bench, tmp_path: Path) -> None:
    added = bench.wish("add_images")
    bench.window.top.workspaces.segment("review").click()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.png"))])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPoint(700, 300).toPointF(), copy, data, Qt.MouseButton.LeftButton, none)
    bench.window.dropEvent(drop)
    assert added == [[str(tmp_path / "a.png")]]
    assert "composer" in bench.shown()


def test_closing_is_only_asked_for_until_the_window_is_shut(bench: Bench) -> None:
    asked = Heard(bench.window.close_wanted)
    bench.window.close()
    assert len(asked.all) == 1
    assert bench.window.isVisible()
    bench.window.show_closing(20)
    assert "Waiting up to 20 s for the gateway's answer…" in bench.texts()
    bench.window.shut()
    assert not bench.window.isVisible()


@pytest.mark.parametrize("choice", ["dark", "light"])
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_it_paints_in_both_themes_and_switches(
    bench: Bench, qapp: QApplication, choice: str, size: tuple[int, int]
) -> None:
    bench.window.clips_in_the_making([waiting(), unsure(), clip(Stage.FAILED, charged=Verdict.NO)])
    bench.window.resize(*size)
    theme.apply(qapp, choice)
    picture = bench.window.grab().toImage()
    assert picture.pixelColor(3, 3) == theme.color("window")
    assert bench.window.minimumSizeHint().width() <= NARROW[0]


def _press(where: QWidget, name: str) -> None:
    buttons = where.findChildren(QPushButton)
    next(button for button in buttons if button.accessibleName() == name and button.isVisible()).click()


def test_adding_an_image_of_the_library_shows_the_composer(bench: Bench) -> None:
    bench.window.top.workspace_picked.emit("review")
    assert not bench.window.panes.shown["composer"]
    bench.wishes.use_images.emit(["abc"])
    assert bench.window.panes.shown["composer"]


def test_the_keyboard_goes_to_the_cards_when_the_composer_is_folded(bench: Bench) -> None:
    bench.window.activateWindow()
    bench.window.composer.focus_prompt()
    bench.window.top.workspace_picked.emit("review")
    assert bench.window.shelf.grid.hasFocus()
