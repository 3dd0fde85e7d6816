"""Drives the window of an installed program by its spoken names, as a screen reader does (AT-SPI)."""

from __future__ import annotations

import json
import subprocess
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from proof.proofs import Place, Unproved, need
from steps import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_READER = ROOT / "tests" / "e2e" / "screen_reader.py"
_PYTHON = Path("/usr/bin/python3")  # the one that AT-SPI's bindings are for
_PROMPT = "A paper boat drifts down a rain-lit street at dusk"


class Window:
    """The window of a running program, through a screen reader outside of its tree."""

    def __init__(self, program: subprocess.Popen[bytes], reader: subprocess.Popen[str]) -> None:
        self._program, self._reader = program, reader
        self._attached = False

    def ask(self, verb: str, **facts: object) -> Any:
        """One question to the screen reader; None where it has no answer now."""
        assert self._reader.stdin is not None
        assert self._reader.stdout is not None
        self._reader.stdin.write(json.dumps({"do": verb, **facts}) + "\n")
        self._reader.stdin.flush()
        return json.loads(self._reader.stdout.readline()).get("is")

    def until(self, true: Callable[[], Any], what: str, patience: float = 60.0) -> Any:
        """Ask until the answer is true; raises `Unproved` where the program ends or the patience does."""
        end, pause = time.monotonic() + patience, threading.Event()
        while not (answer := true()):
            need(self._program.poll() is None, f"the program ended with {self._program.returncode}, before {what}")
            if time.monotonic() > end:
                raise Unproved(f"no {what} within {patience:.0f} s; there is {self._names()}")
            pause.wait(0.05)
        return answer

    def find(self, name: str, role: str, *, begins: bool = False) -> int:
        """The number of a control, as soon as it is on screen."""
        found = self.until(
            lambda: (self.ask("find", name=name, role=role, begins=begins) or 0) + 1, f"{role} called “{name}”"
        )
        return int(found) - 1

    def attach(self) -> None:
        """Wait until the window is on the bus."""
        self.until(lambda: self.ask("attach", pid=self._program.pid), "window on the accessibility bus")
        self._attached = True

    def make_a_clip(self) -> str:
        """Write a prompt, press Generate, wait for the clip on the shelf; how the shelf calls it."""
        prompt = self.find("Prompt", "text")
        self.until(lambda: (self.ask("look", node=prompt) or {}).get("text"), "prompt of the demo")
        need(self.ask("write", node=prompt, text=_PROMPT), "the prompt can't be written")
        for choice in ("5 s", "480p"):
            need(self.ask("act", node=self.find(choice, "radio button"), action="Toggle"), f"{choice} can't be chosen")
        generate = self.find("Generate", "push button", begins=True)
        self.until(lambda: "enabled" in (self.ask("look", node=generate) or {}).get("states", ()), "ready Generate")
        need(self.ask("act", node=generate, action="Press"), "Generate can't be pressed")
        name = str(self.until(self._on_shelf, "clip on the shelf", 120.0))
        need(name.startswith(f"{_PROMPT}, 16:9, 5 s, 480p"), f"the shelf has “{name}”")
        return name

    def _on_shelf(self) -> str:
        shelf = self.ask("find", name="Library", role="list")
        items = (self.ask("items", node=shelf) or []) if shelf is not None and shelf >= 0 else []
        return str(items[0]) if items else ""

    def _names(self) -> list[str]:
        """What is on screen; nothing before the window was there."""
        tree = (self.ask("tree") or []) if self._attached else []
        return [f"{node['role']} “{node['name']}”" for node in tree if node["name"]]


@contextmanager
def opened(place: Place, user: int, *command: str) -> Iterator[Window]:
    """Start the program, and a screen reader of that user on the same buses; end both in order."""
    pipe = subprocess.PIPE
    listening = [str(_PYTHON), "-W", "ignore", str(_READER)]
    spoken = {**place.env, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    with (
        subprocess.Popen([*place.wrap, *command], env=spoken, stdin=subprocess.DEVNULL) as program,
        subprocess.Popen(
            listening, env=dict(place.env), user=user, group=user, extra_groups=[], stdin=pipe, stdout=pipe, text=True
        ) as reader,
    ):
        try:
            window = Window(program, reader)
            window.attach()
            yield window
            program.terminate()
            need(program.wait(30) == 0, f"the window ended with {program.returncode} when it was asked to end")
        except (BrokenPipeError, json.JSONDecodeError) as error:
            raise Unproved("the screen reader broke off") from error
        finally:
            program.kill()
            if reader.stdin is not None:
                reader.stdin.close()
