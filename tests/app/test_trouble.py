"""Crashes offered and diagnostics saved: what the window is told, what the files hold, and that nobody is called."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import threading
import zipfile
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication

from seedance_desktop.app.context import Context
from seedance_desktop.app.trouble import Trouble
from seedance_desktop.bootstrap import Options
from seedance_desktop.domain.catalogue import DEMO
from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.recipe import Recipe, Reference
from seedance_desktop.domain.reports import CRASH, Offer, Report
from seedance_desktop.library import Library
from seedance_desktop.system import diagnostics, folders, log, private

KEY = "hub+Ab3/xyz0123=="
PROMPT = "a heron of brass over Lake Quillow"
NAME = "Mara of Quillow"
CALLS = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"}

heard_calls: list[str] = []
_listening: list[bool] = []


def _audit(event: str, _args: tuple[object, ...]) -> None:
    if _listening and event in CALLS:
        heard_calls.append(event)


sys.addaudithook(_audit)


class Window:
    """What the verbs tell the window."""

    def __init__(self) -> None:
        self.offers, self.toasts, self.told, self.shares = list[Offer](), list[str](), list[str](), list[float]()
        self.dialog: Any = SimpleNamespace(
            show_share=self.shares.append,
            show_saved=lambda: self.told.append("saved"),
            show_stopped=lambda: self.told.append("stopped"),
            show_failed=self.told.append,
        )

    def offer_report(self, offer: Offer) -> None:
        self.offers.append(offer)

    def toast(self, sentence: str) -> None:
        self.toasts.append(sentence)

    def findChild(self, _kind: type) -> Any:
        return self.dialog


@pytest.fixture
def logging_() -> Iterator[None]:
    """The log of this process in the test's home."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    log.start(folders.places().logs)
    yield
    log.end()
    for handler in [one for one in root.handlers if one not in handlers]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


@pytest.fixture
async def context(qapp: QApplication, tmp_path: Path, logging_: None) -> AsyncIterator[Context]:
    library = Library.open(tmp_path / "Quillow films")
    recipe = Recipe(PROMPT, (Reference(NAME, "a" * 64, ".png"),))
    await library.add([Clip(7, recipe, 7, DEMO, Money(28), stage=Stage.READY, file="Quillow 1.mp4")])
    library.close()
    made = Context(qapp, Options(library=str(tmp_path / "Quillow films")), Preferences())
    window: Any = Window()
    made.window = window
    yield made
    await made.finish_tasks()


@pytest.fixture
def window(context: Context) -> Window:
    return cast("Window", context.window)


def crash() -> str:
    """A crash that nobody has answered to; its name."""
    reports = log.reports()
    assert reports is not None
    file = reports.write(Report(CRASH, "It ended.", datetime.now(UTC), (), "the stack"))
    assert file is not None
    return file.name


