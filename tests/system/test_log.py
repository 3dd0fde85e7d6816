"""The log keeps no secrets and none of the creator's words, whatever is logged, and nothing escapes it unseen."""

from __future__ import annotations

import errno
import faulthandler
import gc
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedance_desktop.system import log, runs

KEY = "sk-hub-Ab3_-xyz0123"
PROMPT = "a heron of brass over Lake Quillow"


@pytest.fixture
def logs(tmp_path: Path) -> Iterator[Path]:
    """The log started in a folder, and everything as it was afterwards."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    log.start(tmp_path / "logs", "test")
    yield tmp_path / "logs"
    log.end()
    for handler in [one for one in root.handlers if one not in handlers]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


def written(logs: Path) -> str:
    return (logs / log.FILE).read_text(encoding="utf-8")


def reports(logs: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((logs / "crashes").glob("*.txt"))]


def test_what_is_logged_is_in_the_file_without_its_secrets(logs: Path, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("seedance_desktop.test").warning("key %s at https://a.example/?s=%s", KEY, "hunter2")
    try:
        raise ValueError(f"Bearer {KEY} {PROMPT}")
    except ValueError:
        logging.getLogger("seedance_desktop.test").exception("broke")
    text = written(logs)
    assert "sk-…" in text
    assert "ValueError" in text
    assert "test_what_is_logged_is_in_the_file" in text, "the place is told"
    for hidden in (KEY, "hunter2", PROMPT):
        assert hidden not in text


def test_a_fault_anywhere_is_logged_and_reported_once(logs: Path, caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise RuntimeError(PROMPT)

    class Clings:
        def __del__(self) -> None:
            raise LookupError(PROMPT)

    heard: list[BaseException] = []
    log.on_unexpected(heard.append)
    for _ in range(3):
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    one = Clings()
    del one
    gc.collect()
    sys.excepthook(OSError, OSError(28, PROMPT, "/home/ada/heron.png"), None)
    text = written(logs)
    assert PROMPT not in text
    assert "In a thread" in text
    assert "While cleaning up" in text
    assert "OSError: [ENOSPC] " in text
    assert [type(error) for error in heard] == [RuntimeError, LookupError, OSError]
    assert len(reports(logs)) == 3
    assert "RuntimeError" in reports(logs)[0]
    assert "last lines of the log" in reports(logs)[0]
    assert not any(PROMPT in report or "ada" in report for report in reports(logs))


def test_what_others_log_keeps_its_shape_only(logs: Path, caplog: pytest.LogCaptureFixture) -> None:
    foreign = logging.getLogger("other.library")
    foreign.warning("could not read %s after %d bytes", f"/home/ada/{PROMPT}.png", 12)
    foreign.warning(f"no such thing: '{PROMPT}', it's gone")
    foreign.warning(f"failed: /home/ada/My films/{PROMPT}")
    text = written(logs)
    assert "could not read … after 12 bytes" in text
    assert "no such thing: “…”" in text
    assert "failed: …" in text
    assert PROMPT not in text
    assert "films" not in text
    broken = logging.LogRecord("other.library", logging.WARNING, "", 0, "%s and %s", (PROMPT,), None)
    assert log._message(broken) == "%s and %s"


def test_of_what_we_fill_in_codes_and_numbers_are_kept(logs: Path, caplog: pytest.LogCaptureFixture) -> None:
    ours = logging.getLogger("seedance_desktop.test")
    ours.warning("clip %s broke off at %s after %d polls: %r", "ab12cd34", "disk-full", 3, ValueError(PROMPT))
    ours.warning("no poster of %s in %s", f"{PROMPT}.mp4", Path("/home/ada/films"))
    text = written(logs)
    assert "clip ab12cd34 broke off at disk-full after 3 polls: " in text
    assert "ValueError" in text
    assert "no poster of … in …" in text
    assert PROMPT not in text
    assert "ada" not in text


def test_a_disk_without_locks_takes_the_log_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(runs, "hold", no_locks)
    folder: Path = request.getfixturevalue("logs")
    logging.getLogger("seedance_desktop.test").info("here")
    assert "here" in written(folder)
    assert len(list((folder / "runs").iterdir())) == 1


def test_another_handler_that_kept_the_whole_trace_gives_nothing_away(
    logs: Path, caplog: pytest.LogCaptureFixture
) -> None:
    record = logging.LogRecord("seedance_desktop", logging.ERROR, "", 0, "broke", None, None)
    record.exc_text = f"ValueError: {PROMPT}"
    logging.getLogger().handle(record)
    assert "broke" in written(logs)
    assert PROMPT not in written(logs)


def test_the_same_error_in_every_paint_does_not_fill_the_log(logs: Path, caplog: pytest.LogCaptureFixture) -> None:
    def paint() -> None:
        raise RuntimeError

    for _ in range(200):
        try:
            paint()
        except RuntimeError as error:
            log.unexpected("Unexpected", error)
    assert written(logs).count("Traceback") == 3
    assert "time 100" in written(logs)
    assert len(reports(logs)) == 1


def test_noisy_libraries_do_not_log_links(logs: Path) -> None:
    logging.getLogger("httpx").info("GET https://a.example/x")
    assert not (logs / log.FILE).exists()


def test_the_last_lines_of_a_process_are_told_apart_from_those_of_others(tmp_path: Path) -> None:
    lines = [
        "2026-11-22 10:00:00,000 INFO 11 a: one",
        "2026-11-22 10:00:00,000 INFO 12 a: two",
        "  more of two",
        "2026-11-22 10:00:00,000 INFO 11 a: three",
    ]
    (tmp_path / log.FILE).write_text("\n".join(lines), encoding="utf-8")
    assert log.lines_of(tmp_path, "12") == lines[1:3]
    assert log.lines_of(tmp_path, "11") == [lines[0], lines[3]]
    assert log.lines_of(tmp_path / "elsewhere", "11") == []


def test_an_error_that_ends_the_program_is_reported_as_a_crash(logs: Path, caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise KeyError(PROMPT)
    except KeyError as error:
        file = log.crashed(error)
    assert file is not None
    text = file.read_text(encoding="utf-8")
    assert "The program ended by an error: KeyError." in text
    assert PROMPT not in text
    offer = log.look_back()
    assert offer is not None
    assert (offer.name, offer.text) == (file.name, text)


def test_a_clean_end_leaves_no_mark(tmp_path: Path, logs: Path) -> None:
    assert len(list((logs / "runs").iterdir())) == 1
    assert faulthandler.is_enabled()
    log.end()
    assert list((logs / "runs").iterdir()) == []
    assert not faulthandler.is_enabled()


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "logs").write_bytes(b"")
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    log.start(tmp_path / "logs")
    log.unexpected("Unexpected", ValueError())
    assert log.crashed(ValueError()) is None
    assert log.look_back() is None
    log.end()
    for handler in [one for one in root.handlers if one not in handlers]:
        root.removeHandler(handler)
    root.setLevel(level)
