"""The real program crashed in every way: what is left is readable, offered once, and names nothing of the creator's."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedance_desktop.domain.catalogue import DEFAULT_GATEWAY
from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.recipe import Recipe, Reference
from seedance_desktop.library import Library
from seedance_desktop.system import folders

from .desktop import Window
from .program import ROOT, eventually
from .windows import with_a_reader

PROMPT, NAME, PROJECT = "a heron of brass over Lake Quillow", "Mara Umbrage", "Zephyrine"
KEY = "hub+Ab3/xyz0123=="
WORDS = f"{PROMPT} with {NAME} for {PROJECT} by {KEY}"
FORBIDDEN = ("Quillow", "Umbrage", "Zephyrine", "xyz0123")
FATAL = (signal.SIGSEGV, signal.SIGABRT, signal.SIGFPE, signal.SIGBUS)


@pytest.fixture
async def filled(home: Path) -> Path:
    """A library in the home that holds the words wherever a library holds words."""
    folder = home / "Quillow films"
    library = Library.open(folder)
    recipe = Recipe(PROMPT, (Reference(NAME, "a" * 64, ".png"),))
    await library.add(
        [Clip(7, recipe, 7, DEFAULT_GATEWAY, Money(28), stage=Stage.FAILED, project=PROJECT, file="Quillow 1.mp4")]
    )
    library.close()
    preferences = folders.places().preferences
    preferences.parent.mkdir(parents=True, exist_ok=True)
    preferences.write_text(json.dumps({"library": str(folder), "project_budgets": {PROJECT: 5}}), encoding="utf-8")
    return folder


class Crashing:
    """One run of `crashing`, without a screen."""

    def __init__(self, fault: str, home: Path, *arguments: str) -> None:
        self.zip = home.parent / f"{fault}.zip"
        self.logs = folders.places().logs
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.crashing", fault, json.dumps(WORDS), str(self.zip), *arguments],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "SEEDANCE_API_KEY": KEY, "LANG": "C.UTF-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def until_open(self) -> None:
        """The library is open, and what Trouble knows is told."""

        def look() -> bool:
            assert self.process.poll() is None, self.process.communicate()
            return (
                f" INFO {self.process.pid} seedance_desktop.app.opening: library open" in self.log
                and '"screens"' in self.about
            )

        eventually(look, 60)

    @property
    def log(self) -> str:
        return "".join(path.read_text(encoding="utf-8") for path in self.logs.glob("seedance.log*"))

    @property
    def about(self) -> str:
        return "".join(
            path.read_text(encoding="utf-8") for path in self.logs.glob(f"runs/*-{self.process.pid}/about.json")
        )

    def end(self, number: int = 0) -> tuple[int, str]:
        """Its exit code and what it said on standard error, after a signal where one is given."""
        if number:
            self.process.send_signal(number)
        try:
            _, said = self.process.communicate(timeout=60)
        finally:
            self.process.kill()
        return self.process.returncode, said

    def reports(self, kind: str) -> list[str]:
        return [path.read_text(encoding="utf-8") for path in sorted(self.logs.glob(f"crashes/{kind}-*.txt"))]


@pytest.fixture
def clean_home(home: Path, filled: Path) -> Iterator[Path]:
    """The home; and at the end no word of the creator's in anything that the program has written about itself."""
    yield home
    logs = folders.places().logs
    files = [path for path in logs.rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert_clean(path.read_text(encoding="utf-8"), str(path), home)


def assert_clean(text: str, where: str, home: Path) -> None:
    for word in (*FORBIDDEN, str(home)):
        assert word not in text, f"{word} in {where}: {text}"


def look_at_start(home: Path) -> Crashing:
    """The next start, ended in order."""
    run = Crashing("none", home)
    run.until_open()
    assert run.end(signal.SIGTERM) == (0, "")
    return run


def test_what_it_survives_is_logged_reported_and_named_by_kind_only(clean_home: Path) -> None:
    run = Crashing("all", clean_home)
    eventually(run.zip.exists, 60, lambda: run.log)
    code, said = run.end(signal.SIGTERM)
    assert code == 0
    assert "Traceback" not in said
    found = run.reports("error")
    for how in ("Unexpected", "In a thread", "On the loop", "While cleaning up", "a wish failed"):
        assert any(how in report for report in found), f"{how} in none of {found}"
    for report in found:
        assert report.count("OSError: [ENOSPC] No space left on device") >= 1
        assert "in _fail" in report, "the place is told"
        assert "last lines of the log" in report
        assert "Screens:" in report
    assert "Qt (default): no picture “…”" in run.log
    assert not list(run.logs.glob("runs/*-*")), "it ended as it should"
    with zipfile.ZipFile(run.zip) as archive:
        assert len(archive.namelist()) >= 5 + len(found) - 1
        for name in archive.namelist():
            assert_clean(archive.read(name).decode("utf-8"), name, clean_home)
    assert not look_at_start(clean_home).reports("crash"), "what was survived is not offered"


@pytest.mark.parametrize("number", FATAL, ids=lambda one: one.name)
def test_a_native_crash_is_a_report_at_the_next_start(clean_home: Path, number: signal.Signals) -> None:
    run = Crashing("none", clean_home)
    run.until_open()
    assert run.end(number)[0] == -number
    (report,) = look_at_start(clean_home).reports("crash")
    assert f"({number.name})" in report.splitlines()[2]
    assert "seedance_desktop/app/program.py" in report
    assert "Screens:" in report
    assert "library open" in report, "the last lines of its log"
    assert len(look_at_start(clean_home).reports("crash")) == 1


def test_killed_it_is_noted_and_not_offered(clean_home: Path) -> None:
    run = Crashing("none", clean_home)
    run.until_open()
    pid = run.process.pid
    run.end(signal.SIGKILL)
    then = look_at_start(clean_home)
    assert f"process {pid}) ended without a word" in then.log
    assert not then.reports("crash")


def test_an_error_that_ends_the_window_is_one_line_and_a_report(clean_home: Path) -> None:
    run = Crashing("start", clean_home)
    code, said = run.end()
    assert code == 1
    (report,) = run.reports("crash")
    assert said.count("\n") == 1
    assert str(run.logs / "crashes") in said
    assert "The program ended by an error: ExceptionGroup." in report
    assert "in _fail" in report
    assert not list(run.logs.glob("runs/*-*"))


def test_an_error_that_ends_a_command_is_one_line_and_a_report(clean_home: Path) -> None:
    run = Crashing("command", clean_home, "list")
    code, said = run.end()
    assert code == 5
    (report,) = run.reports("crash")
    assert said.count("\n") == 1
    assert str(run.logs / "crashes") in said
    assert "Run:           list" in report
    assert "Quillow" not in said


def test_two_programs_at_once_do_not_take_each_other_for_dead(clean_home: Path) -> None:
    first = Crashing("none", clean_home)
    first.until_open()
    other = Crashing("none", clean_home, "list")
    assert other.end()[0] == 0
    assert "without a word" not in first.log
    assert len(list(first.logs.glob("runs/*-*"))) == 1
    first.end(signal.SIGTERM)
    assert not list(first.logs.glob("runs/*-*"))


@with_a_reader
def test_the_crash_is_offered_until_it_is_dismissed(session: dict[str, str], home: Path) -> None:
    def shown() -> Window:
        return Window(["--demo"], session)

    first = shown()
    try:
        first.find("Prompt", "text")
        first.until(lambda: list(folders.places().logs.glob("runs/*/about.json")))
        first.program.signal(signal.SIGSEGV)
        first.program.process.wait(60)
    finally:
        first.clean()
    second = shown()
    try:
        second.find("Seedance closed unexpectedly last time.", "label")
        second.find("Nothing that you paid for is lost.", "label")
        second.find("Save report…", "push button")
        second.find("Show report", "push button").press()
        report = second.find("Crash report", "text")
        second.until(lambda: "(SIGSEGV)" in report.text)
        second.find("Dismiss", "push button").press()
        second.until(lambda: not second.has("Dismiss", "push button"))
        second.until(lambda: not list(folders.places().logs.glob("crashes/*.new.txt")))
        second.program.signal(signal.SIGTERM)
        assert second.program.end() == 0
    finally:
        second.clean()
    third = shown()
    try:
        third.until(lambda: "lighthouse" in third.find("Prompt", "text").text)
        assert not third.has("Dismiss", "push button")
        third.program.signal(signal.SIGTERM)
        assert third.program.end() == 0
    finally:
        third.clean()
