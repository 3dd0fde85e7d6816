"""Reads the news of a release: one small file, once, over https; believed only with our signature."""

from __future__ import annotations

import asyncio
import base64
import json
import ssl
from datetime import UTC, datetime
from http import HTTPStatus

import httpx

from seedance_desktop.domain.errors import GatewayProblem, UpdateProblem
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.updates import Channel, Release, read_release

from .connections import build_single, is_certificate

_SECONDS = 10.0
_MOST_BYTES = 64 * 1024
_HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity"}


async def read(channel: Channel, preferences: Preferences, seconds: float = _SECONDS) -> Release:
    """The release that `channel` tells of; it goes through the proxy of the preferences.

    The request carries nothing about the user: no key, no cookie, no version. Raises `UpdateProblem` (see
    `domain.updates.read_release`, and update-unreachable, update-missing, update-too-large, update-not-signed), or
    `GatewayProblem` for a certificate or a proxy that is none.
    """
    client = await asyncio.to_thread(build_single, preferences)
    try:
        async with client, asyncio.timeout(seconds):
            raw = await _fetch(client, channel)
    except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, ssl.SSLError, OSError) as error:
        if is_certificate(error):
            raise GatewayProblem("tls-untrusted", gateway=channel.host) from error
        raise UpdateProblem("update-unreachable", host=channel.host) from error
    payload = await asyncio.to_thread(verified, raw, channel.key)
    return read_release(payload, channel, datetime.now(UTC).date())


def verified(raw: bytes, key: bytes) -> bytes:
    """The payload of `{"payload": base64, "signature": base64}`, exactly as it was signed with Ed25519.

    Raises `UpdateProblem`: update-unreadable, update-not-signed.
    """
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    try:
        said = json.loads(raw)
        payload, signature = (base64.b64decode(said[name], validate=True) for name in ("payload", "signature"))
    except (ValueError, TypeError, KeyError, RecursionError):
        raise UpdateProblem("update-unreadable") from None
    try:
        return VerifyKey(key).verify(payload, signature)
    except (CryptoError, ValueError):
        raise UpdateProblem("update-not-signed") from None


async def _fetch(client: httpx.AsyncClient, channel: Channel) -> bytes:
    """The answer's bytes, as far as there may be any."""
    request = client.build_request("GET", channel.address, headers=_HEADERS)
    response = await client.send(request, stream=True, auth=None, follow_redirects=False)
    try:
        if response.status_code != HTTPStatus.OK:
            raise UpdateProblem("update-missing", host=channel.host, status=response.status_code)
        raw = bytearray()
        async for piece in response.aiter_raw():
            raw += piece
            if len(raw) > _MOST_BYTES:
                raise UpdateProblem("update-too-large")
        return bytes(raw)
    finally:
        await response.aclose()
