"""The system's signals: an interrupt, the end of the session or of the terminal close the window in order."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier

_ROOM = 64
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # no system has them all


class Signals:
    """Calls `end` at a signal, from the start until `close`.

    Python runs its handlers only while it runs itself, and an idle Qt loop doesn't: so the bare handler in C writes a
    byte into a socket that wakes Qt. That costs nothing while nothing happens, as a timer would.
    """

    def __init__(self, end: Callable[[], None], parent: QObject) -> None:
        self._end = end
        self._read, self._write = socket.socketpair()
        self._read.setblocking(False)
        self._write.setblocking(False)
        self._before = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, parent)
        self._notifier.activated.connect(self._wake)
        for name in _NAMES:
            if (number := getattr(signal, name, None)) is not None:
                signal.signal(number, self._handle)

    def close(self) -> None:
        """Wake nobody any more; a signal from here on finds the program ending."""
        self._notifier.setEnabled(False)
        self._notifier.deleteLater()
        signal.set_wakeup_fd(self._before)
        self._read.close()
        self._write.close()

    def _handle(self, _number: int, _frame: FrameType | None) -> None:
        self._end()

    def _wake(self, *_: object) -> None:
        """Python runs now, and with it the handler."""
        try:
            self._read.recv(_ROOM)
        except BlockingIOError:
            pass
