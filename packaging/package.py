"""Builds everything that users get, in its order: the program, its licences, its packages, their proof."""

from __future__ import annotations

import argparse
import hashlib
import importlib
import shutil
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bundle import making
from licences import bill, listing
from proof import built, prove
from release import source
from steps import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

# By the start of `sys.platform`: what turns the program's folder into what users install.
MAKERS = {"linux": "linux.packages", "win32": "windows.installer", "darwin": "macos.disk_image"}
SUMS = "SHA256SUMS"


def main(args: Sequence[str]) -> int:
    """Build into `dist/`; 0, or the proof's exit code. Raises Stop where a step fails."""
    parser = argparse.ArgumentParser(prog="python3 packaging/dev.py package", description=main.__doc__)
    parser.add_argument("--check", action="store_true", help="build and prove the folder alone; dist/ stays as it is")
    parser.add_argument("--no-installers", action="store_true", help="only the program's folder")
    parser.add_argument("--no-proof", action="store_true", help="don't run the self-test of what was built")
    wanted = parser.parse_args(args)
    folder = _program()
    if wanted.check:
        return built.prove(folder)
    folder = making.publish(folder)
    made = [] if wanted.no_installers else _packages(folder)
    with _part("bill of materials, checksums"):
        made.append(bill.write(folder, source.version(), making.DIST))
        sums(made)
    _forget_others(made)
    if wanted.no_proof:
        return 0
    with _part("proof"):
        return prove.main([str(folder)])


def _program() -> Path:
    """The finished folder, in `build/`."""
    with _part("environment"):
        making.environment()
    with _part("program"):
        folder = making.freeze(source.moment())
    with _part("links, licences, size"):
        making.check_links(folder)
        listing.write(folder)
        making.weigh(folder)
    return folder


def _packages(folder: Path) -> list[Path]:
    """What this system's users install; made beside `dist/` and moved there, so that no half file is ever there."""
    with _part("packages"):
        target = making.BUILD / "packages"
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        maker = importlib.import_module(maker_for(sys.platform))
        made: list[Path] = maker.make(folder, source.version(), target)
        making.weigh_packages(made)
        return [path.replace(making.DIST / path.name) for path in made]


def _forget_others(made: Sequence[Path]) -> None:
    """Remove what an earlier build left in `dist/`: the folder holds one version, as its checksums say."""
    for path in making.DIST.glob("seedance-desktop*"):
        if path.is_file() and path not in made:
            path.unlink()


def maker_for(system: str) -> str:
    """The name of the module that makes this system's packages."""
    return next(name for start, name in MAKERS.items() if system.startswith(start))


def sums(files: Sequence[Path]) -> None:
    """Write the checksums of what was made beside it, as `sha256sum --check` reads them."""
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in sorted(files)]
    (making.DIST / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


@contextmanager
def _part(name: str) -> Iterator[None]:
    say(f"\n── {name}")
    start = time.monotonic()
    yield
    say(f"   {time.monotonic() - start:.1f} s")
