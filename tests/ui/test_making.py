"""The list in the making: its rows, their order, their buttons, and that it stands still when nothing happens."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.clip import Clip, Stage, Verdict
from seedance_desktop.domain.news import Fetched
from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import Button, Field
from seedance_desktop.ui.making import Making
from seedance_desktop.ui.making.row import Row
from seedance_desktop.ui.making.unsure import Fold
from seedance_desktop.ui.wishes import Wishes
from tests.ui.test_making_clips import Heard, clip, failed, one_of, unsure, waiting

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less


class Bench:
    def __init__(self, qtbot: QtBot, library: Path) -> None:
        self.wishes = Wishes()
        self.making = Making(self.wishes, library)
        qtbot.addWidget(self.making)
        self.making.resize(384, 800)

    def show(self, *clips: Clip) -> None:
        self.making.set_clips(list(clips))
        self.making.show()

    def rows(self) -> list[int]:
        """The ids of the rows from the top down."""
        layout = self.making._list.layout_of_rows
        items = [layout.itemAt(place) for place in range(layout.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [widget.clip.id for widget in widgets if isinstance(widget, Row)]

    def press(self, one: Clip, name: str) -> None:
        buttons = self.making.row(one.id).findChildren(Button)
        next(button for button in buttons if button.accessibleName() == name and not button.isHidden()).click()


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Bench:
    return Bench(qtbot, tmp_path)


def now() -> int:
    return int(time.time() * 1000)


def test_it_is_a_list_of_items_with_real_buttons_to_a_screen_reader(bench: Bench) -> None:
    one = waiting()
    bench.show(one)
    seen = QAccessible.queryAccessibleInterface(bench.making._list.rows)
    assert (seen.role(), seen.text(QAccessible.Text.Name)) == (QAccessible.Role.List, "In the making")
    item = QAccessible.queryAccessibleInterface(bench.making.row(one.id))
    assert item.role() == QAccessible.Role.ListItem
    assert item.text(QAccessible.Text.Name).startswith("Fog rolls over the pass, Queued at the gateway")
    inside = [item.child(index) for index in range(item.childCount())]
    buttons = {one.text(QAccessible.Text.Name) for one in inside if one.role() == QAccessible.Role.Button}
    assert {"Stop watching", "More"} <= buttons


@pytest.mark.parametrize(
    ("one", "button", "wish"),
    [
        (clip(Stage.PLANNED, send_after=1 << 50), "Undo", "undo"),
        (clip(Stage.PLANNED), "Remove", "remove"),
        (waiting(), "Stop watching", "stop_watching"),
        (failed("content-refused"), "Edit recipe", "edit_recipe"),
        (failed("content-refused"), "Dismiss", "dismiss"),
        (failed(task="cgt"), "Retry", "retry"),
        (failed(), "Retry", "retry"),
        (unsure(), "Send again", "send_again"),
        (unsure(), "Dismiss", "dismiss"),
    ],
)
def test_a_button_makes_its_wish(bench: Bench, one: Clip, button: str, wish: str) -> None:
    heard = Heard(getattr(bench.wishes, wish))
    bench.show(one)
    bench.press(one, button)
    assert heard.all == [one.id]


def test_what_costs_says_so_on_its_button(bench: Bench) -> None:
    free, paid, again = failed(task="cgt"), failed(), unsure()
    bench.show(free, paid, again)
    assert bench.making.row(free.id).button("retry").text() == "Retry"
    assert bench.making.row(paid.id).button("retry").text() == "Retry · $0.28"
    assert bench.making.row(again.id).button("again").text() == "Send again · may cost another $0.28"


def test_the_task_id_is_pasted_in_place(bench: Bench, qtbot: QtBot) -> None:
    heard, one = Heard(bench.wishes.adopt), unsure()
    bench.show(one)
    bench.press(one, "I have its task ID")
    field = one_of(Field, bench.making.row(one.id))
    assert field.isVisible()
    assert field.accessibleName() == "Task ID"
    QTest.keyClicks(field, " cgt-77 ")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert heard.all == [(one.id, "cgt-77")]
    assert not field.isVisible()


def test_an_empty_task_id_is_no_wish_and_escape_closes(bench: Bench, qtbot: QtBot) -> None:
    heard, one = Heard(bench.wishes.adopt), unsure()
    bench.show(one)
    bench.press(one, "I have its task ID")
    field = one_of(Field, bench.making.row(one.id))
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert not heard.all
    assert field.isVisible()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not field.isVisible()


def test_the_gateways_own_words_are_one_click_away(bench: Bench, qtbot: QtBot) -> None:
    one = unsure()
    bench.show(one)
    bench.press(one, "Details")
    dialog = one_of(QDialog, bench.making.window())
    assert dialog.isVisible()
    assert one_of(QPlainTextEdit, dialog).toPlainText() == "HTTP/1.1 502"
    dialog.close()


def test_unknown_charges_come_first_then_what_moves_then_the_queue(bench: Bench) -> None:
    queue = [clip(Stage.PLANNED, id=number, made=number) for number in (1, 2)]
    moving = [waiting(id=3, made=3), failed(id=4, made=4), clip(Stage.PLANNED, id=5, made=5, send_after=1 << 50)]
    bench.show(*queue, *moving, unsure(id=6, made=0))
    assert bench.rows() == [6, 5, 4, 3, 1, 2]


def test_a_clip_moves_with_its_stage_and_no_other_row_is_touched(bench: Bench) -> None:
    clips = [clip(Stage.PLANNED, id=number, made=number) for number in range(1, 4)]
    bench.show(*clips)
    before = {number: bench.making.row(number) for number in (1, 2, 3)}
    bench.making.put(replace(clips[2], stage=Stage.SENDING))
    assert bench.rows() == [3, 1, 2]
    assert {number: bench.making.row(number) for number in (1, 2, 3)} == before
    bench.making.put(replace(clips[2], stage=Stage.UNSURE, charged=Verdict.UNSURE))
    assert bench.making.row(3) is not before[3]
    assert bench.making.row(1) is before[1]


@pytest.mark.parametrize("end", [Stage.READY, Stage.CANCELLED])
def test_a_clip_leaves_when_it_is_done(bench: Bench, end: Stage) -> None:
    one = waiting()
    bench.show(one)
    bench.making.put(replace(one, stage=end))
    assert bench.rows() == []
    assert not bench.making.isVisible()


def test_several_unknown_charges_are_one_row_that_opens(bench: Bench) -> None:
    bench.show(*(unsure(id=number, made=number) for number in (1, 2, 3)), waiting(id=9))
    fold = one_of(Fold, bench.making)
    assert fold.accessibleName() == "3 clips: charge unknown, up to $0.84"
    assert bench.rows() == [9]
    fold.click()
    assert bench.rows() == [3, 2, 1, 9]


def test_a_long_queue_costs_no_more_than_it_shows(bench: Bench) -> None:
    bench.show(*(clip(Stage.PLANNED, id=number, made=number) for number in range(1, 201)))
    assert bench.rows() == list(range(1, 51))
    more = next(one for one in bench.making.findChildren(Button) if one.text() == "and 150 more")
    more.click()
    assert len(bench.rows()) == 100


def test_progress_changes_the_row_alone(bench: Bench) -> None:
    one = clip(Stage.FETCHING, charged=Verdict.YES)
    bench.show(one)
    bench.making.progress(Fetched(one.id, 31, 50))
    bench.making.progress(Fetched(12345, 1, 2))
    assert "Downloading 62 %" in _texts(bench)
    assert "Downloading 62 %" in bench.making.row(one.id).accessibleName()


def test_the_queue_is_paused_and_resumed(bench: Bench) -> None:
    paused, resumed = Heard(bench.wishes.pause), Heard(bench.wishes.resume)
    bench.show(waiting())
    button = next(one for one in bench.making.findChildren(Button) if one.text() == "Pause queue")
    button.click()
    assert len(paused.all) == 1
    bench.making.set_paused(True)
    assert button.accessibleName() == "Resume queue"
    button.click()
    assert len(resumed.all) == 1
    bench.making.set_clips([])
    assert bench.making.isVisible()  # or nobody could resume
    bench.making.set_paused(False)
    assert not bench.making.isVisible()


def test_it_folds_and_then_says_that_money_is_in_doubt(bench: Bench) -> None:
    bench.show(unsure())
    button = next(one for one in bench.making.findChildren(Button) if one.text().startswith("Hide the clips"))
    button.click()
    assert not bench.making._list.isVisible()
    assert "1 charge unknown" in _texts(bench)
    bench.making.show_unsure()
    assert bench.making._list.isVisible()


def test_nothing_runs_while_nothing_changes(bench: Bench) -> None:
    one = waiting()
    bench.show(clip(Stage.PLANNED), failed(), unsure())
    assert not _running(bench.making)
    bench.making.put(one)
    assert [timer.interval() for timer in _running(bench.making)] == [1000]
    bench.making.put(replace(one, stage=Stage.FAILED))
    assert not _running(bench.making)
    bench.making.put(one)
    bench.making.hide()
    assert not _running(bench.making)


def test_a_countdown_counts_and_then_joins_the_queue(bench: Bench, qtbot: QtBot) -> None:
    one = clip(Stage.PLANNED, id=1, made=now(), send_after=now() + 600)
    bench.show(clip(Stage.PLANNED, id=2, made=5), one)
    assert bench.rows() == [1, 2]
    assert "Sending in 1 s" in _texts(bench)
    qtbot.waitUntil(lambda: bench.rows() == [2, 1])
    assert not _running(bench.making)


def test_the_focus_stays_when_the_buttons_change(bench: Bench) -> None:
    one = waiting()
    bench.show(one)
    bench.making.row(one.id).button("menu").setFocus()
    bench.making.put(replace(one, stage=Stage.FETCHING))
    assert bench.making.focusWidget() is bench.making.row(one.id).button("menu")


@pytest.mark.parametrize("choice", ["dark", "light"])
@pytest.mark.parametrize("width", [264, 384, 592])
def test_every_row_paints_at_every_width(
    bench: Bench, qtbot: QtBot, qapp: QApplication, choice: str, width: int
) -> None:
    theme.apply(qapp, choice)
    long = "Donaudampfschifffahrtsgesellschaftskapitänsmütze 雨夜的霓虹街道 " * 3
    made = [
        clip(Stage.PLANNED, long, shot="12B"),
        clip(Stage.PLANNED, long, send_after=1 << 50),
        clip(Stage.SENDING),
        waiting(rendering=True, started=1),
        clip(Stage.FETCHING),
        failed("render-failed-plain"),
        unsure(),
    ]
    bench.making.resize(width, 900)
    bench.show(*made)
    qtbot.waitExposed(bench.making)
    assert not bench.making.grab().isNull()
    for one in made:
        row = bench.making.row(one.id)
        assert row.width() <= width
        for button in row.findChildren(Button):
            if button.isVisible():
                assert button.mapTo(row, button.rect().bottomRight()).x() <= row.width()


def _texts(bench: Bench) -> set[str]:
    return {label.text() for label in bench.making.findChildren(QLabel) if label.isVisible()}


def _running(making: Making) -> list[QTimer]:
    return [timer for timer in making.findChildren(QTimer) if timer.isActive()]
