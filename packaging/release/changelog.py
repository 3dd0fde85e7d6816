"""Reads the changelog's releases, for the forms in which packages tell of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from steps import ROOT

if TYPE_CHECKING:
    from pathlib import Path

CHANGELOG = ROOT / "packaging" / "CHANGELOG.md"
_HEADING = re.compile(r"^## \[(?P<name>[^\]]+)\](?: - (?P<date>\d{4}-\d{2}-\d{2}))?\s*$")


@dataclass(frozen=True)
class Release:
    """One version, the day it came out (UTC midnight), and its changes: a sentence each, in plain words."""

    version: str
    date: datetime
    changes: tuple[str, ...]


def read(version: str, moment: int, changelog: Path = CHANGELOG) -> list[Release]:
    """The releases, newest first, `version` among them.

    What stands under "Unreleased" is that version's if it has no heading of its own yet; its day is then that of
    `moment`, in seconds since 1970. A changelog without a word for it gives a release without changes.
    """
    sections = _sections(changelog.read_text(encoding="utf-8"))
    today = datetime.fromtimestamp(moment, UTC).replace(hour=0, minute=0, second=0)
    coming = sections.pop("Unreleased", ("", ()))[1]
    dated = [Release(name, _day(date, today), changes) for name, (date, changes) in sections.items()]
    if version in sections:
        return dated
    return [Release(version, today, coming), *dated]


def _sections(text: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Each heading's name with its date, "" if it has none, and the entries below it."""
    sections: dict[str, tuple[str, tuple[str, ...]]] = {}
    for line in text.splitlines():
        if heading := _HEADING.match(line):
            name = heading["name"]
            sections[name] = (heading["date"] or "", ())
        elif sections and line.startswith("- "):
            name, (date, changes) = next(reversed(sections.items()))
            sections[name] = (date, (*changes, _plain(line[2:])))
    return sections


def _plain(markdown: str) -> str:
    """An entry without marks: code in quotation marks as it is, links by their words."""
    return re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", markdown).replace("`", "").strip()


def _day(date: str, otherwise: datetime) -> datetime:
    return datetime.fromisoformat(date).replace(tzinfo=UTC) if date else otherwise
