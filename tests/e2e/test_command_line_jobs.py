"""`import` on the command line: copied in, said one by one, stopped, killed, and gone on with."""

from __future__ import annotations

import json
import shutil
import signal
import struct
import sys
from pathlib import Path

import pytest

from seedance_desktop.system.lock import LibraryLock
from tests.media.making import clip as film

from .conftest import Start
from .program import ROOT, eventually

OURS = ROOT / "resources" / "clips" / "self-test.mp4"
LARGE = 400_000_000


@pytest.fixture
def shoot(tmp_path: Path) -> Path:
    """A folder of videos as an editor has them."""
    folder = tmp_path / "shoot"
    folder.mkdir()
    shutil.copy(OURS, folder / "one.mp4")
    film(folder / "two.mov", frames=12)
    return folder


def large(folder: Path) -> Path:
    """A playable video that takes a while to copy."""
    file = film(folder / "large.mp4", frames=12)
    with file.open("r+b") as opened:
        opened.seek(0, 2)
        opened.write(struct.pack(">I4s", LARGE, b"free"))
        opened.truncate(file.stat().st_size + LARGE)
    return file


def videos(library: Path) -> list[str]:
    """What lies among the clips, hidden folders too."""
    return sorted(path.name for path in (library / "clips").rglob("*"))


def listed(start: Start) -> list[dict[str, object]]:
    run = start("list", "--json")
    assert run.end() == 0, run.tell()
    found: list[dict[str, object]] = run.lines
    return found


def test_files_and_folders_are_copied_in_and_said(start: Start, library: Path, shoot: Path, tmp_path: Path) -> None:
    other = film(tmp_path / "雨夜.webm", codec="libvpx-vp9", frames=12, between=0)
    run = start("import", str(shoot), str(other), "--json")
    assert run.end() == 0, run.tell()
    assert [line["stage"] for line in run.lines] == ["ready"] * 3
    assert {line["charged"] for line in run.lines} == {"no"}
    files = [Path(line["file"]) for line in run.lines]
    assert [file.suffix for file in files] == [".mp4", ".mov", ".webm"]
    assert all(file.parent == library / "clips" for file in files)
    assert files[2].read_bytes() == other.read_bytes()
    assert "雨夜" in files[2].name
    assert "3 clips imported." in run.err
    assert {line["clip"] for line in listed(start)} == {line["clip"] for line in run.lines}
    again = start("import", str(other), "--json")
    assert again.end() == 0, again.tell()
    assert [line["clip"] for line in again.lines] == [run.lines[2]["clip"]]
    assert f"{run.lines[2]['clip']} is in the library already." in again.err
    assert len(videos(library)) == 3
    shown = start("show", run.lines[0]["clip"])
    assert shown.end() == 0
    assert "not charged" in shown.out


def test_what_is_no_video_is_one_sentence_each_and_1(start: Start, library: Path, shoot: Path) -> None:
    (shoot / "page.mp4").write_text("<html>")
    (shoot / "notes.txt").write_text("words")
    files = [str(shoot / name) for name in ("page.mp4", "gone.mp4", "notes.txt", "two.mov")]
    run = start("import", *files, "--json")
    assert run.end() == 1, run.tell()
    said = [
        "page.mp4 is not a video that can be played.",
        f"{shoot / 'gone.mp4'} is not there or cannot be read: choose the video again.",
        "notes.txt is not an MP4, MOV or WebM file: save it as one of these first.",
    ]
    assert [line["reason"] for line in run.lines if line["clip"] is None] == said
    assert all(sentence in run.err for sentence in said)
    assert [line["stage"] for line in run.lines].count("ready") == 1
    assert len(videos(library)) == 1
    alone = start("import", str(shoot / "page.mp4"))
    assert alone.end() == 1
    assert alone.err.splitlines() == [said[0], "0 clips imported."]
    assert start("import").end() == 2


def test_a_library_in_use_is_4(start: Start, library: Path, shoot: Path) -> None:
    library.mkdir(parents=True)
    lock = LibraryLock(library)
    lock.take("window")
    run = start("import", str(shoot))
    assert run.end() == 4
    assert "is in use by another Seedance" in run.err
    lock.release()


def test_stopped_it_leaves_nothing_half_and_the_same_command_goes_on(
    start: Start, library: Path, shoot: Path, tmp_path: Path
) -> None:
    files = [str(shoot / "one.mp4"), str(large(tmp_path)), str(shoot / "two.mov")]
    run = start("import", *files, "--json")
    run.until(lambda: run.lines)
    run.signal(signal.SIGINT)
    assert run.end() == 5, run.tell()
    assert "Stopped." in run.err
    assert len(videos(library)) == len(run.lines) == len(listed(start)) < 3
    again = start("import", *files, "--json")
    assert again.end() == 0, again.tell()
    assert len(videos(library)) == len(listed(start)) == 3


def test_killed_in_the_middle_of_a_copy_the_next_start_clears_up(
    start: Start, library: Path, shoot: Path, tmp_path: Path
) -> None:
    file = large(tmp_path)
    run = start("import", str(shoot / "one.mp4"), str(file))
    eventually(lambda: [one for one in (library / "clips").glob(".seedance-*/*") if one.stat().st_size > 1_000_000])
    run.kill()
    half = list((library / "clips").glob(".seedance-*/*"))
    assert len(listed(start)) == 1
    again = start("import", str(file), "--json")
    assert again.end() == 0, again.tell()
    assert not any(one.exists() for one in half)
    assert len(videos(library)) == len(listed(start)) == 2
    record = json.loads((library / "records" / f"{again.lines[0]['clip']}.json").read_bytes())
    assert record["stage"] == "ready"


TERMINAL = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"


def test_with_a_terminal_there_is_a_bar(start: Start, shoot: Path) -> None:
    run = start("import", str(shoot), wrap=(sys.executable, "-c", TERMINAL), TERM="xterm", COLUMNS="120")
    assert run.end() == 0, run.tell()
    assert "2 clips imported." in run.out
    assert "━" in run.out
    assert run.out.count("not charged") == 2, "each clip is said above the bar"
