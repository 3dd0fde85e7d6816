"""Brings together for a release what the systems built: `dev.py release tag TAG | notes | collect FOLDER … TARGET`."""

from __future__ import annotations

import hashlib
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

from release import changelog, source
from steps import Stop, say

if TYPE_CHECKING:
    from collections.abc import Sequence

SUMS = "SHA256SUMS"


def check_tag(tag: str) -> None:
    """Raise Stop unless the tag is that of this source: `v1.2.3` for version 1.2.3."""
    if tag != f"v{source.version()}":
        raise Stop(f"The tag is {tag}, but the source says that it is version {source.version()}.")


def notes() -> str:
    """What changed in this version, as the changelog says it: a line each."""
    return "\n".join(f"- {change}" for change in changelog.read(source.version(), int(time.time()))[0].changes)


def collect(folders: list[Path], target: Path) -> list[Path]:
    """Copy what each system built from its folder into `target`, with one list of checksums for all.

    A folder is named after its system. Its own list is checked first, file by file; a bill of materials gets the
    system's name into its own, as each system has one.

    Raises:
        Stop: a file is missing, differs from its list, is on no list, or has the name of another system's file.
    """
    target.mkdir(parents=True, exist_ok=True)
    made = []
    for folder in folders:
        listed = _listed(folder)
        found = {file.name for file in folder.iterdir() if file.name != SUMS}
        if found != set(listed):
            raise Stop(f"{folder.name}: the list and the files differ: {', '.join(sorted(found ^ set(listed)))}.")
        for name, wanted in listed.items():
            if digest(folder / name) != wanted:
                raise Stop(f"{folder.name}: {name} is not what was built; its checksum differs.")
            made.append(_copy(folder / name, target / name.replace(".cdx.json", f"-{folder.name}.cdx.json")))
    lines = sorted(f"{digest(file)}  {file.name}\n" for file in made)
    (target / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")
    return [*made, target / SUMS]


def digest(file: Path) -> str:
    """A file's SHA-256, in small hexadecimal letters."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _listed(folder: Path) -> dict[str, str]:
    sums = folder / SUMS
    if not sums.is_file():
        raise Stop(f"{folder.name} has no {SUMS}.")
    lines = (line.split(maxsplit=1) for line in sums.read_text(encoding="utf-8").splitlines())
    return {name.lstrip("*"): number for number, name in lines}


def _copy(file: Path, target: Path) -> Path:
    if target.exists():
        raise Stop(f"Two systems built a file named {target.name}.")
    shutil.copyfile(file, target)
    return target


def main(arguments: Sequence[str]) -> int:
    """Do what the first argument says; raises Stop."""
    match arguments:
        case ["tag", tag]:
            check_tag(tag)
        case ["notes"]:
            say(notes())
        case ["collect", *folders, target] if folders:
            for file in collect([Path(folder) for folder in folders], Path(target)):
                say(f"{file.stat().st_size:>12,}  {file.name}")
        case _:
            raise Stop("Say `tag TAG`, `notes` or `collect FOLDER … TARGET`.")
    return 0
