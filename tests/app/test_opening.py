"""What stays said and done when the window is built again, and when the library or the program is closed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from seedance_desktop import bootstrap, words
from seedance_desktop.app.context import Context
from seedance_desktop.app.first import show_window
from seedance_desktop.app.opening import Opening
from seedance_desktop.app.preferences import Settings
from seedance_desktop.bootstrap import Options
from seedance_desktop.domain.errors import LibraryProblem
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.recipe import Draft, Recipe

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less
SENTENCE = words.say("library-gone", {"folder": "/media/films"})


@pytest.fixture
def opening(qapp: QApplication, tmp_path: Path) -> Iterator[Opening]:
    """A window that is shown, and nothing behind it."""
    context = Context(qapp, Options(library=str(tmp_path / "films")), Preferences())
    context.window, context.model = show_window(qapp, context.wishes, context.options, context.preferences)
    made = Opening(context)
    here: Any = made
    here._memory, here._trouble = SimpleNamespace(leave=lambda: None), SimpleNamespace(offer=lambda: None)
    here._doorbell, here._desktop = SimpleNamespace(close=lambda: None), SimpleNamespace(leave=lambda: None)
    yield made
    made._context.window.shut()


def said(opening: Opening) -> list[str]:
    labels = opening._context.window.centre.findChildren(QLabel)
    return [label.text() for label in labels if label.isVisible()]


async def test_why_the_library_does_not_open_stands_in_another_language_too(
    opening: Opening, caplog: pytest.LogCaptureFixture
) -> None:
    opening._blocked(LibraryProblem("library-gone", folder="/media/films"))
    assert SENTENCE in said(opening)
    first = opening._context.window
    opening._rebuild_window()
    await opening._context.finish_tasks()
    assert opening._context.window is not first
    assert SENTENCE in said(opening)


async def test_what_is_typed_before_a_library_is_open_stays_in_another_language(
    opening: Opening, caplog: pytest.LogCaptureFixture
) -> None:
    typed = Draft(Recipe("a heron of brass", ratio="9:16"), 3)
    opening._context.window.composer.set_draft(typed, {})
    opening._rebuild_window()
    await opening._context.finish_tasks()
    assert opening._context.window.composer.draft() == typed


async def test_a_rebuild_goes_on_in_a_window_of_another_language(
    opening: Opening, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    loop = asyncio.get_running_loop()
    opening._blocked(LibraryProblem("library-damaged", folder="/media/films"))

    def fails(_folder: Path, _what: str, progress: Any) -> None:
        asyncio.run_coroutine_threadsafe(_rebuilt_window(opening), loop).result()
        progress(3, 7)
        raise LibraryProblem("library-in-use", holder="command", pid=7)

    monkeypatch.setattr(bootstrap, "rebuild", fails)
    await opening._rebuild_and_open()
    await opening._context.finish_tasks()
    assert words.say("library-in-use", {"holder": "command", "pid": 7}) in said(opening)
    assert "Rebuild the library" in [button.accessibleName() for button in _buttons(opening)]


async def test_a_double_click_on_try_again_tries_once(opening: Opening) -> None:
    context, tried = opening._context, list[str]()

    async def reopen(options: Options) -> None:
        await context.finish_tasks()
        tried.append(options.library)

    context.reopen = reopen
    settings = Settings(context)
    async with asyncio.timeout(20):
        for _ in range(2):
            settings.choose_library(context.options.library)
        await context.finish_tasks()
        assert tried == [context.options.library]
        settings.choose_library(context.options.library)
        await context.finish_tasks()
    assert len(tried) == 2


async def test_nothing_more_is_sent_while_the_end_waits_for_something_else(opening: Opening) -> None:
    context, held, order = opening._context, asyncio.Event(), list[str]()

    async def something_else() -> None:
        await held.wait()
        order.append("something else")

    async def close(_patience: float | None) -> bool:
        order.append("closed")
        return True

    house: Any = SimpleNamespace(studio=SimpleNamespace(send_no_more=lambda: _then(order, held)), close=close)
    context.house = house
    context.go(something_else())
    async with asyncio.timeout(20):
        await opening.close_house()
    assert order == ["sends no more", "something else", "closed"]


def _then(order: list[str], held: asyncio.Event) -> None:
    order.append("sends no more")
    held.set()


async def _rebuilt_window(opening: Opening) -> None:
    opening._rebuild_window()


def _buttons(opening: Opening) -> list[Any]:
    return [one for one in opening._context.window.centre.findChildren(QPushButton) if one.isVisible()]
