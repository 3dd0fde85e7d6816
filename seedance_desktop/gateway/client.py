"""The gateway as the studio sees it: submit, look, check a key, fetch; each answer already means something."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import httpx

from seedance_desktop.domain.address import host
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.trouble import Halt

from . import pictures, reading
from .answers import Outcome, Sight, State, Submitted, read_poll, read_submit
from .connections import POLLS_AT_ONCE, Connections, build, is_certificate
from .downloads import Download, Fetch

T = TypeVar("T")

_TASKS = "/v1/generation/tasks"
_MADE_UP = "task_seedance_desktop_key_check"
_WRONG_KEY = "sk-not-a-key"
_CHUNK = 64 * 1024
_MOST_ANSWER = 64_000_000  # some relays echo the images that were sent
_LONG_ANSWER = 200_000


class Gateway:
    """Every request to every gateway. The key is given with each call and goes to that address only."""

    def __init__(self, connections: Connections, public: pictures.Public = pictures.is_public) -> None:
        """Use `build` of this class, in a worker thread; `public` tells from which addresses pictures may come."""
        self._connections, self._public = connections, public
        self._polling = asyncio.Semaphore(POLLS_AT_ONCE)

    @classmethod
    def build(cls, preferences: Preferences, public: pictures.Public = pictures.is_public) -> Gateway:
        """Make the clients (blocking, about 100 ms)."""
        return cls(build(preferences), public)

    async def close(self) -> None:
        """Close all connections."""
        await self._connections.close()

    async def submit(self, address: str, key: str, body: bytes) -> Submitted:
        """POST a body once. Never raises for what the network does: the outcome says what is known of the charge."""
        sent = False

        async def trace(event: str, info: Mapping[str, Any]) -> None:
            nonlocal sent
            # A proxy's own CONNECT passes here too: only our POST's headers make it possibly sent.
            if event.endswith("send_request_headers.started") and info["request"].method == b"POST":
                sent = True

        request = self._connections.submits.build_request(
            "POST",
            address + _TASKS,
            headers={
                **_authorization(key),
                "Content-Type": "application/json",
                "Content-Length": str(len(body)),
                "Accept": "application/json",
            },
            content=_pieces(body),
            extensions={"trace": trace},
        )
        try:
            response, raw = await self._answer(self._connections.submits, request)
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, ssl.SSLError, OSError) as error:
            return _unanswered(error, address, sent=sent)
        return await _read(read_submit, response, raw)

    async def look(self, address: str, key: str, task: str) -> Sight:
        """GET a task once; network trouble is a `State.TROUBLE` that was not reached."""
        try:
            request = self._connections.polls.build_request(
                "GET",
                f"{address}{_TASKS}/{quote(task, safe='')}",
                headers={**_authorization(key), "Accept": "application/json"},
            )
        except httpx.InvalidURL:  # no gateway has a task of that name: it is too long to be asked for
            return Sight(State.NOT_FOUND, reason=Reason.of("task-gone"))
        try:
            async with self._polling:
                response, raw = await self._answer(self._connections.polls, request)
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, ssl.SSLError, OSError) as error:
            code = "tls-untrusted" if is_certificate(error) else "offline"
            return Sight(State.TROUBLE, reason=Reason.of(code, gateway=host(address)), reached=False)
        return await _read(read_poll, response, raw)

    async def check(self, address: str, key: str) -> Reason | None:
        """Whether a gateway takes a key, without cost: None if it does, else why not.

        A poll for a made-up id answers 401 for a bad key and 404 for a good one (GATEWAY.md).
        """
        sight = await self.look(address, key, _MADE_UP)
        if not sight.reached:
            code = "tls-untrusted" if sight.reason and sight.reason.code == "tls-untrusted" else "gateway-unreachable"
            return Reason.of(code, gateway=host(address))
        if sight.halt is Halt.KEY_REFUSED:
            return Reason.of("key-refused", gateway=host(address))
        if sight.halt or _spoke_json(sight):
            return None  # a balance that is used up is asked for when something is sent
        if sight.state is State.TROUBLE and sight.reason and int(sight.reason.fact("status", 0)) >= 500:
            return Reason.of("gateway-unreachable", gateway=host(address))
        # A page instead of JSON: some gateways answer so for what they don't know, but they mind the key first.
        wrong = await self.look(address, _WRONG_KEY, _MADE_UP)
        return None if wrong.halt is Halt.KEY_REFUSED else Reason.of("not-a-gateway", gateway=host(address))

    async def fetch(
        self, link: str, part: Path, *, gateway: str, key: str, progress: Callable[[int, int], None]
    ) -> Fetch:
        """Download a clip into `part`, going on where an earlier try stopped; see `downloads.Download`."""
        return await Download(self._connections.downloads, gateway, key, progress).run(link, part)

    async def picture(self, link: str, name: str) -> bytes:
        """What lies behind a public link to an image called `name`; see `pictures.fetch`. Raises `BadImage`."""
        return await pictures.fetch(self._connections.pictures, link, name, self._public)

    async def _answer(self, client: httpx.AsyncClient, request: httpx.Request) -> tuple[httpx.Response, bytes]:
        """Send and read a bounded answer; a longer one cannot be ours and reads as broken."""
        response = await client.send(request, stream=True)
        try:
            raw = bytearray()
            async for piece in response.aiter_bytes():
                raw += piece
                if len(raw) > _MOST_ANSWER:
                    return response, b""
            return response, bytes(raw)
        finally:
            await response.aclose()


async def _read(read: Callable[[int, Mapping[str, str], bytes], T], response: httpx.Response, raw: bytes) -> T:
    """Read an answer; a long one in a worker thread, for JSON of megabytes would hold the window up."""
    if len(raw) < _LONG_ANSWER:
        return read(response.status_code, response.headers, raw)
    return await asyncio.to_thread(read, response.status_code, response.headers, raw)


def _unanswered(error: Exception, address: str, *, sent: bool) -> Submitted:
    """What a POST without an answer means: whether a byte of it left decides."""
    detail = type(error).__name__
    if sent:
        return Submitted(Outcome.UNSURE, reason=Reason.of("cut-off", detail=detail))
    if is_certificate(error):
        return Submitted(Outcome.NOT_SENT, reason=Reason.of("tls-untrusted", gateway=host(address), detail=detail))
    return Submitted(Outcome.NOT_SENT, reason=Reason.of("not-sent", detail=detail))


async def _pieces(body: bytes) -> AsyncIterator[bytes]:
    """The body in pieces: httpx's write timeout covers one piece, so a slow line needs small ones."""
    for start in range(0, len(body), _CHUNK):
        yield body[start : start + _CHUNK]


def _spoke_json(sight: Sight) -> bool:
    """Whether the far end answered in JSON, as a gateway does."""
    if sight.reason is None:
        return True
    return isinstance(reading.parse(str(sight.reason.fact("raw")).encode()), dict)


def _authorization(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}
