"""The composer's memory on screen: drafts side by side, presets, prompt history, and names completed as typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.memory import KeptDraft, PastPrompt, Preset
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.recipe import Draft, Recipe, Reference
from seedance_desktop.ui.composer import textlines
from seedance_desktop.ui.composer.rows import Rows
from seedance_desktop.ui.controls import Button, Field
from seedance_desktop.ui.namedialog import NameDialog
from seedance_desktop.ui.shelf import ClipList
from seedance_desktop.ui.when import ago, day, time_of_day
from seedance_desktop.ui.window import MainWindow
from seedance_desktop.ui.wishes import Wishes
from tests.ui.test_making_clips import Heard

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
MARA = Reference("Mara", "aa", ".jpg", "", 300, 400)
BOAT = Draft(Recipe("A boat at dawn"), 2, "Harbour", "3")
TOWER = Draft(Recipe("A tower in the fog", (MARA,)), 1)


class Desk:
    """A window whose composer has two kept drafts, the boat open."""

    def __init__(self, qtbot: QtBot, library: Path) -> None:
        self.qtbot, self.wishes = qtbot, Wishes()
        self.window = MainWindow(self.wishes, ClipList(), Preferences(gateway="https://gateway.example"), library)
        self.window.resize(1440, 900)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.composer, self.memory = self.window.composer, self.window.composer.memory
        self.composer.set_draft(BOAT, {})
        self.memory.set_drafts([KeptDraft(1, BOAT, "", 5), KeptDraft(2, TOWER, "Fog", 3)], 1)
        self._heard: list[Heard] = []

    def wish(self, *names: str) -> list[Any]:
        self._heard.append(Heard(*(getattr(self.wishes, name) for name in names)))
        return self._heard[-1].all

    def rows(self, name: str) -> Rows:
        return next(one for one in self.window.findChildren(Rows) if one.accessibleName() == name)

    def field(self, name: str) -> Field:
        return next(one for one in self.window.findChildren(Field) if one.accessibleName() == name)

    def press(self, name: str) -> None:
        buttons = self.window.findChildren(Button)
        next(one for one in buttons if one.accessibleName() == name and one.isVisible()).click()

    def dialog(self) -> NameDialog:
        return next(one for one in self.window.findChildren(NameDialog) if one.isVisible())

    def menu(self) -> QMenu:
        return next(one for one in self.window.findChildren(QMenu) if one.isVisible())


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Any:
    desk = Desk(qtbot, tmp_path)
    yield desk
    desk.window.shut()


def key(where: QWidget, which: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(where, which, modifiers)


def action(menu: QMenu, begins: str) -> QAction:
    return next(one for one in menu.actions() if one.text().startswith(begins))


# Drafts


def test_the_head_names_the_open_draft(desk: Desk) -> None:
    title = desk.composer.head.title
    assert (title.text(), title.accessibleName()) == ("A boat at dawn", "Draft: A boat at dawn")
    desk.memory.set_drafts(desk.memory.drafts, 2)
    assert title.text() == "Fog"
    desk.memory.set_drafts([], 0)
    desk.composer.set_draft(Draft(), {})
    assert title.text() == "New draft"
    QTest.keyClicks(desk.composer.prompt.editor, "Rain on the sea")
    desk.composer.flush()
    assert title.text() == "Rain on the sea"


def test_the_list_of_drafts_opens_another_one_by_the_keyboard(desk: Desk) -> None:
    opened = desk.wish("open_draft")
    desk.composer.focus_prompt()
    desk.composer.head.title.click()
    rows = desk.rows("Drafts")
    assert rows.hasFocus()
    assert rows.current.number == 1
    assert rows.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Fog, ")
    assert rows.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("1 image")
    key(rows, Qt.Key.Key_Down)
    key(rows, Qt.Key.Key_Return)
    assert opened == [2]
    assert not rows.isVisible()
    assert desk.composer.prompt.editor.hasFocus()


def test_the_list_shows_the_open_draft_as_it_stands_now(desk: Desk) -> None:
    desk.composer.set_draft(TOWER, {})
    desk.memory.open_drafts()
    assert [one.title for one in desk.rows("Drafts").values] == ["A tower in the fog", "Fog"]
    desk.memory.set_drafts(desk.memory.drafts, 0)
    assert [(one.number, one.title) for one in desk.rows("Drafts").values] == [
        (0, "A tower in the fog"),
        (1, "A boat at dawn"),
        (2, "Fog"),
    ]


def test_what_is_typed_is_kept_before_another_draft_opens(desk: Desk) -> None:
    heard = desk.wish("draft_changed", "open_draft")
    QTest.keyClicks(desk.composer.prompt.editor, "!")
    desk.memory.opened.emit(desk.memory.drafts[1])
    assert [one if isinstance(one, int) else one.recipe.prompt for one in heard] == ["A boat at dawn!", 2]


def test_an_empty_draft_does_not_stay_behind(desk: Desk) -> None:
    removed = desk.wish("remove_draft")
    desk.composer.set_draft(Draft(), {})
    desk.memory.opened.emit(desk.memory.drafts[1])
    assert removed == [1]


def test_escape_and_a_click_elsewhere_close_the_list(desk: Desk) -> None:
    desk.composer.focus_prompt()
    desk.memory.open_drafts()
    key(desk.rows("Drafts"), Qt.Key.Key_Escape)
    assert not desk.rows("Drafts").isVisible()
    assert desk.composer.prompt.editor.hasFocus()
    desk.memory.open_drafts()
    QTest.mouseClick(desk.window.centre, Qt.MouseButton.LeftButton)
    assert not desk.rows("Drafts").isVisible()


def test_letters_in_the_list_reach_no_player(desk: Desk) -> None:
    judged = desk.wish("judge")
    desk.memory.open_drafts()
    QTest.keyClicks(desk.rows("Drafts"), "5px")
    assert not judged


def test_a_new_draft_from_an_empty_one_is_the_same_one(desk: Desk) -> None:
    opened = desk.wish("open_draft")
    key(desk.window, Qt.Key.Key_N, CTRL)
    key(desk.window, Qt.Key.Key_N, CTRL)
    assert opened == [0]
    assert desk.composer.draft() == Draft(Recipe(""), 2, "Harbour", "3")


def test_a_draft_is_named_and_goes_by_its_words_again(desk: Desk) -> None:
    named = desk.wish("name_draft")
    desk.memory.renamed.emit(desk.memory.kept)
    assert desk.dialog().field.text() == "A boat at dawn"
    desk.dialog().field.setText("灯塔")
    desk.dialog().agree.click()
    desk.memory.renamed.emit(KeptDraft(2, TOWER, "Fog"))
    desk.dialog().field.clear()
    key(desk.dialog().field, Qt.Key.Key_Return)
    assert named == [(1, "灯塔"), (2, "")]


def test_a_draft_is_doubled_and_removed_with_a_way_back(desk: Desk) -> None:
    restored, removed = desk.wish("restore_draft"), desk.wish("remove_draft")
    desk.memory.open_drafts()
    key(desk.rows("Drafts"), Qt.Key.Key_Down)
    desk.press("Duplicate draft")
    assert restored.pop() == KeptDraft(0, TOWER, "Fog (copy)")
    desk.memory.open_drafts()
    key(desk.rows("Drafts"), Qt.Key.Key_Delete)
    assert removed == [1]
    desk.window.toasts.action.click()
    assert restored == [KeptDraft(1, BOAT, "", 5)]


def test_the_menu_of_the_head_acts_on_the_open_draft(desk: Desk) -> None:
    removed = desk.wish("remove_draft")
    desk.composer.head.more.click()
    action(desk.menu(), "Remove draft").trigger()
    assert removed == [1]
    desk.menu().hide()


def test_undo_acts_where_the_keyboard_is(desk: Desk) -> None:
    restored = desk.wish("restore")
    menus = [menu for menu in desk.window.top.findChildren(QMenu) if menu.title() == "Edit"]
    undo, redo = action(menus[0], "Undo"), action(menus[0], "Redo")
    desk.composer.focus_prompt()
    QTest.keyClicks(desk.composer.prompt.editor, "x")
    desk.wishes.trash.emit([7])
    undo.trigger()
    assert (desk.composer.prompt.text, restored) == ("A boat at dawn", [])
    redo.trigger()
    assert desk.composer.prompt.text != "A boat at dawn"
    desk.window.shelf.filters.search.setFocus()
    undo.trigger()
    assert restored == [[7]]
    desk.composer.flush()


# A recipe comes back


def test_a_recipe_that_comes_back_keeps_what_was_typed_as_a_draft(desk: Desk) -> None:
    heard = desk.wish("open_draft", "draft_changed")
    desk.window.drafts.use(TOWER, {})
    assert [heard[0], heard[1].recipe.prompt] == [0, "A tower in the fog"]
    assert desk.composer.draft().recipe.prompt == "A tower in the fog"


@pytest.mark.parametrize("sent", [True, False])
def test_a_recipe_takes_the_place_of_what_was_sent_or_is_empty(desk: Desk, sent: bool) -> None:
    opened = desk.wish("open_draft")
    before = BOAT if sent else Draft()
    desk.composer.set_draft(before, {})
    if sent:
        desk.wishes.generate.emit(BOAT)
    desk.window.drafts.use(TOWER, {})
    assert not opened
    assert desk.composer.draft().recipe.prompt == "A tower in the fog"
    desk.composer.undo()
    assert desk.composer.draft() == before
    desk.composer.flush()


# Presets


def test_presets_are_applied_kept_and_removed_by_name(desk: Desk) -> None:
    applied, kept, removed = desk.wish("apply_preset"), desk.wish("keep_preset"), desk.wish("remove_preset")
    desk.memory.set_presets([Preset.of("Wide & slow", BOAT, images=False)])
    menu = QMenu(desk.window)
    desk.memory.presets.fill(menu)
    assert menu.actions()[0].text() == "Wide && slow\t16:9 · 5 s · 1080p · 2 takes"
    menu.actions()[0].trigger()
    action(menu, "Remove preset").menu().actions()[0].trigger()  # type: ignore[attr-defined]
    assert (applied, removed) == (["Wide & slow"], ["Wide & slow"])
    desk.composer.set_draft(TOWER, {})
    action(menu, "Save settings").trigger()
    dialog = desk.dialog()
    assert not dialog.agree.isEnabled()
    QTest.keyClicks(dialog.field, "Wide & slow")
    assert dialog.agree.text() == "Replace"
    dialog.field.setText("Mara")
    assert dialog.agree.text() == "Save"
    dialog.tick.setChecked(True)
    dialog.agree.click()
    assert kept == [Preset.of("Mara", TOWER, images=True)]


# Prompt history

PROMPTS = [
    PastPrompt("A boat leaves the harbour at dawn", 11, 5, 4),
    PastPrompt("海边的灯塔, 蓝调时刻", 12, 4, 1),
]


def test_the_history_is_searched_and_puts_a_prompt_into_the_editor(desk: Desk) -> None:
    wanted = desk.wish("prompts_wanted")
    desk.composer.focus_prompt()
    key(desk.window, Qt.Key.Key_R, CTRL)
    search, rows = desk.field("Search prompts"), desk.rows("Prompts")
    assert search.hasFocus()
    desk.memory.set_prompts(PROMPTS)
    search.insert("灯")
    search.setText("灯塔")
    desk.qtbot.waitUntil(lambda: len(wanted) == 2)
    assert wanted == ["", "灯塔"]
    desk.memory.set_prompts(PROMPTS[1:])
    assert rows.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).startswith(PROMPTS[1].prompt)
    assert rows.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("1 clip")
    key(search, Qt.Key.Key_Return)
    assert desk.composer.prompt.text == "海边的灯塔, 蓝调时刻"
    assert desk.composer.prompt.editor.hasFocus()
    desk.composer.undo()
    assert desk.composer.prompt.text == "A boat at dawn"
    desk.composer.flush()


def test_arrows_and_shift_enter_take_a_whole_recipe(desk: Desk) -> None:
    edited = desk.wish("edit_recipe")
    desk.memory.open_history()
    desk.memory.set_prompts(PROMPTS)
    search = desk.field("Search prompts")
    key(search, Qt.Key.Key_Down)
    key(search, Qt.Key.Key_Return, SHIFT)
    assert edited == [12]
    desk.memory.open_history()
    desk.memory.set_prompts(PROMPTS)
    desk.press("Use whole recipe")
    assert edited == [12, 11]


def test_control_enter_in_a_list_costs_nothing(desk: Desk) -> None:
    generated = desk.wish("generate")
    desk.composer.set_ready(True)
    desk.memory.open_history()
    desk.memory.set_prompts(PROMPTS)
    key(desk.field("Search prompts"), Qt.Key.Key_Return, CTRL)
    assert not generated
    assert desk.composer.prompt.text == PROMPTS[0].prompt
    desk.composer.flush()
    key(desk.composer.prompt.editor, Qt.Key.Key_Return, CTRL)
    assert len(generated) == 1


def test_an_answer_to_an_older_search_is_passed_over(desk: Desk) -> None:
    desk.memory.open_history()
    desk.field("Search prompts").setText("fog")
    desk.memory.set_prompts(PROMPTS)
    assert not desk.rows("Prompts").values
    key(desk.field("Search prompts"), Qt.Key.Key_Escape)
    assert not desk.field("Search prompts").isVisible()


def test_the_history_opens_for_no_key_of_an_input_method_and_only_with_the_composer(desk: Desk) -> None:
    wanted = desk.wish("prompts_wanted")
    desk.composer.focus_prompt()
    QApplication.sendEvent(desk.composer.prompt.editor, QInputMethodEvent("deng", []))
    key(desk.window, Qt.Key.Key_R, CTRL)
    QApplication.sendEvent(desk.composer.prompt.editor, QInputMethodEvent())
    assert not wanted
    desk.window.panes.toggle("composer")
    key(desk.window, Qt.Key.Key_R, CTRL)
    assert not wanted


def test_a_prompt_put_in_names_the_images_that_are_there(desk: Desk) -> None:
    desk.composer.set_draft(TOWER, {})
    desk.memory.picked.emit("Image 1 climbs the stairs")
    assert desk.composer.draft().recipe.references == (MARA,)
    assert "aa" in desk.composer.prompt.text  # the mark is bound to the image, whatever its number
    desk.composer.flush()


def test_finds_are_marked_and_brought_into_view() -> None:
    assert [("The Lighthouse"[a:b]) for a, b in textlines.found("The Lighthouse", "light")] == ["Light"]
    text = "word " * 40 + "灯塔"
    shown, spans = textlines.excerpt(text, textlines.found(text, "灯塔"))
    assert shown.startswith("…")
    assert len(shown) < 60
    assert [shown[start:end] for start, end in spans] == ["灯塔"]


# Projects and shots


def test_project_and_shot_are_completed_from_what_there_is(desk: Desk) -> None:
    asked = desk.wish("shots_wanted")
    desk.memory.set_projects(["Lighthouse film", "Night light", "海边"])
    project = desk.composer.project
    project.setFocus()
    project.clear()
    QTest.keyClicks(project, "LIGHT")
    offered = desk.memory.projects.list
    assert offered.isVisible()
    assert [offered.model().index(row, 0).data() for row in range(offered.model().rowCount())] == [
        "Lighthouse film",
        "Night light",
    ]
    key(offered, Qt.Key.Key_Down)
    key(offered, Qt.Key.Key_Down)
    key(offered, Qt.Key.Key_Tab)
    assert project.text() == "Night light"
    assert not offered.isVisible()
    desk.composer.shot.setFocus()
    assert asked == ["Night light"]
    desk.composer.flush()


def test_anything_else_may_be_typed(desk: Desk) -> None:
    desk.memory.set_projects(["Lighthouse film"])
    project = desk.composer.project
    project.setFocus()
    project.clear()
    QTest.keyClicks(project, "Light")
    key(desk.memory.projects.list, Qt.Key.Key_Return)
    assert project.text() == "Light"
    assert not desk.memory.projects.list.isVisible()
    desk.composer.flush()


# Time in words


def test_how_long_ago_something_was() -> None:
    now = 1_800_000_000_000
    assert ago(0, now) == ""
    assert ago(now - 59_000, now) == "just now"
    assert ago(now - 5 * 60_000, now) == "5 min ago"
    assert ago(now - 90 * 86_400_000, now) == day(now - 90 * 86_400_000)
    assert ago(now - 3_700_000, now) in (time_of_day(now - 3_700_000), day(now - 3_700_000))


def test_no_dialog_blocks(desk: Desk) -> None:
    desk.memory.presets.save()
    assert isinstance(desk.dialog(), QDialog)
    desk.dialog().reject()
