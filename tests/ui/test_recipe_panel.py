"""Below the picture: tags, notes, the facts, the way back to making, and the menu above."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.family import Descent, Family, relative
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.recipe import Recipe, Reference
from seedance_desktop.ui.controls import Button
from seedance_desktop.ui.shelf import ClipList
from seedance_desktop.ui.stage import Stage
from seedance_desktop.ui.stage import facts as told
from seedance_desktop.ui.tagging import CrossChip, TagsLine
from seedance_desktop.ui.takes.grabbing import file_name
from seedance_desktop.ui.topbar import REVIEW
from seedance_desktop.ui.window import MainWindow
from seedance_desktop.ui.wishes import Wishes
from tests.ui.test_stage_clips import clip_of, make_clip, times

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less

WIDE, NARROW, LEAST = (848, 834), (632, 634), (420, 634)
Key = Qt.Key
SLACK = 12  # pixels that a count of two digits is wider than one of one
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
JUDGED = ["tag_clips", "note_clip", "judge", "trash", "reject_rest"]
HEARD = [*JUDGED, "continue_from", "grab_frame", "family_wanted", "takes_wanted", "edit_recipe", "show_in_folder"]


class Bench(QWidget):
    """A window with a stage in it, and everything that was wished for."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self.qtbot = qtbot
        self.wishes = Wishes()
        self.stage = Stage(self.wishes)
        self.panel = self.stage.recipe
        self.elsewhere = QLineEdit()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stage)
        layout.addWidget(self.elsewhere)
        self.asked: list[tuple[str, tuple[object, ...]]] = []
        for name in HEARD:
            getattr(self.wishes, name).connect(lambda *what, name=name: self.asked.append((name, what)))

    def of(self, name: str) -> list[tuple[object, ...]]:
        return [what for one, what in self.asked if one == name]

    def show_clip(self, clip: Clip, file: Path | None = None) -> Clip:
        self.stage.open(clip, file, times() if file else None)
        return clip

    def open_file(self, file: Path, clip: Clip | None = None) -> Clip:
        made = self.show_clip(clip or clip_of(), file)
        self.qtbot.waitUntil(lambda: self.stage.deck.number == 0)
        return made

    def button(self, name: str) -> Button:
        return next(one for one in self.stage.findChildren(Button) if one.accessibleName() == name)

    def chips(self) -> list[str]:
        return [one.text() for one in self.panel.tags.findChildren(CrossChip) if one.isVisible()]

    def menu(self) -> dict[str, object]:
        self.button("More about this clip").click()
        menu = self.stage.header.findChildren(QMenu)[-1]
        return {action.text(): action for action in menu.actions() if action.text()}


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clips") / "film.mp4")


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(qtbot)
    qtbot.addWidget(made)
    made.resize(*WIDE)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    yield made
    made.stage.shut()


# Tags


def test_tags_are_added_and_taken_away(bench: Bench) -> None:
    clip = bench.show_clip(clip_of(tags=("coast", "act 1")))
    bench.button("Add tag").click()
    QTest.keyClicks(bench.panel.tags.field, "  night   shoot ")
    QTest.keyClick(bench.panel.tags.field, Key.Key_Return)
    chip = next(one for one in bench.panel.tags.findChildren(CrossChip) if one.text() == "act 1")
    assert chip.accessibleName() == "Remove tag act 1"
    QTest.keyClick(chip, Key.Key_Delete)
    assert bench.of("tag_clips") == [([clip.id], ["night shoot"], []), ([clip.id], [], ["act 1"])]
    assert bench.chips() == ["coast", "act 1"]  # shown when it is saved
    bench.stage.update_clip(replace(clip, tags=("coast", "night shoot")))
    assert bench.chips() == ["coast", "night shoot"]
    assert not bench.of("trash")


