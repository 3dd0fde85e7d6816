"""The settings: each change is the right preference at once, and a key is never shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.catalogue import DEFAULT_GATEWAY, SEEDANCE_2
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import Field, Picker, Stepper, Switch
from seedance_desktop.ui.settings import Settings
from seedance_desktop.ui.settings.money_field import parse
from seedance_desktop.ui.settings.network import proxy_address
from seedance_desktop.ui.wishes import Wishes

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)  # offscreen says it

KEY = "sk-made-up-for-this-test"


class Office:
    """A settings dialog on screen, with what it wished for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.wishes = Wishes()
        self.dialog = Settings(self.wishes, Preferences())
        self.kept: list[Preferences] = []
        self.checked: list[tuple[str, str]] = []
        self.keys: list[tuple[str, str, bool]] = []
        self.removed: list[str] = []
        self.wishes.preferences_changed.connect(self.kept.append)
        self.wishes.check_key.connect(lambda *asked: self.checked.append(asked))
        self.wishes.keep_key.connect(lambda *asked: self.keys.append(asked))
        self.wishes.remove_key.connect(self.removed.append)
        qtbot.addWidget(self.dialog)
        self.dialog.show()
        self.dialog.activateWindow()
        qtbot.waitUntil(self.dialog.isActiveWindow)

    def find(self, name: str) -> QWidget:
        """The widget that a screen reader finds by `name`, on the page where it lies."""
        found = [widget for widget in self.dialog.findChildren(QWidget) if widget.accessibleName() == name]
        assert len(found) == 1, (name, found)
        return found[0]

    def type_in(self, page: str, name: str, text: str) -> Field:
        """Open a page, replace a field's text and leave the field by Return."""
        self.dialog.open_page(page)
        field = self.find(name)
        assert isinstance(field, Field)
        field.setFocus()
        field.selectAll()
        QTest.keyClick(field, Qt.Key.Key_Delete)
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        return field

    def picker(self, name: str) -> Picker:
        found = self.find(name)
        assert isinstance(found, Picker)
        return found


@pytest.fixture
def office(qtbot: QtBot, qapp: QApplication) -> Office:
    theme.apply(qapp, "dark")
    return Office(qtbot)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("$50", 5000), ("50.00", 5000), ("50,5", 5050), ("  $ 1,200 ", 120000), ("1,200.50", 120050), ("¥3", 300),
        ("0", 0), ("", 0), ("fifty", None), ("-5", None), ("1.234", 123400), ("5..0", None), ("99999999999", None),
    ],
)  # fmt: skip
def test_money_as_people_type_it(text: str, amount: int | None) -> None:
    assert parse(text) == amount


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("proxy.lan:8080", "http://proxy.lan:8080"),
        ("socks5://127.0.0.1:1080/", "socks5://127.0.0.1:1080"),
        ("http://user:pass@proxy:3128", "http://user:pass@proxy:3128"),
        ("ftp://proxy", ""),
        ("two words", ""),
        ("http://proxy:99999", ""),
        ("", ""),
    ],
)
def test_addresses_of_proxies(text: str, address: str) -> None:
    assert proxy_address(text) == address


@pytest.mark.parametrize(
    ("page", "name", "text", "field", "value"),
    [
        ("generating", "Monthly budget", "$50", "monthly_budget", 5000),
        ("generating", "Ask before spending more than", "", "ask_above", 0),
        ("generating", "Price of Seedance 2.0", "0.30", "prices", {SEEDANCE_2.id: 30}),
        ("library", "File names", "{project}_{shot}", "file_names", "{project}_{shot}"),
        ("account", "Gateway address", "gateway.example.com/", "gateway", "https://gateway.example.com"),
        ("account", "Gateway address", "http://127.0.0.1:9000", "gateway", "http://127.0.0.1:9000"),
    ],
)
def test_what_is_typed_is_kept(office: Office, page: str, name: str, text: str, field: str, value: object) -> None:
    office.type_in(page, name, text)
    assert [getattr(kept, field) for kept in office.kept] == [value]
    assert office.dialog.isVisible()


@pytest.mark.parametrize(
    ("page", "name", "text"),
    [
        ("generating", "Monthly budget", "fifty"),
        ("library", "File names", "{date} {shotx}"),
        ("account", "Gateway address", "https://"),
        ("account", "Gateway address", "http://gateway.example.com"),
    ],
)
def test_what_is_wrong_is_marked_and_not_kept(office: Office, page: str, name: str, text: str) -> None:
    field = office.type_in(page, name, text)
    assert field.invalid
    office.dialog.accept()
    assert office.kept == []


