"""Polls and key checks of the real client."""

from __future__ import annotations

import asyncio
import ssl

import httpx
import pytest

from seedance_desktop.gateway import Gateway, State
from seedance_desktop.gateway.connections import is_certificate
from tests.faults.gateway import PATIENCE, TASKS, FaultGateway
from tests.faults.script import Fault, Reply, answer, page


async def submitted(client: Gateway, far: FaultGateway) -> str:
    return (await client.submit(far.address, far.key, b'{"model": "m"}')).task


async def test_a_task_is_watched_to_its_link(client: Gateway, far: FaultGateway) -> None:
    task = await submitted(client, far)
    seen = [await client.look(far.address, far.key, task) for _ in range(3)]
    assert [sight.state for sight in seen] == [State.QUEUED, State.RUNNING, State.DONE]
    assert seen[2].link.startswith(far.clips)


@pytest.mark.parametrize("name", ["a/b c", "../../etc/passwd", "?x=1#y", "雨", "%2e%2e"])
async def test_an_id_is_quoted(client: Gateway, far: FaultGateway, name: str) -> None:
    far.name_task = lambda _number: name
    task = await submitted(client, far)
    sight = await client.look(far.address, far.key, task)
    assert sight.state is State.QUEUED
    assert far.looks[0].path == f"{TASKS}/{name}"
    assert "/" not in far.looks[0].target.removeprefix(TASKS + "/")


CUTS = {
    "says nothing": Fault(cut_answer=0),
    "in the head": Fault(cut_answer=20, politely=True),
    "in the body": Fault(cut_answer=100, politely=True),
    "no http": Fault(Reply(200, b"", {"Content-Length": "x"})),
    "bad compression": Fault(Reply(200, b"not gzip", {"Content-Encoding": "gzip"})),
}


@pytest.mark.parametrize("fault", CUTS.values(), ids=CUTS)
async def test_network_trouble_is_trouble_and_nothing_more(client: Gateway, far: FaultGateway, fault: Fault) -> None:
    task = await submitted(client, far)
    far.next("polls", fault)
    sight = await client.look(far.address, far.key, task)
    assert (sight.state, sight.reached) == (State.TROUBLE, False)


async def test_offline_is_trouble(client: Gateway, far: FaultGateway) -> None:
    far.go_offline()
    sight = await client.look(far.address, far.key, "t")
    assert (sight.state, sight.reached) == (State.TROUBLE, False)


async def test_a_wait_asked_for_is_told(client: Gateway, far: FaultGateway) -> None:
    far.next("polls", Fault(answer({}, 429, retry_after="11")))
    sight = await client.look(far.address, far.key, "t")
    assert (sight.state, sight.retry_after, sight.reached) == (State.TROUBLE, 11.0, True)


async def test_polls_keep_few_connections(client: Gateway, far: FaultGateway) -> None:
    for _ in range(5):
        await client.look(far.address, far.key, "t")
    assert far.lines["gateway"] == 1


async def test_polls_that_are_cut_short_take_no_place_away(client: Gateway, far: FaultGateway) -> None:
    for turns in range(80):  # a cancel at every step of a request, connecting included
        polls = [asyncio.ensure_future(client.look(far.address, far.key, "t")) for _ in range(2)]
        for _ in range(turns % 40):
            await asyncio.sleep(0)
        for poll in polls:
            poll.cancel()
        await asyncio.gather(*polls, return_exceptions=True)
    async with asyncio.timeout(PATIENCE):
        sights = await asyncio.gather(*(client.look(far.address, far.key, "t") for _ in range(8)))
    assert all(sight.reached for sight in sights)


async def test_a_good_key_costs_nothing_to_check(client: Gateway, far: FaultGateway) -> None:
    assert await client.check(far.address, far.key) is None
    assert not far.posts


async def test_a_page_for_what_it_does_not_know_is_a_gateway_if_it_minds_the_key(
    client: Gateway, far: FaultGateway
) -> None:
    far.next("polls", Fault(page(404)))
    assert await client.check(far.address, far.key) is None


CHECKS = {
    "refused": (Fault(answer({}, 401)), "key-refused"),
    "no balance": (Fault(answer({}, 402)), None),
    "an envelope's 401": (Fault(answer({"code": 401, "message": "no"})), "key-refused"),
    "an envelope's 404": (Fault(answer({"code": 404, "message": "no"})), None),
    "a web page": (Fault(page(200)), "not-a-gateway"),
    "a page not found": (Fault(page(404)), "not-a-gateway"),
    "moved": (Fault(Reply(301, b"", {"Location": "https://example.com"})), "not-a-gateway"),
    "down": (Fault(page(502)), "gateway-unreachable"),
    "busy": (Fault(page(503, retry_after="2")), "gateway-unreachable"),
    "cut": (Fault(cut_answer=0), "gateway-unreachable"),
}


@pytest.mark.parametrize(("fault", "code"), CHECKS.values(), ids=CHECKS)
async def test_what_a_check_says(client: Gateway, far: FaultGateway, fault: Fault, code: str | None) -> None:
    far.next("polls", fault, fault)  # a page is looked at twice: with the key, and with a wrong one
    reason = await client.check(far.address, far.key)
    assert (reason.code if reason else None) == code


async def test_the_key_is_in_no_reason(client: Gateway, far: FaultGateway) -> None:
    far.go_offline()
    reason = await client.check(far.address, far.key)
    assert reason is not None
    assert far.key not in str(reason)


async def test_a_certificate_that_nobody_signed_is_said(client: Gateway, self_signed: str) -> None:
    reason = await client.check(self_signed, "sk-hub-for-tests")
    assert reason is not None
    assert reason.code == "tls-untrusted"
    submitted = await client.submit(self_signed, "sk-hub-for-tests", b"{}")
    assert submitted.outcome.name == "NOT_SENT"
    assert submitted.reason is not None
    assert submitted.reason.code == "tls-untrusted"


def test_a_certificate_that_windows_or_macos_refuses_is_known_by_its_kind() -> None:
    """Their words are the system's, in the system's language; httpx keeps the error behind its own."""
    seen = httpx.ConnectError("“localhost” ist nicht vertrauenswürdig")
    assert not is_certificate(seen)
    seen.__cause__ = RuntimeError("of httpcore")
    seen.__cause__.__context__ = ssl.SSLCertVerificationError("“localhost” ist nicht vertrauenswürdig")
    assert is_certificate(seen)


@pytest.mark.parametrize("task", ["t" * 70_000, "名" * 20_000])
async def test_a_task_id_that_is_too_long_to_ask_for_is_unknown(far: FaultGateway, client: Gateway, task: str) -> None:
    sight = await client.look(far.address, far.key, task)
    assert sight.state is State.NOT_FOUND
    assert not far.looks