def test_delete_after_the_last_tag_does_not_reach_the_clip(bench: Bench) -> None:
    clip = bench.show_clip(clip_of(tags=("coast",)))
    chip = bench.panel.tags.findChildren(CrossChip)[0]
    chip.setFocus()
    QTest.keyClick(chip, Key.Key_Delete)
    focus = QApplication.focusWidget()
    assert focus is bench.panel.tags.add
    bench.stage.update_clip(replace(clip, tags=()))
    for key in (Key.Key_Delete, Key.Key_Backspace):
        QTest.keyClick(focus, key)
    assert not bench.of("trash")
    assert len(bench.of("tag_clips")) == 1


def test_the_mouse_on_a_cross_leaves_the_keyboard_where_it_is(bench: Bench) -> None:
    bench.show_clip(clip_of(tags=("coast",)))
    bench.elsewhere.setFocus()
    chip = bench.panel.tags.findChildren(CrossChip)[0]
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(8, 11))
    assert not bench.of("tag_clips")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 8, 11))
    assert len(bench.of("tag_clips")) == 1
    assert QApplication.focusWidget() is bench.elsewhere


def test_a_known_tag_is_completed_and_spelled_as_it_is_known(bench: Bench) -> None:
    clip = bench.show_clip(clip_of(tags=("coast",)))
    bench.stage.set_tags(["coast", "Night", "dawn"])
    completer = bench.panel.tags.field.completer()
    model = completer.model()
    assert model is not None
    assert [model.data(model.index(row, 0)) for row in range(model.rowCount())] == ["Night", "dawn"]
    bench.button("Add tag").click()
    QTest.keyClicks(bench.panel.tags.field, "night")
    QTest.keyClick(bench.panel.tags.field, Key.Key_Return)
    assert bench.of("tag_clips") == [([clip.id], ["Night"], [])]


def test_a_tag_being_typed_belongs_to_the_clip_that_it_was_typed_for(bench: Bench) -> None:
    first = bench.show_clip(clip_of())
    bench.button("Add tag").click()
    QTest.keyClicks(bench.panel.tags.field, "dawn")
    bench.show_clip(clip_of())
    assert bench.of("tag_clips") == [([first.id], ["dawn"], [])]
    assert bench.button("Add tag").isVisible()


@pytest.mark.parametrize("size", [WIDE, NARROW, LEAST])
@pytest.mark.parametrize("count", [0, 1, 3, 40])
def test_tags_without_room_are_counted(bench: Bench, size: tuple[int, int], count: int) -> None:
    bench.resize(*size)
    bench.show_clip(clip_of(tags=tuple(f"tag number {n}" for n in range(count))))
    bench.qtbot.waitUntil(lambda: bench.stage.width() == size[0])
    line = bench.panel.tags
    shown = [one for one in line.findChildren(CrossChip) if one.isVisible()]
    hidden = count - len(shown)
    assert line.more.isVisible() == (hidden > 0)
    if hidden:
        assert line.more.text() == f"+{hidden}"
        assert str(hidden) in line.more.accessibleName()
    widgets = [*shown, *([line.more] if hidden else []), line.entry]
    places = [(one.x(), one.x() + one.width()) for one in widgets]
    assert places[0][0] >= 0
    assert all(before[1] < after[0] for before, after in pairwise(places))
    assert places[-1][1] == line.width()
    if count == 40:
        assert hidden
    if size == WIDE and count == 3:
        assert not hidden


def test_no_width_cuts_a_tag_or_hides_one_that_has_room(qtbot: QtBot) -> None:
    line = TagsLine()
    qtbot.addWidget(line)
    line.show_tags(tuple(f"tag {'o' * (n % 5)}{n}" for n in range(9)))
    line.show()
    seen = set()
    for width in range(120, 900, 7):
        line.resize(width, line.height())
        chips = line.findChildren(CrossChip)
        shown = [one for one in chips if one.isVisible()]
        seen.add(len(shown))
        last = line.entry.geometry().right() + 1
        assert last == width
        assert all(one.width() == one.sizeHint().width() for one in shown)
        if len(shown) < len(chips):
            left = shown[0].x() if shown else line.more.x()
            assert left < chips[len(shown)].sizeHint().width() + 5 + SLACK
    assert seen == set(range(10))