def test_a_price_that_is_the_lists_follows_the_list(office: Office) -> None:
    office.type_in("generating", "Price of Seedance 2.0", "0.30")
    office.type_in("generating", "Price of Seedance 2.0", "$0.28")
    assert [kept.prices for kept in office.kept] == [{SEEDANCE_2.id: 30}, {}]


def test_an_unencrypted_address_needs_consent(office: Office) -> None:
    office.type_in("account", "Gateway address", "http://gateway.example.com/v2")
    allow = office.find("Allow this unencrypted address")
    assert isinstance(allow, Switch)
    assert allow.isVisible()
    QTest.mouseClick(allow, Qt.MouseButton.LeftButton)
    last = office.kept[-1]
    assert last.gateway == "http://gateway.example.com/v2"
    assert last.insecure_gateways == ("http://gateway.example.com",)
    QTest.mouseClick(allow, Qt.MouseButton.LeftButton)
    assert office.kept[-1].insecure_gateways == ()


@pytest.mark.parametrize(("name", "value", "field"), [("Theme", "light", "theme"), ("Language", "zh_CN", "language")])
def test_choices_of_appearance(office: Office, name: str, value: str, field: str) -> None:
    office.picker(name).segment(value).click()
    assert [getattr(kept, field) for kept in office.kept] == [value]


def test_a_manual_proxy_waits_for_its_address(office: Office) -> None:
    office.dialog.open_page("network")
    office.picker("Proxy").segment("manual").click()
    assert office.kept == []
    office.type_in("network", "Proxy address", "proxy.lan:8080")
    office.picker("Proxy").segment("none").click()
    assert [(kept.proxy, kept.proxy_address) for kept in office.kept] == [
        ("manual", "http://proxy.lan:8080"),
        ("none", "http://proxy.lan:8080"),
    ]


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Keep the recipe inside the MP4", "recipe_in_file"),
        ("Reduce motion", "reduce_motion"),
        ("A clip is ready", "notify_ready"),
        ("A clip fails", "notify_failed"),
        ("A charge is unknown", "notify_unsure"),
    ],
)
def test_switches(office: Office, name: str, field: str) -> None:
    switch = office.find(name)
    assert isinstance(switch, Switch)
    switch.click()
    assert [getattr(kept, field) for kept in office.kept] == [not getattr(Preferences(), field)]


@pytest.mark.parametrize(
    ("name", "field", "value"), [("Generations at once", "at_once", 4), ("Undo time", "undo_seconds", 4)]
)
def test_numbers(office: Office, name: str, field: str, value: int) -> None:
    stepper = office.find(name)
    assert isinstance(stepper, Stepper)
    stepper.stepUp()
    assert [getattr(kept, field) for kept in office.kept] == [value]


def test_preferences_from_elsewhere_are_shown_in_silence(office: Office) -> None:
    office.dialog.set_preferences(Preferences(theme="light", monthly_budget=1234, notify_ready=False, at_once=9))
    budget, ready = office.find("Monthly budget"), office.find("A clip is ready")
    assert isinstance(budget, QLineEdit)
    assert isinstance(ready, Switch)
    assert (budget.text(), ready.isChecked(), office.picker("Theme").value) == ("$12.34", False, "light")
    assert office.kept == []


def test_typing_that_was_not_left_is_kept_on_closing(office: Office) -> None:
    office.dialog.open_page("generating")
    budget = office.find("Monthly budget")
    budget.setFocus()
    QTest.keyClicks(budget, "75")
    QTest.keyClick(budget, Qt.Key.Key_Escape)
    assert [kept.monthly_budget for kept in office.kept] == [7500]
    assert not office.dialog.isVisible()


def test_the_library_folder_is_a_wish(office: Office) -> None:
    wished: list[str] = []
    office.wishes.choose_library.connect(wished.append)
    office.dialog.set_library("/videos/Seedance")
    folder = office.find("Library folder")
    assert isinstance(folder, QLineEdit)
    assert (folder.text(), folder.isReadOnly()) == ("/videos/Seedance", True)
    office.dialog.library.change_button.click()
    chooser = office.dialog.findChild(QFileDialog)
    assert chooser is not None
    chooser.fileSelected.emit("/other")
    chooser.reject()
    assert (wished, office.kept) == (["/other"], [])


# keys


def test_a_key_is_checked_then_kept_then_forgotten(office: Office) -> None:
    account = office.dialog.account
    QTest.keyClicks(account.key, f" {KEY} ")
    account.check_button.click()
    assert office.checked == [(DEFAULT_GATEWAY, KEY)]
    assert not account.check_button.isEnabled()
    assert office.keys == []
    office.dialog.key_state(DEFAULT_GATEWAY, "accepted", "")
    assert office.keys == [(DEFAULT_GATEWAY, KEY, False)]
    office.dialog.key_state(DEFAULT_GATEWAY, "kept", "")
    assert account.key.text() == ""
    assert set(account.key.placeholderText()) == {"•"}
    assert account.remove_button.isVisible()
    account.check_button.click()
    assert office.checked[-1] == (DEFAULT_GATEWAY, "")
    office.dialog.key_state(DEFAULT_GATEWAY, "accepted", "")
    assert len(office.keys) == 1


