"""Builds the program's folder: PyInstaller in an environment of only what it needs, then trimmed and weighed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import system_libraries
from bundle import elf_needs, links
from environment import PACKAGE
from steps import ROOT, Stop, call, say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SPEC = ROOT / "packaging" / "bundle" / "seedance.spec"
BUILD, DIST = ROOT / "build", ROOT / "dist"
NAME = "Seedance.app" if sys.platform == "darwin" else "seedance-desktop"
# In millions of bytes: what a user waits for, and what it takes on his disk.
ON_DISK, COMPRESSED = 330, 95


def environment() -> None:
    """Make the environment that the program is built from.

    Raises:
        Stop: it could not be made, or this Linux lacks what goes into every bundle.
    """
    system_libraries.provide(building=True)
    if sys.platform.startswith("linux") and system_libraries.missing_packages(building=True):
        raise Stop("Nothing is built: it would lack these parts on every machine.")
    PACKAGE.ensure()


def freeze(moment: int) -> Path:
    """Run PyInstaller; the folder of the program, in `build/`. Every time in it is `moment`, seconds since 1970."""
    results, work = BUILD / "bundle", BUILD / "work"
    for folder in (results, work):
        shutil.rmtree(folder, ignore_errors=True)
    # The order of sets is in what Python compiles: without a fixed seed no two builds were alike.
    env = {**os.environ, "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": str(moment)}
    places = ["--distpath", str(results), "--workpath", str(work)]
    command = [str(PACKAGE.python), "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", *places, str(SPEC)]
    if call(command, env):
        raise Stop("PyInstaller could not build the program; its words are above.")
    folder = results / NAME
    if sys.platform.startswith("linux"):
        strip(folder)
    return folder


def strip(folder: Path) -> None:
    """Take the debuggers' notes out of the native files: a fifth of the size, and nobody starts a debugger here.

    Files that `patchelf` has changed, such as Qt's FFmpeg, can't always be stripped: what comes out has its parts
    where no system can load them. Those stay as they are.
    """
    for file in elf_needs.natives_of(folder / "_internal"):
        thin = file.with_name(f"{file.name}.thin")
        done = subprocess.run(["strip", "--strip-debug", "-o", str(thin), str(file)], capture_output=True, check=False)
        if done.returncode == 0 and thin.stat().st_size < file.stat().st_size and links.links_of(thin).loadable:
            thin.replace(file)
        thin.unlink(missing_ok=True)


def check_links(folder: Path) -> None:
    """Stop where a library would not find what it links to; on Linux, where the tools say so."""
    if sys.platform.startswith("linux"):
        say(f"{links.check(folder)} native files find everything that they link to.")


def weigh(folder: Path) -> int:
    """The size of a folder in bytes, each file once however many links lead to it.

    Raises:
        Stop: it is more than anyone should have to install.
    """
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    say(f"{folder.name}: {size / 1e6:.0f} MB on disk (limit {ON_DISK})")
    if size > ON_DISK * 1e6:
        heavy = sorted(((path.stat().st_size, path) for path in folder.rglob("*.*") if path.is_file()), reverse=True)
        names = ", ".join(f"{path.name} {size / 1e6:.0f}" for size, path in heavy[:8])
        raise Stop(f"The program is too big. The biggest parts: {names}.")
    return size


def weigh_packages(packages: Iterable[Path]) -> None:
    """Say what each package weighs, and stop where one is more than anyone should have to download.

    A zip has no limit: what Windows opens by itself packs by Deflate, a third larger, and its users get the installer.
    """
    sizes = {path: path.stat().st_size / 1e6 for path in packages}
    for path, size in sizes.items():
        say(f"{path.name}: {size:.1f} MB (limit {COMPRESSED})")
    if heavy := [path.name for path, size in sizes.items() if size > COMPRESSED and path.suffix != ".zip"]:
        raise Stop(f"Too big to download: {', '.join(heavy)}.")


def publish(folder: Path) -> Path:
    """Put the finished folder into `dist/` in one move, in place of the one before; where it is now."""
    DIST.mkdir(exist_ok=True)
    final, old = DIST / folder.name, BUILD / "replaced"
    shutil.rmtree(old, ignore_errors=True)
    if final.exists():
        final.rename(old)
    folder.rename(final)
    shutil.rmtree(old, ignore_errors=True)
    return final