def test_all_tags_stand_in_a_popover_that_changes_them(bench: Bench) -> None:
    bench.resize(*LEAST)
    clip = bench.show_clip(clip_of(tags=tuple(f"tag {n}" for n in range(40))))
    bench.panel.tags.more.click()
    every = next(one for one in bench.findChildren(QWidget) if one.accessibleName() == "All tags" and one.layout())
    chips = every.findChildren(CrossChip)
    assert len(chips) == 40
    assert chips[0].hasFocus()
    QTest.keyClick(chips[0], Key.Key_Delete)
    assert bench.of("tag_clips") == [([clip.id], [], ["tag 0"])]
    bench.stage.update_clip(replace(clip, tags=clip.tags[1:]))
    assert len([one for one in every.findChildren(CrossChip) if one.isVisible()]) == 39
    bench.show_clip(clip_of())
    assert not every.isVisible()


def test_tags_are_a_list_for_a_screen_reader(bench: Bench) -> None:
    bench.show_clip(clip_of(tags=("coast",)))
    interface = QAccessible.queryAccessibleInterface(bench.panel.tags)
    assert interface.role() == QAccessible.Role.List
    assert interface.text(QAccessible.Text.Name) == "Tags"


# Notes


def test_notes_are_saved_soon_after_typing(bench: Bench) -> None:
    clip = bench.show_clip(clip_of())
    notes = bench.panel.notes
    assert notes.accessibleName() == "Notes"
    assert notes.placeholderText() == "Add a note"
    notes.setFocus()
    QTest.keyClicks(notes, "hold 4 px")
    assert not bench.of("note_clip")
    bench.qtbot.waitUntil(lambda: bool(bench.of("note_clip")))
    assert bench.of("note_clip") == [(clip.id, "hold 4 px")]
    assert not bench.of("judge")
    assert bench.stage.deck.moving == 0


def test_leaving_saves_at_once_and_once(bench: Bench) -> None:
    clip = bench.show_clip(clip_of())
    bench.panel.notes.setFocus()
    QTest.keyClicks(bench.panel.notes, "x")
    bench.elsewhere.setFocus()
    bench.panel.notes.setFocus()
    bench.elsewhere.setFocus()
    assert bench.of("note_clip") == [(clip.id, "x")]


def test_a_note_is_never_lost_when_another_clip_opens(bench: Bench) -> None:
    first, second = clip_of(notes="old"), clip_of(notes="other")
    bench.show_clip(first)
    bench.panel.notes.setFocus()
    QTest.keyClicks(bench.panel.notes, "new ")
    bench.show_clip(second)
    assert bench.panel.notes.toPlainText() == "other"
    bench.stage.open(None, None, None)
    assert bench.of("note_clip") == [(first.id, "new old")]


def test_closing_the_stage_saves_what_is_typed(bench: Bench) -> None:
    clip = bench.show_clip(clip_of())
    QTest.keyClicks(bench.panel.notes, "x")
    bench.stage.open(None, None, None)
    assert bench.of("note_clip") == [(clip.id, "x")]


def test_what_is_saved_does_not_overwrite_what_is_typed_meanwhile(bench: Bench) -> None:
    clip = bench.show_clip(clip_of())
    notes = bench.panel.notes
    QTest.keyClicks(notes, "a")
    notes.flush()
    QTest.keyClicks(notes, "b")
    bench.stage.update_clip(replace(clip, notes="a"))
    assert notes.toPlainText() == "ab"
    notes.flush()
    QTest.keyClicks(notes, "c")
    notes.flush()
    bench.stage.update_clip(replace(clip, notes="ab"))
    bench.stage.update_clip(replace(clip, notes="ab", stars=3))
    assert notes.toPlainText() == "abc"
    bench.stage.update_clip(replace(clip, notes="abc"))
    assert bench.of("note_clip") == [(clip.id, "a"), (clip.id, "ab"), (clip.id, "abc")]


