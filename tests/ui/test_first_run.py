"""The first run: a gateway and its key, or the demo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAccessible, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.catalogue import DEFAULT_GATEWAY, KEY_PAGE
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.ui import theme
from seedance_desktop.ui.first_run import FirstRun
from seedance_desktop.ui.wishes import Wishes

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)  # offscreen says it

KEY = "sk-made-up-for-this-test"


class Door:
    """The first run on screen, with what it wished for in order."""

    def __init__(self, qtbot: QtBot, preferences: Preferences) -> None:
        self.wishes = Wishes()
        self.screen = FirstRun(self.wishes, preferences)
        self.wished: list[tuple[object, ...]] = []
        self.wishes.check_key.connect(lambda *asked: self.wished.append(("check", *asked)))
        self.wishes.keep_key.connect(lambda *asked: self.wished.append(("keep", *asked)))
        self.wishes.start_demo.connect(lambda: self.wished.append(("demo",)))
        self.wishes.preferences_changed.connect(
            lambda preferences: self.wished.append(("preferences", preferences.gateway, preferences.language))
        )
        qtbot.addWidget(self.screen)
        self.screen.resize(700, 800)
        self.screen.show()
        self.screen.activateWindow()
        qtbot.waitUntil(self.screen.isActiveWindow)


@pytest.fixture
def door(qtbot: QtBot, qapp: QApplication) -> Door:
    theme.apply(qapp, "dark")
    return Door(qtbot, Preferences(language="en"))


def test_a_key_is_checked_before_it_is_kept(door: Door) -> None:
    QTest.keyClicks(door.screen.key, KEY)
    QTest.keyClick(door.screen.key, Qt.Key.Key_Return)
    assert door.wished == [("check", DEFAULT_GATEWAY, KEY)]
    door.screen.key_state(DEFAULT_GATEWAY, "checking", "")
    door.screen.key_state(DEFAULT_GATEWAY, "accepted", "")
    assert door.wished[1:] == [("keep", DEFAULT_GATEWAY, KEY, False)]
    door.screen.key_state(DEFAULT_GATEWAY, "kept", "")
    assert door.screen.key.text() == ""


def test_another_gateway_is_kept_before_its_key_is_checked(door: Door) -> None:
    door.screen.address.setFocus()
    door.screen.address.selectAll()
    QTest.keyClicks(door.screen.address, "gateway.example.com")
    QTest.keyClicks(door.screen.key, KEY)
    door.screen.check_button.click()
    assert door.wished == [
        ("preferences", "https://gateway.example.com", "en"),
        ("check", "https://gateway.example.com", KEY),
    ]


@pytest.mark.parametrize("typed", ["http://gateway.example.com", "", "ftp://x", "https://"])
def test_a_bad_address_sends_no_key_anywhere(door: Door, typed: str) -> None:
    door.screen.address.setText(typed)
    QTest.keyClicks(door.screen.key, KEY)
    door.screen.check_button.click()
    assert door.wished == []
    assert door.screen.address.invalid
    assert door.screen.verdict.text.endswith(".")


def test_no_key_is_told(door: Door) -> None:
    door.screen.check_button.click()
    assert (door.wished, door.screen.key.invalid) == ([], True)
    assert door.screen.verdict.text == "Paste a key first."


def test_without_a_keyring_the_session_is_offered(door: Door) -> None:
    assert not door.screen.session_button.isVisible()
    QTest.keyClicks(door.screen.key, KEY)
    door.screen.check_button.click()
    door.screen.key_state(DEFAULT_GATEWAY, "accepted", "")
    door.screen.key_state(DEFAULT_GATEWAY, "no-keyring", "No system keyring answers.")
    assert door.screen.verdict.text == "No system keyring answers."
    door.screen.session_button.click()
    assert door.wished[-1] == ("keep", DEFAULT_GATEWAY, KEY, True)


def test_the_demo_is_one_click_away(door: Door) -> None:
    QTest.mouseClick(door.screen.demo_button, Qt.MouseButton.LeftButton)
    assert door.wished == [("demo",)]


def test_a_language_is_chosen(door: Door) -> None:
    door.screen.language.segment("zh_CN").click()
    assert door.wished == [("preferences", DEFAULT_GATEWAY, "zh_CN")]


def test_where_a_key_comes_from_opens_the_browser(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    door.screen.where_button.click()
    assert opened == [QUrl(KEY_PAGE)]


def test_a_key_is_not_echoed(door: Door) -> None:
    QTest.keyClicks(door.screen.key, KEY)
    assert KEY not in door.screen.key.displayText()
    assert not door.screen.grab().isNull()


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Gateway address", QAccessible.Role.EditableText),
        ("API key", QAccessible.Role.EditableText),
        ("Check and save", QAccessible.Role.Button),
        ("Where do I get a key?", QAccessible.Role.Button),
        ("Start the demo", QAccessible.Role.Button),
        ("English", QAccessible.Role.RadioButton),
    ],
)
def test_names_and_roles(door: Door, name: str, role: QAccessible.Role) -> None:
    found = [widget for widget in door.screen.findChildren(QWidget) if widget.accessibleName() == name]
    assert [QAccessible.queryAccessibleInterface(widget).role() for widget in found] == [role]
