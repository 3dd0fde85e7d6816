"""The news of a release: where it is read, what it says, and whether it is newer than this program."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from . import resources
from .errors import UpdateProblem

PRODUCT = "seedance-desktop"
SECONDS_BETWEEN = 24 * 60 * 60  # the check that comes by itself
_KEY_BYTES = 32
_LONGEST_NOTE = 4000
_VERSION = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})")
_UNPRINTED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Channel:
    """The https address of the news, and the Ed25519 public key (32 bytes) whose signature counts there."""

    address: str
    key: bytes

    @property
    def host(self) -> str:
        """Host and port, for people."""
        return urlsplit(self.address).netloc

    @classmethod
    def read(cls, kept: object) -> Channel | None:
        """From what the build wrote: `{"address": URL, "key": base64}`; None for anything else."""
        if not isinstance(kept, dict):
            return None
        address, key = kept.get("address"), kept.get("key")
        if not isinstance(address, str) or not isinstance(key, str) or not _is_https(address):
            return None
        try:
            plain = base64.b64decode(key, validate=True)
        except ValueError:
            return None
        return cls(address, plain) if len(plain) == _KEY_BYTES else None


@dataclass(frozen=True, slots=True)
class Release:
    """What the news says, all of it checked. `notes` are plain text by language; `page` is where it is downloaded."""

    version: str
    published: date
    page: str
    notes: Mapping[str, str]

    def note(self, language: str) -> str:
        """What is new, in `language`, else in English; empty where nothing is said."""
        return self.notes.get(language) or self.notes.get("en", "")


def channel() -> Channel | None:
    """Where this very build looks for news; None where it was built without, as from source."""
    try:
        return Channel.read(json.loads((resources.folder() / "updates.json").read_bytes()))
    except (OSError, ValueError):
        return None


def read_release(payload: bytes, source: Channel, today: date) -> Release:
    """What a payload, whose signature is good, says; `today` is UTC's.

    Raises `UpdateProblem`: update-unreadable, update-other-product, update-expired.
    """
    try:
        said = json.loads(payload)
    except (ValueError, RecursionError):
        raise UpdateProblem("update-unreadable") from None
    if not isinstance(said, dict):
        raise UpdateProblem("update-unreadable")
    if said.get("product") != PRODUCT:
        raise UpdateProblem("update-other-product")
    try:
        release = _release(said, source)
        expires = date.fromisoformat(said["expires"]) if "expires" in said else today
    except (KeyError, TypeError, ValueError):
        raise UpdateProblem("update-unreadable") from None
    if expires < today:
        raise UpdateProblem("update-expired")
    return release


def compare(version: str, ours: str) -> int:
    """1 where `version` is newer than ours, 0 where it is the same, -1 where it is older; raises ValueError."""
    theirs, mine = _numbers(version), _numbers(ours)
    return (theirs > mine) - (theirs < mine)


def is_due(last: object, now: float) -> bool:
    """Whether a day has gone since `last`, in seconds of the epoch; a time that is none, or to come, doesn't count."""
    if not isinstance(last, int | float) or isinstance(last, bool):
        return True
    return not last <= now < last + SECONDS_BETWEEN


def _release(said: dict[str, Any], source: Channel) -> Release:
    """Raises KeyError, TypeError or ValueError for what has another shape."""
    _numbers(said["version"])
    page, notes = said["page"], said["notes"]
    if not isinstance(notes, dict) or not isinstance(page, str) or not _may_be_opened(page, source):
        raise ValueError(page)
    plain = {name: _UNPRINTED.sub("", text)[:_LONGEST_NOTE].strip() for name, text in notes.items()}
    return Release(said["version"], date.fromisoformat(said["published"]), page, plain)


def _numbers(version: str) -> tuple[int, int, int]:
    match = _VERSION.fullmatch(version)
    if match is None:
        raise ValueError(version)
    first, second, third = match.groups()
    return int(first), int(second), int(third)


def _is_https(address: str) -> bool:
    try:
        parts = urlsplit(address)
        plain = not (parts.username or parts.password or re.search(r"[\s\x00-\x20\x7f\\]", address))
        return parts.scheme == "https" and bool(parts.hostname) and plain and (parts.port or 443) > 0
    except ValueError:
        return False


def _may_be_opened(page: str, source: Channel) -> bool:
    """Only https, and only at the host of the news or below it."""
    if not _is_https(page):
        return False
    parts, home = urlsplit(page), urlsplit(source.address)
    host, ours = parts.hostname or "", home.hostname or ""
    return parts.port in (None, home.port) and (host == ours or host.endswith("." + ours))