def test_notes_that_were_taken_back_are_shown(bench: Bench) -> None:
    clip = bench.show_clip(clip_of(notes="before"))
    QTest.keyClicks(bench.panel.notes, "not ")
    bench.panel.notes.flush()
    bench.stage.update_clip(replace(clip, notes="not before"))
    bench.stage.update_clip(clip)
    assert bench.panel.notes.toPlainText() == "before"
    bench.panel.notes.flush()
    assert len(bench.of("note_clip")) == 1


def test_letters_in_the_notes_are_no_shortcuts_and_may_be_composed(bench: Bench) -> None:
    bench.show_clip(clip_of())
    bench.panel.notes.setFocus()
    for key in (Key.Key_4, Key.Key_P, Key.Key_X, Key.Key_Space, Key.Key_Delete):
        QTest.keyClick(bench.panel.notes, key)
    event = QInputMethodEvent("", [])
    event.setCommitString("灯塔")
    QApplication.sendEvent(bench.panel.notes, event)
    assert bench.panel.notes.toPlainText().endswith("灯塔")
    assert not bench.of("judge")
    assert not bench.of("trash")
    QTest.keyClick(bench.panel.notes, Key.Key_Tab)
    assert QApplication.focusWidget() is not bench.panel.notes


def test_escape_ends_the_writing_and_letters_judge_again(bench: Bench) -> None:
    clip = bench.show_clip(clip_of())
    bench.panel.notes.setFocus()
    QTest.keyClicks(bench.panel.notes, "x")
    QTest.keyClick(bench.panel.notes, Key.Key_Escape)
    assert bench.of("note_clip") == [(clip.id, "x")]
    QTest.keyClick(QApplication.focusWidget() or bench.stage, Key.Key_4)
    assert bench.of("judge") == [(clip.id, 4, "")]


def test_notes_grow_with_their_lines_and_then_scroll(bench: Bench) -> None:
    bench.show_clip(clip_of())
    notes = bench.panel.notes
    heights = []
    for lines in (1, 2, 4, 30):
        notes.setPlainText("\n".join("x" * lines))
        heights.append(notes.height())
    assert heights == sorted(heights)
    assert len(set(heights)) == 4
    assert heights[-1] < 130
    notes.setPlainText("wrapped " * 30)
    bench.qtbot.waitUntil(lambda: notes.height() > heights[0])


def test_prompt_and_notes_do_not_lie_over_each_other(bench: Bench) -> None:
    for size in (WIDE, NARROW, LEAST):
        bench.resize(*size)
        bench.show_clip(clip_of(notes="one\ntwo\nthree", tags=("coast",)))
        bench.qtbot.waitUntil(lambda wanted=size: bench.stage.width() == wanted[0])  # type: ignore[misc]
        shown = [one for one in (bench.panel._prompt, bench.panel.notes, bench.panel.deeds) if one.isVisible()]
        bench.qtbot.waitUntil(lambda parts=shown: _apart(parts))  # type: ignore[misc]
        assert bench.panel.rect().contains(bench.panel.deeds.geometry())


def _apart(parts: list[QWidget]) -> bool:
    return all(one.geometry().bottom() < other.geometry().top() for one, other in pairwise(parts))


# Back to making


def test_continue_goes_on_from_the_last_frame_as_an_exact_start(bench: Bench, film: Path) -> None:
    clip = bench.open_file(film)
    bench.button("Continue from last frame").click()
    assert bench.of("continue_from") == [(clip.id, -1, True)]


