"""Start and end of the window, in order: paint first, then open the house; wait for paid requests, then end."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from types import FrameType
from typing import Any

from PySide6.QtCore import QEvent, QLoggingCategory, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from seedance_desktop import bootstrap
from seedance_desktop.bootstrap import Options
from seedance_desktop.ui import theme

from .context import Context
from .instance import hand_over
from .opening import Opening
from .wiring import wire

log = logging.getLogger(__name__)

_PAINTED_WITHIN = 2.0
_WORKERS = 8
_HEARTBEAT_MS = 200


def run(options: Options) -> int:
    """Show the window, open the library behind it, and stay until both are closed."""
    from qasync import QEventLoop

    application = make_application()
    preferences = bootstrap.load_preferences()
    if hand_over(bootstrap.folder_of(options, preferences), options.files):
        return 0
    context = Context(application, options, preferences)
    theme.set_reduced_motion(context.preferences.reduce_motion)
    theme.apply(application, context.preferences.theme)
    loop = QEventLoop(application)
    loop.set_default_executor(ThreadPoolExecutor(_WORKERS, "worker"))
    loop.set_exception_handler(_log_exception)
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(_live(context))


def make_application() -> QApplication:
    """The one QApplication with its names."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    application.setApplicationName("Seedance")
    application.setDesktopFileName("seedance-desktop")
    application.setQuitOnLastWindowClosed(False)
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")  # libav has a word about every file opened
    return application


async def _live(context: Context) -> int:
    """From the first paint to the last commit; the order can be read here."""
    heartbeat = _end_on_signals(context)
    wire(context)
    opening = Opening(context)
    opening.show_window()
    await _first_paint(context.window)
    await opening.open_house()
    await context.ended.wait()
    opening.say_closing()
    await opening.close_house()
    context.window.shut()
    heartbeat.stop()
    return 0


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


def _end_on_signals(context: Context) -> QTimer:
    """SIGTERM, SIGINT and the session's end close the window as its own button does."""

    def end(_number: int, _frame: FrameType | None) -> None:
        context.end()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    context.application.commitDataRequest.connect(lambda _manager: context.end())
    # Python sees a signal only when it runs: an idle Qt loop would sleep through it.
    heartbeat = QTimer(context.application)
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start(_HEARTBEAT_MS)
    return heartbeat


def _log_exception(_loop: asyncio.AbstractEventLoop, about: dict[str, Any]) -> None:
    log.error("on the loop: %s", about.get("message"), exc_info=about.get("exception"))
