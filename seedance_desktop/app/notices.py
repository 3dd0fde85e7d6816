"""A word from the system when a clip is ready or stops and the window isn't in front."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSystemTrayIcon

from seedance_desktop import words
from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.words import tr

from .context import Context

_SHOWN_MS = 8000
_TITLE = 60  # characters


class Notices:
    """Notifies by the preferences: ready, failed, charge unknown."""

    def __init__(self, context: Context) -> None:
        """Nothing is asked of the system before the first notice."""
        self._context = context
        self._said: dict[int, Stage] = {}
        self._tray: QSystemTrayIcon | None = None

    def note(self, clip: Clip) -> None:
        """Notify once for each clip that comes to rest, if the creator wants it and isn't looking."""
        before = self._said.get(clip.id)
        self._said[clip.id] = clip.stage
        if before in (None, clip.stage) or not self._wanted(clip.stage):
            return
        if self._context.application.applicationState() == Qt.ApplicationState.ApplicationActive:
            return
        title = " ".join(clip.recipe.prompt.split())[:_TITLE]
        money = words.charge(clip.charged.value, words.money(clip.price.minor, clip.price.currency))
        self._show(title, f"{words.stage(clip.stage.value)} · {money}")

    def _wanted(self, stage: Stage) -> bool:
        preferences = self._context.preferences
        return {
            Stage.READY: preferences.notify_ready,
            Stage.FAILED: preferences.notify_failed,
            Stage.UNSURE: preferences.notify_unsure,
        }.get(stage, False)

    def _show(self, title: str, text: str) -> None:
        if sys.platform.startswith("linux") and _by_bus(title, text):
            return
        if QSystemTrayIcon.isSystemTrayAvailable():
            if self._tray is None:
                self._tray = QSystemTrayIcon(self._context.window.windowIcon(), self._context.window)
                self._tray.setToolTip(tr("Seedance"))
                self._tray.messageClicked.connect(self._context.window.come_forward)
            self._tray.show()
            self._tray.showMessage(title, text, self._context.window.windowIcon(), _SHOWN_MS)


def _by_bus(title: str, text: str) -> bool:
    """The desktop's own notifications (freedesktop.org), which work where there is no tray; sent without waiting."""
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

    bus = QDBusConnection.sessionBus()
    interface = bus.interface() if bus.isConnected() else None
    name = "org.freedesktop.Notifications"
    if interface is None or not interface.isServiceRegistered(name).value():
        return False
    message = QDBusMessage.createMethodCall(name, "/org/freedesktop/Notifications", name, "Notify")
    message.setArguments(["Seedance", 0, "seedance-desktop", title, text, [], {}, _SHOWN_MS])
    return bus.send(message)
