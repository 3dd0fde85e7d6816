"""Work in the pool's threads, and answers to those who are still there."""

from __future__ import annotations

import threading

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QThreadPool
from pytestqt.qtbot import QtBot

from seedance_desktop.ui.background import in_background


class Owner(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.thread_of_answer: QThread | None = None

    def hear(self, answer: object) -> None:
        self.heard.append(answer)
        self.thread_of_answer = QThread.currentThread()


def test_the_answer_comes_in_the_windows_thread(qtbot: QtBot) -> None:
    owner = Owner()
    in_background(threading.get_ident, owner.hear)
    qtbot.waitUntil(lambda: bool(owner.heard))
    assert owner.heard != [threading.get_ident()]
    assert owner.thread_of_answer is QCoreApplication.instance().thread()  # type: ignore[union-attr]


@pytest.mark.parametrize("how", ["forgotten", "deleted"])
def test_nobody_is_told_who_is_gone(qtbot: QtBot, how: str) -> None:
    begun, go_on, later = threading.Event(), threading.Event(), Owner()
    gone = Owner()

    def work() -> bool:
        begun.set()
        return go_on.wait(10)

    in_background(work, gone.hear)
    assert begun.wait(10)
    heard = gone.heard
    if how == "deleted":
        shiboken6.delete(gone)
    del gone
    go_on.set()
    in_background(lambda: "later", later.hear)
    qtbot.waitUntil(lambda: later.heard == ["later"])
    QThreadPool.globalInstance().waitForDone()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall.value)
    assert heard == []


def test_owners_that_go_in_the_middle_of_their_answers_crash_nothing(qtbot: QtBot) -> None:
    last = Owner()
    for number in range(400):
        owner = Owner()
        in_background(lambda number=number: number, owner.hear)  # type: ignore[misc]
        shiboken6.delete(owner)
    in_background(lambda: "last", last.hear)
    qtbot.waitUntil(lambda: last.heard == ["last"])


def test_work_that_fails_is_in_the_log_and_answers_nothing(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    owner = Owner()

    def fails() -> object:
        raise ValueError("no picture")

    in_background(fails, owner.hear)
    in_background(lambda: "next", owner.hear)
    qtbot.waitUntil(lambda: owner.heard == ["next"])
    assert "work in the background failed" in caplog.text
