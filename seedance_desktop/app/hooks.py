"""What Qt and the loop say when something goes wrong: into the log, with a report where nobody expected it."""

from __future__ import annotations

import atexit
import logging
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from seedance_desktop.system import log as the_log
from seedance_desktop.system import private

if TYPE_CHECKING:  # the window paints first
    import asyncio

log = logging.getLogger(__name__)

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_MOST = 5  # times that the same is logged
# Known and harmless: a desktop that can do less than another, and a driver that is not there.
_HARMLESS = (
    "This plugin does not support",
    "Couldn't load ",
    "Couldn't resolve ",
    "Failed to register with host portal",
    "Failed to create wl_display",
    "QWindowsWindow::setGeometry: Unable to set geometry",
    "Could not register notification",
    "Session management error",
    "qt.qpa.wayland.textinput",
)
_counts: Counter[tuple[str, str]] = Counter()


def catch_qt() -> None:
    """Let Qt's messages go to the log; until the interpreter ends, for nothing of Python may be called after it."""
    qInstallMessageHandler(_hear)
    atexit.register(qInstallMessageHandler, None)


def on_loop(_loop: asyncio.AbstractEventLoop, about: dict[str, Any]) -> None:
    """The loop's exception handler: a task or a callback that nobody waits for has failed."""
    error = about.get("exception")
    if isinstance(error, Exception):
        the_log.unexpected("On the loop", error)
    else:
        log.error("on the loop: %s", private.shape(str(about.get("message"))))


def _hear(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Called by Qt in whatever thread it speaks."""
    category = context.category or "default"
    if kind is QtMsgType.QtFatalMsg:  # Qt ends the process when this returns
        the_log.last_words(text)
        if sys.stderr is not None:
            sys.stderr.write(text + "\n")
    said = private.shape(text)
    _counts[category, said] += 1
    if _counts[category, said] <= _MOST:
        quiet = kind is not QtMsgType.QtFatalMsg and any(known in text or known in category for known in _HARMLESS)
        log.log(logging.DEBUG if quiet else _LEVELS[kind], "Qt (%s): %s", category, said)
