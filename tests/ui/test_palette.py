"""The command palette: finds by words and initials, lists what works now, and does it where the keyboard was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from seedance_desktop.ui.ask import ask
from seedance_desktop.ui.palette.matching import Named, ranked
from tests.ui.test_window import Bench

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from seedance_desktop.ui.palette.commands import Command

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

NAMES = [
    Named("New draft", "File"),
    Named("Hand over…", "File"),
    Named("Open library folder", "File"),
    Named("Undo", "Edit"),
    Named("Library pane", "View"),
    Named("Ledger", "View"),
    Named("Use recipe", "Clip"),
    Named("导入一个文件夹的片段…", "文件"),
]


def found(typed: str, recent: tuple[str, ...] = ()) -> list[str]:
    return [NAMES[one].name for one in ranked(NAMES, typed, recent)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("new", "New draft"),
        ("nd", "New draft"),
        ("DRAFT", "New draft"),
        ("draft new", "New draft"),
        ("olf", "Open library folder"),
        ("of", "Open library folder"),
        ("lib", "Library pane"),
        ("view le", "Ledger"),
        ("  hand   ov ", "Hand over…"),
        ("edger", "Ledger"),
        ("片段", "导入一个文件夹的片段…"),
        ("导片", "导入一个文件夹的片段…"),
        ("文件 导", "导入一个文件夹的片段…"),
    ],
)
def test_a_few_letters_are_enough(typed: str, first: str) -> None:
    assert found(typed)[0] == first


def test_what_is_not_there_is_not_found() -> None:
    assert found("zzz") == found("dn") == found("…!") == []
    assert "Undo" not in found("new")


def test_what_was_used_last_comes_first_among_equals() -> None:
    everything = [one.name for one in NAMES]
    assert found("") == everything
    assert found("", ("Ledger", "gone", "Undo"))[:3] == ["Ledger", "Undo", "New draft"]
    assert found("u")[:2] == ["Undo", "Use recipe"]
    assert found("u", ("Use recipe",))[:2] == ["Use recipe", "Undo"]
    assert found("ledger", ("Library pane",))[0] == "Ledger", "but not before what fits better"


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> object:
    made = Bench(qtbot, tmp_path)
    yield made
    made.window.shut()


def press(bench: Bench, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """As the system does: through the window's handle, so that shortcuts and text fields vie for it."""
    handle = bench.window.windowHandle()
    assert handle is not None
    bench.window.activateWindow()
    bench.qtbot.waitUntil(bench.window.isActiveWindow)
    QTest.keyClick(handle, key, modifiers)


def open_palette(bench: Bench) -> dict[str, Command]:
    press(bench, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert bench.window.commands.finder.isVisible()
    return {command.name: command for command in bench.window.commands.finder.rows.values}


def test_it_lists_what_works_now_with_its_key(bench: Bench) -> None:
    listed = open_palette(bench)
    assert listed["New draft"].key == "Ctrl+N"
    assert listed["Full screen"].key == "F"
    assert "Find a command…" not in listed
    assert "Use recipe" not in listed, "no clip is chosen"
    press(bench, Qt.Key.Key_Escape)
    bench.window.shelf.select(1)
    listed = open_palette(bench)
    assert (listed["Use recipe"].menu, listed["Move to trash"].key) == ("Clip", "Del")
    names = [command.name for command in bench.window.commands.finder.rows.values]
    assert len(names) == len(set(names)), "each once"


def test_typing_and_enter_do_it_and_it_is_remembered(bench: Bench) -> None:
    opened = bench.wish("open_ledger")
    open_palette(bench)
    QTest.keyClicks(bench.window.commands.finder.search, "ledg")
    QTest.keyClick(bench.window.commands.finder.search, Qt.Key.Key_Return)
    assert len(opened) == 1
    assert not bench.window.commands.finder.isVisible()
    assert next(iter(open_palette(bench))) == "Ledger"
    assert bench.window.state()["commands"] == ["Ledger"]
    bench.window.restore({"commands": ["Undo", 7, "Ledger"]})
    assert bench.window.commands.recent == ["Undo", "Ledger"]
    bench.window.restore({"commands": "Undo"})
    assert bench.window.commands.recent == ["Undo", "Ledger"]


def test_arrows_move_and_escape_gives_the_keyboard_back(bench: Bench) -> None:
    bench.window.composer.focus_prompt()
    before = bench.window.focusWidget()
    open_palette(bench)
    finder = bench.window.commands.finder
    QTest.keyClick(finder.search, Qt.Key.Key_Down)
    QTest.keyClick(finder.search, Qt.Key.Key_Down)
    QTest.keyClick(finder.search, Qt.Key.Key_Up)
    assert finder.rows.current == finder.rows.values[1]
    QTest.keyClick(finder.search, Qt.Key.Key_Escape)
    assert not finder.isVisible()
    assert bench.window.focusWidget() is before


class Greedy(QLineEdit):
    """A text field as it is under X11, where Ctrl+K deletes to the end of the line."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


def test_text_fields_leave_their_own_ctrl_k_to_it(bench: Bench) -> None:
    field = Greedy(bench.window.centralWidget())
    field.show()
    field.setFocus()
    assert bench.window.focusWidget() is field
    open_palette(bench)
    press(bench, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert not bench.window.commands.finder.isVisible(), "a second time closes it"
    assert bench.window.focusWidget() is field


def test_a_command_finds_the_keyboard_where_it_was(bench: Bench) -> None:
    undone = bench.wish("undo_judging")
    bench.window.composer.focus_prompt()
    QTest.keyClicks(bench.window.focusWidget(), "boat")
    open_palette(bench)
    QTest.keyClicks(bench.window.commands.finder.search, "undo")
    QTest.keyClick(bench.window.commands.finder.search, Qt.Key.Key_Return)
    assert bench.window.composer.draft().recipe.prompt == ""
    assert undone == []


def test_nothing_found_is_said_and_enter_does_nothing(bench: Bench) -> None:
    open_palette(bench)
    QTest.keyClicks(bench.window.commands.finder.search, "zzz")
    assert "No command is called that." in bench.texts(bench.window.commands.finder)
    QTest.keyClick(bench.window.commands.finder.search, Qt.Key.Key_Return)
    assert bench.window.commands.finder.isVisible()


@pytest.mark.parametrize("place", ["review", "ledger"])
def test_it_comes_up_in_every_view(bench: Bench, place: str) -> None:
    if place == "review":
        bench.window.top.workspace_picked.emit("review")
    else:
        bench.wishes.open_ledger.emit()
    open_palette(bench)
    finder = bench.window.commands.finder
    assert finder.visibleRegion().boundingRect() == finder.rect(), "above everything"
    assert abs(finder.geometry().center().x() - bench.window.rect().center().x()) <= 1


def test_never_over_a_dialog(bench: Bench) -> None:
    dialog = ask(bench.window, "Send it?", "Send", lambda: None)
    bench.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is dialog)
    bench.window.commands.finder.come_up()
    assert not bench.window.commands.finder.isVisible()
    dialog.reject()


def test_a_screen_reader_hears_names_and_keys(bench: Bench) -> None:
    open_palette(bench)
    interface = QAccessible.queryAccessibleInterface(bench.window.commands.finder.rows)
    assert interface.text(QAccessible.Text.Name) == "Commands"
    assert interface.child(0).text(QAccessible.Text.Name) == "New draft, File, Ctrl+N"
    search = QAccessible.queryAccessibleInterface(bench.window.commands.finder.search)
    assert search.text(QAccessible.Text.Name) == "Find a command"
