"""Preferences on disk, the folders of this user, and the lock that only one studio holds."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from seedance_desktop.domain.errors import DiskProblem, LibraryProblem
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.system import folders, preferences
from seedance_desktop.system.lock import LibraryLock

# Preferences


def test_preferences_come_back_as_they_were_kept(tmp_path: Path) -> None:
    path = tmp_path / "config" / "preferences.json"
    kept = Preferences(gateway="https://x.example", insecure_gateways=("http://a",), prices={"m": 5}, at_once=7)
    preferences.save(path, kept)
    assert preferences.load(path) == kept
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_without_a_file_there_are_the_defaults(tmp_path: Path) -> None:
    assert preferences.load(tmp_path / "none.json") == Preferences()


DAMAGED = {
    "cut": b'{"gateway": "https://x',
    "empty": b"",
    "no text": b"\xff\xfe\x00",
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("raw", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_set_aside_and_said(tmp_path: Path, raw: bytes, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "preferences.json"
    path.write_bytes(raw)
    assert preferences.load(path) == Preferences()
    assert path.with_name("preferences.json.damaged").read_bytes() == raw
    assert "preferences.json" in caplog.text


ODD = [
    ("[]", Preferences()),
    ('{"at_once": "3", "theme": 5, "unknown": 1, "gateway": null}', Preferences()),
    ('{"at_once": 99, "undo_seconds": -1, "theme": "pink", "proxy": "?"}', Preferences(at_once=10, undo_seconds=0)),
    ('{"prices": {"m": "x", "n": -5, "o": true, "p": 31}}', Preferences(prices={"p": 31})),
    ('{"insecure_gateways": ["http://a", 5, null]}', Preferences(insecure_gateways=("http://a",))),
    ('{"recipe_in_file": 1, "reduce_motion": "yes"}', Preferences()),
]


@pytest.mark.parametrize(("text", "read"), ODD)
def test_odd_values_fall_back_to_their_defaults(tmp_path: Path, text: str, read: Preferences) -> None:
    path = tmp_path / "preferences.json"
    path.write_text(text, encoding="utf-8")
    assert preferences.load(path) == read


def test_a_file_that_cannot_be_written_is_the_disks_fault_and_keeps_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DiskProblem):
        preferences.save(tmp_path / "file" / "preferences.json", Preferences())


def test_half_characters_are_no_reason_to_lose_the_file(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    preferences.save(path, Preferences(library="/x/\udcff"))
    assert preferences.load(path).library == "/x/?"


# Folders


def test_everything_lies_in_this_users_home(home: Path) -> None:
    places = folders.places()
    for path in (places.preferences, places.window, places.logs, places.library, places.demo_library):
        assert path.is_relative_to(home)
    assert places.library.name == "Seedance"
    assert not list(home.rglob("Seedance"))


def test_which_library_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    preferred = str(tmp_path / "preferred")
    assert folders.library_folder(None, "", demo=False) == folders.places().library
    assert folders.library_folder(None, preferred, demo=False) == Path(preferred)
    assert folders.library_folder(None, preferred, demo=True) == folders.places().demo_library
    monkeypatch.setenv("SEEDANCE_LIBRARY", "~/mine")
    assert folders.library_folder(None, preferred, demo=True) == home / "mine"
    assert folders.library_folder(str(tmp_path / "flag"), preferred, demo=False) == tmp_path / "flag"


# The lock

HOLD = """
import sys
from pathlib import Path
from seedance_desktop.system.lock import LibraryLock
lock = LibraryLock(Path(sys.argv[1]))
lock.take("window")
print("held", flush=True)
sys.stdin.read()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    return child


def end(child: subprocess.Popen[str]) -> None:
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.close()
    child.wait(10)
    child.stdout.close()


def test_a_second_program_is_told_who_holds_the_library(tmp_path: Path) -> None:
    child = holder(tmp_path)
    with pytest.raises(LibraryProblem) as raised:
        LibraryLock(tmp_path).take("command")
    assert raised.value.reason.code == "library-in-use"
    assert raised.value.reason.fact("holder") == f"window, process {child.pid}"
    end(child)


def test_a_lock_left_by_a_crash_is_no_obstacle(tmp_path: Path) -> None:
    child = holder(tmp_path)
    os.kill(child.pid, signal.SIGKILL)
    end(child)
    lock = LibraryLock(tmp_path)
    lock.take("command")
    assert json.loads((tmp_path / "library.holder").read_bytes()) == {"pid": os.getpid(), "what": "command"}
    lock.release()
    lock.take("command")
    lock.release()


def test_two_in_one_process_exclude_each_other_too(tmp_path: Path) -> None:
    first, second = LibraryLock(tmp_path), LibraryLock(tmp_path)
    first.take("window")
    with pytest.raises(LibraryProblem):
        second.take("window")
    second.release()
    with pytest.raises(LibraryProblem):
        second.take("window")
    first.release()
    second.take("window")
    second.release()


def test_a_child_does_not_inherit_the_lock(tmp_path: Path) -> None:
    lock = LibraryLock(tmp_path)
    lock.take("window")
    child = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    lock.release()
    second = LibraryLock(tmp_path)
    second.take("command")
    second.release()
    child.communicate()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(LibraryProblem) as raised:
        LibraryLock(tmp_path / "file" / "library").take("window")
    assert raised.value.reason.code == "library-not-writable"
