"""Runs of the program that did not end as they should: found, read, and cleared away."""

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

from .runs import ABOUT, STACK, hold

_ROW = "soon_over"
_MOST = 300_000  # bytes of a stack that are read: Windows may log exceptions there that a library has handled


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
        if (folder / ABOUT).exists():
            with suppress(OSError):
                yield from _bury(folder)


def _bury(folder: Path) -> Iterator[Dead]:
    with closing((folder / STACK).open("rb")) as stack:
        try:
            hold(stack)
        except OSError:
            return  # it lives, or another start is at it
        seen = datetime.fromtimestamp(os.fstat(stack.fileno()).st_mtime, UTC)
        dead = Dead(_about(folder), stack.read(_MOST).decode("utf-8", "replace"), seen)
        if sys.platform != "win32":
            yield dead  # still held
    if sys.platform == "win32":
        (folder / STACK).unlink()  # which fails as long as the run has it open
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
        read = json.loads((folder / ABOUT).read_bytes())
    except (OSError, ValueError):
        return {}  # a power cut in the middle of writing it
    return {str(name): str(value) for name, value in read.items()} if isinstance(read, dict) else {}
