"""The program as a child process: started, its two outputs read as they come, ended or killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, TypeVar

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-m", "seedance_desktop")
T = TypeVar("T")


def eventually(true: Callable[[], T], patience: float = 30.0, what: Callable[[], object] = lambda: "") -> T:
    """Ask until the answer is true, and return it; fails, telling `what`, when the patience is at its end.

    A question that takes long is asked less often: a screen reader that walks the whole window keeps it busy.
    """
    until = time.monotonic() + patience
    pause = threading.Event()
    asked = time.monotonic()
    while not (answer := true()):
        now = time.monotonic()
        assert now < until, f"it did not come true: {what()}"
        pause.wait(max(0.02, now - asked))
        asked = time.monotonic()
    return answer


class Program:
    """One run. `out` and `err` are what it has said so far, `lines` its JSON lines."""

    def __init__(
        self, arguments: Sequence[str], env: Mapping[str, str], *, wrap: Sequence[str] = (), said: str | None = None
    ) -> None:
        """Start it; `said` is its standard input, `wrap` a command that runs it."""
        self.out = self.err = ""
        self.process = subprocess.Popen(
            [*wrap, *PROGRAM, *arguments],
            cwd=ROOT,
            env={**os.environ, **env},
            stdin=subprocess.DEVNULL if said is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        self._readers = [
            threading.Thread(target=self._read, args=(self.process.stdout, "out")),
            threading.Thread(target=self._read, args=(self.process.stderr, "err")),
        ]
        for reader in self._readers:
            reader.start()
        if said is not None and self.process.stdin is not None:
            self.process.stdin.write(said)
            self.process.stdin.close()

    def _read(self, pipe: IO[str], name: str) -> None:
        with pipe:
            for line in pipe:
                setattr(self, name, getattr(self, name) + line)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The JSON objects of its standard output."""
        return [json.loads(line) for line in self.out.splitlines()]

    def stages(self, clip: str = "") -> list[str]:
        """The stages that it has told, of one clip or of all."""
        return [line["stage"] for line in self.lines if clip in ("", line["clip"])]

    def until(self, true: Callable[[], T], patience: float = 30.0) -> T:
        """Wait for something while it runs."""

        def ask() -> T:
            answer = true()
            assert answer or self.process.poll() is None, f"it ended with {self.process.returncode}: {self.tell()}"
            return answer

        return eventually(ask, patience, self.tell)

    def end(self, patience: float = 60.0) -> int:
        """Its exit code, when it has ended of its own accord."""
        try:
            code = self.process.wait(patience)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"it does not end: {self.tell()}") from None
        self._join()
        assert "Traceback" not in self.err, self.err
        return code

    def signal(self, number: int) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    def kill(self) -> None:
        """The end without a warning: `kill -9`."""
        self.signal(signal.SIGKILL)
        self.process.wait()
        self._join()

    def clean(self) -> None:
        """Leave nothing running, however the test ended."""
        if self.process.poll() is None:
            self.kill()
        self._join()

    def tell(self) -> str:
        """What it has said, for a message."""
        return f"\nout: {self.out}\nerr: {self.err}"

    def _join(self) -> None:
        for reader in self._readers:
            reader.join()
