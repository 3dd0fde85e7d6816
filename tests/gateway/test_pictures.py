"""Pictures behind links: fetched from public addresses only, bounded, and nothing of ours goes there."""

from __future__ import annotations

import asyncio
import gzip
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import httpx
import pytest

from seedance_desktop.domain.catalogue import IMAGE_MOST_BYTES
from seedance_desktop.domain.errors import BadImage
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.gateway import Gateway, pictures
from tests.faults.gateway import FaultGateway
from tests.faults.http import Line, Request
from tests.faults.script import Fault, Reply, page

PNG = b"\x89PNG\r\n\x1a\n and the rest"
IMAGE = Reply(200, PNG, {"Content-Type": "image/png", "Set-Cookie": "id=1; Path=/"})


def to(link: str, status: int = 302) -> Reply:
    return Reply(status, b"", {"Location": link})


class Site(FaultGateway):
    """A host of pictures: every GET is a download, and its request is kept."""

    def __init__(self, clip: bytes) -> None:
        super().__init__(clip)
        self.asked: list[Request] = []

    def _file(self, place: str, request: Request) -> Reply:
        return IMAGE

    async def _download(self, line: Line, place: str, request: Request) -> None:
        self.asked.append(request)
        await super()._download(line, place, request)

    @property
    def image(self) -> str:
        return f"{self.clips}/fox.png?token=1"


@pytest.fixture
def site(home: Path) -> Iterator[Site]:
    with Site(b"") as site:
        yield site


@pytest.fixture
async def open_gateway(home: Path) -> AsyncIterator[Gateway]:
    """A client that takes every address for a public one."""
    gateway = Gateway.build(Preferences(), public=lambda _address: True)
    yield gateway
    await gateway.close()


async def refused(gateway: Gateway, link: str) -> str:
    with pytest.raises(BadImage) as raised:
        await gateway.picture(link, "fox.png")
    assert raised.value.reason.fact("name") == "fox.png"
    return raised.value.reason.code


async def test_the_bytes_come_and_nothing_of_ours_goes(site: Site, open_gateway: Gateway) -> None:
    assert await open_gateway.picture(site.image, "fox.png") == PNG
    assert await open_gateway.picture(site.image, "fox.png") == PNG
    for request in site.asked:
        assert set(request.headers) == {"host", "accept", "accept-encoding", "connection", "user-agent"}
    assert site.lines["clips"] == 2, "each fetch has a line of its own, whose address is looked at"


@pytest.mark.parametrize(
    "link",
    [
        "http://127.0.0.1:{port}/x",
        "http://localhost:{port}/x",
        "http://2130706433:{port}/x",
        "http://0x7f.1:{port}/x",
        "http://[::ffff:127.0.0.1]:{port}/x",
        "http://0.0.0.0:{port}/x",
        "http://169.254.169.254/latest/meta-data",
        "http://10.0.0.1/x",
        "http://[::1]:{port}/x",
        "http://[fe80::1]/x",
    ],
)
async def test_addresses_that_are_not_public_are_not_even_connected_to(site: Site, client: Gateway, link: str) -> None:
    assert await refused(client, link.format(port=site.clips.rpartition(":")[2])) == "image-link-private"
    assert not site.lines


@pytest.mark.parametrize(
    "link",
    ["ftp://example.org/x.png", "file:///etc/passwd", "fox.png", "http:///x", "https://me:secret@example.org/x"],
)
async def test_links_that_are_none_of_the_web_are_refused(client: Gateway, link: str) -> None:
    assert await refused(client, link) == "image-link-refused"


@pytest.mark.parametrize(
    "link", ["http://[::1", "http://a b/x", "https://exa\x00mple.org", "http://x:99999/", "http://" + "a" * 70]
)
async def test_links_that_are_broken_fail_in_words(client: Gateway, link: str) -> None:
    assert await refused(client, link) in ("image-link-failed", "image-link-refused")


async def test_a_name_that_leads_elsewhere_at_its_second_look_up_gets_no_byte(site: Site) -> None:
    answers = iter([True, False])
    gateway = Gateway.build(Preferences(), public=lambda _address: next(answers))
    try:
        assert await refused(gateway, site.image) == "image-link-private"
        await site.until(lambda: site.lines["clips"])
        assert not site.asked
    finally:
        await gateway.close()


