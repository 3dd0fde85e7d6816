"""The file of the log, with the older ones beside it."""

from __future__ import annotations

from contextlib import suppress
from logging.handlers import RotatingFileHandler

SIZE = 1_000_000  # bytes
FILES = 4


class Rotating(RotatingFileHandler):
    """Opened by its first line; what can't be written as UTF-8 is replaced."""

    def __init__(self, file: str) -> None:
        super().__init__(file, "a", SIZE, FILES, "utf-8", delay=True, errors="replace")

    def rotate(self, source: str, dest: str) -> None:
        """On Windows a file that another of our processes has open can't be renamed: then this one goes on in it."""
        with suppress(OSError):
            super().rotate(source, dest)
