"""What a measurement stands on: a home and a screen of its own, and child processes that answer in JSON."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CACHE = Path(tempfile.gettempdir()) / "seedance-benchmarks"
PATIENCE = 180.0
KEY = "sk-hub-for-benchmarks"
START = "BENCHMARK_START"


@dataclass(frozen=True)
class Ground:
    """A folder for this run and the environment that its children get."""

    folder: Path
    env: dict[str, str]

    def child(self, module: str, *arguments: str, **env: str) -> dict[str, Any]:
        """Run a module of this package to its end; what it printed last, as an object.

        It finds the monotonic time at which it was started in the environment.
        """
        command = [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]
        given = {**self.env, **env, START: repr(time.monotonic())}
        done = subprocess.run(
            command, cwd=ROOT, env=given, stdout=subprocess.PIPE, timeout=PATIENCE, check=False, encoding="utf-8"
        )
        lines = done.stdout.strip().splitlines()
        if done.returncode or not lines:
            raise RuntimeError(f"{module} {' '.join(arguments)} ended with {done.returncode}: {done.stdout[-500:]}")
        return dict(json.loads(lines[-1]))

    def fresh(self, name: str) -> Path:
        """An empty folder of that name."""
        made = self.folder / name
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(parents=True)
        return made


def since_start() -> float:
    """In a child: seconds since its parent started it."""
    return time.monotonic() - float(os.environ[START])


@contextmanager
def ground() -> Iterator[Ground]:
    """A ground that is gone afterwards; only the cache of big libraries and compiled files stays."""
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as made, _screen() as display:
        folder = Path(made)
        env = {name: value for name, value in os.environ.items() if not name.startswith(("SEEDANCE_", "XDG_"))}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        for name in ("home", "run"):
            (folder / name).mkdir(mode=0o700)
        env |= {
            "HOME": str(folder / "home"),
            "USERPROFILE": str(folder / "home"),
            "XDG_RUNTIME_DIR": str(folder / "run"),
            "PYTHONPYCACHEPREFIX": str(CACHE / "compiled"),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "SEEDANCE_API_KEY": KEY,
            "SEEDANCE_GATEWAY": "http://127.0.0.1:9",
        }
        if display:
            env |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
            env.pop("WAYLAND_DISPLAY", None)
        elif sys.platform.startswith("linux"):
            env["QT_QPA_PLATFORM"] = "offscreen"
        yield Ground(folder, env)


@contextmanager
def _screen() -> Iterator[str]:
    """An X server of our own; "" where there is none to be had."""
    program = shutil.which("Xvfb") if sys.platform.startswith("linux") else None
    if program is None:
        yield ""
        return
    read, write = os.pipe()
    options = ["-displayfd", str(write), "-screen", "0", "1920x1200x24", "-nolisten", "tcp", "-noreset"]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen([program, *options], pass_fds=[write], stdin=quiet, stdout=quiet, stderr=quiet)
    os.close(write)
    try:
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        yield f":{number}" if number else ""
    finally:
        server.terminate()
        server.wait()


def memory() -> float:
    """This process's resident memory in MiB; NaN where the system does not say it here."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return float("nan")
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def answer(**values: object) -> None:
    """In a child: what it found."""
    print(json.dumps(values), flush=True)
