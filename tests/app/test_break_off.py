"""Nothing that hangs keeps the process, not even the log."""

from __future__ import annotations

import logging
import os
import threading

import pytest

from seedance_desktop.app import living


def test_a_log_that_hangs_does_not_keep_the_process(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ended = list[int]()
    monkeypatch.setattr(os, "_exit", ended.append)
    monkeypatch.setattr(logging, "shutdown", lambda: None)
    monkeypatch.setattr(living, "_LAST_WORD", 0.01)
    before = threading.enumerate()
    caplog.handler.acquire()  # as a write does that waits for a disk
    try:
        breaking = threading.Thread(target=living._break_off)
        breaking.start()
        breaking.join(20)
        assert ended == [1]
    finally:
        caplog.handler.release()
    for telling in [one for one in threading.enumerate() if one not in before]:
        telling.join()
    assert "broken off" in caplog.text
