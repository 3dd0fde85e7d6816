"""What the system says before it sleeps and is shut down, by systemd's logind; nothing where there is none."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

from PySide6.QtCore import SLOT, QObject, Slot

log = logging.getLogger(__name__)

_SERVICE, _PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
_INTERFACE = "org.freedesktop.login1.Manager"


class Power(QObject):
    """Calls `woken` after a sleep, and `ends` when the machine is about to be shut down.

    On other systems the studio sees from the clock that the machine has slept, and Qt says that the session ends.
    """

    def __init__(self, woken: Callable[[], None], ends: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._woken, self._ends = woken, ends

    def listen(self) -> bool:
        """Listen from here on; whether there is anybody to listen to."""
        if sys.platform != "linux":
            return False
        from PySide6.QtDBus import QDBusConnection  # not before the first paint

        bus = QDBusConnection.systemBus()
        heard = bus.isConnected() and all(
            bus.connect(_SERVICE, _PATH, _INTERFACE, name, self, SLOT(slot))  # type: ignore[call-overload]
            for name, slot in (("PrepareForSleep", "sleeps(bool)"), ("PrepareForShutdown", "shuts(bool)"))
        )
        if not heard:
            log.info("nobody tells of sleep and shutdown here")
        return heard

    @Slot(bool)
    def sleeps(self, begins: bool) -> None:
        """The machine goes to sleep, or has slept."""
        if not begins:
            log.info("awake again")
            self._woken()

    @Slot(bool)
    def shuts(self, begins: bool) -> None:
        """The machine is shut down, or not after all."""
        if begins:
            log.info("the machine is shut down")
            self._ends()
