"""The Help menu: About finds every licence, and the check for updates says what it does and only tells."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenuBar, QWidget
from pytestqt.qtbot import QtBot

from seedance_desktop import __version__
from seedance_desktop.domain.components import Component
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.updates import Channel, Release
from seedance_desktop.ui.controls import Switch
from seedance_desktop.ui.help import place as place_module
from seedance_desktop.ui.help.about import About
from seedance_desktop.ui.help.place import HelpPlace
from seedance_desktop.ui.help.updates import Updates
from seedance_desktop.ui.settings import Settings, network
from seedance_desktop.ui.shelf import ClipList
from seedance_desktop.ui.toasts import Toasts
from seedance_desktop.ui.window import MainWindow
from seedance_desktop.ui.wishes import Wishes
from tests.ui.test_making_clips import Heard

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "propagateSizeHints", extend=True)

HOME = Channel("https://updates.example.org/news.json", bytes(32))
PARTS = [
    Component("Seedance Desktop", __version__, "GPL-3.0-or-later"),
    Component("httpx", "0.28.1", "BSD-3-Clause", "https://example.org/httpx"),
    Component("keyring", "25.7.0", "MIT", "javascript:alert(1)"),
]
RELEASE = Release("9.8.7", date(2026, 12, 3), "https://updates.example.org/get", {"en": "Faster", "zh_CN": "更快"})


class Desk:
    """The place of the Help windows over a bare window, with what was wished for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window, self.wishes = QWidget(), Wishes()
        self.window.resize(1024, 700)
        qtbot.addWidget(self.window)
        self.toasts = Toasts(self.window)
        self.place = HelpPlace(self.wishes, Preferences(), self.toasts, self.window)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.licences, self.checks = Heard(self.wishes.licence_wanted), Heard(self.wishes.check_updates)
        self.kept, self.abouts = Heard(self.wishes.preferences_changed), Heard(self.wishes.about_wanted)

    def about(self) -> About:
        self.place.open_about()
        assert self.place.about is not None
        return self.place.about

    def updates(self) -> Updates:
        self.place.channel = HOME
        self.place.open_updates()
        assert self.place.updates is not None
        return self.place.updates


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the system's browser was asked to open."""
    addresses: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: addresses.append(url.toString()))
    return addresses


def test_about_says_what_this_is_and_asks_for_the_parts_once(desk: Desk) -> None:
    about = desk.about()
    texts = " ".join(label.text() for label in about.findChildren(QLabel))
    assert f"Version {__version__}" in texts
    assert "General Public License" in texts
    assert "Lesser" in texts
    assert not about.isModal()
    assert desk.about() is about, "one window"
    assert len(desk.abouts.all) == 2, "a window that is opened again asks again"


def test_the_details_can_be_copied(desk: Desk) -> None:
    about = desk.about()
    about.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(f"Seedance Desktop {__version__} (source)\n")
    assert "Python 3." in copied
    assert "Qt 6." in copied
    assert str(Path.home()) not in copied


def test_each_licence_is_read_when_it_is_chosen_and_not_before(desk: Desk) -> None:
    licences = desk.about().licences
    desk.place.show_components(PARTS)
    assert desk.licences.all == [PARTS[0]], "ours first"
    desk.place.show_licence(PARTS[0], "Our text")
    assert licences.text.toPlainText() == "Our text"
    QTest.keyClick(licences.search, Qt.Key.Key_Down)
    assert desk.licences.all == PARTS[:2]
    assert licences.title.text() == "httpx 0.28.1"
    assert licences.text.toPlainText() == "", "not the text of another one"
    desk.place.show_licence(PARTS[0], "Our text")
    assert licences.text.toPlainText() == "", "an answer that comes too late"
    desk.place.show_licence(PARTS[1], "")
    assert "home page" in licences.text.toPlainText()


def test_parts_are_searched_by_name_and_licence(desk: Desk) -> None:
    licences = desk.about().licences
    desk.place.show_components(PARTS)
    QTest.keyClicks(licences.search, "mit")
    assert list(licences.rows.values) == [PARTS[2]]
    assert desk.licences.all[-1] == PARTS[2]
    QTest.keyClicks(licences.search, "zzz")
    assert list(licences.rows.values) == []
    assert licences.title.text() == ""


def test_only_https_home_pages_are_opened(desk: Desk, opened: list[str]) -> None:
    licences = desk.about().licences
    desk.place.show_components(PARTS)
    licences.rows.step(1)
    licences.homepage.click()
    licences.rows.step(1)
    licences.homepage.click()
    assert opened == ["https://example.org/httpx"]