@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize("this", [True, False])
def test_every_way_to_continue_says_what_it_means(bench: Bench, film: Path, exact: bool, this: bool) -> None:
    clip = bench.open_file(film)
    bench.stage.deck.seek(61)
    bench.qtbot.waitUntil(lambda: bench.stage.picture_frame == 61)
    bench.button("Ways to continue").click()
    ways = bench.panel.deeds.ways
    assert ways is not None
    assert ways.exact.hasFocus()
    assert ways.start.segment("this").accessibleName() == "This frame, 61"
    assert "other references are left out" in ways.exact.accessibleDescription()
    assert "the start may jump" in ways.cast.accessibleDescription()
    if this:
        ways.start.segment("this").click()
    QTest.keyClick(ways.exact if exact else ways.cast, Key.Key_Return)
    assert bench.of("continue_from") == [(clip.id, 61 if this else -1, exact)]
    assert not ways.isVisible()


def test_a_clip_without_references_is_not_told_of_any(bench: Bench, film: Path) -> None:
    clip = clip_of()
    bench.open_file(film, replace(clip, recipe=replace(clip.recipe, references=())))
    bench.button("Ways to continue").click()
    ways = bench.panel.deeds.ways
    assert ways is not None
    assert "left out" not in ways.exact.accessibleDescription()


def test_the_frame_on_screen_is_grabbed_by_keys(bench: Bench, film: Path) -> None:
    clip = bench.open_file(film)
    bench.stage.deck.seek(7)
    bench.qtbot.waitUntil(lambda: bench.stage.picture_frame == 7)
    QTest.keyClick(bench.stage.viewer.canvas, Key.Key_G, CTRL)
    assert bench.of("grab_frame") == [(clip.id, 7, "")]


def test_a_grabbed_frame_goes_where_the_dialog_says(bench: Bench, film: Path, tmp_path: Path) -> None:
    clip = bench.open_file(film)
    QTest.keyClick(bench.stage.viewer.canvas, Key.Key_G, CTRL | SHIFT)
    (dialog,) = bench.findChildren(QFileDialog)
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    bench.stage.deck.seek(50)
    bench.qtbot.waitUntil(lambda: bench.stage.picture_frame == 50)
    dialog.fileSelected.emit(str(tmp_path / "x.png"))
    dialog.close()
    assert bench.of("grab_frame") == [(clip.id, 0, str(tmp_path / "x.png"))]
    assert file_name(clip, 61) == "2026-11-22 Lighthouse film 12B frame 61.png"


def test_the_button_grabs_the_frame_that_was_on_screen_when_it_was_pressed(bench: Bench, film: Path) -> None:
    clip = bench.open_file(film)
    bench.button("Grab frame").click()
    menu = bench.button("Grab frame").findChild(QMenu)
    assert menu is not None
    bench.stage.deck.seek(30)
    bench.qtbot.waitUntil(lambda: bench.stage.picture_frame == 30)
    copy = next(one for one in menu.actions() if one.text().startswith("Copy frame"))
    copy.trigger()
    menu.close()
    assert bench.of("grab_frame") == [(clip.id, 0, "")]


def test_without_its_file_nothing_is_grabbed_or_continued(bench: Bench) -> None:
    bench.show_clip(clip_of())
    for name in ("Continue from last frame", "Ways to continue", "Grab frame"):
        assert not bench.button(name).isEnabled(), name
    assert bench.button("Use recipe").isEnabled()
    QTest.keyClick(bench.stage, Key.Key_G, CTRL)
    QTest.keyClick(bench.stage, Key.Key_G, CTRL | SHIFT)
    assert not bench.of("grab_frame")
    assert not bench.findChildren(QFileDialog)


def test_a_video_from_outside_may_have_no_recipe(bench: Bench, film: Path) -> None:
    outside = clip_of(file="", outside=str(film), project="", shot="", takes=1, task="")
    clip = bench.open_file(film, replace(outside, gateway="", recipe=Recipe("")))
    assert not bench.button("Use recipe").isEnabled()
    assert bench.button("Show in folder").isEnabled()
    assert bench.button("Continue from last frame").isEnabled()
    assert told.title(clip) == "film"
    entries = bench.menu()
    assert {"Use recipe", "Copy prompt", "Copy task ID", "Compare takes", "Reject the rest"}.isdisjoint(entries)
    assert "Show in folder" in entries


