"""Proves that every native library of the built program finds what it links to: in the program, or named as needed.

The classic fault of built Qt programs is silent: a plugin that can't be loaded is as good as not there, so a player
plays nothing and no line says why.
"""

from __future__ import annotations

import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import system_libraries
from bundle import elf_needs
from steps import Stop

if TYPE_CHECKING:
    from collections.abc import Iterable

# The C and C++ libraries and zlib: every Linux with a desktop has them, and the program can't bring its own.
OF_EVERY_SYSTEM = re.compile(r"(lib(c|m|mvec|dl|pthread|rt|resolv|util|gcc_s|stdc\+\+|z)|ld-linux[-\w]*)\.so\.\d+")
_LOAD = re.compile(r"^\s+LOAD off\s+(0x[0-9a-f]+) vaddr (0x[0-9a-f]+) paddr \S+ align 2\*\*(\d+)$", re.MULTILINE)
_ENTRY = re.compile(r"^\s+(NEEDED|RPATH|RUNPATH)\s+(\S+)$", re.MULTILINE)


@dataclass(frozen=True)
class Links:
    """What one native file is linked to, and in which folders it looks for that first."""

    file: Path
    needed: tuple[str, ...]
    folders: tuple[Path, ...]
    loadable: bool = True


def check(folder: Path) -> int:
    """Look at every native file below the program's `folder`; how many there are.

    Raises:
        Stop: some link leads nowhere; the words name each.
    """
    every = read(folder)
    if broken := loose_ends(every, folder / "_internal"):
        raise Stop("Libraries of the built program link to what is neither in it nor named as needed:\n" + broken)
    if damaged := [links.file.name for links in every if not links.loadable]:
        raise Stop(f"No system would load these files: {', '.join(damaged)}.")
    return len(every)


def loose_ends(every: Iterable[Links], shared: Path) -> str:
    """A line for each link that neither the file's own folders, nor `shared`, nor the system is known to have."""
    lines = []
    for links in every:
        for name in links.needed:
            from_system = name in system_libraries.WINDOW or OF_EVERY_SYSTEM.fullmatch(name)
            if not from_system and not any((place / name).exists() for place in (*links.folders, shared)):
                lines.append(f"    {links.file.relative_to(shared.parent).as_posix()}: {name}")
    return "\n".join(lines)


def read(folder: Path) -> list[Links]:
    """The links of every native file below `folder`; raises Stop where `objdump` is missing."""
    natives = list(elf_needs.natives_of(folder))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(links_of, natives))


def links_of(file: Path) -> Links:
    """The links of one native file, and whether its parts lie where a system can map them into memory."""
    command = ["objdump", "--private-headers", str(file)]
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "LC_ALL": "C"})
    except (OSError, subprocess.CalledProcessError) as error:
        raise Stop(f"objdump, which reads the links of {file}, failed: {error}. Install `binutils`.") from None
    found = _ENTRY.findall(said.stdout)
    paths = [part for kind, value in found if kind != "NEEDED" for part in value.split(":")]
    folders = tuple(Path(os.path.normpath(part.replace("$ORIGIN", str(file.parent)))) for part in paths if part)
    loads = [
        (int(offset, 16), int(address, 16), 1 << int(power)) for offset, address, power in _LOAD.findall(said.stdout)
    ]
    loadable = bool(loads) and all((offset - address) % align == 0 for offset, address, align in loads)
    return Links(file, tuple(value for kind, value in found if kind == "NEEDED"), folders, loadable)
