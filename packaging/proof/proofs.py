"""Keeps the proofs of a built program: each announced, timed, and either shown or the end of them all."""

from __future__ import annotations

import json
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from steps import Done, Stop, say, summary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PATIENCE = 300  # seconds for one run of the self-test


class Unproved(Stop):
    """What was to be shown isn't so; the words say what was seen."""


@dataclass(frozen=True)
class Place:
    """Where programs are started: a command that starts them there, and their environment."""

    wrap: tuple[str, ...]
    env: Mapping[str, str]


@dataclass
class Proofs:
    """What was shown so far."""

    done: list[Done] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)  # what this machine offers no way to show

    @contextmanager
    def proof(self, name: str) -> Iterator[None]:
        """One proof; what goes wrong in it ends the run, after the summary."""
        say(f"\n── {name}")
        start = time.monotonic()
        code = 1
        try:
            yield
            code = 0
        finally:
            self.done.append(Done(name, code, time.monotonic() - start))
            say(f"   {'shown' if not code else 'NOT SHOWN'} in {self.done[-1].seconds:.1f} s")

    def tell(self, what: str) -> int:
        """The summary, and a last line that tells all; the exit code."""
        if not self.done:
            return 1
        summary(self.done)
        failed = [done.name for done in self.done if done.code]
        seconds = sum(done.seconds for done in self.done)
        for one in self.lacking:
            say(f"   Not shown here: {one}")
        word = "PROVED, as far as this machine can show it," if self.lacking else "PROVED"
        word = f"NOT PROVED: {', '.join(failed)}" if failed else word
        say(f"\n{what}: {word} in {seconds:.0f} s")
        return int(bool(failed))


def need(true: object, otherwise: str) -> None:
    """Go on where it is true; raise `Unproved(otherwise)` where it is not."""
    if not true:
        raise Unproved(otherwise)


def self_test(place: Place, program: str, *arguments: str) -> dict[str, dict[str, Any]]:
    """Run the program's self-test and say each of its lines; the results by the names of the checks.

    A check that failed is only in the results: `all_passed` says whether that matters.
    """
    command = [*place.wrap, program, "self-test", "--json", *arguments]
    pipe = subprocess.PIPE
    results: dict[str, dict[str, Any]] = {}
    with subprocess.Popen(command, env=dict(place.env), stdin=subprocess.DEVNULL, stdout=pipe, encoding="utf-8") as run:
        assert run.stdout is not None
        for line in run.stdout:
            said = _object(line)
            if said is None:
                say(f"         {line.rstrip()}")  # a library's word
                continue
            if "result" in said:
                results["result"] = said
                continue
            results[said["check"]] = said
            say(f"   {'ok  ' if said['passed'] else 'FAIL'}  {said['check']}: {said['said']} ({said['seconds']:.1f} s)")
        code = run.wait(PATIENCE)
    need("result" in results, f"the self-test broke off with code {code}")
    passed = results["result"]["result"] == "PASS"
    need((code == 0) == passed, f"the self-test says {results['result']['result']} and ends with code {code}")
    return results


def _object(line: str) -> dict[str, Any] | None:
    """A line's JSON object, if it is one."""
    try:
        said = json.loads(line)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def all_passed(results: Mapping[str, Mapping[str, Any]], **wanted: str) -> None:
    """Every check passed, and those named said what they must; raises `Unproved`."""
    failed = results["result"]["failed"]
    need(not failed, f"the self-test failed: {', '.join(failed)}")
    for check, words in wanted.items():
        said = results[check]["said"]
        need(words in said, f"“{check}” of the self-test says “{said}”, without “{words}”")


@contextmanager
def keyring(place: Place) -> Iterator[None]:
    """An open gnome-keyring on the place's bus, ended with it; raises `Unproved` where it doesn't come."""
    command = [*place.wrap, "gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"]
    look = ["dbus-send", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"]
    look += ["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=dict(place.env), stdin=subprocess.PIPE, stdout=quiet, stderr=quiet) as daemon:
        try:
            assert daemon.stdin is not None
            daemon.stdin.write(b"\n")  # the password of the keyring that it makes
            daemon.stdin.close()
            until, pause = time.monotonic() + 20, threading.Event()
            while "boolean true" not in output(place, *look):
                need(daemon.poll() is None and time.monotonic() < until, "gnome-keyring does not come to the bus")
                pause.wait(0.05)
            yield
        finally:
            daemon.terminate()


def output(place: Place, *command: str) -> str:
    """What a command prints; raises `Unproved` with its words where it fails."""
    done = subprocess.run(
        [*place.wrap, *command],
        env=dict(place.env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    need(done.returncode == 0, f"`{' '.join(command)}` ended with {done.returncode}: {_end(done)}")
    return done.stdout


def _end(done: subprocess.CompletedProcess[str]) -> str:
    return (done.stdout + done.stderr).strip()[-2000:]


def programs_of(*names: str) -> Sequence[str]:
    """Those of the named programs that this machine lacks."""
    import shutil

    return [name for name in names if shutil.which(name) is None]
