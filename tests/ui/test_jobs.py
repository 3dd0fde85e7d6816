"""Jobs on screen: how far they are, their cross, their list, how they ended; and clips that come in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.news import JobKind, JobProgress, JobState
from seedance_desktop.domain.reason import Reason
from seedance_desktop.ui.jobs import wording
from seedance_desktop.ui.jobs.asking import ImportDialog
from tests.ui.test_window import NARROW, Bench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less

OUT, IN = JobKind.HAND_OVER, JobKind.IMPORT
RUNNING, DONE, CANCELLED, FAILED = JobState.RUNNING, JobState.DONE, JobState.CANCELLED, JobState.FAILED
GONE = Reason.of("clip-file-missing", file="clips/a.mp4")


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path)
    yield made
    made.window.shut()
    made.model.deleteLater()


def job(number: int = 1, what: JobKind = OUT, state: JobState = RUNNING, **facts: Any) -> JobProgress:
    return JobProgress(number, what, state=state, **facts)


def details(bench: Bench) -> str:
    text = bench.dialog().findChild(QPlainTextEdit)
    assert text is not None
    return text.toPlainText()


def said(bench: Bench) -> str:
    return " ".join(bench.texts(bench.window.toasts))


# the line


def test_the_line_says_how_far_it_is_and_goes_with_the_job(bench: Bench) -> None:
    line = bench.window.status.jobs
    assert not line.isVisible()
    bench.window.hear(job(done=2, total=12, name="S3 The keeper", share=0.2))
    assert line.isVisible()
    assert bench.texts(line) == {"Handing over 3 of 12 · S3 The keeper"}
    assert not line.more.isVisible()
    bench.window.hear(job(state=DONE, done=12, total=12))
    assert not line.isVisible()


def test_its_cross_cancels_the_job_that_runs(bench: Bench) -> None:
    wished = bench.wish("cancel_job")
    bench.window.hear(job(3, total=2))
    bench.window.hear(job(4, IN, JobState.WAITING))
    bench.window.status.jobs.cancel.click()
    assert wished == [3]


def test_those_that_wait_are_in_a_list_each_with_its_cross(bench: Bench) -> None:
    wished, line = bench.wish("cancel_job"), bench.window.status.jobs
    for number in (3, 4, 5):
        bench.window.hear(job(number, IN if number == 4 else OUT, RUNNING if number == 3 else JobState.WAITING))
    assert line.more.text() == "2 more"
    line.more.click()
    queue = line._queue
    assert queue is not None
    waiting = {"Importing waits for its turn", "Handing over waits for its turn"}
    assert bench.texts(queue) == {"One after the other", "Handing over…"} | waiting
    crosses = [one for one in queue.findChildren(QPushButton) if one.isVisible()]
    crosses[1].click()
    assert wished == [4]
    bench.window.hear(job(3, state=CANCELLED))
    assert queue.isVisible()
    assert crosses[1].hasFocus(), "the keyboard goes on to the next"
    for number in (4, 5):
        bench.window.hear(job(number, state=CANCELLED))
    assert not queue.isVisible()


def test_in_a_narrow_window_the_rest_of_the_bar_keeps_its_room(qtbot: QtBot, tmp_path: Path) -> None:
    made = Bench(qtbot, tmp_path, NARROW)
    spend = made.window.status._spend
    before = spend.width()
    long = "2026-11-22 Lighthouse film 12B " * 9
    made.window.hear(job(done=2, total=12, name=long))
    made.window.hear(job(2))
    qtbot.waitUntil(lambda: made.window.status.jobs.width() > 200)
    assert spend.width() == before
    assert made.window.status.jobs.more.width() == made.window.status.jobs.more.sizeHint().width()
    made.window.shut()
    made.model.deleteLater()


# words


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (job(), "Handing over…"),
        (job(what=IN, done=2, total=3), "Importing 3 of 3"),
        (job(done=3, total=3, share=1.0), "Handing over 3 of 3"),
        (job(done=0, total=4, share=0.2), "Handing over 1 of 4"),
        (job(done=0, total=4, share=0.6), "Joining 4 clips"),
    ],
)
def test_what_is_said_while_it_runs(told: JobProgress, words: str) -> None:
    assert wording.doing(told) == words


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (job(state=DONE, clips=(1, 2)), "2 clips handed over"),
        (
            job(state=DONE, clips=(1,), notes=(Reason.of("joined-copied"),)),
            "1 clip handed over · Joined without encoding anything anew.",
        ),
        (job(state=DONE, clips=(1,), problems=(GONE, GONE)), "1 clip handed over · 2 passed over"),
        (job(what=IN, state=DONE, clips=(1, 2, 3, 4), known=(4,)), "3 clips imported · 1 was there already"),
        (job(what=IN, state=DONE, clips=(4,), known=(4,)), "1 was there already"),
        (job(what=IN, state=DONE, problems=(GONE,)), "0 clips imported · 1 passed over"),
        (job(state=CANCELLED), "Handing over cancelled · no file of it is left"),
        (job(state=CANCELLED, clips=(1, 2)), "Handing over cancelled · 2 clips that were finished stay"),
        (job(what=IN, state=CANCELLED, clips=(1,)), "Importing cancelled · 1 clip that was imported stays"),
        (
            job(state=FAILED, reason=Reason.of("job-disk-full")),
            "Handing over failed: The disk is full: free some space and start again. What was finished stays.",
        ),
    ],
)
def test_what_is_said_at_the_end(told: JobProgress, words: str) -> None:
    assert wording.ended(told) == words


# the end


def test_what_was_handed_over_is_shown_in_its_folder(bench: Bench) -> None:
    wished = bench.wish("show_file")
    bench.window.hear(job(state=DONE, files=("/films/a.mp4", "/films/b.mp4"), clips=(1, 2)))
    assert "2 clips handed over" in said(bench)
    assert bench.window.toasts.action.text() == "Show folder"
    bench.window.toasts.action.click()
    assert wished == ["/films/a.mp4"]


def test_what_was_passed_over_is_told_in_words(bench: Bench) -> None:
    bench.window.hear(job(state=DONE, files=("/films/a.mp4",), clips=(1,), problems=(GONE, GONE)))
    assert bench.window.toasts.action.text() == "Details"
    bench.window.toasts.action.click()
    text = details(bench)
    assert text.count("The file of this clip is not in the library folder any more: clips/a.mp4.") == 1
    assert "/films/a.mp4" in text
    bench.dialog().close()


def test_why_it_failed_is_told_whole(bench: Bench) -> None:
    bench.window.hear(job(state=FAILED, reason=Reason.of("handover-inside", folder="/library/clips"), clips=(1,)))
    assert said(bench).startswith("Handing over failed: /library/clips holds the library's own clips")
    bench.window.toasts.action.click()
    assert "1 clip that was finished stays" in details(bench)
    bench.dialog().close()


def test_the_first_clip_that_came_in_can_be_shown(bench: Bench) -> None:
    opened = bench.wish("open_clip")
    bench.window.hear(job(what=IN, state=DONE, clips=(2,)))
    bench.window.toasts.action.click()
    assert opened == [2]


def test_closing_asks_while_a_job_runs(qtbot: QtBot, bench: Bench) -> None:
    closing: list[bool] = []
    bench.window.close_wanted.connect(lambda: closing.append(True))
    bench.window.hear(job())
    bench.window.close()
    bench.window.close()
    asked = [one for one in bench.window.findChildren(QDialog) if one.isVisible()]
    assert len(asked) == 1
    assert "still being handed over" in " ".join(bench.texts(asked[0]))
    asked[0].reject()
    assert not closing
    bench.window.close()
    bench.dialog().accept()
    assert closing == [True]
    bench.window.hear(job(state=CANCELLED))
    bench.window.close()
    assert closing == [True, True], "nothing runs: nothing is asked"


# in


def drop(bench: Bench, *paths: str) -> bool:
    """Let files go on the cards; whether the cards offered to take them."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    copy, left, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    cards = bench.window.shelf._cards
    enter = QDragEnterEvent(QPoint(20, 60), copy, mime, left, plain)
    enter.ignore()
    QApplication.sendEvent(cards, enter)
    taken = bench.window.shelf._landing.isVisible()
    if enter.isAccepted():
        QApplication.sendEvent(cards, QDropEvent(QPointF(20, 60), copy, mime, left, plain))
    return taken


