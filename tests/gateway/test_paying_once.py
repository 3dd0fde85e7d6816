"""The paying-once table of GATEWAY.md, against the real client and a far end that misbehaves."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from typing import Any

import pytest

from seedance_desktop.domain.trouble import Halt
from seedance_desktop.gateway import Gateway, Outcome
from tests.faults.gateway import FaultGateway
from tests.faults.script import Fault, Reply, answer, page

BODY = b'{"model": "m"}'
ACCEPTED, REFUSED, UNSURE = Outcome.ACCEPTED, Outcome.REFUSED, Outcome.UNSURE
LATER, FAILED, REFUNDED = Outcome.NOT_ACCEPTED, Outcome.FAILED, Outcome.REFUNDED


async def outcome(client: Gateway, far: FaultGateway, fault: Fault, body: bytes = BODY) -> Outcome:
    far.next("submits", fault)
    return (await client.submit(far.address, far.key, body)).outcome


ANSWERS: dict[str, tuple[Reply, Outcome]] = {
    "id": (answer({"id": "t1", "status": "pending"}), ACCEPTED),
    "201": (answer({"id": "t1"}, 201), ACCEPTED),
    "no status": (answer({"task_id": "t1"}), ACCEPTED),
    "unknown word": (answer({"id": "t1", "status": "warming up"}), ACCEPTED),
    "failed": (answer({"id": "t1", "status": "failed", "error": "nope"}), FAILED),
    "failed and refunded": (answer({"id": "t1", "status": "failed", "error": "nope, refunded"}), REFUNDED),
    "failed, not refunded": (answer({"id": "t1", "status": "failed", "error": "cannot be refunded"}), FAILED),
    "failed without an id": (answer({"status": "FAILURE"}), FAILED),
    "no id": (answer({"status": "pending"}), UNSURE),
    "nothing": (Reply(200), UNSURE),
    "broken": (Reply(200, b'{"id": "t'), UNSURE),
    "a list": (answer(["t1"]), UNSURE),
    "a code inside": (answer({"code": 500, "message": "busy"}), UNSURE),
    "html": (page(200), UNSURE),
    "204": (Reply(204, b"", {"Content-Length": ""}), UNSURE),
    "redirect": (Reply(302, b"", {"Location": "/elsewhere"}), REFUSED),
    "301": (Reply(301, b"", {"Location": "https://example.com/"}), REFUSED),
    "400": (answer({"error": {"message": "bad ratio"}}, 400), REFUSED),
    "401": (answer({"error": "bad key"}, 401), REFUSED),
    "402": (answer({"error": "no money"}, 402), REFUSED),
    "403": (answer({}, 403), REFUSED),
    "404": (page(404), REFUSED),
    "405": (Reply(405), REFUSED),
    "408": (answer({}, 408), UNSURE),
    "409": (answer({}, 409), UNSURE),
    "413": (page(413), REFUSED),
    "418": (answer({}, 418), REFUSED),
    "422": (answer({"detail": [{"msg": "field required"}]}, 422), REFUSED),
    "425": (answer({}, 425), UNSURE),
    "429": (answer({"error": {"code": "rate_limit", "message": "slow down"}}, 429), LATER),
    "429 with a time": (answer({}, 429, retry_after="7"), LATER),
    "429 in html": (page(429), LATER),
    "429 whose words say quota": (
        answer({"error": {"code": "rate_limit_exceeded", "message": "quota of 3 requests a minute"}}, 429),
        LATER,
    ),
    "429 whose balancer speaks": (answer({"error": {"message": "load balancer is full"}}, 429), LATER),
    "quota": (answer({"error": {"code": "insufficient_quota", "message": "none left"}}, 429), REFUSED),
    "quota in the type": (answer({"error": {"code": 429, "type": "insufficient_quota"}}, 429), REFUSED),
    "500": (page(500), UNSURE),
    "501": (answer({}, 501), UNSURE),
    "502": (page(502), UNSURE),
    "503": (page(503), UNSURE),
    "503 with a time": (page(503, retry_after="3"), LATER),
    "504": (Reply(504), UNSURE),
    "520": (page(520), UNSURE),
    "524": (Reply(524), UNSURE),
    "599": (Reply(599), UNSURE),
}


@pytest.mark.parametrize(("reply", "meaning"), ANSWERS.values(), ids=ANSWERS)
async def test_what_an_answer_means(client: Gateway, far: FaultGateway, reply: Reply, meaning: Outcome) -> None:
    assert await outcome(client, far, Fault(reply)) is meaning
    assert len(far.posts) == 1


CUTS: dict[str, Fault] = {
    "after the request's head": Fault(cut_request=0),
    "in the request's body": Fault(cut_request=5),
    "after the request, charged": Fault(charge=True, cut_answer=0),
    "after the request, charged, politely": Fault(charge=True, cut_answer=0, politely=True),
    "after the request, not charged": Fault(charge=False, cut_answer=0),
    "in the answer's status line": Fault(cut_answer=7),
    "in the answer's head": Fault(cut_answer=30, politely=True),
    "in the answer's body": Fault(cut_answer=130, politely=True),
    "before the answer's last byte": Fault(Reply(200, b'{"id": "t1"}', length=13), politely=True, cut_answer=54),
    "rubbish": Fault(Reply(200, b"", {"Content-Length": "nonsense"})),
}


@pytest.mark.parametrize("fault", CUTS.values(), ids=CUTS)
async def test_a_line_cut_once_a_byte_is_out_is_unsure(client: Gateway, far: FaultGateway, fault: Fault) -> None:
    assert await outcome(client, far, fault) is UNSURE
    assert len(far.posts) == 1


async def test_an_accepted_submit_brings_its_task_and_costs_once(client: Gateway, far: FaultGateway) -> None:
    submitted = await client.submit(far.address, far.key, BODY)
    assert (submitted.outcome, submitted.task, submitted.word) == (ACCEPTED, "task_1", "pending")
    assert len(far.charges) == len(far.posts) == 1


async def test_a_refused_connection_was_surely_not_sent(client: Gateway, far: FaultGateway) -> None:
    far.go_offline()
    submitted = await client.submit(far.address, far.key, BODY)
    assert submitted.outcome is Outcome.NOT_SENT
    assert submitted.reason is not None
    assert submitted.reason.code == "not-sent"


async def test_a_name_that_does_not_exist_was_surely_not_sent(client: Gateway) -> None:
    submitted = await client.submit("http://gateway.invalid", "sk-hub-for-tests", BODY)
    assert submitted.outcome is Outcome.NOT_SENT


async def test_a_failed_tls_handshake_was_surely_not_sent(client: Gateway, far: FaultGateway) -> None:
    submitted = await client.submit(far.address.replace("http:", "https:"), far.key, BODY)
    assert submitted.outcome is Outcome.NOT_SENT
    assert not far.posts


@pytest.mark.parametrize(
    ("status", "halt"), [(401, Halt.KEY_REFUSED), (402, Halt.NO_BALANCE), (403, None), (429, None)]
)
async def test_key_and_balance_stop_the_queue(client: Gateway, far: FaultGateway, status: int, halt: Halt) -> None:
    far.next("submits", Fault(answer({}, status)))
    assert (await client.submit(far.address, far.key, BODY)).halt is halt


async def test_the_wait_that_was_asked_for_is_told(client: Gateway, far: FaultGateway) -> None:
    far.next("submits", Fault(answer({}, 429, retry_after="7")))
    assert (await client.submit(far.address, far.key, BODY)).retry_after == 7.0


async def test_an_early_413_is_read_though_the_body_was_not(client: Gateway, far: FaultGateway) -> None:
    submitted_outcome = await outcome(client, far, Fault(answer({}, 413), early=True), b" " * 6_000_000)
    assert submitted_outcome in (REFUSED, UNSURE)  # a RST may overtake the answer: then nobody knows
    assert not far.charges


async def test_an_early_413_to_a_body_that_fits_the_line_is_a_refusal(client: Gateway, far: FaultGateway) -> None:
    assert await outcome(client, far, Fault(answer({}, 413), early=True), b"") is REFUSED


async def test_a_slow_receiver_gets_the_whole_body(client: Gateway, far: FaultGateway) -> None:
    body = json.dumps({"prompt": "x" * 3_000_000}).encode()
    far.next("submits", Fault(piece=20_000))
    submitted = await client.submit(far.address, far.key, body)
    assert submitted.outcome is ACCEPTED
    assert far.posts[0].body == body


async def test_the_length_is_said_and_nothing_is_chunked(client: Gateway, far: FaultGateway) -> None:
    await client.submit(far.address, far.key, BODY)
    headers = far.posts[0].headers
    assert headers["content-length"] == str(len(BODY))
    assert "transfer-encoding" not in headers
    assert headers["authorization"] == f"Bearer {far.key}"
    assert headers["content-type"] == "application/json"


async def test_each_submit_has_a_connection_of_its_own(client: Gateway, far: FaultGateway) -> None:
    for _ in range(3):
        await client.submit(far.address, far.key, BODY)
    assert len(far.charges) == far.lines["gateway"] == 3


HOSTILE: list[Any] = [
    {"id": {"id": 1}},
    {"id": True},
    {"id": None, "task_id": ""},
    {"data": {"data": {"data": []}}},
    {"error": {"message": "\ud800 alone"}, "status": "failed"},
    [[[]]],
    "text",
    0,
    None,
]


@pytest.mark.parametrize("value", HOSTILE, ids=str)
async def test_odd_json_never_breaks_the_client(client: Gateway, far: FaultGateway, value: object) -> None:
    far.next("submits", Fault(answer(value)))
    submitted = await client.submit(far.address, far.key, BODY)
    assert submitted.outcome in (UNSURE, FAILED)
    if submitted.reason:
        submitted.reason.to_json().encode()  # what cannot be written as UTF-8 would never reach the disk


class Proxy:
    """A proxy that answers every CONNECT with the same bytes, and then closes."""

    def __init__(self, reply: bytes) -> None:
        self._reply = reply
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(10)
        self.seen = b""
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def _serve(self) -> None:
        with self._socket, self._socket.accept()[0] as line:
            while b"\r\n\r\n" not in self.seen:
                self.seen += line.recv(4096)
            line.sendall(self._reply)

    def end(self) -> None:
        self._thread.join()


PROXIES: dict[str, bytes] = {
    "refused": b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
    "wants a password": b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
    "cannot reach it": b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n",
    "says nothing": b"",
    "cut after it agreed": b"HTTP/1.1 200 Connection established\r\n\r\n",
}


@pytest.mark.parametrize("reply", PROXIES.values(), ids=PROXIES)
async def test_a_proxy_that_lets_nothing_through_means_not_sent(
    reply: bytes, through: Callable[[str], Gateway]
) -> None:
    proxy = Proxy(reply)
    gateway = through(proxy.address)
    submitted = await gateway.submit("https://gateway.example", "sk-hub-for-tests", BODY)
    await gateway.close()
    proxy.end()
    assert proxy.seen.startswith(b"CONNECT gateway.example:443 ")
    assert b"sk-hub" not in proxy.seen
    assert submitted.outcome is Outcome.NOT_SENT
