"""Gateway addresses: what may be talked to, and which origin a key belongs to."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit, urlunsplit

from .errors import GatewayProblem

_NO_HOST = re.compile(r"[\s\x00-\x20\x7f<>\"{}|\\^`%]")
_PORTS = {"http": 80, "https": 443}


def origin(url: str) -> str:
    """Scheme, host and port of a URL, the standard port left out: `https://host` or `http://127.0.0.1:8080`.

    Raises ValueError for what has no http(s) scheme or no host.
    """
    parts = urlsplit(url.strip())
    scheme, host = parts.scheme.lower(), (parts.hostname or "").lower()
    if scheme not in _PORTS or not host or _NO_HOST.search(host):
        raise ValueError(url)
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}" if parts.port in (None, _PORTS[scheme]) else f"{scheme}://{shown}:{parts.port}"


def is_loopback(url: str) -> bool:
    """Whether the URL's host is this machine."""
    host = urlsplit(url.strip()).hostname or ""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def check_address(text: str, insecure: tuple[str, ...] = ()) -> str:
    """A gateway's base URL in its plain form, without a slash at the end.

    `https` is taken; `http` only on loopback or where its origin is one of `insecure` (the creator said so). Raises
    `GatewayProblem` with `address-malformed` or `address-insecure`.
    """
    try:
        parts = urlsplit(text.strip())
        base = origin(text)
    except ValueError:
        raise GatewayProblem("address-malformed", address=text.strip()) from None
    if parts.username or parts.password or parts.query or parts.fragment:
        raise GatewayProblem("address-malformed", address=text.strip())
    if base.startswith("http://") and not is_loopback(base) and base not in insecure:
        raise GatewayProblem("address-insecure", address=base)
    return base + parts.path.rstrip("/")


def check_link(link: str, gateway: str) -> str:
    """A clip's link made absolute, if it is one that may be fetched; raises `GatewayProblem("bad-link")`.

    Only https, and http on loopback or where the gateway's own address is http (GATEWAY.md).
    """
    try:
        if link.startswith("/") and not link.startswith("//"):
            link = origin(gateway) + link
        base = origin(link)
    except ValueError:
        raise GatewayProblem("bad-link") from None
    plain_allowed = is_loopback(base) or gateway.startswith("http://")
    if base.startswith("http://") and not plain_allowed:
        raise GatewayProblem("bad-link")
    parts = urlsplit(link)
    return urlunsplit(SplitResult(parts.scheme, parts.netloc, parts.path, parts.query, ""))


def host(url: str) -> str:
    """The host (and port) of an address, for people."""
    return urlsplit(url).netloc or url