def question(bench: Bench) -> ImportDialog:
    dialog = bench.window.outside.dialog
    assert isinstance(dialog, ImportDialog)
    return dialog


def test_videos_dropped_on_the_cards_come_in_as_copies_or_where_they_lie(bench: Bench) -> None:
    wished = bench.wish("import_clips")
    heard = bench.wish("add_images")
    assert drop(bench, "/in/a.MOV", "/in/b.webm")
    assert "a.MOV, b.webm" in bench.texts(question(bench))
    QTest.keyClick(question(bench), Qt.Key.Key_Return)
    assert wished == [(["/in/a.MOV", "/in/b.webm"], False)]
    assert drop(bench, "/in/folder")
    question(bench).picker.segment("reference").click()
    assert "missing here" in " ".join(bench.texts(question(bench)))
    question(bench).agree.click()
    assert wished[1] == (["/in/folder"], True)
    assert drop(bench, "/in/c.mp4")
    assert question(bench).picker.value == "reference", "as it was chosen last, in this session"
    question(bench).reject()
    assert len(wished) == 2
    assert not heard, "the composer has no part in it"


def test_images_dropped_on_the_cards_are_not_clips(bench: Bench) -> None:
    images = bench.wish("add_images")
    assert not drop(bench, "/in/a.png", "/in/b.mp4")
    assert bench.window.outside.dialog is None
    assert images == [["/in/a.png", "/in/b.mp4"]], "the window takes them, for the composer"


@pytest.mark.parametrize("entry", ["Import clips…", "Import a folder of clips…"])
def test_the_menu_asks_for_files_or_for_a_folder(bench: Bench, entry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wished = bench.wish("import_clips")
    action = next(one for one in _entries(bench) if one.text() == entry)
    action.trigger()
    (browser,) = bench.window.findChildren(QFileDialog)
    monkeypatch.setattr(browser, "selectedFiles", lambda: ["/in/a.mov"])
    browser.done(1)
    question(bench).agree.click()
    assert wished == [(["/in/a.mov"], False)]


def test_choosing_nothing_asks_nothing(bench: Bench) -> None:
    bench.window.outside.import_clips()
    (browser,) = bench.window.findChildren(QFileDialog)
    browser.reject()
    assert bench.window.outside.dialog is None


def _entries(bench: Bench) -> list[QAction]:
    return [entry for menu in bench.window.findChildren(QMenu) for entry in menu.actions()]