async def test_redirects_are_followed_and_each_is_looked_at(site: Site, open_gateway: Gateway) -> None:
    site.next("downloads", Fault(to("/other.png")), Fault(to(f"{site.address}/third.png", 307)))
    assert await open_gateway.picture(site.image, "fox.png") == PNG
    assert [request.path for request in site.asked] == ["/fox.png", "/other.png", "/third.png"]
    assert all("authorization" not in request.headers and "cookie" not in request.headers for request in site.asked)


async def test_a_redirect_into_the_house_is_refused(site: Site) -> None:
    port = site.clips.rpartition(":")[2]
    gateway = Gateway.build(Preferences(), public=lambda address: address == "127.0.0.1")
    try:
        site.next("downloads", Fault(to(f"http://127.0.0.2:{port}/x")))
        assert await refused(gateway, site.image) == "image-link-private"
        for link in ("file:///etc/passwd", "http://user@127.0.0.1/x", "gopher://127.0.0.1/"):
            site.next("downloads", Fault(to(link)))
            assert await refused(gateway, site.image) == "image-link-refused"
        assert len(site.asked) == 4
    finally:
        await gateway.close()


async def test_redirects_have_an_end(site: Site, open_gateway: Gateway) -> None:
    site.next("downloads", *(Fault(to("/again")) for _ in range(6)))
    assert await refused(open_gateway, site.image) == "image-link-failed"
    assert len(site.asked) == 6


async def test_from_https_never_to_http() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"Location": "http://127.0.0.1/x"})

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        with pytest.raises(BadImage) as raised:
            await pictures.fetch(client, "https://127.0.0.1/x", "fox", lambda _address: True)
    assert raised.value.reason.code == "image-link-refused"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, b"x", length=IMAGE_MOST_BYTES + 1),
        Reply(200, b"x" * (IMAGE_MOST_BYTES + 1), {"Content-Length": ""}),
        Reply(200, gzip.compress(b"\0" * (IMAGE_MOST_BYTES + 1)), {"Content-Encoding": "gzip"}),
    ],
    ids=["says so", "does not say so", "a bomb"],
)
async def test_what_is_too_heavy_is_not_read_to_its_end(site: Site, open_gateway: Gateway, reply: Reply) -> None:
    site.next("downloads", Fault(reply))
    with pytest.raises(BadImage) as raised:
        await open_gateway.picture(site.image, "fox.png")
    assert raised.value.reason.code == "image-too-heavy"
    assert (raised.value.reason.fact("megabytes"), raised.value.reason.fact("most")) == (31, 30)


@pytest.mark.parametrize(
    "fault", [Fault(page(404)), Fault(Reply(204)), Fault(cut_answer=3), Fault(Reply(200, b"x", length=9), cut_answer=1)]
)
async def test_what_does_not_come_fails_in_words(site: Site, open_gateway: Gateway, fault: Fault) -> None:
    site.next("downloads", fault)
    assert await refused(open_gateway, site.image) == "image-link-failed"


async def test_nobody_there_and_nobody_trusted(site: Site, open_gateway: Gateway, self_signed: str) -> None:
    assert await refused(open_gateway, f"{self_signed}/x.png") == "image-link-failed"
    site.go_offline()
    assert await refused(open_gateway, site.image) == "image-link-failed"


async def test_a_host_that_never_answers_is_given_up(
    site: Site, open_gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "_SECONDS", 0.2)
    never = threading.Event()
    site.next("downloads", Fault(until=never))
    assert await refused(open_gateway, site.image) == "image-link-failed"
    never.set()


async def test_through_a_proxy_the_name_is_looked_at_before(site: Site, through: Callable[[str], Gateway]) -> None:
    gateway = await asyncio.to_thread(through, site.address)
    try:
        assert await refused(gateway, "http://10.0.0.1/x.png") == "image-link-private"
        assert not site.lines
        site.next("downloads", Fault(IMAGE))
        assert await gateway.picture("http://8.8.8.8/x.png", "fox.png") == PNG, "the proxy itself may be anywhere"
        assert site.asked[0].target == "http://8.8.8.8/x.png"
    finally:
        await gateway.close()


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700:4700::1111", True),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::808:808", True),
        ("127.0.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("198.18.0.1", False),
        ("224.0.1.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::7f00:1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b:1::1", False),
        ("2002:7f00:1::1", False),
        ("2001:0:7f00:1::", False),
        ("2001:db8::1", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("fe80::1%eth0", False),
        ("ff0e::1", False),
        ("nonsense", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert pictures.is_public(address) is public
