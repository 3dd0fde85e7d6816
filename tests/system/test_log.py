"""The log keeps no secrets, whatever is logged, and nothing escapes it unseen."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedance_desktop.system import log

KEY = "sk-hub-Ab3_-xyz0123"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (f"key {KEY}!", "key sk-…!"),
        ("Authorization: Bearer abc.def", "Authorization: Bearer …"),
        ("{'Authorization': 'Bearer abc'}", "{'Authorization': 'Bearer …'}"),
        ("(b'Authorization', b'Bearer abc')", "(b'Authorization', b'Bearer …')"),
        ("authorization=abc", "authorization=…"),
        ("BEARER abc", "BEARER …"),
        ("GET https://a.example/x.mp4?sig=1&t=2 ok", "GET https://a.example/x.mp4?… ok"),
        ("'https://a.example/?q=1'", "'https://a.example/?…'"),
        ("nothing to hide", "nothing to hide"),
    ],
)
def test_secrets_are_taken_out(text: str, clean: str) -> None:
    assert log.redact(text) == clean


def test_a_key_of_any_shape_is_hidden_once_it_is_known() -> None:
    log.hide("An-Odd/Key+0123==")
    log.hide("short")
    assert log.redact("it was An-Odd/Key+0123==.") == "it was …."
    assert log.redact("short") == "short"


@pytest.fixture
def logs(tmp_path: Path) -> Iterator[Path]:
    """The log started in a folder, and everything as it was afterwards."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    log.start(tmp_path / "logs")
    yield tmp_path / "logs"
    for handler in [one for one in root.handlers if one not in handlers]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    faulthandler.disable()
    if log._crash_file:
        log._crash_file.close()


def test_what_is_logged_is_in_the_file_without_its_secrets(logs: Path, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("seedance_desktop.test").warning("key %s at https://a.example/?s=%s", KEY, "hunter2")
    try:
        raise ValueError(f"Bearer {KEY}")
    except ValueError:
        logging.getLogger("seedance_desktop.test").exception("broke")
    text = (logs / "seedance.log").read_text(encoding="utf-8")
    assert "sk-…" in text
    assert "ValueError" in text
    assert KEY not in text
    assert "hunter2" not in text
    assert (logs / "crash.log").exists()


def test_a_fault_in_any_thread_is_logged(logs: Path, caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise RuntimeError("in a thread")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    sys.excepthook(RuntimeError, RuntimeError("at the top"), None)
    text = (logs / "seedance.log").read_text(encoding="utf-8")
    assert "in a thread" in text
    assert "at the top" in text


def test_noisy_libraries_do_not_log_links(logs: Path) -> None:
    logging.getLogger("httpx").info("GET https://a.example/x")
    assert (logs / "seedance.log").read_text(encoding="utf-8") == ""


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "logs").write_bytes(b"")
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    log.start(tmp_path / "logs")
    for handler in [one for one in root.handlers if one not in handlers]:
        root.removeHandler(handler)
    root.setLevel(level)
