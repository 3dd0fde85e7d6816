"""Runs the commands of the developer's tasks: says what it does, keeps the time, ends cleanly."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
_DEVELOPERS_OWN = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS")
MEMORY = Path("/dev/shm")  # noqa: S108 (Linux keeps files in memory there; a folder of our own is made in it)
_ROOM = 4 << 30  # bytes that must be free there: a run of all tests uses a quarter of it


class Stop(Exception):
    """The task can't go on; its words say why and what to do, and are all that the developer sees."""


class Terminated(KeyboardInterrupt):
    """This process alone was asked to end: unlike Ctrl+C, its children have heard nothing yet."""


@dataclass(frozen=True)
class Done:
    """One finished step: its name, its exit code (0 is well) and how many seconds it took."""

    name: str
    code: int
    seconds: float


def say(words: str) -> None:
    """Print one line at once, so that it stands above whatever a child process prints."""
    print(words, flush=True)


def call(command: Sequence[str], env: Mapping[str, str] | None = None) -> int:
    """Run a command in the project's folder, without input, and return its exit code.

    Ctrl+C reaches the child by itself: we wait until it has tidied up, and end it only when asked again.
    """
    with subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL) as child:
        try:
            return child.wait()
        except KeyboardInterrupt as why:
            if isinstance(why, Terminated):
                child.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
            try:
                child.wait(timeout=25)
            except (KeyboardInterrupt, subprocess.TimeoutExpired):
                child.terminate()
            raise


def need(command: Sequence[str], why: str) -> None:
    """Run a command that must succeed; `why` says what could not be done if it doesn't."""
    code = call(command)
    if code:
        raise Stop(f"{why}: `{shlex.join(command)}` ended with code {code}.")


def become(command: Sequence[str]) -> NoReturn:
    """Hand over to the program for good: keyboard, signals and exit code are its own."""
    os.chdir(ROOT)
    if os.name == "posix":
        sys.stdout.flush()
        os.execv(command[0], list(command))
    with subprocess.Popen(command) as child:
        while True:
            try:
                sys.exit(child.wait())
            except KeyboardInterrupt:
                continue  # the child heard it too, and may still have something to finish


def with_our_modules() -> dict[str, str]:
    """The environment in which `python -m` finds the modules of this folder."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent)}


def step(name: str, command: Sequence[str], env: Mapping[str, str] | None = None) -> Done:
    """Run one step of a longer task, announced, with its time."""
    say(f"\n── {name}")
    start = time.monotonic()
    code = call(command, env)
    done = Done(name, code, time.monotonic() - start)
    say(f"   {verdict(done)}")
    return done


def verdict(done: Done) -> str:
    """`passed in 1.2 s` or `FAILED in 1.2 s`."""
    return f"{'FAILED' if done.code else 'passed'} in {done.seconds:.1f} s"


def summary(steps: Sequence[Done]) -> None:
    """Print one line a step."""
    width = max(len(done.name) for done in steps)
    say("\n── Summary")
    for done in steps:
        say(f"   {done.name:<{width}}  {verdict(done)}")


@contextmanager
def private_session() -> Iterator[dict[str, str]]:
    """An environment for programs with windows and keys: a screen and a D-Bus of our own, where Linux has them.

    So no test ever shows on the developer's screen or talks to the developer's keyring. Qt draws offscreen
    unless a test asks for `xcb` in its child process; then the screen is there.
    """
    env = {name: value for name, value in os.environ.items() if name not in _DEVELOPERS_OWN}
    env["QT_QPA_PLATFORM"] = "offscreen"
    screen = ["Xvfb", "-displayfd", "{}", "-screen", "0", "1920x1200x24", "-nolisten", "tcp", "-noreset"]
    with _server(screen) as number, _server(["dbus-daemon", "--session", "--nofork", "--print-address={}"]) as bus:
        if number:
            env.update(DISPLAY=f":{number}")
        if bus:
            env.update(DBUS_SESSION_BUS_ADDRESS=bus)
        yield env


@contextmanager
def memory_for_files(env: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """That environment with temporary files in memory, where there is room for them; they go at the end.

    A library forces every word to the disk, so most of the tests would wait for the disk alone. Whatever calls
    `fsync` calls it still; what a power cut makes of it no test could see on a disk either.
    """
    if not _fit(MEMORY):
        yield dict(env)
        return
    with tempfile.TemporaryDirectory(prefix="t-", dir=MEMORY, ignore_cleanup_errors=True) as folder:
        yield {**env, "TMPDIR": folder}


def _fit(folder: Path) -> bool:
    """Whether a run of the tests may live there: writable, with room, and programs may start from it."""
    if not sys.platform.startswith("linux") or not os.access(folder, os.W_OK):
        return False
    about = os.statvfs(folder)
    return about.f_bavail * about.f_frsize >= _ROOM and not about.f_flag & os.ST_NOEXEC


@contextmanager
def _server(command: Sequence[str]) -> Iterator[str]:
    """A running server and where it is: what it writes to the file descriptor that stands for `{}`.

    "" where this machine has no such program.
    """
    program = shutil.which(command[0]) if sys.platform.startswith("linux") else None
    if program is None:
        yield ""
        return
    read, write = os.pipe()
    options = [option.format(write) for option in command[1:]]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen([program, *options], pass_fds=[write], stdin=quiet, stderr=quiet)
    os.close(write)
    try:
        with os.fdopen(read) as answer:
            address = answer.readline().strip()
        yield address
    finally:
        server.terminate()
        server.wait()


def speak_utf_8() -> None:
    """Windows consoles and pipes may speak something else by default."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def end_like_ctrl_c_on_sigterm() -> None:
    """A terminated task tidies up like an interrupted one: its screen and its children don't stay behind."""

    def interrupt(number: int, frame: object) -> None:
        raise Terminated

    signal.signal(signal.SIGTERM, interrupt)
