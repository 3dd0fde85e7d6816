"""Writes a file whole or not at all: beside its target, synced to the disk, then moved over it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from seedance_desktop.domain.errors import DiskProblem

TEMPORARY = ".tmp"
"""The suffix of a file being written; one that is found at start was left by a crash and may be removed."""


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A path in the folder of `target` to write to; it becomes `target` when the block ends well, else it is removed.

    Any `OSError` in the block becomes `DiskProblem`.
    """
    temporary = target.with_name(f".{secrets.token_hex(8)}{TEMPORARY}")
    try:
        yield temporary
        with temporary.open("r+b") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise DiskProblem.of(error, str(target)) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Put the new name itself on the disk; Windows has no such call and needs none."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
