"""Dark or light, and stillness, as the desktop says it while the program runs.

Qt itself follows GNOME, Plasma and those that are like them, Windows and macOS in dark and light. Of other desktops it
knows nothing, and on Linux nothing of stillness: there the settings portal is heard. Stillness of Windows and macOS is
told by Qt from 6.12 on.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtWidgets import QApplication

from seedance_desktop.ui import theme

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusPendingCallWatcher

_SERVICE, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_INTERFACE = "org.freedesktop.portal.Settings"
_GROUP = "org.freedesktop.appearance"
_SCHEME, _MOTION = "color-scheme", "reduced-motion"
_SCHEMES = {1: True, 2: False}  # anything else is no preference
_STILL = 1


class Appearance(QObject):
    """Tells the theme; nothing where there is no portal."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._styles: Any = application.styleHints()  # kept, or what it gives is gone at once
        self._asked: set[QDBusPendingCallWatcher] = set()

    def listen(self) -> None:
        """Ask how it is now, and hear of every change from here on."""
        if sys.platform != "linux":
            self._hear_qt()
            return
        from PySide6.QtDBus import QDBusConnection  # not before the first paint

        bus = QDBusConnection.sessionBus()
        if bus.isConnected():
            slot = SLOT("changed(QString,QString,QDBusVariant)")
            bus.connect(_SERVICE, _PATH, _INTERFACE, "SettingChanged", self, slot)  # type: ignore[call-overload]
            for name in (_SCHEME, _MOTION):
                self._ask(name)

    def _hear_qt(self) -> None:
        hints = self._styles.accessibility()
        if hasattr(hints, "motionPreference"):
            hints.motionPreferenceChanged.connect(_prefer)
            _prefer(hints.motionPreference())

    def _ask(self, name: str) -> None:
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

        message = QDBusMessage.createMethodCall(_SERVICE, _PATH, _INTERFACE, "Read")
        message.setArguments([_GROUP, name])
        watcher = QDBusPendingCallWatcher(QDBusConnection.sessionBus().asyncCall(message))
        self._asked.add(watcher)
        watcher.finished.connect(lambda: self._answered(watcher, name))

    def _answered(self, watcher: QDBusPendingCallWatcher, name: str) -> None:
        self._asked.discard(watcher)
        if not watcher.isError():
            for value in watcher.reply().arguments():
                self.changed(_GROUP, name, value)

    @Slot(str, str, "QDBusVariant")
    def changed(self, group: str, name: str, value: Any) -> None:
        """One setting as it is now; what came before portals' second version is wrapped twice."""
        while hasattr(value, "variant"):
            value = value.variant()
        if group == _GROUP and name == _SCHEME:
            theme.tell(self._application, _SCHEMES.get(value))
        elif group == _GROUP and name == _MOTION:
            theme.set_still(value == _STILL)


def _prefer(preference: Any) -> None:
    theme.set_still(preference.name == "ReducedMotion")
