"""Runs the built-in gateway on loopback until it is told to stop."""

import asyncio
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import uvicorn

from seedance_desktop.demo.application import build
from seedance_desktop.demo.film import render
from seedance_desktop.demo.rendering import Rendering
from seedance_desktop.demo.store import Store, Task

_LOOPBACK = "127.0.0.1"


def print_line(line: str) -> None:
    """Write a line to standard output at once; a program without a console has none, and then nobody listens."""
    if sys.stdout is not None:
        print(line, flush=True)  # noqa: T201  the line is for the program that started this one


def serve(
    folder: Path,
    *,
    port: int = 0,
    key: str | None = None,
    speed: float = 1.0,
    until_stdin_closes: bool = False,
    announce: Callable[[str], None] = print_line,
) -> int:
    """Answer requests until SIGTERM, SIGINT or, if so wanted, the end of standard input; return the exit code, 0.

    Tasks and clips are kept in `folder`/demo-gateway. `port` 0 takes a free one. Without `key` every key that begins
    with sk- is right. `speed` divides the waiting times, not the rendering. When it listens, `announce` gets one line
    of JSON: {"gateway": "http://127.0.0.1:PORT"}. Raises OSError if the folder or the port can't be had.
    """
    store = Store(folder)
    with _listening(port) as listener:
        address = f"http://{_LOOPBACK}:{listener.getsockname()[1]}"
        asyncio.run(
            _serve(store, listener, key, speed, until_stdin_closes, lambda: announce(json.dumps({"gateway": address})))
        )
    return 0


async def _serve(
    store: Store,
    listener: socket.socket,
    key: str | None,
    speed: float,
    until_stdin_closes: bool,
    announce: Callable[[], None],
) -> None:
    def draw(task: Task, path: Path, stopped: Callable[[], bool]) -> None:
        pictures = [store.picture(name) for name in task.order.pictures if name]
        render(task.order, pictures, path, nonce=task.id, stopped=stopped)

    application = build(store, Rendering(store, draw, speed=speed), key)
    config = uvicorn.Config(
        application,
        http="h11",
        ws="none",
        loop="asyncio",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=75,  # longer than any pause between polls, so that no poll meets a closing connection
        timeout_graceful_shutdown=2,
    )
    server = _Server(config, announce)
    if until_stdin_closes:
        threading.Thread(target=server.stop_with_stdin, name="standard input", daemon=True).start()
    await server.serve(sockets=[listener])


class _Server(uvicorn.Server):
    """Uvicorn, saying when it listens, and ending with a return instead of by the signal that stopped it."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._announce()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self._stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def stop_with_stdin(self) -> None:
        """Read standard input to its end, then stop the server. Blocks: for a thread of its own."""
        # From the descriptor, not from sys.stdin: a thread that holds sys.stdin's lock at exit aborts the interpreter.
        try:
            while os.read(0, 4096):
                pass
        except OSError:
            pass
        self.should_exit = True

    def _stop(self, _: int, __: FrameType | None) -> None:
        self.should_exit = True


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((_LOOPBACK, port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener
