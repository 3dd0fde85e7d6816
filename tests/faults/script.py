"""What the fault gateway can be told to do with one request: any answer, and any way to break off."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any


@dataclass(frozen=True)
class Reply:
    """One HTTP answer, byte for byte. `length` is what Content-Length says where it isn't the truth."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None

    def raw(self) -> bytes:
        """The whole answer as it goes over the line."""
        try:
            phrase = HTTPStatus(self.status).phrase
        except ValueError:
            phrase = "Something"
        length = len(self.body) if self.length is None else self.length
        said = {"Content-Length": str(length), **self.headers}
        head = [f"HTTP/1.1 {self.status} {phrase}", *(f"{name}: {value}" for name, value in said.items() if value)]
        return "\r\n".join([*head, "", ""]).encode() + self.body


def answer(value: Any, status: int = 200, **headers: str) -> Reply:
    """A JSON answer; `retry_after="2"` becomes `Retry-After: 2`."""
    named = {name.replace("_", "-").title(): text for name, text in headers.items()}
    return Reply(status, json.dumps(value).encode(), {"Content-Type": "application/json", **named})


def page(status: int = 200, **headers: str) -> Reply:
    """An HTML page where an answer should be."""
    named = {name.replace("_", "-").title(): text for name, text in headers.items()}
    body = b"<!DOCTYPE html>\n<html><body><h1>Bad gateway</h1></body></html>"
    return Reply(status, body, {"Content-Type": "text/html", **named})


@dataclass(frozen=True)
class Fault:
    """What to do with one request instead of the ordinary thing.

    `reply`        this answer instead of the ordinary one (None: the ordinary one)
    `charge`       whether a submit is charged; None: as the ordinary answer would be
    `cut_request`  cut the line after so many bytes of the request's body
    `cut_answer`   cut the line after so many bytes of the answer (0: say nothing)
    `politely`     cut with a FIN instead of a RST
    `early`        answer before the body is read
    `until`        wait for this before answering
    `piece`        read the request's body so many bytes at a time, a little pause between
    """

    reply: Reply | None = None
    charge: bool | None = None
    cut_request: int | None = None
    cut_answer: int | None = None
    politely: bool = False
    early: bool = False
    until: threading.Event | None = None
    piece: int = 0


ORDINARY = Fault()
