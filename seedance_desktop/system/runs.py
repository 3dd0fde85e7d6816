"""One folder a run of the program, gone after a clean end: what a later start finds of a run is how it ended.

`stack.txt` is the file that `faulthandler` writes native crashes to; while the run lives it is held, by a lock or, on
Windows, by being open. `about.json` says what the run was, and is written when the file is held already: a folder
without it is a run that is just starting.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

if sys.platform != "win32":
    import fcntl

_STACK, _ABOUT, _ROW = "stack.txt", "about.json", "soon_over"
_MOST = 300_000  # bytes of a stack that are read: Windows may log exceptions there that a library has handled


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
        stack = (folder / _STACK).open("ab", buffering=0)
        try:
            _hold(stack)
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
        (self._folder / _ABOUT).write_text(json.dumps(self.about, ensure_ascii=False), encoding="utf-8")

    def end(self) -> None:
        """This run ends as it should; no start after it needs to know of it."""
        self.stack.close()
        shutil.rmtree(self._folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Dead:
    """A run that did not end as it should: what it was, the native stack if it left one, and when it was last seen."""

    about: Mapping[str, str]
    stack: str
    last_seen: datetime

    @property
    def seconds(self) -> float:
        """How long it ran before its crash, -1 where that isn't known."""
        try:
            return max(0.0, (self.last_seen - datetime.fromisoformat(self.about["began"])).total_seconds())
        except (KeyError, ValueError, TypeError):
            return -1


def bury(runs: Path) -> Iterator[Dead]:
    """Each run that is dead and not taken up by another start; its folder goes when the caller is done with it."""
    for folder in sorted(runs.glob("*-*")):
        if (folder / _ABOUT).exists():
            with suppress(OSError):
                yield from _bury(folder)


def _bury(folder: Path) -> Iterator[Dead]:
    with closing((folder / _STACK).open("rb")) as stack:
        try:
            _hold(stack)
        except OSError:
            return  # it lives, or another start is at it
        seen = datetime.fromtimestamp(os.fstat(stack.fileno()).st_mtime, UTC)
        dead = Dead(_about(folder), stack.read(_MOST).decode("utf-8", "replace"), seen)
        if sys.platform != "win32":
            yield dead  # still held
    if sys.platform == "win32":
        (folder / _STACK).unlink()  # which fails as long as the run has it open
        yield dead
    shutil.rmtree(folder, ignore_errors=True)


def count_short(runs: Path, *, more: bool) -> int:
    """How many runs in a row have crashed soon after their start; `more` adds one, else the row is over."""
    file = runs / _ROW
    with suppress(OSError):
        if not more:
            file.unlink(missing_ok=True)
            return 0
        count = (file.stat().st_size if file.exists() else 0) + 1
        file.write_bytes(b"." * count)
        return count
    return 0


def short_lived(runs: Path) -> int:
    """The present length of that row."""
    try:
        return (runs / _ROW).stat().st_size
    except OSError:
        return 0


def _about(folder: Path) -> dict[str, str]:
    try:
        read = json.loads((folder / _ABOUT).read_bytes())
    except (OSError, ValueError):
        return {}  # a power cut in the middle of writing it
    return {str(name): str(value) for name, value in read.items()} if isinstance(read, dict) else {}


def _hold(stack: BinaryIO) -> None:
    if sys.platform != "win32":
        fcntl.flock(stack, fcntl.LOCK_EX | fcntl.LOCK_NB)
