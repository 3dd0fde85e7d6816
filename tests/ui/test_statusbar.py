"""The status bar says how things stand, and nothing that isn't so."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.news import Health
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.trouble import Halt, Trouble
from seedance_desktop.ui.controls import Button
from seedance_desktop.ui.statusbar import StatusBar
from tests.ui.test_making_clips import one_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less

GATEWAY = "https://gateway.example.com"
NO_KEY = Trouble(Halt.NO_KEY, Reason.of("no-key"))


@pytest.fixture
def bar(qtbot: QtBot) -> StatusBar:
    made = StatusBar()
    qtbot.addWidget(made)
    made.resize(1024, 26)
    made.show()
    return made


@pytest.mark.parametrize(
    ("health", "words"),
    [
        (Health(), []),
        (Health(online=True, in_flight=3), ["Online", "3 in flight"]),
        (Health(online=False), ["Offline"]),
        (Health(troubles=(NO_KEY,), online=True), ["No key"]),
        (Health(online=True, paused=True), ["Online", "queue paused"]),
        (Health(online=True, in_flight=1, paused=True), ["Online", "1 in flight · queue paused"]),
    ],
)
def test_it_tells_the_studios_health(bar: StatusBar, health: Health, words: list[str]) -> None:
    bar.set_health(health, GATEWAY, 0)
    assert _texts(bar) == ["gateway.example.com", *words, "This month $0.00"]


def test_the_demo_is_called_so(bar: StatusBar) -> None:
    bar.set_health(Health(), "demo", 0)
    assert _texts(bar)[0] == "Demo gateway"


def test_the_months_spend_with_and_without_a_budget(bar: StatusBar) -> None:
    bar.set_spend(1204, 5000)
    assert "This month $12.04 of $50.00" in _texts(bar)
    bar.set_spend(1204, 0)
    assert "This month $12.04" in _texts(bar)


def test_unknown_charges_lead_to_their_rows(bar: StatusBar, qtbot: QtBot) -> None:
    bar.set_health(Health(), GATEWAY, 2)
    button = one_of(Button, bar)
    assert button.accessibleName() == "2 charges unknown"
    with qtbot.waitSignal(bar.unsure_clicked):
        button.click()
    bar.set_health(Health(), GATEWAY, 0)
    assert not button.isVisible()


def _texts(bar: StatusBar) -> list[str]:
    """The words from left to right, on labels and on buttons alike."""
    shown: list[QLabel | QPushButton] = [*bar.findChildren(QLabel), *bar.findChildren(QPushButton)]
    places = [(one.mapTo(bar, QPoint()).x(), one.text()) for one in shown if one.isVisible()]
    return [text for _left, text in sorted(places)]
