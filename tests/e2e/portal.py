"""Stands in for a desktop's settings portal on a private bus: `color-scheme 1` (dark; 2 is light) on standard input.

The protocol is xdg-desktop-portal's `org.freedesktop.portal.Settings`, with two settings of `appearance`.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus

_NAME, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_SETTINGS = "org.freedesktop.portal.Settings"
_GROUP = "org.freedesktop.appearance"


class Portal:
    """Answers questions about the settings that it has."""

    def __init__(self, bus: MessageBus, scheme: int) -> None:
        self._bus = bus
        self._settings = {"color-scheme": scheme, "reduced-motion": 0}
        bus.add_message_handler(self._answer)

    async def change(self, name: str, value: int) -> None:
        """Another value, and everybody is told."""
        self._settings[name] = value
        body = [_GROUP, name, Variant("u", value)]
        await self._bus.send(Message.new_signal(_PATH, _SETTINGS, "SettingChanged", "ssv", body))

    def _answer(self, message: Message) -> Message | None:
        if message.message_type is not MessageType.METHOD_CALL or message.interface != _SETTINGS:
            return None
        if message.member == "ReadAll":
            every = {_GROUP: {name: Variant("u", value) for name, value in self._settings.items()}}
            return Message.new_method_return(message, "a{sa{sv}}", [every])
        group, name = message.body
        if group != _GROUP or name not in self._settings:
            return Message.new_error(message, "org.freedesktop.portal.Error.NotFound", "no such setting")
        value: Any = Variant("u", self._settings[name])
        if message.member == "Read":  # the old form wraps it twice
            value = Variant("v", value)
        return Message.new_method_return(message, "v", [value])


async def main(scheme: int) -> None:
    """Until standard input closes."""
    bus = await MessageBus().connect()
    portal = Portal(bus, scheme)
    await bus.request_name(_NAME)
    print("ready", flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        name, value = line.split()
        await portal.change(name, int(value))
    bus.disconnect()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
