"""A desktop for one window: a screen, a bus, a screen reader, a keyboard; and the window as its reader meets it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import x11
from .program import Program, eventually

READER = (Path("/usr/bin/python3"), "-W", "ignore", Path(__file__).with_name("screen_reader.py"))

_READINGS = 10


class Window:
    """The real window in a child process. Everything is asked for by its spoken name."""

    def __init__(self, arguments: Sequence[str], session: Mapping[str, str], **env: str) -> None:
        """Start it on the screen and the bus of `session`, and wait until the screen reader has it."""
        self._env = {
            **session,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "LANG": "C.UTF-8",
            **env,
        }
        self.program = Program(arguments, self._env)
        self._reader = subprocess.Popen(
            [str(part) for part in READER],
            env={**os.environ, **self._env},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            self.program.until(lambda: self.ask("attach", pid=self.program.process.pid))
            eventually(self._focused)
        except BaseException:
            self.clean()
            raise

    def ask(self, verb: str, **facts: object) -> Any:
        """One question to the screen reader."""
        assert self._reader.stdin is not None
        assert self._reader.stdout is not None
        self._reader.stdin.write(json.dumps({"do": verb, **facts}) + "\n")
        self._reader.stdin.flush()
        answer = json.loads(self._reader.stdout.readline())
        if "error" in answer:
            ended = self.program.process.poll()
            raise LookupError(f"{verb} {facts}: {answer['error']} (ended: {ended}) {self.program.tell()}")
        return answer["is"]

    def find(self, name: str, role: str = "", *, begins: bool = False, patience: float = 20.0) -> Control:
        """The control of this name, as soon as it is on screen."""

        def look() -> int:
            assert self.program.process.poll() is None, self.program.tell()
            return int(self.ask("find", name=name, role=role, begins=begins)) + 1

        return Control(self, eventually(look, patience, lambda: f"no {role} “{name}”; there is {self.names()}") - 1)

    def has(self, name: str, role: str = "", *, begins: bool = False) -> bool:
        """Whether it is on screen now."""
        return bool(self.ask("find", name=name, role=role, begins=begins) >= 0)

    def tree(self) -> list[dict[str, Any]]:
        """Everything on screen."""
        return list(self.ask("tree"))

    def names(self) -> list[str]:
        """Every name on screen, with its role."""
        return [f"{node['role']} “{node['name']}”" for node in self.tree() if node["name"]]

    def items(self, of: str) -> list[str]:
        """The items of a list by their names; none where the list is not on screen. Read again where it changed."""
        for _ in range(_READINGS):
            number = self.ask("find", name=of, role="list")
            try:
                return list(self.ask("items", node=number)) if number >= 0 else []
            except LookupError:
                assert self.program.process.poll() is None, self.program.tell()
        raise LookupError(f"“{of}” does not stand still")

    def until(self, true: Any, patience: float = 30.0) -> Any:
        """Wait for something on screen."""
        return eventually(true, patience, self.names)

    def keys(self, *arguments: str) -> None:
        """The real keyboard and mouse, by xdotool."""
        subprocess.run(["xdotool", *arguments], env={**os.environ, **self._env}, check=True, capture_output=True)

    def focus(self, title: str = "Seedance") -> None:
        """Give the keyboard to the window or to a dialog of that title, as no window manager does here."""
        self.keys("search", "--sync", "--onlyvisible", "--name", f"^{title}$", "windowfocus", "--sync")

    def _focused(self) -> bool:
        """Give the window the keyboard, as no window manager does here; False while it isn't ready to take it."""
        focus = ["xdotool", "windowfocus", "--sync", self._on_screen()]
        return not subprocess.run(focus, env={**os.environ, **self._env}, check=False, capture_output=True).returncode

    def _on_screen(self) -> str:
        """The window's number on the screen."""
        search = ["xdotool", "search", "--onlyvisible", "--pid", str(self.program.process.pid)]

        def look() -> list[str]:
            found = subprocess.run(search, env={**os.environ, **self._env}, check=False, capture_output=True, text=True)
            return found.stdout.split()

        return eventually(look)[0]

    def click_close(self) -> None:
        """Send what a window manager sends when the close button in the frame is clicked."""
        x11.ask_to_close(self._env["DISPLAY"], int(self._on_screen()))

    def kill(self) -> None:
        """`kill -9` the window."""
        self.program.kill()

    def clean(self) -> None:
        """Leave nothing running."""
        assert self._reader.stdin is not None
        assert self._reader.stdout is not None
        self._reader.stdin.close()
        self._reader.wait()
        self._reader.stdout.close()
        self.program.clean()


@dataclass(frozen=True)
class Control:
    """One control on screen."""

    window: Window
    number: int

    def find(self, name: str, role: str = "") -> Control:
        """A control inside of this one, as soon as it is on screen."""
        ask = {"name": name, "role": role, "within": self.number}
        what = lambda: f"no {role} “{name}” in {self.name}"  # noqa: E731
        return Control(self.window, eventually(lambda: int(self.window.ask("find", **ask)) + 1, what=what) - 1)

    def tree(self) -> list[dict[str, Any]]:
        """Everything on screen inside of it."""
        return list(self.window.ask("tree", within=self.number))

    def look(self) -> dict[str, Any]:
        """Everything about it now."""
        return dict(self.window.ask("look", node=self.number))

    @property
    def name(self) -> str:
        """What it is called now."""
        return str(self.look()["name"])

    @property
    def text(self) -> str:
        """What is written in it."""
        return str(self.look()["text"])

    @property
    def states(self) -> list[str]:
        """Its states."""
        return list(self.look()["states"])

    def press(self) -> None:
        """Press it, or toggle what can't be pressed."""
        offered = "Toggle" if self.look()["role"] == "radio button" else "Press"
        self.window.ask("act", node=self.number, action=offered)

    def write(self, text: str) -> None:
        """Replace its text as a screen reader does."""
        assert self.window.ask("write", node=self.number, text=text)

    def set_value(self, value: float) -> None:
        """Set it to a number."""
        assert self.window.ask("set_value", node=self.number, value=value)

    def select(self, child: int) -> None:
        """Select one of its items."""
        assert self.window.ask("select", node=self.number, child=child)

    def click(self) -> None:
        """Click in its middle with the mouse."""
        x, y, width, height = self.look()["place"]
        self.window.keys("mousemove", str(x + width // 2), str(y + height // 2), "click", "1")
