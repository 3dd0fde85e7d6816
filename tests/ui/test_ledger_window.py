"""Where the ledger stands in the window, and what else the window shows of money, outages and a damaged library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.news import ClipSaved
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import Button, Field, Text
from seedance_desktop.ui.ledger import Ledger
from seedance_desktop.ui.making.face import face
from seedance_desktop.ui.settings import Settings
from seedance_desktop.ui.settings.money_field import MoneyField
from seedance_desktop.ui.shelf import ClipList
from seedance_desktop.ui.window import MainWindow
from seedance_desktop.ui.wishes import Wishes
from tests.ui.ledger_entries import entry
from tests.ui.test_making_clips import GATEWAY, NOW, Heard, clip, waiting

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less

HOUR = 3_600_000


@pytest.fixture
def wishes() -> Wishes:
    return Wishes()


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, wishes: Wishes, tmp_path: Path) -> Iterator[MainWindow]:
    theme.apply(qapp, "dark")
    made = MainWindow(wishes, ClipList(), Preferences(gateway=GATEWAY), tmp_path)
    made.resize(1440, 900)
    made.set_gateway(GATEWAY)
    made.set_library(tmp_path)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.shut()


def button(place: QWidget, name: str) -> Button:
    found = [one for one in place.findChildren(Button) if one.accessibleName() == name and one.isVisible()]
    assert len(found) == 1, (name, [one.accessibleName() for one in place.findChildren(Button)])
    return found[0]


def view(window: MainWindow) -> Ledger:
    assert window.ledger.view is not None
    return window.ledger.view


def test_the_months_spend_opens_the_ledger(window: MainWindow, wishes: Wishes) -> None:
    heard = Heard(wishes.ledger_wanted)
    window.set_spend(1204, 5000)
    button(window.status, "This month $12.04 of $50.00").click()
    assert heard.all == [()]
    assert view(window).isVisible()
    assert window.composer.isVisible()
    assert not window.stage.isVisible()
    assert not window.shelf.isVisible()
    window.ledger.set_entries([entry()])
    assert "$12.04 of $50.00" in _words(view(window).footer), "the budget was told before the ledger was made"


def test_escape_brings_stage_and_library_back_as_they_were(window: MainWindow, wishes: Wishes, qtbot: QtBot) -> None:
    before = window.panes.sizes()
    window.activateWindow()
    wishes.open_ledger.emit()
    qtbot.waitUntil(view(window).header.month.hasFocus)
    window.ledger.set_entries([entry()])
    assert view(window).table.hasFocus()
    QTest.keyClick(view(window).table, Qt.Key.Key_Escape)
    assert not view(window).isVisible()
    assert window.stage.isVisible()
    after = window.panes.sizes()
    assert (after[0], after[2]) == (before[0], before[2])


@pytest.mark.parametrize("way", ["review", "library", "clip", "search"])
def test_whoever_wants_stage_or_library_gets_them(window: MainWindow, wishes: Wishes, way: str) -> None:
    wishes.open_ledger.emit()
    if way == "review":
        window.top.workspace_picked.emit("review")
    elif way == "library":
        window.top.library.click()
    elif way == "clip":
        wishes.open_clip.emit(7)
    else:
        QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert not window.ledger.is_open
    assert window.stage.isVisible()
    assert window.shelf.isVisible()


def test_a_narrow_window_has_composer_and_ledger(window: MainWindow, wishes: Wishes) -> None:
    wishes.open_ledger.emit()
    window.resize(1024, 700)
    assert window.composer.isVisible()
    assert view(window).isVisible()
    assert not window.rail.isVisible()
    assert view(window).mapTo(window, view(window).rect().topRight()).x() < 1024
    window.ledger.close()
    assert window.rail.isVisible()


def test_letters_in_the_ledger_judge_no_clip(window: MainWindow, wishes: Wishes) -> None:
    judged = Heard(wishes.judge)
    window.stage.open(clip(id=5), None, None)
    wishes.open_ledger.emit()
    window.ledger.set_entries([entry()])
    for key in (Qt.Key.Key_P, Qt.Key.Key_5, Qt.Key.Key_X):
        QTest.keyClick(view(window).table, key)
        QTest.keyClick(window, key)
    assert judged.all == []


def test_a_clip_that_moves_asks_for_the_entries_again(window: MainWindow, wishes: Wishes, qtbot: QtBot) -> None:
    heard = Heard(wishes.ledger_wanted)
    window.hear(ClipSaved(waiting()))
    wishes.open_ledger.emit()
    window.hear(ClipSaved(waiting()))
    qtbot.waitUntil(lambda: len(heard.all) == 2)


def test_the_claim_is_said_in_passing(window: MainWindow, wishes: Wishes) -> None:
    wishes.open_ledger.emit()
    window.ledger.set_entries([entry()])
    view(window).table.choose([0], 0)
    button(view(window), "Copy claim").click()
    assert window.toasts.isVisible()


# A damaged library


def test_a_damaged_library_offers_its_rebuild_once(window: MainWindow, wishes: Wishes) -> None:
    heard = Heard(wishes.rebuild)
    window.blocked("The library's database is damaged.", rebuild=True)
    again = button(window.centre, "Rebuild the library")
    again.click()
    again.click()
    assert heard.all == [()]
    window.show_rebuilding(12, 340)
    assert "12 of 340" in _words(window.centre)
    assert not button(window.centre, "Choose another folder").isEnabled()
    window.blocked("It did not work.", rebuild=True)
    assert button(window.centre, "Rebuild the library").isEnabled(), "a rebuild that failed can be tried again"


def test_another_reason_offers_no_rebuild(window: MainWindow) -> None:
    window.blocked("The library is in use.")
    names = [one.accessibleName() for one in window.centre.findChildren(QAbstractButton) if one.isVisible()]
    assert "Rebuild the library" not in names
    assert "Choose another folder" in names
    window.show_rebuilding(1, 2)


def test_the_report_can_be_selected_and_holds_nothing_up(window: MainWindow, qtbot: QtBot) -> None:
    dialog = window.show_rebuilt("12 clips from the backup.\nNot recovered: a.mp4")
    assert not dialog.isModal()
    body = dialog.findChild(QPlainTextEdit)
    assert body is not None
    assert body.isReadOnly()
    assert "Not recovered: a.mp4" in body.toPlainText()
    with qtbot.waitSignal(dialog.destroyed):
        button(dialog, "Close").click()


# Budgets of projects


@pytest.fixture
def dialog(qtbot: QtBot, wishes: Wishes) -> Settings:
    made = Settings(wishes, Preferences(project_budgets={"Loop": 500}))
    qtbot.addWidget(made)
    made.open_page("generating")
    made.show()
    return made


def test_a_projects_budget_is_added_altered_and_removed(dialog: Settings, wishes: Wishes) -> None:
    kept = Heard(wishes.preferences_changed)
    page = dialog.generating.projects
    page.name.setText("  灯塔   电影 ")
    page.amount.setText("$20")
    page.add.click()
    assert kept.all[-1].project_budgets == {"Loop": 500, "灯塔 电影": 2000}
    assert (page.name.text(), page.amount.text()) == ("", "")
    field = _field(dialog, "Budget of Loop")
    field.setText("7.50")
    field.commit()
    assert kept.all[-1].project_budgets["Loop"] == 750
    button(dialog, "Remove the budget of Loop").click()
    assert kept.all[-1].project_budgets == {"灯塔 电影": 2000}


@pytest.mark.parametrize(("name", "amount"), [("", "20"), ("Film", ""), ("Film", "lots"), ("Film", "0")])
def test_half_a_budget_is_none(dialog: Settings, wishes: Wishes, name: str, amount: str) -> None:
    kept = Heard(wishes.preferences_changed)
    page = dialog.generating.projects
    page.name.setText(name)
    page.amount.setText(amount)
    page.add.click()
    assert kept.all == []


def test_projects_are_proposed_and_the_monthly_budget_keeps_its_name(dialog: Settings) -> None:
    dialog.set_projects(["Film", "", "Film", "Loop"])
    completer = dialog.generating.projects.name.completer()
    assert completer is not None
    model = completer.completionModel()
    completer.setCompletionPrefix("fi")
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["Film"]
    assert _field(dialog, "Monthly budget").isVisible()


def test_budgets_of_projects_survive_the_file() -> None:
    preferences = Preferences(project_budgets={"灯塔": 2000})
    assert Preferences.from_dict(preferences.to_dict()) == preferences
    assert Preferences.from_dict({"project_budgets": {"a": -1, "b": "x", "c": 5}}).project_budgets == {"c": 5}


# A clip that takes unusually long


@pytest.mark.parametrize(
    ("hours", "typical", "late"),
    [(0.4, None, False), (0.6, None, True), (0.6, 900.0, False), (0.6, 60.0, True), (0.8, 900.0, True)],
)
def test_a_clip_that_takes_unusually_long_says_so(hours: float, typical: float | None, late: bool) -> None:
    shown = face(waiting(rendering=True, started=NOW), NOW + int(hours * HOUR), None, typical)
    assert ("unusually long; still watched" in shown.sentence) is late


def _words(place: QWidget) -> str:
    return " ".join(text.text() for text in place.findChildren(Text) if text.isVisible())


def _field(place: QWidget, name: str) -> MoneyField:
    [found] = [one for one in place.findChildren(Field) if one.accessibleName() == name]
    assert isinstance(found, MoneyField)
    return found
