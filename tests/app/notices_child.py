"""Run by test_notices: shows notices on the session bus where this very process is the notification service."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from seedance_desktop.app.context import Context
from seedance_desktop.app.desktop.notices import Notices
from seedance_desktop.bootstrap import Options
from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.recipe import Recipe

_NAME = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_INTROSPECTION = f"""<node><interface name="{_NAME}">
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
<arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
<arg type="s" direction="out"/><arg type="s" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
<signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal></interface></node>"""
_ANSWERS: dict[str, tuple[str, list[Any]]] = {
    "Introspect": ("s", [_INTROSPECTION]),
    "GetCapabilities": ("as", [["body", "actions"]]),
    "GetServerInformation": ("ssss", ["test", "test", "1", "1.2"]),
    "CloseNotification": ("", []),
    "Notify": ("u", [1]),
}


class Service:
    """What a desktop offers, by the specification's messages; each notice is clicked at once."""

    def __init__(self, bus: MessageBus) -> None:
        self.shown: list[tuple[str, str]] = []
        self.by: list[tuple[str, str]] = []
        self._bus = bus
        bus.add_message_handler(self._answer)

    def _answer(self, message: Message) -> Message | None:
        if message.message_type is not MessageType.METHOD_CALL or message.member not in _ANSWERS:
            return None
        if message.member == "Notify":
            assert message.signature == "susssasa{sv}i"
            self.by.append((message.body[0], message.body[2]))
            self.shown.append((message.body[3], message.body[4]))
            clicked = Message.new_signal(_PATH, _NAME, "ActionInvoked", "us", [1, "default"])
            asyncio.get_running_loop().call_later(0.05, self._bus.send, clicked)
        return Message.new_method_return(message, *_ANSWERS[message.member])


async def main(application: QApplication) -> None:
    """One kind is not wanted, one clip by itself, then many at once: what is shown, and what a click opens."""
    bus = await MessageBus().connect()
    service = Service(bus)
    await bus.request_name(_NAME)
    before = asyncio.all_tasks()
    context = Context(application, Options(), Preferences(notify_failed=False))
    opened: list[int] = []
    window: Any = SimpleNamespace(
        come_forward=lambda: None, places=SimpleNamespace(show_clip=opened.append), toast=opened.append
    )
    context.window = window
    house: Any = SimpleNamespace(folder=Path("a"))
    context.house = house
    notices = Notices(context)
    notices.note(clip(1, Stage.FAILED))
    notices.note(clip(2, Stage.READY, "SH010"))
    await until(lambda: len(opened) == 1)
    for number in range(3, 13):
        notices.note(clip(number, Stage.UNSURE if number == 3 else Stage.READY))
    await until(lambda: len(opened) == 2)
    notices.note(clip(20, Stage.READY))
    await until(lambda: len(service.shown) == 3)
    house.folder = Path("another")
    await until(lambda: len(opened) == 3)
    await context.finish_tasks()
    left = [str(task) for task in asyncio.all_tasks() - before]
    bus.disconnect()
    json.dump({"shown": service.shown, "by": service.by, "opened": opened, "left": left}, sys.stdout)


def clip(number: int, stage: Stage, shot: str = "") -> Clip:
    """One that has come to rest."""
    return Clip(number, Recipe(f"clip {number}"), 0, "demo", Money(28), shot=shot, stage=stage)


async def until(true: Callable[[], bool]) -> None:
    """Wait for something that the bus brings."""
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.02)


if __name__ == "__main__":
    qt = QApplication([])
    with asyncio.Runner(loop_factory=lambda: QEventLoop(qt)) as runner:
        runner.run(main(qt))
