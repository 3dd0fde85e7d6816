"""Run by test_desktop on a private bus: a badge and progress, and what another program on the bus hears of them."""

from __future__ import annotations

import asyncio
import json
import sys
from functools import partial
from typing import Any

from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus
from PySide6.QtCore import Qt
from qasync import QEventLoop

from seedance_desktop.app.desktop.application import Application
from seedance_desktop.app.desktop.launcher import Launcher
from tests.app.notices_child import until

_INTERFACE = "com.canonical.Unity.LauncherEntry"
_RULE = f"type='signal',interface='{_INTERFACE}'"


class Dock:
    """Hears as docks do."""

    def __init__(self, bus: MessageBus) -> None:
        self.entries: list[str] = []
        self.heard: list[dict[str, list[Any]]] = []
        bus.add_message_handler(self._hear)

    def _hear(self, message: Message) -> None:
        if message.message_type is MessageType.SIGNAL and message.interface == _INTERFACE:
            assert message.member == "Update"
            assert message.signature == "sa{sv}"
            self.entries.append(message.body[0])
            self.heard.append({name: [value.signature, value.value] for name, value in message.body[1].items()})

    def of(self, name: str) -> list[dict[str, list[Any]]]:
        """What was said of count or progress."""
        return [said for said in self.heard if f"{name}-visible" in said]

    def has(self, name: str, times: int) -> bool:
        """Whether that was said so often."""
        return len(self.of(name)) == times


async def main(application: Application) -> None:
    """Two clips while the creator is elsewhere, who then looks; progress that is told in steps one can see."""
    bus = await MessageBus().connect()
    service = "org.freedesktop.DBus"
    path = "/org/freedesktop/DBus"
    await bus.call(Message(service, path, service, "AddMatch", signature="s", body=[_RULE]))
    dock = Dock(bus)
    application.finish()
    launcher = Launcher(application)
    launcher.count()
    launcher.count()
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    for number, share in enumerate((0.0, 0.5), 1):
        launcher.show_progress(share / 2)
        launcher.show_progress(share)
        await until(partial(dock.has, "progress", number))
        launcher.show_progress(share + 0.001)
    launcher.clear()
    await until(lambda: dock.has("progress", 3) and dock.has("count", 3))
    bus.disconnect()
    said = {"count": dock.of("count"), "progress": dock.of("progress"), "entry": sorted(set(dock.entries))}
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    qt = Application()
    with asyncio.Runner(loop_factory=lambda: QEventLoop(qt)) as runner:
        runner.run(main(qt))
