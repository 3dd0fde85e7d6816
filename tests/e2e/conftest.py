"""The real program in child processes, against the fault gateway and the built-in one."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from seedance_desktop.system import folders
from tests.faults.fixtures import far, mp4
from tests.faults.gateway import FaultGateway

from .program import ROOT, Program
from .windows import real, session, window

__all__ = ["far", "mp4", "real", "session", "window"]

# Signals, terminals and `kill -9` are meant as POSIX has them; on Windows the self-test proves the installation.
collect_ignore_glob = ["test_*.py"] if os.name == "nt" else []

Start = Callable[..., Program]


@pytest.fixture
def start(home: Path) -> Iterator[Start]:
    """Start the program with arguments and more environment; nothing in its logs may be an error or a crash."""
    running: list[Program] = []

    def start(*arguments: str, said: str | None = None, wrap: tuple[str, ...] = (), **env: str) -> Program:
        program = Program(arguments, env, said=said, wrap=wrap)
        running.append(program)
        return program

    yield start
    for program in running:
        program.clean()
    for crash in [*home.rglob("runs/*/stack.txt"), *home.rglob("log/crashes/*.txt")]:
        assert not crash.read_text("utf-8"), crash.read_text("utf-8")
    for log in home.rglob("seedance.log*"):
        text = log.read_text("utf-8")
        assert not re.search(r" ERROR |Traceback", text), text


@pytest.fixture
def command(start: Start, far: FaultGateway) -> Start:
    """Start a command against the fault gateway, with its key in the environment."""

    def command(*arguments: str, key: str = "", **more: str) -> Program:
        return start(*arguments, SEEDANCE_GATEWAY=far.address, SEEDANCE_API_KEY=key or far.key, **more)

    return command


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """An image as a creator has it."""
    return Path(shutil.copy(ROOT / "resources" / "demo" / "lighthouse.jpg", tmp_path / "photo.jpg"))


@pytest.fixture
def library(home: Path) -> Path:
    """The default library of the test's own home."""
    return folders.places().library