def test_a_refused_key_is_not_kept(office: Office) -> None:
    account = office.dialog.account
    QTest.keyClicks(account.key, KEY)
    account.check_button.click()
    office.dialog.key_state(DEFAULT_GATEWAY, "refused", "The gateway does not accept the key.")
    assert office.keys == []
    assert account.key.invalid
    assert account.verdict.text == "The gateway does not accept the key."
    assert account.check_button.isEnabled()


def test_an_answer_to_somebody_else_keeps_no_old_key(office: Office) -> None:
    QTest.keyClicks(office.dialog.account.key, KEY)
    office.dialog.account.check_button.click()
    office.dialog.key_state(DEFAULT_GATEWAY, "refused", "No.")
    office.dialog.key_state(DEFAULT_GATEWAY, "accepted", "")
    assert office.keys == []


def test_what_is_said_of_another_address_is_not_taken_for_this_one(office: Office) -> None:
    account = office.dialog.account
    QTest.keyClicks(account.key, KEY)
    account.check_button.click()
    office.dialog.key_state("https://elsewhere.example", "accepted", "")
    assert office.keys == []


def test_without_a_keyring_the_session_is_offered(office: Office) -> None:
    account = office.dialog.account
    assert not account.session_button.isVisible()
    QTest.keyClicks(account.key, KEY)
    account.check_button.click()
    office.dialog.key_state(DEFAULT_GATEWAY, "accepted", "")
    office.dialog.key_state(DEFAULT_GATEWAY, "no-keyring", "No system keyring answers.")
    account.session_button.click()
    assert office.keys[-1] == (DEFAULT_GATEWAY, KEY, True)


def test_another_address_asks_for_its_own_key(office: Office) -> None:
    office.dialog.key_state(DEFAULT_GATEWAY, "kept", "")
    office.type_in("account", "Gateway address", "https://other.example")
    account = office.dialog.account
    assert account.key.placeholderText() == ""
    assert not account.remove_button.isVisible()
    account.check_button.click()
    assert (office.checked, account.key.invalid) == ([], True)


def test_a_key_is_never_shown_unless_the_eye_is_open(office: Office) -> None:
    account = office.dialog.account
    QTest.keyClicks(account.key, KEY)
    assert KEY not in account.key.displayText()
    spoken = QAccessible.queryAccessibleInterface(account.key)
    assert KEY not in spoken.text(QAccessible.Text.Value)
    eye = office.find("Show key")
    QTest.mouseClick(eye, Qt.MouseButton.LeftButton)
    assert account.key.displayText() == KEY
    QTest.mouseClick(office.find("Hide key"), Qt.MouseButton.LeftButton)
    assert KEY not in account.key.displayText()


def test_a_key_that_was_not_kept_is_dropped_on_closing(office: Office) -> None:
    account = office.dialog.account
    QTest.keyClicks(account.key, KEY)
    office.dialog.accept()
    assert account.key.text() == ""


def test_removing_a_key_is_a_wish(office: Office) -> None:
    office.dialog.key_state(DEFAULT_GATEWAY, "kept", "")
    office.dialog.account.remove_button.click()
    assert office.removed == [DEFAULT_GATEWAY]
    office.dialog.key_state(DEFAULT_GATEWAY, "none", "")
    assert not office.dialog.account.remove_button.isVisible()


# the spoken interface


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("API key", QAccessible.Role.EditableText),
        ("Check key", QAccessible.Role.Button),
        ("Gateway address", QAccessible.Role.EditableText),
        ("Library folder", QAccessible.Role.EditableText),
        ("Monthly budget", QAccessible.Role.EditableText),
        ("Generations at once", QAccessible.Role.SpinBox),
        ("Notifications", QAccessible.Role.RadioButton),
        ("Done", QAccessible.Role.Button),
    ],
)
def test_names_and_roles(office: Office, name: str, role: QAccessible.Role) -> None:
    assert QAccessible.queryAccessibleInterface(office.find(name)).role() == role


def test_the_picker_groups_have_their_names(office: Office) -> None:
    assert {office.picker(name).accessibleName() for name in ("Theme", "Language", "Proxy")} == {
        "Theme",
        "Language",
        "Proxy",
    }


def test_pages_turn_by_arrows(office: Office) -> None:
    account = office.find("Account")
    account.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(account, Qt.Key.Key_Down)
    assert office.find("Library").hasFocus()
    assert office.dialog.library.isVisible()
    assert not office.dialog.account.isVisible()