def inside(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


async def test_a_crash_is_offered_once_again_and_not_when_answered(context: Context, window: Window) -> None:
    trouble, name = Trouble(context), crash()
    trouble.begin()
    await context.finish_tasks()
    assert [offer.name for offer in window.offers] == [name]
    trouble.offer()
    assert len(window.offers) == 2, "in a window that was built again"
    trouble.report_seen(name)
    await context.finish_tasks()
    trouble.offer()
    trouble.begin()
    await context.finish_tasks()
    assert len(window.offers) == 2


async def test_an_unexpected_error_is_said_once(
    context: Context, window: Window, caplog: pytest.LogCaptureFixture
) -> None:
    Trouble(context).begin()
    await context.finish_tasks()
    for _ in range(3):
        sys.excepthook(RuntimeError, RuntimeError(PROMPT), None)
    await asyncio.sleep(0)
    assert window.toasts == ["Something went wrong inside the program (RuntimeError); the log has more."]


async def test_the_report_is_saved_where_it_is_wanted(context: Context, window: Window, tmp_path: Path) -> None:
    trouble, name = Trouble(context), crash()
    trouble.begin()
    await context.finish_tasks()
    trouble.save_report(name, str(tmp_path / "mine.txt"))
    await context.finish_tasks()
    trouble.save_report(name, str(tmp_path / "nowhere" / "mine.txt"))
    await context.finish_tasks()
    assert "the stack" in (tmp_path / "mine.txt").read_text(encoding="utf-8")
    assert window.toasts[0] == "mine.txt is saved."
    assert "cannot be written" in window.toasts[1]


async def test_a_report_that_was_answered_can_still_be_saved(context: Context, window: Window, tmp_path: Path) -> None:
    trouble, name = Trouble(context), crash()
    trouble.begin()
    await context.finish_tasks()
    trouble.report_seen(name)
    trouble.save_report(name, str(tmp_path / "mine.txt"))
    await context.finish_tasks()
    assert "the stack" in (tmp_path / "mine.txt").read_text(encoding="utf-8")


async def test_what_nobody_expected_is_told_in_the_dialog(
    context: Context, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ValueError(PROMPT)

    monkeypatch.setattr(diagnostics, "save", broken)
    Trouble(context).save_diagnostics(str(tmp_path / "d.zip"), with_prompts=False)
    await context.finish_tasks()
    assert window.told == ["Something went wrong inside the program (ValueError); the log has more."]


@pytest.mark.parametrize("with_prompts", [False, True])
async def test_diagnostics_name_what_was_agreed_to_and_call_nobody(
    context: Context, window: Window, tmp_path: Path, home: Path, with_prompts: bool, caplog: pytest.LogCaptureFixture
) -> None:
    private._homes.cache_clear()
    private.hide(KEY)
    crash()
    logging.getLogger("seedance_desktop.test").warning("with %s in %s", KEY, home / "films")
    target = tmp_path / "d.zip"
    trouble = Trouble(context)
    _listening.append(True)
    try:
        trouble.begin()
        trouble.save_diagnostics(str(target), with_prompts)
        await context.finish_tasks()
    finally:
        _listening.clear()
    private._homes.cache_clear()
    assert heard_calls == []
    assert window.told == ["saved"]
    assert window.shares == sorted(window.shares)
    found = inside(target)
    whole = "\n".join(found.values())
    assert KEY not in whole
    assert {"readme.txt", "system.json", "preferences.json", "library.json", "log/seedance.log"} < set(found)
    assert any(name.startswith("crashes/crash-") for name in found)
    assert json.loads(found["library.json"])["clips by stage"] == {"ready": 1}
    assert json.loads(found["library.json"])["quick check"] == "ok"
    assert json.loads(found["system.json"])["qt"]
    for private_word in (PROMPT, NAME, "Quillow", "Quillow 1.mp4", str(tmp_path / "Quillow films")):
        assert (private_word in whole) is with_prompts, private_word
    assert ("clips.json" in found) is with_prompts
    assert str(home) not in found["log/seedance.log"]


async def test_stopped_and_refused_are_told_in_the_dialog(context: Context, window: Window, tmp_path: Path) -> None:
    trouble = Trouble(context)
    trouble.save_diagnostics(str(tmp_path / "d.zip"), with_prompts=False)
    trouble.cancel_diagnostics()
    await context.finish_tasks()
    trouble.save_diagnostics(str(tmp_path / "nowhere" / "d.zip"), with_prompts=False)
    await context.finish_tasks()
    assert window.told[0] == "stopped"
    assert window.told[1].startswith(f"{tmp_path / 'nowhere'} cannot be written")
    assert not list(tmp_path.glob("*.zip*"))


async def test_the_end_of_the_program_does_not_wait_for_them(context: Context, window: Window, tmp_path: Path) -> None:
    Trouble(context).save_diagnostics(str(tmp_path / "d.zip"), with_prompts=False)
    context.end()
    await context.finish_tasks()
    assert window.told == ["stopped"]


async def test_a_dialog_that_is_gone_is_no_obstacle(context: Context, window: Window, tmp_path: Path) -> None:
    window.dialog = None
    Trouble(context).save_diagnostics(str(tmp_path / "d.zip"), with_prompts=False)
    await context.finish_tasks()
    assert "readme.txt" in inside(tmp_path / "d.zip")
