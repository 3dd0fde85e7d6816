"""Start and end of the window, in order: paint first, then open the house; wait for paid requests, then end."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QEvent, QLoggingCategory, QObject
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication, QWidget

from seedance_desktop import bootstrap
from seedance_desktop.bootstrap import Options
from seedance_desktop.ui import accessible, theme

from . import hooks, language
from .context import Context
from .desktop.application import Application, introduce
from .instance import hand_over
from .opening import CLOSING_SECONDS, Opening
from .signals import Signals

log = logging.getLogger(__name__)

_PAINTED_WITHIN = 2.0
_GRACE = 3.0  # seconds for the end beyond a paid request's; measured: 0.3
_WORKERS = 8
_TURN = (
    0.0005  # seconds after which a worker lets the window's thread go on; Python's own 5 ms are felt, times every call
)


def run(options: Options) -> int:
    """Show the window, open the library behind it, and stay until both are closed."""
    from qasync import QEventLoop

    sys.setswitchinterval(_TURN)
    hooks.catch_qt()
    application = make_application()
    preferences = bootstrap.load_preferences()
    if hand_over(bootstrap.folder_of(options, preferences), options.files):
        return 0
    language.speak(application, preferences.language)
    context = Context(application, options, preferences)
    theme.set_reduced_motion(context.preferences.reduce_motion)
    theme.prepare(application, context.preferences.theme)
    loop = QEventLoop(application)
    loop.set_default_executor(ThreadPoolExecutor(_WORKERS, "worker"))
    loop.set_exception_handler(hooks.on_loop)
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(_live(context))


def make_application() -> QApplication:
    """The one QApplication; a test's where it has one."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        introduce()
        application = Application()
    accessible.install()
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")  # libav has a word about every file opened
    return application


async def _live(context: Context) -> int:
    """From the first paint to the last commit; the order can be read here."""
    signals = Signals(context.end, context.application)
    context.application.commitDataRequest.connect(lambda manager: _session_ends(context, manager))
    guard = asyncio.create_task(_end_in_time(context))
    opening = Opening(context)
    opening.show_window()
    await _first_paint(context.window)
    await opening.grant_wishes()
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
    log.critical("the program does not end by itself: broken off")
    logging.shutdown()
    os._exit(1)


def _session_ends(context: Context, manager: QSessionManager) -> None:
    """The creator logs out, or the machine is shut down: nothing is asked, and the wait is short.

    The session doesn't start the program again by itself: it knows nothing of its arguments.
    """
    manager.setRestartHint(QSessionManager.RestartHint.RestartNever)
    context.end_session()


async def _first_paint(window: QWidget) -> None:
    """Until the window has been painted once: what is heavy is imported after that."""
    painted = asyncio.Event()
    watcher = _PaintWatcher(painted)
    window.installEventFilter(watcher)
    try:
        await asyncio.wait_for(painted.wait(), _PAINTED_WITHIN)
    except TimeoutError:
        log.info("no paint yet: the window may be hidden")
    finally:
        window.removeEventFilter(watcher)


class _PaintWatcher(QObject):
    def __init__(self, painted: asyncio.Event) -> None:
        super().__init__()
        self._painted = painted

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            asyncio.get_running_loop().call_soon(self._painted.set)
        return False
