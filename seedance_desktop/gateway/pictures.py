"""Fetches the image behind a public link: without key or cookies, and never from an address that is not public."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from socket import SOCK_STREAM
from typing import Any
from urllib.parse import urljoin

import httpx

from seedance_desktop.domain.catalogue import IMAGE_MOST_BYTES
from seedance_desktop.domain.errors import BadImage

Public = Callable[[str], bool]

_MOST_REDIRECTS = 5
_SECONDS = 30.0
_REDIRECTS = (301, 302, 303, 307, 308)
_HEADERS = {"Accept": "image/*, */*;q=0.5", "Accept-Encoding": "identity"}
_UNICAST = IPv6Network("2000::/3")  # all that is given out of IPv6 so far
_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, and so is every IPv4 address that is wrapped in it."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return found.is_global and not found.is_multicast
    if found.ipv4_mapped:
        return is_public(str(found.ipv4_mapped))
    if found in _NAT64:
        return is_public(str(IPv4Address(int(found) & 0xFFFFFFFF)))
    return found in _UNICAST and found.is_global and all(is_public(str(one)) for one in _wrapped(found))


def _wrapped(address: IPv6Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses that 6to4 and Teredo would send to."""
    return (*filter(None, (address.sixtofour,)), *(address.teredo or ()))


def no_cookies() -> CookieJar:
    """A jar that takes no cookie."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=[]))


async def fetch(client: httpx.AsyncClient, link: str, name: str, public: Public = is_public) -> bytes:
    """The bytes behind an http(s) link, whatever they are; at most 30 MB, in at most 30 s, over at most 5 redirects.

    `public` tells which addresses may be connected to. Raises `BadImage`: image-link-refused, image-link-private,
    image-link-failed, image-too-heavy.
    """
    try:
        async with asyncio.timeout(_SECONDS):
            return await _follow(client, link, name, public)
    except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, ssl.SSLError, OSError, ValueError) as error:
        raise BadImage("image-link-failed", name=name) from error


async def _follow(client: httpx.AsyncClient, link: str, name: str, public: Public) -> bytes:
    for _ in range(_MOST_REDIRECTS + 1):
        url = _checked(link, name)
        await _check_name(url, name, public)
        request = client.build_request(
            "GET", url, headers=_HEADERS, extensions={"trace": _connected_to(url, name, public)}
        )
        response = await client.send(request, stream=True, auth=None, follow_redirects=False)
        try:
            if response.status_code not in _REDIRECTS:
                return await _read(response, name)
            link = urljoin(str(url), response.headers.get("location", ""))
            if url.scheme == "https" and not link.lower().startswith("https:"):
                raise BadImage("image-link-refused", name=name)
        finally:
            await response.aclose()
    raise BadImage("image-link-failed", name=name)


def _checked(link: str, name: str) -> httpx.URL:
    url = httpx.URL(link)
    if url.scheme not in ("http", "https") or not url.host or url.userinfo:
        raise BadImage("image-link-refused", name=name)
    return url


async def _check_name(url: httpx.URL, name: str, public: Public) -> None:
    """Every address of the host must be public; a proxy would connect to it out of our sight."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(url.raw_host.decode("ascii"), url.port, type=SOCK_STREAM)
    if not all(public(str(entry[4][0])) for entry in found):
        raise BadImage("image-link-private", name=name)


def _connected_to(url: httpx.URL, name: str, public: Public) -> Callable[[str, Mapping[str, Any]], Awaitable[None]]:
    """Looks at the address that is really connected to, before a byte goes there.

    A name may lead elsewhere at its second look-up. Where another host than the link's is connected to, it is the
    creator's own proxy, which may be anywhere.
    """
    direct = False

    async def trace(event: str, info: Mapping[str, Any]) -> None:
        nonlocal direct
        if event.endswith("connect_tcp.started"):
            direct = info["host"] == url.raw_host.decode("ascii")
        if event.endswith("connect_tcp.complete") and direct:
            stream = info["return_value"]
            peer = stream.get_extra_info("server_addr")
            if not peer or not public(str(peer[0])):
                await stream.aclose()
                raise BadImage("image-link-private", name=name)

    return trace


async def _read(response: httpx.Response, name: str) -> bytes:
    """A bounded body; what the far end says of its type and its length may be untrue."""
    if response.status_code != 200:
        raise BadImage("image-link-failed", name=name)
    said = response.headers.get("content-length", "")
    if said.isdecimal() and int(said) > IMAGE_MOST_BYTES:
        raise _too_heavy(name, int(said))
    data = bytearray()
    async for piece in response.aiter_bytes():
        data += piece
        if len(data) > IMAGE_MOST_BYTES:
            raise _too_heavy(name, len(data))
    return bytes(data)


def _too_heavy(name: str, size: int) -> BadImage:
    megabytes = max(round(size / 1_000_000), IMAGE_MOST_BYTES // 1_000_000 + 1)
    return BadImage("image-too-heavy", name=name, megabytes=megabytes, most=IMAGE_MOST_BYTES // 1_000_000)
