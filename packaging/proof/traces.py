"""Tells what an installed program leaves behind: every file of a tree before and after, and what differs."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# What apt and dpkg write about every package there ever was, and the machinery of the proof itself.
KEPT_BY_APT = (
    "var/lib/apt/",
    "var/lib/dpkg/",
    "var/cache/apt/",
    "var/cache/debconf/",
    "var/cache/ldconfig/",
    "var/log/apt/",
    "var/log/dpkg.log",
    "var/log/alternatives.log",
)
_NOT_OF_THE_TREE = ("proc", "dev", "tmp", "var/cache/apt/archives")


def files(root: Path, apart: Sequence[str] = ()) -> dict[str, str]:
    """Every file, link and folder below `root` by its path, with what it is; without what `apart` begins."""
    skipped = (*_NOT_OF_THE_TREE, *apart)
    return {name: _what(root / name) for name in _walk(root, "") if not _below(name, skipped)}


def differences(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """What came, went or changed, a line each; but not what apt and dpkg write of every package."""
    lines = []
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name) and not _below(name, KEPT_BY_APT):
            word = "left" if name not in before else "gone" if name not in after else "changed"
            lines.append(f"{word}: /{name}")
    return lines


def _walk(root: Path, below: str) -> Iterator[str]:
    with os.scandir(root / below) as found:
        for entry in found:
            name = f"{below}/{entry.name}" if below else entry.name
            if _below(name, _NOT_OF_THE_TREE):
                continue
            yield name
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(root, name)


def _below(name: str, places: Sequence[str]) -> bool:
    return any(name == place.rstrip("/") or name.startswith(f"{place.rstrip('/')}/") for place in places)


def _what(path: Path) -> str:
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return f"link to {path.readlink()}"
    if stat.S_ISREG(mode):
        with path.open("rb") as file:
            return f"{mode:o} {hashlib.file_digest(file, 'blake2b').hexdigest()}"
    return f"{mode:o}"
