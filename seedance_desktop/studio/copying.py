"""Copies a file byte for byte: shared where the file system can, else in pieces, so that it can be stopped."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import BinaryIO

from seedance_desktop.domain.errors import DiskProblem, Problem

from .job import Stopped

_PIECE = 8 << 20
_CLONE = 0x40049409  # FICLONE of linux/fs.h: both files share their blocks until one is changed

Share = Callable[[float], None]


def copy(source: Path, target: Path, share: Share, stop: Event) -> None:
    """Copy `source` to the new file `target`, on the disk when this returns (blocking).

    Raises `Stopped`, `Problem("clip-file-missing")` where the source can't be read, `DiskProblem` for the target; then
    `target` may hold a part.
    """
    try:
        reading = source.open("rb")
    except OSError as error:
        raise Problem("clip-file-missing", file=str(source)) from error
    with reading:
        try:
            with target.open("xb") as writing:
                if not _cloned(reading, writing):
                    _in_pieces(source, reading, writing, share, stop)
                writing.flush()
                os.fsync(writing.fileno())
        except OSError as error:
            raise DiskProblem.of(error, str(target)) from error


def _cloned(reading: BinaryIO, writing: BinaryIO) -> bool:
    if sys.platform != "linux":
        return False
    import fcntl

    try:
        fcntl.ioctl(writing.fileno(), _CLONE, reading.fileno())
    except OSError:  # another disk, or a file system that can't
        return False
    return True


def _in_pieces(source: Path, reading: BinaryIO, writing: BinaryIO, share: Share, stop: Event) -> None:
    size, done = os.fstat(reading.fileno()).st_size, 0
    while piece := _read(source, reading):
        if stop.is_set():
            raise Stopped
        writing.write(piece)
        done += len(piece)
        share(done / max(size, done))


def _read(source: Path, reading: BinaryIO) -> bytes:
    try:
        return reading.read(_PIECE)
    except OSError as error:
        raise Problem("clip-file-missing", file=str(source)) from error