@pytest.mark.parametrize("size", [WIDE, NARROW, LEAST])
def test_every_name_is_there_at_every_width(bench: Bench, film: Path, size: tuple[int, int]) -> None:
    bench.resize(*size)
    clip = bench.open_file(film, clip_of(tags=("coast",)))
    _give_family(bench, clip)
    bench.qtbot.waitUntil(lambda: bench.stage.width() == size[0])
    names = ("Use recipe", "Continue from last frame", "Ways to continue", "Grab frame", "Show in folder", "Family")
    deeds = bench.panel.deeds
    for name in names:
        button = bench.button(name)
        bench.qtbot.waitUntil(lambda one=button: one.isVisible())  # type: ignore[misc]
        bench.qtbot.waitUntil(lambda one=button: deeds.rect().contains(one.geometry()))  # type: ignore[misc]
    for name in ("Stars", "Pick", "Reject", "Tags", "Notes", "Add tag"):
        found = [one for one in bench.panel.findChildren(QWidget) if one.accessibleName() == name]
        assert len(found) == 1, name
        assert found[0].isVisible(), name
    assert (bench.button("Grab frame").width() == bench.button("Grab frame").height()) == (size != WIDE)


def test_tab_goes_on_in_the_order_of_the_design(bench: Bench, film: Path) -> None:
    clip = bench.open_file(film, clip_of(tags=("coast", "night"), project="", shot=""))
    _give_family(bench, clip)
    bench.panel.reject.setFocus()
    order = []
    for _ in range(11):
        QTest.keyClick(QApplication.focusWidget() or bench.stage, Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        order.append(focus.accessibleName())
    assert order == [
        "Remove tag coast",
        "Remove tag night",
        "Add tag",
        "Prompt of this clip",
        "Notes",
        "Use recipe",
        "Continue from last frame",
        "Ways to continue",
        "Grab frame",
        "Show in folder",
        "Family",
    ]


# The facts


def test_more_facts_where_they_help() -> None:
    clip = clip_of(1920, 1080, mark_in=24, mark_out=96, handed=1_795_300_000_000)
    footage = clip.footage
    assert footage is not None
    heard = replace(clip, footage=replace(footage, audio=True, codec="hevc", fps=25.0))
    rows = dict(told.rows(heard))
    assert rows["Range"] == "24 – 96 · 2.92 s"
    assert rows["Duration"] == "5 s · 121 frames · 25 fps · with sound"
    assert rows["Resolution"] == "1080p · 1920 × 1080 · HEVC"
    assert "2026" in rows["Handed over"]
    assert "Range" not in dict(told.rows(clip_of()))
    assert "Handed over" not in dict(told.rows(clip_of()))


def test_only_one_end_of_a_range_may_be_set() -> None:
    assert dict(told.rows(clip_of(mark_in=100)))["Range"] == "100 – 120 · 0.88 s"
    assert dict(told.rows(clip_of(mark_out=23)))["Range"] == "0 – 23 · 1 s"
    assert "Range" not in dict(told.rows(clip_of(mark_in=3, footage=None)))


def test_references_are_listed_where_the_prompt_does_not_show_them_all() -> None:
    images = (Reference("Mara", hash="a"), Reference("Tower", hash="b"), Reference("Frame 61", hash="c", clip=7))

    def said(prompt: str) -> str:
        return dict(told.rows(replace(clip_of(), recipe=Recipe(prompt, images)))).get("References", "")

    assert said("Image 1 climbs") == "Mara, Tower"
    assert said("Image 1 climbs to Image 2") == ""
    assert said("图片1和图片2") == ""


def test_a_video_from_outside_says_so() -> None:
    rows = dict(told.rows(replace(clip_of(file="", outside="/media/a.mov"), gateway="")))
    assert rows["Referenced at"] == "/media/a.mov"
    assert "Imported" in rows
    assert {"Made", "Price", "File"}.isdisjoint(rows)
    assert rows["Duration"].startswith("5.04 s")


def test_many_facts_scroll_and_few_do_not(bench: Bench, qtbot: QtBot) -> None:
    table = bench.panel._facts
    bench.show_clip(clip_of())
    assert table.focusPolicy() == Qt.FocusPolicy.NoFocus
    few = table.height()
    outside = clip_of(mark_in=1, handed=1_795_300_000_000, outside="/media/a.mov")
    clip = bench.show_clip(outside)
    _give_family(bench, clip)
    assert table.focusPolicy() == Qt.FocusPolicy.TabFocus
    assert table.height() == few == 7 * 20
    table.setFocus()
    qtbot.waitUntil(lambda: table.verticalScrollBar().maximum() > 0)  # laid out
    for _ in range(3):
        QTest.keyClick(table, Key.Key_Down)
    assert table.verticalScrollBar().value() > 0


# The menu above


def test_the_menu_has_what_the_clip_has_use_for(bench: Bench, film: Path) -> None:
    clip = bench.open_file(film)
    entries = bench.menu()
    assert list(entries) == [
        "Use recipe",
        "Copy prompt",
        "Copy task ID",
        "Copy link",
        "Show in folder",
        "Compare takes",
        "Reject the rest",
        "Move to trash",
    ]
    for text in ("Use recipe", "Copy prompt", "Show in folder", "Compare takes", "Reject the rest", "Move to trash"):
        entries[text].trigger()  # type: ignore[attr-defined]
    assert QApplication.clipboard().text() == clip.recipe.prompt
    names = ("edit_recipe", "show_in_folder", "takes_wanted", "reject_rest")
    assert {name: bench.of(name) for name in names} == {name: [(clip.id,)] for name in names}
    assert bench.of("trash") == [([clip.id],)]


def test_takes_of_other_clicks_count_too(bench: Bench) -> None:
    clip = bench.show_clip(clip_of(takes=1))
    assert "Compare takes" not in bench.menu()
    bench.stage.onward.set_takes(clip.id + 1, 3)
    assert "Compare takes" not in bench.menu()
    bench.stage.onward.set_takes(clip.id, 3)
    assert {"Compare takes", "Reject the rest"} <= set(bench.menu())
    bench.stage.update_clip(replace(clip, stars=2))
    assert "Reject the rest" in bench.menu()
    bench.show_clip(clip_of(takes=1))
    assert "Reject the rest" not in bench.menu()


def test_a_clip_in_the_trash_is_not_moved_there_again(bench: Bench) -> None:
    bench.show_clip(clip_of(trashed=1))
    assert "Move to trash" not in bench.menu()


def _give_family(bench: Bench, clip: Clip) -> None:
    parent = clip_of(shot="12A")
    nodes = (relative(parent), relative(clip))
    bench.stage.set_family(Family(clip.id, nodes, (Descent(parent.id, clip.id, 120, exact=True),)))


# In the window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    model = ClipList()
    made = MainWindow(Wishes(), model, Preferences(), tmp_path)
    made.set_library(tmp_path)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.shut()
    model.deleteLater()


def test_continuing_brings_the_composer_on_screen(window: MainWindow, film: Path, qtbot: QtBot) -> None:
    window.top.workspace_picked.emit(REVIEW)
    assert not window.composer.isVisible()
    window.stage.open(clip_of(), film, times())
    next(one for one in window.stage.findChildren(Button) if one.text() == "Continue from last frame").click()
    assert window.composer.isVisible()


def test_closing_the_window_keeps_what_is_being_typed(window: MainWindow) -> None:
    heard: list[tuple[object, str]] = []
    window.stage._wishes.note_clip.connect(lambda *what: heard.append(what))
    clip = clip_of()
    window.stage.open(clip, None, None)
    QTest.keyClicks(window.stage.recipe.notes, "x")
    window.close()
    assert heard == [(clip.id, "x")]
