"""The offer of a crash stays until it is answered; Save diagnostics says what it does and how it went."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.reports import Offer
from seedance_desktop.ui.trouble import Diagnostics, OfferBar, ask_diagnostics
from seedance_desktop.ui.trouble.place import free_name, place
from seedance_desktop.ui.wishes import Wishes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less

OFFER = Offer("crash-1.new.txt", "Seedance Desktop: report of a crash\nthe stack")


@pytest.fixture
def wishes() -> Wishes:
    return Wishes()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1024, 700)
    made.show()
    return made


@pytest.fixture
def bar(window: QWidget, wishes: Wishes) -> OfferBar:
    made = OfferBar(OFFER, wishes, window)
    made.resize(1024, 56)
    made.show()
    return made


@pytest.fixture
def dialog(window: QWidget, wishes: Wishes, home: Path) -> Diagnostics:
    return ask_diagnostics(window, wishes)


def report_of(bar: OfferBar) -> QDialog | None:
    return bar.report


def browser_of(one: OfferBar | Diagnostics) -> QFileDialog | None:
    return one.browser


def texts(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_it_says_calmly_what_happened_and_what_can_be_done(bar: OfferBar) -> None:
    assert texts(bar) == "Seedance closed unexpectedly last time. Nothing that you paid for is lost."
    buttons = bar.findChildren(QPushButton)
    assert [button.accessibleName() for button in buttons] == ["Show report", "Save report…", "Dismiss"]
    assert all(button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in buttons)


def test_a_third_time_in_a_row_is_said(window: QWidget, wishes: Wishes) -> None:
    again = OfferBar(Offer("a", "b", again=True), wishes, window)
    again.show()
    assert "keeps closing unexpectedly" in texts(again)
    assert "diagnostics" in texts(again)


def test_the_report_is_read_selected_and_copied(bar: OfferBar, qtbot: QtBot, wishes: Wishes) -> None:
    bar.show_button.click()
    assert bar.report is not None
    body = bar.report.findChild(QPlainTextEdit)
    assert isinstance(body, QPlainTextEdit)
    assert body.toPlainText() == OFFER.text
    assert body.isReadOnly()
    assert body.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
    copy = next(button for button in bar.report.findChildren(QPushButton) if button.text() == "Copy")
    copy.click()
    assert QGuiApplication.clipboard().text() == OFFER.text
    first = bar.report
    bar.show_button.click()
    assert bar.report is first, "one is enough"
    first.close()
    assert report_of(bar) is None
    assert bar.isVisible(), "reading it is no answer"


def test_saving_asks_where_and_wishes(bar: OfferBar, qtbot: QtBot, wishes: Wishes) -> None:
    bar.save.click()
    assert bar.browser is not None
    with qtbot.waitSignal(wishes.save_report) as saved:
        bar.browser.fileSelected.emit("/tmp/report.txt")
    assert saved.args == [OFFER.name, "/tmp/report.txt"]
    bar.browser.close()
    assert browser_of(bar) is None
    assert bar.isVisible()


def test_dismissed_it_goes_and_is_known(bar: OfferBar, qtbot: QtBot, wishes: Wishes) -> None:
    with qtbot.waitSignal(wishes.report_seen) as seen:
        bar.dismiss.click()
    assert seen.args == [OFFER.name]
    assert not bar.isVisible()


def test_a_report_that_is_being_read_can_be_saved_after_the_bar_is_dismissed(
    bar: OfferBar, qtbot: QtBot, wishes: Wishes
) -> None:
    bar.show_button.click()
    report = report_of(bar)
    assert report is not None
    bar.dismiss.click()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    next(button for button in report.findChildren(QPushButton) if button.text() == "Save…").click()
    browser = browser_of(bar)
    assert browser is not None
    with qtbot.waitSignal(wishes.save_report) as saved:
        browser.fileSelected.emit("/tmp/report.txt")
    assert saved.args == [OFFER.name, "/tmp/report.txt"]
    browser.close()
    with qtbot.waitSignal(bar.destroyed):
        report.close()


def test_the_file_is_called_by_its_day_and_hides_none(home: Path) -> None:
    folder = home / "Downloads"
    folder.mkdir()
    assert place() == folder
    today = datetime.now().astimezone().strftime("%Y-%m-%d")
    first = free_name(folder, "seedance-diagnostics", ".zip")
    assert first.name == f"seedance-diagnostics-{today}.zip"
    first.write_bytes(b"")
    assert free_name(folder, "seedance-diagnostics", ".zip").name == f"seedance-diagnostics-{today}-2.zip"


def test_without_folders_for_such_it_is_home(home: Path) -> None:
    assert place() in (home, home / "Desktop")


def test_what_will_be_inside_is_said_before(dialog: Diagnostics) -> None:
    said = texts(dialog)
    for part in ("log and the crash reports", "Versions", "settings", "library in numbers", "key is never inside"):
        assert part in said
    assert str(dialog.file) in said
    assert not dialog.with_prompts.isChecked()
    assert dialog.save.hasFocus() or dialog.focusWidget() is dialog.save
    assert not any(widget.accessibleName() == "" for widget in dialog.findChildren(QPushButton))


def test_there_is_one_dialog_at_a_time(dialog: Diagnostics, window: QWidget, wishes: Wishes) -> None:
    assert ask_diagnostics(window, wishes) is dialog


@pytest.mark.parametrize("ticked", [False, True])
def test_saving_wishes_what_was_agreed_to(dialog: Diagnostics, wishes: Wishes, qtbot: QtBot, ticked: bool) -> None:
    dialog.with_prompts.set_on(ticked)
    with qtbot.waitSignal(wishes.save_diagnostics) as wished:
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert wished.args == [str(dialog.file), ticked]
    assert dialog.share.isVisible()
    assert not dialog.save.isEnabled()
    dialog.show_share(0.5)
    assert dialog.share.value() == dialog.share.maximum() // 2


def test_the_end_offers_the_folder(dialog: Diagnostics, wishes: Wishes, qtbot: QtBot) -> None:
    dialog.save.click()
    dialog.show_saved()
    assert "Saved." in dialog.verdict.text
    assert not dialog.share.isVisible()
    assert dialog.cancel.text() == "Close"
    assert not dialog.change.isEnabled(), "it is where it is"
    with qtbot.waitSignal(wishes.show_file) as shown:
        dialog.show_button.click()
    assert shown.args == [str(dialog.file)]
    dialog.cancel.click()
    assert not dialog.isVisible()


def test_cancel_stops_the_writing_and_then_closes(dialog: Diagnostics, wishes: Wishes, qtbot: QtBot) -> None:
    dialog.save.click()
    with qtbot.waitSignal(wishes.cancel_diagnostics):
        dialog.cancel.click()
    assert dialog.isVisible()
    dialog.show_stopped()
    assert "nothing was saved" in dialog.verdict.text
    assert dialog.save.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_what_failed_can_be_tried_elsewhere(dialog: Diagnostics, wishes: Wishes, qtbot: QtBot) -> None:
    dialog.save.click()
    dialog.show_failed("The disk is full.")
    assert dialog.verdict.text == "The disk is full."
    dialog.change.click()
    assert dialog.browser is not None
    dialog.browser.fileSelected.emit("/elsewhere/d.zip")
    dialog.browser.close()
    assert browser_of(dialog) is None
    assert dialog.verdict.text == ""
    with qtbot.waitSignal(wishes.save_diagnostics) as wished:
        dialog.save.click()
    assert wished.args == ["/elsewhere/d.zip", False]
    dialog.show_stopped()


@pytest.mark.parametrize("verdict", ["", "The disk is full. " * 9])
def test_the_dialog_is_as_high_as_its_texts(dialog: Diagnostics, verdict: str) -> None:
    dialog.show_failed(verdict)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    for label in dialog.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
