"""The program's place in dock or taskbar: a number on it, and on Linux how far the clips in flight are."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from .application import ON_DISK

_AT_MOST_EVERY = 250  # ms
_STEP = 0.005  # what is less can't be seen in a dock
_INTERFACE = "com.canonical.Unity.LauncherEntry"
_PATH = "/com/canonical/unity/launcherentry/Progress"


class Launcher(QObject):
    """The number is Qt's own on every system. Progress is said over the session bus, as Plasma, Ubuntu's dock and
    others hear it; Windows and macOS show none, because Qt can't tell them.
    """

    def __init__(self, application: QGuiApplication) -> None:
        super().__init__(application)
        self._application = application
        self._count = 0
        self._share: float | None = None
        self._shown: float | None = None
        self._later = QTimer(self, singleShot=True, interval=_AT_MOST_EVERY)
        self._later.timeout.connect(self._tell)
        application.applicationStateChanged.connect(self._looked)

    @property
    def seen(self) -> bool:
        """Whether the creator has the program in front."""
        return self._application.applicationState() == Qt.ApplicationState.ApplicationActive

    def count(self) -> None:
        """One more that the creator hasn't seen."""
        self._count += 1
        self._application.setBadgeNumber(self._count)

    def show_progress(self, share: float | None) -> None:
        """How far it is, from 0 to 1; None takes it off."""
        self._share = share
        if not self._later.isActive():
            self._later.start()

    def clear(self) -> None:
        """Nothing is left on it; what some docks would keep when the program has ended."""
        self._later.stop()
        self._share = None
        self._tell()
        self._looked(Qt.ApplicationState.ApplicationActive)

    def _looked(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive and self._count:
            self._count = 0
            self._application.setBadgeNumber(0)

    def _tell(self) -> None:
        before, now = self._shown, self._share
        if before == now or (before is not None and now is not None and abs(now - before) < _STEP):
            return
        self._shown = now
        if sys.platform == "linux":
            _say({"progress": float(now or 0.0), "progress-visible": now is not None})


def _say(properties: dict[str, float | bool]) -> None:
    """The types are as the launchers' protocol has them: double and boolean."""
    from PySide6.QtDBus import QDBusConnection, QDBusMessage  # not before the first paint

    bus = QDBusConnection.sessionBus()
    if bus.isConnected():
        message = QDBusMessage.createSignal(_PATH, _INTERFACE, "Update")
        message.setArguments([f"application://{ON_DISK}.desktop", properties])
        bus.send(message)
