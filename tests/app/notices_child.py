"""Run by test_notices: shows one notice on the session bus where this very process is the notification service."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from seedance_desktop.app.context import Context
from seedance_desktop.app.notices import Notices
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
        self._bus = bus
        bus.add_message_handler(self._answer)

    def _answer(self, message: Message) -> Message | None:
        if message.message_type is not MessageType.METHOD_CALL or message.member not in _ANSWERS:
            return None
        if message.member == "Notify":
            assert message.signature == "susssasa{sv}i"
            self.shown.append((message.body[3], message.body[4]))
            clicked = Message.new_signal(_PATH, _NAME, "ActionInvoked", "us", [1, "default"])
            asyncio.get_running_loop().call_later(0.05, self._bus.send, clicked)
        return Message.new_method_return(message, *_ANSWERS[message.member])


async def main(application: QApplication) -> None:
    """Two clips come to rest, one kind is not wanted; the click on the notice opens the clip."""
    bus = await MessageBus().connect()
    service = Service(bus)
    await bus.request_name(_NAME)
    opened: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    context = Context(application, Options(), Preferences(notify_failed=False))
    window: Any = SimpleNamespace(come_forward=lambda: None, shelf=SimpleNamespace(select=lambda _clip: None))
    context.window = window
    context.wishes.open_clip.connect(opened.set_result)
    notices = Notices(context)
    for number, end in ((1, Stage.FAILED), (2, Stage.READY)):
        clip = Clip(number, Recipe(f"clip {number}"), 0, "demo", Money(28), stage=Stage.FETCHING)
        notices.note(clip)
        notices.note(replace(clip, stage=end))
    clicked = await asyncio.wait_for(opened, 20)
    bus.disconnect()
    json.dump({"shown": service.shown, "opened": clicked}, sys.stdout)


if __name__ == "__main__":
    qt = QApplication([])
    with asyncio.Runner(loop_factory=lambda: QEventLoop(qt)) as runner:
        runner.run(main(qt))
