"""The real program with the patience of a test, and, where it is asked for, the power cut at its n-th step.

`child PACE STEP ARGUMENTS…`: seconds between polls (0: the documented pace), the step at which it dies (0: none). A
step is a file opened for writing, renamed, removed or forced to the disk, or a connection made, once the library is
open.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from seedance_desktop import bootstrap
from seedance_desktop.__main__ import main
from seedance_desktop.domain.pacing import Pace

_EVENTS = ("os.rename", "os.remove", "os.mkdir", "os.truncate", "socket.connect")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_BEGINS = ".writable-"  # the library proves its folder with such a file first


class Reaper:
    """Counts the steps, and dies at the one that is its own."""

    def __init__(self, step: int) -> None:
        self.step, self.seen, self.begun = step, 0, False

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        """An audit event of the interpreter, which comes before the thing itself."""
        if event == "open":
            path, _, flags = arguments
            self.begun = self.begun or _BEGINS in str(path)
            if not flags & _WRITES:
                return
        elif event not in _EVENTS:
            return
        self.count()

    def count(self) -> None:
        """One more step."""
        if self.begun:
            self.seen += 1
            if self.seen == self.step:
                os.kill(os.getpid(), signal.SIGKILL)

    def around(self, force: Callable[[int], None]) -> Callable[[int], None]:
        """Before and after a file is forced to the disk."""

        @wraps(force)
        def forced(file: int) -> None:
            self.count()
            force(file)
            self.count()

        return forced


def run() -> int:
    """The program's own `main`."""
    pace, step = float(sys.argv[1]), int(sys.argv[2])
    sys.argv[1:] = sys.argv[3:]
    if pace:
        quick = partial(Pace, poll=pace, margin=0.0, longest_backoff=pace, not_found_grace=1.0)
        vars(bootstrap)["Pace"] = quick
    if step:
        reaper = Reaper(step)
        os.fsync = reaper.around(os.fsync)  # type: ignore[assignment]
        sys.addaudithook(reaper.hook)
    return main()


if __name__ == "__main__":
    sys.exit(run())
