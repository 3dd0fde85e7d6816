"""A signal ends an idle window: Qt sleeps until the signal itself wakes it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from seedance_desktop.app.signals import Signals

PATIENCE = 20_000  # milliseconds


@pytest.fixture(autouse=True)
def _handlers_as_before() -> Iterator[None]:
    numbers = (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM))
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


@pytest.mark.skipif(sys.platform == "win32", reason="no process can send these to another one there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)])
def test_a_signal_wakes_a_loop_that_sleeps(qapp: QApplication, number: signal.Signals) -> None:
    loop, passed = QEventLoop(), QElapsedTimer()
    signals = Signals(loop.quit, qapp)
    # Stopped by Qt alone: Python, and a handler with it, runs only if something wakes it.
    stop = QTimer(loop, singleShot=True, interval=PATIENCE)
    stop.timeout.connect(loop.quit)
    stop.start()
    passed.start()
    sender = subprocess.Popen([sys.executable, "-c", f"import os; os.kill({os.getpid()}, {int(number)})"])
    loop.exec()
    took = passed.elapsed()
    stop.stop()
    signals.close()
    assert sender.wait(PATIENCE) == 0
    assert took < PATIENCE


def test_nothing_is_left_when_it_is_closed(qapp: QApplication) -> None:
    before = signal.set_wakeup_fd(-1)
    Signals(lambda: None, qapp).close()
    assert signal.set_wakeup_fd(before) == -1
