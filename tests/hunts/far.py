"""The fault gateway as the hunts need it: it knows which submits may come again, and tells each moment as it comes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tests.faults.gateway import FaultGateway
from tests.faults.http import Line, Request
from tests.faults.script import ORDINARY, Fault, Reply

ASK_AGAIN = (401, 402, 429, 503)
"""What a gateway says to a submit that is surely not charged and may come again; 503 only with `Retry-After`."""

_PIECE = 2048
_PAUSE = 0.004


class HuntedGateway(FaultGateway):
    """`may_come_again` counts the submits that were answered so. `moment` is called at each step of a request,
    in the gateway's own thread; with `slowly`, requests and clips go over the line in pieces, each one a moment.
    """

    def __init__(self, clip: bytes, key: str = "sk-hub-for-hunts-0123456789") -> None:
        """As any fault gateway."""
        super().__init__(clip, key)
        self.may_come_again = 0
        self.moment: Callable[[str], object] = lambda _name: None
        self.slowly = False
        self._fault = ORDINARY

    def _take(self, kind: str) -> Fault:
        self._fault = super()._take(kind)
        return self._fault

    def _refused(self, request: Request) -> Reply | None:
        refused = super()._refused(request)
        if request.method == "POST":  # its fault was taken just before, in the same step of the loop
            fault, said = self._fault, self._fault.reply or refused
            whole = fault.cut_answer is None and fault.cut_request is None
            self.may_come_again += whole and said is not None and said.status in ASK_AGAIN and not fault.charge
        return refused

    def _accept(self, request: Request) -> Reply:
        self.moment("post read")
        reply = super()._accept(request)
        self.moment("charged")
        return reply

    async def _submit(self, line: Line, request: Request) -> None:
        self.moment("post begun")
        if self.slowly and not self.submits:
            self.next("submits", Fault(piece=64))
        await super()._submit(line, request)
        self.moment("post answered")

    async def _poll(self, line: Line, request: Request) -> None:
        self.moment("poll")
        await super()._poll(line, request)
        self.moment("poll answered")

    async def _download(self, line: Line, place: str, request: Request) -> None:
        if not self.slowly:
            return await super()._download(line, place, request)
        reply = self._file(place, request)
        head = len(reply.raw()) - len(reply.body)
        raw = reply.raw()
        for start in (0, *range(head, len(raw), _PIECE)):
            self.moment("bytes")
            line.writer.write(raw[start : head if start == 0 else start + _PIECE])
            await line.writer.drain()
            await asyncio.sleep(_PAUSE)
        self.moment("clip sent")
        return None
