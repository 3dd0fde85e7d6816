"""The built-in gateway as a child process: started, found, and ended with the program that started it."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Self

STARTS_WITHIN: Final = 20.0  # seconds
ENDS_WITHIN: Final = 5.0  # seconds
LOG: Final = "demo-gateway.log"
_CONSOLE: Final = "seedance-desktop.exe"  # packaging/bundle/seedance.spec calls it so


class DemoGatewayFailed(RuntimeError):
    """The built-in gateway did not start; the text says why, with the end of what it wrote."""


class DemoGateway:
    """A running built-in gateway; `address` is its base URL, http://127.0.0.1:PORT.

    Pipes and threads instead of asyncio's subprocesses: they work under every loop, also under Qt's on Windows.
    """

    def __init__(self, process: "subprocess.Popen[bytes]", address: str) -> None:
        """Take over a process that listens; `start` is the way to make one."""
        self._process = process
        self.address = address

    @classmethod
    async def start(cls, folder: Path, *, command: Sequence[str] | None = None) -> Self:
        """Start the gateway that keeps its tasks below `folder`, and wait until it listens.

        Its log is `folder`/demo-gateway.log. `command` replaces the program's own command line, for tests. Raises
        DemoGatewayFailed, and OSError if the folder or the program can't be used.
        """
        process = await asyncio.to_thread(_spawn, folder, command or _own_command(folder))
        try:
            line = await asyncio.wait_for(asyncio.to_thread(_first_line, process), STARTS_WITHIN)
            address = json.loads(line)["gateway"]
        except TimeoutError:
            _kill(process)
            raise DemoGatewayFailed(_told("did not answer in time", folder)) from None
        except (ValueError, KeyError, TypeError):
            _kill(process)
            raise DemoGatewayFailed(_told(f"ended with code {process.returncode}", folder)) from None
        except BaseException:
            _kill(process)
            raise
        return cls(process, address)

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    async def close(self) -> None:
        """End the gateway; what it had not finished it finishes at its next start. May be called twice."""
        await asyncio.to_thread(_end, self._process)


def _own_command(folder: Path) -> list[str]:
    program = [sys.executable, "-m", "seedance_desktop"]
    if getattr(sys, "frozen", False):
        # On Windows the program with the window may have no pipes; the one for the command line beside it has.
        program = [str(Path(sys.executable).with_name(_CONSOLE)) if sys.platform == "win32" else sys.executable]
    return [*program, "demo-gateway", "--library", str(folder), "--until-stdin-closes"]


def _spawn(folder: Path, command: Sequence[str]) -> "subprocess.Popen[bytes]":
    folder.mkdir(parents=True, exist_ok=True)
    # The key of the real gateway is none of this one's business.
    environment = {name: value for name, value in os.environ.items() if name != "SEEDANCE_API_KEY"}
    with (folder / LOG).open("wb") as log:
        return subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env=environment,
            # Ctrl+C in the terminal is for the program that started this one; this one ends when its input does.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0)
            | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )


def _first_line(process: "subprocess.Popen[bytes]") -> bytes:
    """The first line that it prints, or what there is of one when it ends."""
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        process.wait(ENDS_WITHIN)
    return line


def _end(process: "subprocess.Popen[bytes]") -> None:
    _close_pipe(process)
    for last_resort in (process.terminate, process.kill):
        try:
            process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            last_resort()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """End it without waiting for its good will. The reading thread, if any, sees the end of the pipe."""
    if process.poll() is None:
        process.kill()
    process.wait()
    _close_pipe(process)
    assert process.stdout is not None
    process.stdout.close()


def _close_pipe(process: "subprocess.Popen[bytes]") -> None:
    assert process.stdin is not None
    try:
        process.stdin.close()
    except OSError:
        pass  # it went first


def _told(what: str, folder: Path) -> str:
    try:
        tail = (folder / LOG).read_text("utf-8", "replace").strip().splitlines()[-5:]
    except OSError:
        tail = []
    return "\n".join([f"The built-in gateway {what}.", *tail])
