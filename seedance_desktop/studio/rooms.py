"""Whether a disk has room for what a job is about to write."""

from __future__ import annotations

import shutil
from pathlib import Path

from seedance_desktop.domain.errors import DiskProblem

_SPARE = 1_000_000


def check(folder: Path, needed: int) -> None:
    """Raise `DiskProblem("no-room")` where the disk of `folder` has no room for so many bytes and a little more."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return  # a folder that is gone is noticed by what is written there
    if free < needed + _SPARE:
        raise DiskProblem("no-room", folder=str(folder), needed=megabytes(needed + _SPARE), free=megabytes(free))


def megabytes(count: int) -> str:
    """Bytes as people count them, rounded up: `38 MB`."""
    return f"{-(-count // 1_000_000)} MB"
