"""Reads an original image's bytes from wherever they are, bounded, and says plainly what is wrong with the place."""

from __future__ import annotations

import stat
from pathlib import Path

from seedance_desktop.domain.errors import BadImage

MOST_BYTES = 400_000_000
"""Originals may be heavier than the gateway takes, since they are reduced for the wire: 100 megapixels of plain 8-bit
RGB are 300 MB."""


def read(source: Path | bytes, name: str) -> bytes:
    """All bytes of an original.

    Raises `BadImage`: image-missing, image-is-folder, image-empty, image-too-heavy, image-closed, image-unreadable.
    """
    data = source if isinstance(source, bytes) else _from_disk(source, name)
    if len(data) > MOST_BYTES:
        raise _too_heavy(name, len(data))
    if not data:
        raise BadImage("image-empty", name=name)
    return data


def _from_disk(path: Path, name: str) -> bytes:
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise BadImage("image-is-folder", name=name)
        if not stat.S_ISREG(found.st_mode):  # a pipe or a device would never end
            raise BadImage("image-unreadable", name=name)
        if found.st_size > MOST_BYTES:
            raise _too_heavy(name, found.st_size)
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise BadImage("image-missing", name=name) from error
    except PermissionError as error:
        raise BadImage("image-closed", name=name) from error
    except OSError as error:
        raise BadImage("image-unreadable", name=name) from error


def _too_heavy(name: str, size: int) -> BadImage:
    return BadImage("image-too-heavy", name=name, megabytes=round(size / 1_000_000), most=MOST_BYTES // 1_000_000)
