"""What is in the making above the cards: a line in Review, rows in Make, and the chosen card in view beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from seedance_desktop.ui.controls import Button
from tests.ui.test_making_clips import clip, unsure, waiting
from tests.ui.test_shelf import Bench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Bench:
    made = Bench(qtbot, tmp_path, [clip(id=number) for number in range(11, 31)])
    made.shelf.making.set_clips([unsure(id=1), waiting(id=2), waiting(id=3)])
    return made


def shown(bench: Bench) -> set[str]:
    inside: list[QWidget] = [*bench.shelf.making.findChildren(QLabel), *bench.shelf.making.findChildren(Button)]
    return {one.text() for one in inside if one.isVisible()}  # type: ignore[attr-defined]


def button(bench: Bench, name: str) -> Button:
    return next(one for one in bench.shelf.making.findChildren(Button) if one.accessibleName() == name)


def test_in_review_it_is_a_line_that_says_what_counts(bench: Bench) -> None:
    assert "Pause queue" in shown(bench)
    high = bench.shelf.making.height()
    bench.shelf.set_workspace(review=True)
    assert {"In the making · 3", "1 charge unknown"} <= shown(bench)
    assert "Pause queue" not in shown(bench)
    bench.qtbot.waitUntil(lambda: bench.shelf.making.height() < 40 < high)


def test_a_paused_queue_can_be_resumed_from_the_line(bench: Bench) -> None:
    bench.shelf.set_workspace(review=True)
    bench.shelf.making.set_paused(True)
    assert "Resume queue" in shown(bench)


def test_each_workspace_remembers_what_was_clicked(bench: Bench) -> None:
    making = bench.shelf.making
    bench.shelf.set_workspace(review=True)
    button(bench, "Show the clips in the making").click()
    assert not making.folded
    bench.shelf.set_workspace(review=False)
    assert not making.folded
    button(bench, "Hide the clips in the making").click()
    bench.shelf.set_workspace(review=True)
    assert not making.folded
    bench.shelf.set_workspace(review=False)
    assert making.folded


def test_what_is_unknown_unfolds_the_line(bench: Bench) -> None:
    bench.shelf.set_workspace(review=True)
    bench.shelf.making.show_unsure()
    assert not bench.shelf.making.folded


@pytest.mark.parametrize("row", [0, 3, 7])
def test_the_chosen_card_stays_in_view_in_a_small_window(bench: Bench, row: int) -> None:
    bench.shelf.resize(380, 620)
    bench.shelf.set_workspace(review=True)
    bench.shelf.select(bench.model.id_at(row))
    bench.qtbot.waitUntil(lambda: in_view(bench, row))
    bench.qtbot.waitUntil(lambda: bench.shelf.making.height() < 40)
    high = bench.grid.height()
    bench.shelf.making.set_folded(False)
    bench.qtbot.waitUntil(lambda: bench.grid.height() < high)
    bench.qtbot.waitUntil(lambda: in_view(bench, row))
    bench.shelf.resize(700, 500)  # other columns
    bench.qtbot.waitUntil(lambda: bench.grid.columns() == 4)
    bench.qtbot.waitUntil(lambda: in_view(bench, row))


def in_view(bench: Bench, row: int) -> bool:
    room: QRect = bench.grid.viewport().rect()
    return room.contains(bench.grid.visualRect(bench.model.index(row)))
