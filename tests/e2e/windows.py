"""Fixtures of tests that drive the real window, and the first and last steps that they share."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from seedance_desktop.system import folders
from tests.faults.gateway import FaultGateway

from .desktop import READER, Window

if TYPE_CHECKING:
    from .conftest import Start

Open = Callable[..., Window]


def _can_listen() -> bool:
    look = subprocess.run([str(READER[0]), "-c", "import gi; gi.require_version('Atspi', '2.0')"], check=False)
    return look.returncode == 0


with_a_reader = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("Xvfb") or not Path(READER[0]).exists() or not _can_listen(),
    reason="AT-SPI under Xvfb: `packaging/dev.py test` installs what is missing",
)


@pytest.fixture(scope="module")
def session() -> Iterator[dict[str, str]]:
    """A screen and a bus of their own for a file of tests."""
    from steps import private_session

    with private_session() as env:
        yield {name: env[name] for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS")}


@pytest.fixture
def window(session: dict[str, str], start: Start) -> Iterator[Open]:
    """Open the window with arguments and environment. (`start` looks at the log afterwards.)"""
    opened: list[Window] = []

    def window(*arguments: str, **env: str) -> Window:
        opened.append(Window(arguments, session, **env))
        return opened[-1]

    yield window
    for one in opened:
        one.clean()


@pytest.fixture
def real(window: Open, far: FaultGateway) -> Open:
    """Open the window on the fault gateway, with its key for this session and no time to undo."""
    preferences = folders.places().preferences
    preferences.parent.mkdir(parents=True, exist_ok=True)
    preferences.write_text('{"undo_seconds": 0}')
    return lambda *arguments: window(*arguments, SEEDANCE_GATEWAY=far.address, SEEDANCE_API_KEY=far.key)


def close(window: Window) -> None:
    """End it in order."""
    window.program.signal(signal.SIGTERM)
    assert window.program.end() == 0


def write_prompt(window: Window, text: str) -> None:
    """Into the prompt, as soon as the library is open."""
    prompt = window.find("Prompt", "text")
    window.until(lambda: "focused" in prompt.states)
    prompt.write(text)
