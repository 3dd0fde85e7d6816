"""The httpx clients of the program, one for each kind of request; built once, off the loop."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from http.cookiejar import CookieJar
from typing import TypeVar

import httpx
import truststore

from seedance_desktop.domain.errors import GatewayProblem
from seedance_desktop.domain.preferences import Preferences

from .pictures import no_cookies

T = TypeVar("T")

_LOCAL = ("127.0.0.1", "localhost", "[::1]")
POLLS_AT_ONCE = 4
_KEEP_NONE = httpx.Limits(max_connections=None, max_keepalive_connections=0)
_KEEP_FEW = httpx.Limits(max_connections=None, max_keepalive_connections=POLLS_AT_ONCE, keepalive_expiry=30)


@dataclass(frozen=True, slots=True)
class Connections:
    """Four clients that follow no redirects.

    `submits` opens a fresh connection for each POST, so that an idle one closed by the far end can't make a paid
    request unsure; `polls` keeps few alive; `downloads` never shares a place with either; `pictures` opens a fresh
    connection for each link, so that its address can be looked at. Nobody gets a cookie back that `pictures` was given.
    None limits how many are open: httpcore loses a place for good when a request is cancelled in a bad moment, and a
    client without places asks nobody any more. `POLLS_AT_ONCE`, and what the studio allows, limit them instead.
    """

    submits: httpx.AsyncClient
    polls: httpx.AsyncClient
    downloads: httpx.AsyncClient
    pictures: httpx.AsyncClient

    async def close(self) -> None:
        """Close all connections."""
        for client in (self.submits, self.polls, self.downloads, self.pictures):
            await client.aclose()


def build(preferences: Preferences) -> Connections:
    """Make the clients (about 100 ms, blocking), with the system's certificates and the proxy of the preferences.

    Raises `GatewayProblem("address-malformed")` for a proxy that is none: going without it would tell who asks.
    """
    return _built(preferences, _clients)


def build_single(preferences: Preferences) -> httpx.AsyncClient:
    """A client of the same kind for one request by itself, which takes no cookies; see `build`."""
    return _built(preferences, lambda client: client(_KEEP_NONE, httpx.Timeout(10), no_cookies()))


def is_certificate(error: BaseException) -> bool:
    """Whether the far end's certificate was refused; Windows and macOS say why in words of their own."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in str(seen):
            return True
        seen = seen.__cause__ or seen.__context__
    return False


def _built(preferences: Preferences, make: Callable[[Callable[..., httpx.AsyncClient]], T]) -> T:
    for noisy in ("httpx", "httpcore"):  # they log full URLs, signed links among them
        logging.getLogger(noisy).setLevel(logging.WARNING)
    trust = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

    def client(limits: httpx.Limits, timeout: httpx.Timeout, cookies: CookieJar | None = None) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            verify=trust,
            limits=limits,
            timeout=timeout,
            follow_redirects=False,
            trust_env=preferences.proxy == "system",
            proxy=(preferences.proxy_address or None) if preferences.proxy == "manual" else None,
            mounts={f"all://{host}": None for host in _LOCAL},
            headers={"User-Agent": "seedance-desktop"},
            cookies=cookies,
        )

    try:
        return make(client)
    except ValueError:
        raise GatewayProblem("address-malformed", address=preferences.proxy_address) from None


def _clients(client: Callable[..., httpx.AsyncClient]) -> Connections:
    return Connections(
        submits=client(_KEEP_NONE, httpx.Timeout(connect=15, read=180, write=60, pool=60)),
        polls=client(_KEEP_FEW, httpx.Timeout(connect=15, read=30, write=30, pool=60)),
        downloads=client(_KEEP_NONE, httpx.Timeout(connect=15, read=60, write=30, pool=60)),
        pictures=client(_KEEP_NONE, httpx.Timeout(connect=15, read=30, write=30, pool=30), no_cookies()),
    )
