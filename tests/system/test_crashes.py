"""What a later start finds of a run: a crash as a report, silence as a line in the log, of a living one nothing."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from seedance_desktop.domain.reports import CRASH, ERROR, LARGEST, Offer, Report
from seedance_desktop.system import crashes, ended
from seedance_desktop.system.crashes import Reports
from seedance_desktop.system.runs import Run

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LINES = ["2026-11-22 12:00:00,000 INFO 7 seedance_desktop: library open"]
CHILD = """
import faulthandler, os, signal, sys
from pathlib import Path
from seedance_desktop.system import log
log.start(Path(sys.argv[1]), "window")
print(os.getpid(), flush=True)
if sys.argv[2] == "clean":
    log.end()
elif sys.argv[2] == "abort":
    log.last_words('cannot find "the heron" at all')
    os.abort()
else:
    os.kill(os.getpid(), int(sys.argv[2]))
"""


def report(minutes: int, kind: str = CRASH, stacks: str = "nothing") -> Report:
    return Report(kind, "It ended.", NOON + timedelta(minutes=minutes), (("Version", "1"),), stacks)


def dies(logs: Path, how: str) -> str:
    """A process that logs to `logs` and ends; its id."""
    done = subprocess.run([sys.executable, "-c", CHILD, str(logs), how], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def look(logs: Path) -> Offer | None:
    return crashes.look_back(logs, lambda _pid: LINES)


needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")


@needs_signals
@pytest.mark.parametrize(
    ("number", "says"),
    [
        (signal.SIGSEGV, "(SIGSEGV)"),
        (signal.SIGABRT, "(SIGABRT)"),
        (signal.SIGFPE, "(SIGFPE)"),
        (signal.SIGBUS if sys.platform != "win32" else 0, "(SIGBUS)"),
        (signal.SIGILL, "(SIGILL)"),
    ],
)
def test_a_native_crash_is_a_report_and_is_offered(tmp_path: Path, number: int, says: str) -> None:
    pid = dies(tmp_path, str(int(number)))
    offer = look(tmp_path)
    assert offer is not None
    assert says in offer.text.splitlines()[2]
    assert "Version:" in offer.text
    assert 'File "<string>", line ' in offer.text
    assert LINES[0] in offer.text
    assert pid not in offer.name
    assert not list((tmp_path / "runs").glob("*-*"))
    assert look(tmp_path) == offer, "until it is answered"


@needs_signals
def test_what_qt_said_last_is_the_sentence_of_the_report(tmp_path: Path) -> None:
    dies(tmp_path, "abort")
    offer = look(tmp_path)
    assert offer is not None
    assert "Qt could not go on and ended the program: cannot find “…” at all" in offer.text
    assert "Fatal Python error: Aborted" in offer.text
    assert "heron" not in offer.text


@needs_signals
@pytest.mark.parametrize("number", [signal.SIGKILL if sys.platform != "win32" else 0, signal.SIGTERM])
def test_a_run_that_just_ended_is_noted_and_not_offered(
    tmp_path: Path, number: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    pid = dies(tmp_path, str(int(number)))
    assert len(list((tmp_path / "runs").glob("*-*"))) == 1
    assert look(tmp_path) is None
    assert f"process {pid}) ended without a word" in caplog.text
    assert not list((tmp_path / "runs").glob("*-*"))


def test_a_clean_end_leaves_nothing(tmp_path: Path) -> None:
    dies(tmp_path, "clean")
    assert list((tmp_path / "runs").iterdir()) == []
    assert look(tmp_path) is None


def test_a_run_that_lives_is_left_alone(tmp_path: Path) -> None:
    run = Run.begin(tmp_path / "runs", {"what": "window"})
    os.write(run.stack.fileno(), b"Fatal Python error: Aborted\n")
    assert look(tmp_path) is None
    assert len(list((tmp_path / "runs").glob("*-*"))) == 1
    run.stack.close()  # as the system does when it dies
    assert look(tmp_path) is not None


def test_a_run_that_is_just_starting_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "runs" / "20261122T120000000000-7").mkdir(parents=True)
    assert look(tmp_path) is None
    assert len(list((tmp_path / "runs").iterdir())) == 1


def test_what_a_power_cut_left_half_written_is_cleared_away(tmp_path: Path) -> None:
    folder = tmp_path / "runs" / "20261122T120000000000-7"
    folder.mkdir(parents=True)
    (folder / "stack.txt").write_bytes(b"")
    (folder / "about.json").write_bytes(b'{"beg')
    assert look(tmp_path) is None
    assert not folder.exists()


@needs_signals
def test_three_crashes_in_a_row_right_after_the_start_are_a_row(tmp_path: Path) -> None:
    for again in (False, False, True):
        dies(tmp_path, str(int(signal.SIGSEGV)))
        offer = look(tmp_path)
        assert offer is not None
        assert offer.again is again
    dies(tmp_path, "clean")
    offer = look(tmp_path)
    assert offer is not None
    assert not offer.again


def test_a_crash_after_an_hour_ends_the_row(tmp_path: Path) -> None:
    (tmp_path / "runs").mkdir()
    for _ in range(4):
        ended.count_short(tmp_path / "runs", more=True)
    dead = ended.Dead({"began": "2026-11-22 11:00:00+00:00"}, "x", NOON)
    assert dead.seconds == 3600
    assert ended.Dead({"began": "nonsense"}, "x", NOON).seconds == -1
    assert ended.short_lived(tmp_path / "runs") == 4
    assert ended.count_short(tmp_path / "runs", more=False) == 0
    assert ended.short_lived(tmp_path / "runs") == 0


def test_the_newest_ten_are_kept_and_crashes_longer_than_errors(tmp_path: Path) -> None:
    kept = Reports(tmp_path / "crashes")
    kept.write(report(0))
    for minute in range(1, 15):
        kept.write(report(minute, ERROR))
    names = [path.name for path in kept.all()]
    assert len(names) == crashes.KEPT
    assert names[0].startswith("crash-20261122-120000")
    assert names[-1].startswith("error-20261122-121400")


def test_an_answered_crash_is_not_offered_again_nor_are_those_before_it(tmp_path: Path) -> None:
    kept = Reports(tmp_path / "crashes")
    for minute in range(3):
        kept.write(report(minute, stacks=f"number {minute}"))
    offer = kept.offer(again=False)
    assert offer is not None
    assert "number 2" in offer.text
    kept.seen(offer.name)
    assert kept.offer(again=False) is None
    assert len(kept.all()) == 3
    kept.write(report(9, ERROR))
    assert kept.offer(again=False) is None, "what the program survived is not offered"


def test_a_report_is_never_large(tmp_path: Path) -> None:
    file = Reports(tmp_path / "crashes").write(report(0, stacks="深" * 3_000_000))
    assert file is not None
    assert file.stat().st_size < 3 * LARGEST + 1000 < 1_000_000
    assert "cut here" in file.read_text(encoding="utf-8")


def test_where_nothing_can_be_written_nothing_is_raised(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "crashes").write_bytes(b"")
    assert Reports(tmp_path / "crashes").write(report(0)) is None
    assert "a report can't be kept" in caplog.text


def test_the_thread_that_crashed_comes_first(tmp_path: Path) -> None:
    folder = tmp_path / "runs" / "20261122T120000000000-7"
    folder.mkdir(parents=True)
    stack = 'Fatal Python error: Bus error\n\nThread 1:\n  File "/a/b.py", line 1 in x\n\nCurrent thread 2:\n  none\n'
    (folder / "stack.txt").write_text(stack)
    (folder / "about.json").write_text('{"what": "window", "pid": "7", "version": "0.9"}')
    offer = look(tmp_path)
    assert offer is not None
    assert offer.text.index("Current thread 2") < offer.text.index("Thread 1:")
    assert 'File "b.py"' in offer.text
