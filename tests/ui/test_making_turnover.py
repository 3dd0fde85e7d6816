"""Hundreds of rows that come, change their place and go: nothing that PySide remembers may outlive what Qt deletes."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.clip import Clip, Stage, Verdict
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.recipe import Recipe
from seedance_desktop.ui.making import Making
from seedance_desktop.ui.wishes import Wishes

_ROWS = 1000
_STAGES = (Stage.PLANNED, Stage.WAITING, Stage.FAILED, Stage.UNSURE)
_UI = Path(__file__).resolve().parents[2] / "seedance_desktop" / "ui"


def clip(number: int, stage: Stage) -> Clip:
    price = Money(28, "USD")
    return Clip(
        number, Recipe("A boat"), 1, "g", price, click=number, stage=stage, charged=Verdict.YES, task=f"task_{number}"
    )


def test_rows_come_change_and_go_by_the_hundred(qtbot: QtBot, tmp_path: Path) -> None:
    making = Making(Wishes(), tmp_path)
    qtbot.addWidget(making)
    making.show()
    numbers = iter(range(1, _ROWS + 1))

    def turn() -> None:
        number = next(numbers, None)
        if number is None:
            timer.stop()
            return
        making.put(clip(number, _STAGES[number % len(_STAGES)]))
        if number > 3:
            making.put(clip(number - 1, _STAGES[(number + 1) % len(_STAGES)]))
        if number > 6:
            making.remove(number - 6)

    timer = QTimer(making)  # so that it ends with it, whatever goes wrong
    timer.timeout.connect(turn)
    timer.start(0)  # one at each turn of the loop, so that Qt deletes what is gone
    qtbot.waitUntil(lambda: not timer.isActive(), timeout=120_000)
    assert making.counts()[0] == 6


def test_no_screen_asks_a_layout_for_its_items() -> None:
    """`itemAt` leaves a wrapper of an item that Qt deletes later: the next object at its address crashes the window."""
    asks = [file.name for file in _UI.rglob("*.py") if re.search(r"\w\.itemAt\(", file.read_text("utf-8"))]
    assert asks == []
