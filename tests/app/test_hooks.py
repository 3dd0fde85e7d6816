"""Qt's messages and the loop's errors reach the log by their shape only; a fatal one leaves a report."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from seedance_desktop.system import crashes, log

PROMPT = "a heron of brass over Lake Quillow"
CHILD = f"""
import asyncio, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QLoggingCategory, QMessageLogger, qCritical, qWarning
from seedance_desktop.app import hooks
from seedance_desktop.system import log
log.start(Path(sys.argv[1]))
hooks.catch_qt()
app = QCoreApplication([])
say = sys.argv[2]
if say == "messages":
    qWarning('cannot load "{PROMPT}" here')
    qCritical("no file /home/ada/{PROMPT}")
    qWarning("This plugin does not support raise()")
    for _ in range(20):
        qWarning("again and again")
elif say == "fatal":
    from PySide6.QtWidgets import QApplication
    app.shutdown()
    QApplication([])
elif say == "loop":
    async def main():
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(hooks.on_loop)
        def fail():
            raise ValueError("{PROMPT}")
        loop.call_soon(fail)
        loop.call_exception_handler({{"message": "lost '{PROMPT}'"}})
        await asyncio.sleep(0.01)
    asyncio.run(main())
log.end()
"""


def run(logs: Path, say: str) -> tuple[subprocess.CompletedProcess[str], str]:
    """How the child ended, and its log."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(logs), say],
        env={**os.environ, "QT_QPA_PLATFORM": "quillow"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done, (logs / log.FILE).read_text(encoding="utf-8")


def test_messages_of_qt_are_logged_by_their_shape(tmp_path: Path) -> None:
    done, text = run(tmp_path / "logs", "messages")
    assert done.returncode == 0, done.stderr
    assert "WARNING" in text
    assert "Qt (default): cannot load “…” here" in text
    assert "ERROR" in text
    assert "Qt (default): no file …" in text
    assert "does not support" not in text, "known and harmless"
    assert text.count("again and again") == 5
    assert PROMPT not in text + done.stderr
    assert not (tmp_path / "logs" / "crashes").exists(), "Qt's words alone are no report"


@pytest.mark.skipif(sys.platform == "win32", reason="abort is no signal there")
def test_a_fatal_message_leaves_a_report(tmp_path: Path) -> None:
    done, text = run(tmp_path / "logs", "fatal")
    assert done.returncode < 0
    assert "CRITICAL" in text
    assert "no Qt platform plugin could be initialized" in done.stderr, "who started it in a terminal reads it there"
    offer = crashes.look_back(tmp_path / "logs", lambda pid: log.lines_of(tmp_path / "logs", pid))
    assert offer is not None
    assert "Qt could not go on and ended the program: This application failed to start" in offer.text
    assert "Fatal Python error: Aborted" in offer.text
    assert "CRITICAL" in offer.text, "the last lines of its log"
    assert "quillow" not in text


def test_an_error_on_the_loop_is_a_report(tmp_path: Path) -> None:
    done, text = run(tmp_path / "logs", "loop")
    assert done.returncode == 0, done.stderr
    assert "On the loop" in text
    assert "ValueError" in text
    assert "on the loop: lost “…”" in text
    (report,) = (tmp_path / "logs" / "crashes").glob("error-*.txt")
    assert "ValueError" in report.read_text(encoding="utf-8")
    assert PROMPT not in text + report.read_text(encoding="utf-8")
