"""The queue of what is planned: its order, moving in it, cutting a click short, and titles that tell a batch apart."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.ui.controls import ElidedLabel
from seedance_desktop.ui.making import Making
from seedance_desktop.ui.making.batches import titles
from seedance_desktop.ui.making.queue import Steps, steps
from seedance_desktop.ui.making.row import Row, WayRow
from seedance_desktop.ui.wishes import Wishes
from tests.ui.test_making_clips import NOW, Heard, clip

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ALT = Qt.KeyboardModifier.AltModifier


def planned(number: int, place: int = 0, prompt: str = "Fog", **fields: object) -> Clip:
    """One of a click of three."""
    base = clip(Stage.PLANNED, prompt, id=number, click=1, take=number, takes=3, place=place or number)
    return replace(base, **fields)  # type: ignore[arg-type]


class Bench:
    def __init__(self, qtbot: QtBot, library: Path) -> None:
        self.wishes = Wishes()
        self.making = Making(self.wishes, library)
        qtbot.addWidget(self.making)
        self.making.resize(384, 400)
        self.moved, self.undone = Heard(self.wishes.move), Heard(self.wishes.undo)

    def show(self, *clips: Clip) -> None:
        self.making.set_clips(list(clips))
        self.making.show()
        self.making.activateWindow()

    def rows(self) -> list[int]:
        layout = self.making._list.layout_of_rows
        items = [layout.itemAt(place) for place in range(layout.count() - 1)]
        widgets = [item.widget() for item in items if item is not None]
        return [widget.clip.id for widget in widgets if isinstance(widget, Row)]

    def title(self, number: int) -> str:
        return self.making.row(number).findChildren(ElidedLabel)[0].text()

    def menu(self, number: int) -> QMenu:
        self.making.row(number).button("queue").click()
        return next(one for one in self.making.findChildren(QMenu) if one.isVisible())


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Bench:
    return Bench(qtbot, tmp_path)


def action(menu: QMenu, begins: str) -> QAction:
    return next(one for one in menu.actions() if one.text().startswith(begins))


def test_rows_follow_the_places_that_the_studio_says(bench: Bench) -> None:
    one, two, three = (planned(number) for number in (1, 2, 3))
    bench.show(one, two, three)
    assert bench.rows() == [1, 2, 3]
    bench.making.put(replace(three, place=0))
    assert bench.rows() == [3, 1, 2]


def test_alt_with_arrows_moves_a_planned_clip_and_the_keyboard_stays_on_it(bench: Bench, qtbot: QtBot) -> None:
    clips = [planned(number) for number in (1, 2, 3)]
    bench.show(*clips)
    qtbot.waitUntil(bench.making.isActiveWindow)
    button = bench.making.row(3).button("remove")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Up, ALT)
    QTest.keyClick(button, Qt.Key.Key_Down, ALT)  # it is the last one
    assert bench.moved.all == [(3, -1)]
    bench.making.put(replace(clips[2], place=2, take=1))
    assert bench.making.row(3).button("remove").hasFocus()
    QTest.keyClick(button, Qt.Key.Key_Up)  # without Alt it is no move
    assert bench.moved.all == [(3, -1)]


def test_the_menu_moves_and_cuts_a_click_short(bench: Bench) -> None:
    bench.show(*(planned(number) for number in (1, 2, 3)))
    menu = bench.menu(3)
    assert not action(menu, "Move down").isEnabled()
    action(menu, "Move up").trigger()
    action(menu, "Move to the front").trigger()
    assert bench.moved.all == [(3, -1), (3, -2)]
    cut = action(menu, "Remove the 3 planned of this click")
    assert cut.text().endswith("\tnot charged")
    cut.trigger()
    assert bench.undone.all == [3]
    menu.hide()


def test_the_menu_key_opens_the_menu(bench: Bench) -> None:
    bench.show(planned(1))
    button = bench.making.row(1).button("remove")
    asked = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, button.rect().center(), button.mapToGlobal(button.pos())
    )
    QApplication.sendEvent(button, asked)
    menu = next(one for one in bench.making.findChildren(QMenu) if one.isVisible())
    assert [one.text() for one in menu.actions() if one.text().startswith("Remove")] == ["Remove\tnot charged"]
    menu.hide()


def test_only_planned_clips_have_a_place_in_the_queue(bench: Bench) -> None:
    bench.show(clip(Stage.WAITING, id=9, accepted=NOW))
    row = bench.making.row(9)
    assert isinstance(row, WayRow)
    QTest.keyClick(row.button("menu"), Qt.Key.Key_Up, ALT)
    assert not bench.moved.all


def test_what_counts_down_is_passed_over() -> None:
    now = int(time.time() * 1000)
    first, counting, last = planned(1), planned(2, send_after=now + 5000), planned(3)
    clips = [last, counting, first]
    assert steps(clips, last, now) == Steps(up=-2, front=-2, click=3, row=2, rows=2)
    assert steps(clips, first, now) == Steps(down=2, click=3, row=1, rows=2)
    assert steps(clips, counting, now) == Steps()


def test_clips_of_a_batch_tell_what_only_each_has(bench: Bench) -> None:
    prompts = ("A red boat leaves the harbour at dawn", "A red boat leaves the harbour at night")
    bench.show(planned(1, prompt=prompts[0]))
    assert bench.title(1) == "A red boat leaves the harbour at dawn"
    bench.making.put(planned(2, prompt=prompts[1]))
    assert bench.title(1) == f"dawn · {prompts[0]}"
    assert bench.title(2) == f"night · {prompts[1]}"
    assert bench.making.row(2).accessibleName().startswith(prompts[1])
    bench.making.remove(1)
    bench.making.put(planned(2, prompt=prompts[1], notes="another state"))
    assert bench.title(2) == f"night · {prompts[1]}"


@pytest.mark.parametrize(
    ("prompts", "told"),
    [
        (["A red boat at dawn", "A blue boat at dusk"], ["red, dawn", "blue, dusk"]),
        (["海边的灯塔，黄昏", "海边的港口，黄昏"], ["灯塔", "港口"]),
        (["a golden hour", "a hour"], ["golden", ""]),
        (["same", "same"], [""]),
        (["a " + "word " * 100 + "x", "b " + "word " * 100 + "y"], ["a, x", "b, y"]),
    ],
)
def test_titles_of_a_batch(prompts: list[str], told: list[str]) -> None:
    assert [title.split(" · ")[0] for title in titles(prompts).values()] == told


def test_other_clicks_are_told_by_their_first_words(bench: Bench) -> None:
    bench.show(clip(Stage.PLANNED, "One", id=1, click=1), clip(Stage.PLANNED, "Two", id=2, click=2))
    assert (bench.title(1), bench.title(2)) == ("One", "Two")
