"""One folder a run of the program, gone after a clean end: what a later start finds there did not end so.

`stack.txt` is the file that `faulthandler` writes native crashes to; while the run lives it is held, by a lock or, on
Windows, by being open. `about.json` says what the run was, and is written when the file is held already: a folder
without it is a run that is just starting.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

if sys.platform != "win32":
    import fcntl

STACK, ABOUT = "stack.txt", "about.json"
QT_FATAL = "Qt gave up: "
"""Begins the stack of a run that Qt has ended."""
LINES = 60
"""How many of its last lines in the log are told of a run."""


class Run:
    """This process, from `begin` to `end`."""

    def __init__(self, folder: Path, stack: BinaryIO, about: Mapping[str, str]) -> None:
        """`begin` makes one."""
        self.stack = stack
        self.about = dict(about)
        self._folder = folder

    @classmethod
    def begin(cls, runs: Path, about: Mapping[str, str]) -> Run:
        """Mark in the folder `runs` that this process lives; raises `OSError`."""
        began = datetime.now(UTC)
        folder = runs / f"{began:%Y%m%dT%H%M%S%f}-{os.getpid()}"
        folder.mkdir(parents=True)
        stack = (folder / STACK).open("ab", buffering=0)
        try:
            with suppress(OSError):  # nobody else has it: the folder is new
                hold(stack)
            run = cls(
                folder, stack, {"began": began.isoformat(sep=" ", timespec="seconds"), "pid": str(os.getpid()), **about}
            )
            run.tell({})
        except BaseException:
            stack.close()
            raise
        return run

    def tell(self, facts: Mapping[str, str]) -> None:
        """Let a later start know more of this run; raises `OSError`."""
        self.about.update(facts)
        (self._folder / ABOUT).write_text(json.dumps(self.about, ensure_ascii=False), encoding="utf-8")

    def end(self) -> None:
        """This run ends as it should; no start after it needs to know of it."""
        self.stack.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def hold(stack: BinaryIO) -> None:
    """Hold the file, or raise `BlockingIOError` where somebody does; Windows holds what is open by itself.

    Raises another `OSError` on a disk that knows no locks, as some in a network: there nobody can tell a run that
    lives from a dead one.
    """
    if sys.platform != "win32":
        fcntl.flock(stack, fcntl.LOCK_EX | fcntl.LOCK_NB)
