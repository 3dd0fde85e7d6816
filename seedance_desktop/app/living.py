"""The window's life on asyncio, from the first paint on: open the house, wait for paid requests, end in order."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtGui import QSessionManager
from qasync import QEventLoop

from . import hooks
from .context import Context
from .opening import CLOSING_SECONDS, Opening
from .signals import Signals

__all__ = ["Context", "live"]

log = logging.getLogger(__name__)

_GRACE = 3.0  # seconds for the end beyond a paid request's; measured: 0.3
_LAST_WORD = 1.0  # seconds
_WORKERS = 8


def live(context: Context) -> int:
    """Open the library behind the window that is shown, and stay until both are closed; the exit code."""
    loop = QEventLoop(context.application)
    loop.set_default_executor(ThreadPoolExecutor(_WORKERS, "worker"))
    loop.set_exception_handler(hooks.on_loop)
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(_live(context))


async def _live(context: Context) -> int:
    """The order can be read here."""
    signals = Signals(context.end, context.application)
    context.application.commitDataRequest.connect(lambda manager: _session_ends(context, manager))
    guard = asyncio.create_task(_end_in_time(context))
    opening = Opening(context)
    opening.grant_wishes()
    await opening.open_house()
    await context.ended.wait()
    opening.say_closing()
    await opening.close_house()
    context.window.shut()
    signals.close()
    await guard
    return 0


async def _end_in_time(context: Context) -> None:
    """From the wish to end on, not even a keyring that waits for its password or a disk that hangs keeps the process.

    What is paid for is on disk at every moment, so it may end anywhere. A thread looks after it: the loop itself may
    be waiting for what hangs.
    """
    await context.ended.wait()
    longest = (CLOSING_SECONDS if context.patience is None else context.patience) + _GRACE
    timer = threading.Timer(longest, _break_off)
    timer.daemon = True
    timer.start()


def _break_off() -> None:
    telling = threading.Thread(target=_tell_broken_off, daemon=True)
    telling.start()
    telling.join(_LAST_WORD)  # the log may lie on the disk that hangs
    os._exit(1)


def _tell_broken_off() -> None:
    log.critical("the program does not end by itself: broken off")
    logging.shutdown()


def _session_ends(context: Context, manager: QSessionManager) -> None:
    """The creator logs out, or the machine is shut down: nothing is asked, and the wait is short.

    The session doesn't start the program again by itself: it knows nothing of its arguments.
    """
    manager.setRestartHint(QSessionManager.RestartHint.RestartNever)
    context.end_session()
