"""One studio at a time owns a library: the system's own lock on a file in it, which no crash leaves behind."""

from __future__ import annotations

import json
import os
from pathlib import Path

from filelock import FileLock, Timeout

from seedance_desktop.domain.errors import LibraryProblem

from .folders import holder_of


class LibraryLock:
    """Holds `library.lock` from `take` to `release`; `library.holder` beside it says who, for people."""

    def __init__(self, folder: Path) -> None:
        """For the library in `folder`, which must exist when the lock is taken."""
        self._folder = folder
        self._lock = FileLock(folder / "library.lock", is_singleton=False, thread_local=False)
        self._holder = holder_of(folder)

    def take(self, what: str) -> None:
        """Take the lock or raise `LibraryProblem("library-in-use")` naming the holder; `what` is window or command."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
            self._holder.write_text(json.dumps({"pid": os.getpid(), "what": what}), encoding="utf-8")
        except Timeout:
            raise LibraryProblem("library-in-use", folder=str(self._folder), holder=self._who()) from None
        except (OSError, NotImplementedError) as error:  # the second: a file system that knows no locks
            self._lock.release()
            raise LibraryProblem(
                "library-not-writable",
                folder=str(self._folder),
                detail=getattr(error, "strerror", None) or str(error),
            ) from error

    def release(self) -> None:
        """Give the lock back."""
        if self._lock.is_locked:
            self._holder.unlink(missing_ok=True)
            self._lock.release()

    def _who(self) -> str:
        try:
            read = json.loads(self._holder.read_bytes())
            return f"{read['what']}, process {int(read['pid'])}"
        except (OSError, ValueError, KeyError, TypeError):
            return "?"  # the holder is just starting or ending
