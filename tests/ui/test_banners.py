"""Banners: one at a time, worst first, with its one action."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.trouble import Halt, Trouble
from seedance_desktop.ui.banners import Banners
from seedance_desktop.ui.wishes import Wishes
from tests.ui.test_making_clips import Heard

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less

OFFLINE = Trouble(Halt.OFFLINE, Reason.of("offline", gateway="gateway.example"))
FULL = Trouble(Halt.DISK_FULL, Reason.of("disk-full"))


@pytest.fixture
def wishes() -> Wishes:
    return Wishes()


@pytest.fixture
def banners(qtbot: QtBot, wishes: Wishes) -> Banners:
    made = Banners(wishes)
    qtbot.addWidget(made)
    made.resize(1024, 56)
    return made


def test_the_worst_is_shown_and_the_others_counted(banners: Banners) -> None:
    banners.show_troubles((OFFLINE, FULL))
    assert _texts(banners) == ["The disk is full:", "free some space. Nothing is lost; it goes on by itself.", "+1"]
    banners.show_troubles((OFFLINE,))
    assert _texts(banners)[0] == "gateway.example cannot be reached."
    assert "+1" not in _texts(banners)


def test_it_leaves_with_its_cause(banners: Banners) -> None:
    banners.show_troubles((FULL,))
    assert banners.isVisible()
    banners.show_troubles(())
    assert not banners.isVisible()
    banners.show_troubles((FULL,))
    assert banners.isVisible()


@pytest.mark.parametrize(
    ("halt", "action", "wish", "value"),
    [
        (Halt.FOLDER_GONE, "Try now", "try_now", ()),
        (Halt.DISK_FULL, "Open library folder", "open_library_folder", ()),
        (Halt.KEY_REFUSED, "Paste a new key", "open_settings", "account"),
        (Halt.NO_KEY, "Add a key", "open_settings", "account"),
        (Halt.NO_BALANCE, "Try again", "resume", ()),
        (Halt.BUDGET_REACHED, "Change budget", "open_settings", "generating"),
        (Halt.OFFLINE, "Try now", "try_now", ()),
    ],
)
def test_each_cause_has_its_one_action(
    banners: Banners, wishes: Wishes, halt: Halt, action: str, wish: str, value: object
) -> None:
    heard = Heard(getattr(wishes, wish))
    banners.show_troubles((Trouble(halt, Reason.of("disk-read-only")),))
    assert banners.action.accessibleName() == action
    banners.action.click()
    assert heard.all == [value]


def _texts(banners: Banners) -> list[str]:
    return [label.text() for label in banners.findChildren(QLabel) if label.isVisible() and label.text()]
