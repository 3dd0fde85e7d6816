"""Fetching one clip into a `.part` file: resumed by Range and If-Range, redirects by hand, the key kept home."""

from __future__ import annotations

import asyncio
import json
import os
import re
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urljoin

import httpx

from seedance_desktop.domain.address import check_link, origin
from seedance_desktop.domain.errors import DiskProblem, GatewayProblem

_MOST_REDIRECTS = 5
_BLOCK = 1 << 20
_HELD_SECONDS = 1.0
_MOST_BYTES = 4 << 30
_NOT_READY = re.compile(rb"not.?ready|processing|in.?progress|not.?complete|pending", re.IGNORECASE)
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")


class Fetch(Enum):
    """How a download ended."""

    COMPLETE = "complete"  # all bytes that were promised are on disk
    STALE = "stale"  # the link is dead: ask the task for a fresh one
    NOT_READY = "not ready"  # the far end says: later
    KEY = "key"  # the gateway's own origin wants another key
    BAD_LINK = "bad link"
    TROUBLE = "trouble"  # the network or the server: go on later


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the side file knows of a `.part`: the strong ETag it belongs to and the length promised (0 unknown)."""

    etag: str = ""
    total: int = 0


class Download:
    """One clip's download; `progress(got, total)` is called as bytes arrive, `total` 0 while unknown."""

    def __init__(self, client: httpx.AsyncClient, gateway: str, key: str, progress: Callable[[int, int], None]) -> None:
        """`gateway` is the base URL whose origin may see `key`."""
        self._client, self._gateway, self._key, self._progress = client, gateway, key, progress

    async def run(self, link: str, part: Path) -> Fetch:
        """Download `link` into `part`; raises `DiskProblem` and nothing else. What has arrived stays for a next try."""
        try:
            return await self._follow(link, part)
        except (GatewayProblem, httpx.InvalidURL, httpx.UnsupportedProtocol):
            return Fetch.BAD_LINK
        except (httpx.HTTPError, httpx.StreamError, ssl.SSLError, ConnectionError):
            return Fetch.TROUBLE
        except OSError as error:
            raise DiskProblem.of(error, str(part)) from error

    async def _follow(self, link: str, part: Path) -> Fetch:
        kept, have = await asyncio.to_thread(_read_kept, part)
        if have and have == kept.total:  # all of it came before; the link may be dead by now
            return Fetch.COMPLETE
        if not kept.etag:
            have = 0
        for _ in range(_MOST_REDIRECTS + 1):
            url = check_link(link, self._gateway)
            request = self._client.build_request("GET", url, headers=self._headers(url, kept, have))
            response = await self._client.send(request, stream=True)
            try:
                if response.status_code not in (301, 302, 303, 307, 308):
                    return await self._receive(response, part, kept, have)
                link = urljoin(url, response.headers.get("location", ""))
                if url.startswith("https://") and link.startswith("http://"):
                    raise GatewayProblem("bad-link")
            finally:
                await response.aclose()
        return Fetch.BAD_LINK

    def _headers(self, url: str, kept: _Kept, have: int) -> dict[str, str]:
        headers = {"Accept": "video/mp4, video/*;q=0.9, */*;q=0.5", "Accept-Encoding": "identity"}
        if self._key and origin(url) == origin(self._gateway):
            headers["Authorization"] = f"Bearer {self._key}"
        if have:
            headers |= {"Range": f"bytes={have}-", "If-Range": kept.etag}
        return headers

    async def _receive(self, response: httpx.Response, part: Path, kept: _Kept, have: int) -> Fetch:
        status = response.status_code
        if status == 206:
            begin, total = _content_range(response.headers)
            same = not have or response.headers.get("etag", kept.etag) == kept.etag
            same = same and total in (0, kept.total or total)
            if begin == have and same:
                return await self._write(response, part, have, total or kept.total)
        if status in (206, 416):  # the file is another one now: begin anew
            await asyncio.to_thread(forget, part)
            return Fetch.TROUBLE
        if status == 200:
            total = _number(response.headers.get("content-length"))
            etag = response.headers.get("etag", "")
            strong = etag if etag.startswith('"') else ""
            await asyncio.to_thread(_keep, part, _Kept(strong, total))
            return await self._write(response, part, 0, total)
        return await _refused(response, origin(str(response.url)) == origin(self._gateway))

    async def _write(self, response: httpx.Response, part: Path, begin: int, total: int) -> Fetch:
        file = await asyncio.to_thread(_open_at, part, begin)
        clock = asyncio.get_running_loop().time
        got, held, written = begin, bytearray(), clock()
        try:
            self._progress(got, total)
            async for piece in response.aiter_raw():  # whole blocks of httpx's would be lost where the line is cut
                held += piece
                got += len(piece)
                self._progress(got, total)
                if got > (total or _MOST_BYTES):
                    return Fetch.TROUBLE
                if len(held) >= _BLOCK or clock() - written > _HELD_SECONDS:
                    block, held = held, bytearray()
                    await asyncio.to_thread(file.write, block)
                    written = clock()
        finally:
            await asyncio.to_thread(_finish, file, held)
        return Fetch.COMPLETE if not total or got == total else Fetch.TROUBLE


async def _refused(response: httpx.Response, at_gateway: bool) -> Fetch:
    status = response.status_code
    if status in (401, 402) and at_gateway:
        return Fetch.KEY
    if status == 400:
        beginning = b""
        async for piece in response.aiter_bytes():
            beginning += piece
            if len(beginning) > 4096:
                break
        return Fetch.NOT_READY if _NOT_READY.search(beginning) else Fetch.STALE
    if status in (401, 403, 404, 410):
        return Fetch.STALE
    return Fetch.NOT_READY if status in (202, 425) else Fetch.TROUBLE


def _content_range(headers: Mapping[str, str]) -> tuple[int, int]:
    """The first byte and the whole length (0 unknown) that a 206 answer names; (-1, 0) if it names none."""
    found = _RANGE.fullmatch(headers.get("content-range", "").strip())
    return (int(found[1]), _number(found[3])) if found else (-1, 0)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def side_file(part: Path) -> Path:
    """Where a `.part` file's ETag and length are kept."""
    return part.with_name(part.name + ".json")


def _read_kept(part: Path) -> tuple[_Kept, int]:
    """What is known of a `.part` and how many bytes of it there are; without a strong ETag none can be gone on from."""
    try:
        read = json.loads(side_file(part).read_bytes())
        return _Kept(str(read["etag"]), int(read["total"])), part.stat().st_size
    except (OSError, ValueError, KeyError, TypeError):
        return _Kept(), 0  # nothing to go on from: the download begins anew


def _keep(part: Path, kept: _Kept) -> None:
    part.unlink(missing_ok=True)
    side_file(part).write_text(json.dumps({"etag": kept.etag, "total": kept.total}))


def forget(part: Path) -> None:
    """Remove a `.part` and what is known of it (blocking)."""
    side_file(part).unlink(missing_ok=True)
    part.unlink(missing_ok=True)


def _open_at(part: Path, begin: int) -> BinaryIO:
    file = part.open("r+b" if begin else "wb")
    try:
        file.truncate(begin)
        file.seek(begin)
    except BaseException:
        file.close()
        raise
    return file


def _finish(file: BinaryIO, held: bytearray) -> None:
    try:
        file.write(held)
        file.flush()
        os.fsync(file.fileno())
    finally:
        file.close()
