"""The check for updates in the window's program: when it is asked, once a day when it is wanted, never otherwise."""

from __future__ import annotations

import json
import time
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from seedance_desktop import __version__
from seedance_desktop.app import help as help_module
from seedance_desktop.app.context import Context
from seedance_desktop.app.help import Help
from seedance_desktop.bootstrap import Options
from seedance_desktop.domain.errors import Problem, UpdateProblem
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.updates import Channel, Release
from seedance_desktop.gateway import updates
from seedance_desktop.system import folders

HOME = Channel("https://updates.example.org/news.json", bytes(32))


def release(version: str) -> Release:
    return Release(version, date(2026, 11, 20), "https://updates.example.org/", {"en": "Faster"})


class Program:
    """A window that writes down what it is told, and a far end that answers `found` and counts how often."""

    def __init__(self, application: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
        self.context = Context(application, Options(), Preferences())
        self.said: list[Any] = []
        self.asked = 0
        self.found: Release | Exception = release("9.8.7")
        place = SimpleNamespace(
            show_release=lambda found, newer: self.said.append((found.version, newer)),
            show_fault=self.said.append,
            tell_release=lambda found: self.said.append(f"out: {found.version}"),
        )
        window: Any = SimpleNamespace(help=place)
        self.context.window = window
        monkeypatch.setattr(help_module, "channel", lambda: HOME)
        monkeypatch.setattr(updates, "read", self._read)
        self.help = Help(self.context)

    async def _read(self, source: Channel, _preferences: Preferences) -> Release:
        assert source == HOME
        self.asked += 1
        if isinstance(self.found, Exception):
            raise self.found
        return self.found

    async def ask(self) -> None:
        self.help.check_updates()
        await self.end()

    async def an_hour(self) -> None:
        self.help.look_at_clock()
        await self.end()

    async def end(self) -> None:
        if self.help._asking is not None:
            await self.help._asking


@pytest.fixture
def program(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Any:
    made = Program(qapp, monkeypatch)
    yield made
    made.help._clock.stop()


@pytest.mark.parametrize(("version", "newer"), [("9.8.7", True), (__version__, False)])
async def test_what_the_creator_asked_is_answered(program: Program, version: str, newer: bool) -> None:
    program.found = release(version)
    await program.ask()
    assert program.said == [(version, newer)]


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (UpdateProblem("update-not-signed"), "The answer isn't signed by us, so it is ignored."),
        (release("0.0.1"), "The answer is about an older version than this one, so it is ignored."),
        (Problem("tls-untrusted", gateway="updates.example.org"), "The certificate of updates.example.org is not"),
    ],
)
async def test_a_fault_is_one_sentence_when_asked_and_none_otherwise(
    program: Program, found: Release | Exception, said: str
) -> None:
    program.found = found
    await program.ask()
    assert program.said[0].startswith(said)
    folders.places().updates.unlink()
    program.context.preferences = Preferences(check_updates=True)
    await program.an_hour()
    assert program.asked == 2
    assert len(program.said) == 1


async def test_it_never_asks_by_itself_unless_that_is_wanted(program: Program) -> None:
    await program.an_hour()
    assert (program.asked, program.said) == (0, [])


async def test_by_itself_it_asks_once_a_day(program: Program) -> None:
    program.context.preferences = Preferences(check_updates=True)
    await program.an_hour()
    await program.an_hour()
    assert (program.asked, program.said) == (1, ["out: 9.8.7"])
    yesterday = {"checked": time.time() - 25 * 60 * 60}
    folders.places().updates.write_text(json.dumps(yesterday))
    program.found = release(__version__)
    await program.an_hour()
    assert (program.asked, program.said) == (2, ["out: 9.8.7"]), "of no news nothing is said"


async def test_a_fault_of_ours_is_said_and_logged(program: Program, caplog: pytest.LogCaptureFixture) -> None:
    program.found = ZeroDivisionError()
    await program.ask()
    assert "the check for updates failed" in caplog.text
    assert program.said[0].startswith("Something went wrong inside the program")


def test_a_build_without_a_place_for_updates_has_no_clock(qapp: QApplication) -> None:
    made = Help(Context(qapp, Options(), Preferences(check_updates=True)))
    assert not made._clock.isActive()
    made.look_at_clock()
    made.check_updates()
    assert made._asking is None
