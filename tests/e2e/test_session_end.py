"""The end of the session, and the sleep of the machine: quickly in order, everything goes on, paid for once."""

from __future__ import annotations

import csv
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.faults.gateway import FaultGateway
from tests.faults.script import Fault, answer

from .desktop import Window
from .program import ROOT
from .windows import Open, close, with_a_reader, write_prompt

if TYPE_CHECKING:
    from .conftest import Start

pytestmark = with_a_reader
QUICKLY = 4.0  # seconds; 0.4 on a machine with nothing else to do
SESSION = 8.0  # with a paid request out: the patience of a session's end, and the same


class Logind:
    """What says that the machine sleeps or is shut down."""

    def __init__(self, session: dict[str, str]) -> None:
        command = [sys.executable, "-m", "tests.e2e.logind"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=ROOT, env=session, stdin=pipe, stdout=pipe, text=True)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def say(self, name: str, *, begins: bool) -> None:
        """Send one signal."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{name} {str(begins).lower()}\n")
        self._process.stdin.flush()

    def close(self) -> None:
        """Leave the bus."""
        self._process.communicate()


@pytest.fixture
def logind(session: dict[str, str]) -> Iterator[Logind]:
    one = Logind(session)
    yield one
    one.close()


def two_render_and_one_downloads(window: Window, far: FaultGateway) -> None:
    """Three clips in flight, each at its place."""
    write_prompt(window, "A quiet harbour")
    window.find("Takes", "spin button").set_value(3)
    window.find("Generate", begins=True).press()
    window.until(lambda: len(far.charges) == 3)
    far.charges[0].words.append("completed")
    far.charges[0].words.popleft()
    window.until(lambda: far.lines["clips"] and any("Downloading" in item for item in window.items("In the making")))


def seconds_to_end(window: Window) -> float:
    began = time.monotonic()
    assert window.program.end() == 0
    return time.monotonic() - began


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_quickly_and_all_three_arrive(
    real: Open, far: FaultGateway, start: Start, number: signal.Signals
) -> None:
    far.words = ("processing",)
    never = threading.Event()
    far.next("downloads", Fault(until=never))
    first = real()
    two_render_and_one_downloads(first, far)
    first.program.signal(number)
    assert seconds_to_end(first) < QUICKLY
    never.set()

    for task in far.charges:
        task.words.append("completed")
    again = real()
    again.until(lambda: [item for item in again.items("Library") if item.endswith(", 3 takes")], 40)
    close(again)
    assert len(far.posts) == len(far.charges) == 3
    ledger = start("ledger", "--csv")
    assert ledger.end() == 0
    rows = list(csv.DictReader(ledger.out.lstrip("\ufeff").splitlines()))
    assert len(rows) == 3


def test_a_shutdown_does_not_wait_long_for_a_paid_request(
    window: Open, session: dict[str, str], far: FaultGateway, start: Start, logind: Logind
) -> None:
    never = threading.Event()
    far.next("submits", Fault(until=never))
    system = {"DBUS_SYSTEM_BUS_ADDRESS": session["DBUS_SESSION_BUS_ADDRESS"]}
    first = window(SEEDANCE_GATEWAY=far.address, SEEDANCE_API_KEY=far.key, **system)
    write_prompt(first, "A quiet harbour")
    first.find("Generate", begins=True).press()
    first.until(lambda: far.posts)
    logind.say("PrepareForSleep", begins=True)
    logind.say("PrepareForSleep", begins=False)
    logind.say("PrepareForShutdown", begins=True)
    assert seconds_to_end(first) < SESSION
    never.set()
    listed = start("list", "--json")
    assert listed.end() == 0
    (clip,) = listed.lines
    assert clip | {"stage": "sending", "charged": "unsure"} == clip
    again = window(SEEDANCE_GATEWAY=far.address, SEEDANCE_API_KEY=far.key)
    again.until(lambda: any("Charge unknown" in item for item in again.items("In the making")))
    close(again)
    assert len(far.posts) == 1


def test_after_a_sleep_what_waits_out_a_trouble_is_tried_at_once(
    window: Open, session: dict[str, str], far: FaultGateway, logind: Logind
) -> None:
    far.words = ("processing",)
    system = {"DBUS_SYSTEM_BUS_ADDRESS": session["DBUS_SESSION_BUS_ADDRESS"]}
    one = window(SEEDANCE_GATEWAY=far.address, SEEDANCE_API_KEY=far.key, **system)
    write_prompt(one, "A quiet harbour")
    one.find("Generate", begins=True).press()
    one.until(lambda: far.charges)
    far.next("polls", Fault(reply=answer({}, 503, retry_after="60")))
    one.until(lambda: far.charges[0].polls)
    seen = len(far.charges[0].polls)

    def looked_again() -> bool:
        logind.say("PrepareForSleep", begins=False)  # more than once: the first may come before the answer
        return len(far.charges[0].polls) > seen

    one.until(looked_again, 20)
    close(one)