def test_every_control_of_both_windows_has_a_name(desk: Desk) -> None:
    desk.place.show_components(PARTS)
    for dialog in (desk.about(), desk.updates()):
        nameless = [
            widget
            for widget in dialog.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and not widget.accessibleName()
        ]
        assert not nameless


def test_it_asks_only_when_told_and_says_whom(desk: Desk) -> None:
    dialog = desk.updates()
    texts = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "one signed file from updates.example.org over https" in texts
    assert "Nothing about you or your clips is sent" in texts
    assert not dialog.each_day.isChecked()
    assert desk.checks.all == []
    dialog.check.click()
    dialog.check.click()
    assert len(desk.checks.all) == 1, "one question at a time"
    desk.place.show_fault("The answer isn't signed by us, so it is ignored.")
    assert dialog.verdict.text == "The answer isn't signed by us, so it is ignored."
    dialog.check.click()
    assert len(desk.checks.all) == 2


def test_up_to_date_offers_nothing(desk: Desk) -> None:
    dialog = desk.updates()
    desk.place.show_release(RELEASE, newer=False)
    assert dialog.verdict.text == f"Seedance Desktop {__version__} is up to date."
    assert not dialog.download.isVisible()
    assert not dialog.notes.isVisible()


def test_a_newer_one_is_told_and_its_page_opened(desk: Desk, opened: list[str]) -> None:
    dialog = desk.updates()
    desk.place.show_release(RELEASE, newer=True)
    assert dialog.verdict.text.startswith("Version 9.8.7 of ")
    assert "2026" in dialog.verdict.text
    assert dialog.notes.toPlainText() == "Faster"
    assert dialog.focusWidget() is dialog.download
    dialog.download.click()
    assert opened == ["https://updates.example.org/get"]
    assert not dialog.isVisible()


def test_notes_are_never_markup(desk: Desk) -> None:
    dialog = desk.updates()
    desk.place.show_release(Release("9.8.7", date(2026, 1, 1), "", {"en": "<b>x</b>"}), newer=True)
    assert dialog.notes.toPlainText() == "<b>x</b>"


def test_once_a_day_is_a_preference_that_both_places_show(desk: Desk) -> None:
    dialog = desk.updates()
    dialog.each_day.click()
    assert desk.kept.all == [Preferences(check_updates=True)]
    desk.place.set_preferences(Preferences())
    assert not dialog.each_day.isChecked()
    assert len(desk.kept.all) == 1, "what is shown is no wish"


def test_what_came_by_itself_is_said_in_passing(desk: Desk) -> None:
    desk.place.channel = HOME
    desk.place.tell_release(RELEASE)
    assert desk.toasts.isVisible()
    assert not desk.window.findChildren(Updates), "nothing opens by itself"
    desk.toasts.action.click()
    dialog = desk.updates()
    assert dialog.notes.toPlainText() == "Faster"


def test_a_closed_window_hears_nothing(desk: Desk) -> None:
    desk.about().close()
    desk.updates().close()
    desk.place.show_components(PARTS)
    desk.place.show_release(RELEASE, newer=True)
    desk.place.show_fault("x")
    assert (desk.place.about, desk.place.updates) == (None, None)


@pytest.mark.parametrize("there", [True, False])
def test_without_a_place_for_updates_there_is_nothing_to_choose(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, there: bool
) -> None:
    monkeypatch.setattr(place_module, "channel", lambda: HOME if there else None)
    monkeypatch.setattr(network, "channel", lambda: HOME if there else None)
    wishes = Wishes()
    logs = Heard(wishes.open_log_folder)
    window = MainWindow(wishes, ClipList(), Preferences(), tmp_path)
    settings = Settings(wishes, Preferences(check_updates=True), window)
    switches = [one for one in settings.page("network").findChildren(Switch) if one.isChecked()]
    assert bool(switches) is there
    actions = help_actions(window)
    assert ("Check for updates…" in actions) is there
    assert actions["About Seedance Desktop"].menuRole() == QAction.MenuRole.AboutRole
    actions["Open log folder"].trigger()
    assert len(logs.all) == 1
    window.shut()


def help_actions(window: MainWindow) -> dict[str, QAction]:
    bar = window.findChild(QMenuBar)
    assert bar is not None
    menu = next(action.menu() for action in bar.actions() if action.text() == "Help")
    assert isinstance(menu, QWidget)
    return {action.text(): action for action in menu.actions()}
