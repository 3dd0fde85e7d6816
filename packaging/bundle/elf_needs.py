"""Tells what the bundle's native files need from outside of it: libraries, and the oldest glibc that will do."""

from __future__ import annotations

import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from steps import Stop

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_MAGIC = b"\x7fELF"
_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)$", re.MULTILINE)
_GLIBC = re.compile(r"\sGLIBC_(\d+)\.(\d+)(?:\.\d+)?$", re.MULTILINE)


@dataclass(frozen=True)
class Needs:
    """Names of libraries, as their users name them (`libEGL.so.1`), and glibc's version, such as (2, 34)."""

    libraries: frozenset[str]
    glibc: tuple[int, int]


def outside(folder: Path) -> Needs:
    """What the native files below `folder` need and don't find in it; raises `Stop` where `objdump` is missing."""
    natives = list(natives_of(folder))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        dumps = list(pool.map(_dump, natives))
    inside = {path.name for path in folder.rglob("*.so*")}
    needed = {name for dump in dumps for name in _NEEDED.findall(dump)}
    versions = [(int(major), int(minor)) for dump in dumps for major, minor in _GLIBC.findall(dump)]
    return Needs(frozenset(needed - inside), max(versions, default=(0, 0)))


def natives_of(folder: Path) -> Iterable[Path]:
    """Every ELF file below `folder`, once: links to others are left out."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(len(_MAGIC)) == _MAGIC:
                    yield path


def _dump(path: Path) -> str:
    command = ["objdump", "--private-headers", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"})
    except FileNotFoundError:
        raise Stop("objdump is missing here, which reads what the program needs: install `binutils`.") from None
    if done.returncode:
        raise Stop(f"What {path} needs could not be read: {done.stderr.strip()}")
    return done.stdout
