"""Writes a file to the place that the creator has chosen for it."""

from __future__ import annotations

from pathlib import Path


def save_file(file: Path, data: bytes) -> None:
    """Write `file` whole or not at all (blocking); raises `DiskProblem`."""
    from seedance_desktop.library.files import write_whole  # not before the first paint

    write_whole(file, data)
