"""Watches that this process talks to nobody but this machine; any other address is refused and remembered."""

from __future__ import annotations

import ipaddress
import sys
from typing import Any

from .fault import expect

_NAMES = ("", "localhost", "127.0.0.1", "::1")
# Each gives the address or the name at this place of its arguments.
_WATCHED = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
}


class Loopback:
    """The guard: hooked into Python's audit events, which no library can go round, from `watch` to the end."""

    def __init__(self) -> None:
        self.outside: list[str] = []
        self.inside = 0

    def watch(self) -> None:
        """Begin; an audit hook stays as long as the process."""
        sys.addaudithook(self._heard)

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in _WATCHED:
            return
        place = arguments[_WATCHED[event]]
        if isinstance(place, tuple):
            place = place[0]
        if place is None or is_here(place):
            self.inside += 1
            return
        self.outside.append(f"{event} {place!r}")
        raise PermissionError(f"the self-test talks to this machine only, not to {place!r}")

    async def check(self) -> str:
        """Nobody outside was asked for. Children have guards of their own."""
        expect(not self.outside, f"went outside: {', '.join(self.outside)}")
        expect(self.inside, "saw nothing at all: the guard does not work")
        return f"{self.inside} connections, all on this machine"


def is_here(place: object) -> bool:
    """Whether an address is this machine: a loopback one, a file's path (Unix) or a number (Netlink)."""
    name = place.decode("utf-8", "replace") if isinstance(place, bytes) else str(place)
    if isinstance(place, int) or name in _NAMES or "/" in name or name.startswith("\0"):
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False
