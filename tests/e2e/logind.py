"""Stands in for systemd's logind on a private bus: a line on standard input is a signal, `PrepareForSleep true`."""

from __future__ import annotations

import asyncio
import sys

from dbus_fast import Message
from dbus_fast.aio import MessageBus

_NAME, _PATH = "org.freedesktop.login1", "/org/freedesktop/login1"


async def main() -> None:
    """Until standard input closes."""
    bus = await MessageBus().connect()
    await bus.request_name(_NAME)
    print("ready", flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        signal, begins = line.split()
        await bus.send(Message.new_signal(_PATH, f"{_NAME}.Manager", signal, "b", [begins == "true"]))
    bus.disconnect()


if __name__ == "__main__":
    asyncio.run(main())
