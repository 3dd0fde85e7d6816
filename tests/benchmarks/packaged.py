"""What users get, where `dev.py package` has made it: its sizes, and its start beside that of the source."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from .figures import TIMES, Figure, interleaved, ratio, value
from .ground import ROOT, Ground

DIST = ROOT / "dist"
PROGRAM = DIST / "seedance-desktop" / ("seedance-desktop.exe" if sys.platform == "win32" else "seedance-desktop")


def measure(ground: Ground) -> Iterator[Figure]:
    if not PROGRAM.is_file():
        return
    yield value("the program on disk", 330, "MB", [_size()])
    for package in sorted((*DIST.glob("*.tar.xz"), *DIST.glob("*.deb"))):
        yield value(f"to download, {package.suffix[1:]}", 95, "MB", [package.stat().st_size / 1e6])
    if ground.env.get("QT_QPA_PLATFORM") == "xcb":  # a screen of our own, to look at from outside
        built, source = [str(PROGRAM)], [sys.executable, "-m", "seedance_desktop"]
        runs = interleaved(TIMES, lambda: _painted(ground, source), lambda: _painted(ground, built))
        yield ratio("start to a painted window, built / from source", 1.1, runs[1], runs[0])


def _size() -> float:
    files = (path for path in PROGRAM.parent.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files) / 1e6


def _painted(ground: Ground, program: list[str]) -> float:
    library = str(ground.fresh("empty library"))
    seen = ground.child("painted", *program, "--library", library, "--key-store", "session")
    return float(seen["painted"])
