"""Just enough HTTP/1.1 to be wrong in every way: requests read piece by piece, answers written to any byte."""

from __future__ import annotations

import asyncio
import socket
import struct
from dataclasses import dataclass, field
from urllib.parse import unquote

from .script import Fault, Reply

_PAUSE = 0.005


class Cut(Exception):
    """The line is cut here, on purpose or by the other side."""


@dataclass
class Request:
    """A request as it came; `headers` by lower-case name, `path` unquoted and without the query."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes = b""
    seen: object = None

    @property
    def path(self) -> str:
        """The path with its quoted signs as they are meant."""
        return unquote(self.target.split("?", 1)[0])

    @property
    def length(self) -> int:
        """What Content-Length says."""
        return int(self.headers.get("content-length", "0"))


@dataclass(eq=False)
class Line:
    """One connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    closing: asyncio.Event
    served: int = field(default=0)

    async def head(self) -> Request | None:
        """The next request's head; None where the other side has finished."""
        try:
            first_byte = await self.reader.readexactly(1)
            if not first_byte.isalpha():  # a TLS handshake, or worse
                return None
            raw = first_byte + await self.reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            return None
        first, *lines = raw.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
        return Request(method, target, headers)

    async def body(self, request: Request, fault: Fault) -> bytes:
        """The request's body, cut or slow as the fault says."""
        want = request.length if fault.cut_request is None else min(request.length, fault.cut_request)
        got = b""
        while len(got) < want:
            piece = await self.reader.read(min(want - len(got), fault.piece or 1 << 16))
            if not piece:
                raise Cut
            got += piece
            if fault.piece:
                await asyncio.sleep(_PAUSE)
        if fault.cut_request is not None:
            self.cut(politely=fault.politely)
        return got

    async def hold(self, fault: Fault) -> None:
        """Wait for the fault's event, or for the end of the server."""
        while fault.until and not fault.until.is_set():
            if self.closing.is_set():
                raise Cut
            await asyncio.sleep(_PAUSE)

    async def say(self, reply: Reply, cut: int | None = None, *, politely: bool = False) -> None:
        """Send an answer, or its first `cut` bytes and then nothing more."""
        raw = reply.raw()
        self.writer.write(raw if cut is None else raw[:cut])
        await self.writer.drain()
        if cut is not None:
            self.cut(politely=politely)

    def cut(self, *, politely: bool) -> None:
        """End the connection here: with a FIN after what was written, or with a RST."""
        if politely:
            self.writer.close()
        else:
            self.reset()
        raise Cut

    def reset(self) -> None:
        """A RST, as from a machine that has died: but what was written is let out first where the kernel has it."""
        sock = self.writer.get_extra_info("socket")
        if sock is not None and not self.writer.transport.is_closing():
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()
