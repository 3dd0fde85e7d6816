"""A part that the program is made of, with its licence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Component:
    """Something bundled, or the program itself. `licence` is an SPDX expression or a name; `files` hold its texts."""

    name: str
    version: str
    licence: str
    homepage: str = ""
    files: tuple[str, ...] = ()

    @classmethod
    def read(cls, kept: object) -> Component | None:
        """From a JSON object of these fields; None for what has no name."""
        if not isinstance(kept, dict) or not _text(kept, "name"):
            return None
        files = kept.get("files")
        names = tuple(one for one in files if isinstance(one, str)) if isinstance(files, list) else ()
        return cls(_text(kept, "name"), _text(kept, "version"), _text(kept, "licence"), _text(kept, "homepage"), names)


def found(components: list[Component], typed: str) -> list[Component]:
    """Those whose name or licence holds every word that was typed."""
    words = typed.casefold().split()
    return [one for one in components if all(word in f"{one.name} {one.licence}".casefold() for word in words)]


def _text(kept: dict[str, Any], field: str) -> str:
    value = kept.get(field)
    return value if isinstance(value, str) else ""
