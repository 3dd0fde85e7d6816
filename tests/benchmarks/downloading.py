"""Downloads against curl: held to 100 MB/s and at full speed, in the window's loop and on the command line's."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from .figures import TIMES, Figure, interleaved, median, ratio
from .ground import Ground
from .hose import hose

_SIZE, _SMALL = 200, 20  # MB
_HELD = 100.0  # MB/s


def measure(ground: Ground) -> Iterator[Figure]:
    target = ground.fresh("downloads") / "clip.part"
    with hose(_SIZE, _HELD) as link:
        curls, ours, _ = _runs(ground, link, target)
        yield ratio("200 MB held to 100 MB/s, in the window", 1.05, ours, curls, scale=1, unit="s", note=_aside(curls))
    with hose(_SIZE) as link:
        curls, ours, plain = _runs(ground, link, target)
        yield ratio("200 MB at full speed, in the window", 4, ours, curls, scale=1, unit="s", note=_aside(curls))
        yield ratio("200 MB at full speed, on the command line", 3, plain, curls, scale=1, unit="s")
        large = [float(_fetch(ground, link, target, "qt")["more"]) for _ in range(3)]
    with hose(_SMALL) as link:
        small = [float(_fetch(ground, link, target, "qt")["more"]) for _ in range(3)]
    grown = median(large) - median(small)
    said = f"{median(large):.1f} MiB", f"{median(small):.1f} MiB"
    yield Figure("memory for 200 MB more than for 20 MB", grown, "MiB", 8, *said, note="flat, whatever the size")


def _runs(ground: Ground, link: str, target: Path) -> tuple[list[float], list[float], list[float]]:
    """Seconds of curl, of ours under qasync and of ours without; empty for curl where there is none."""
    program = shutil.which("curl")

    def curl() -> float:
        began = time.perf_counter()
        subprocess.run([str(program), "-s", "-o", str(target), f"{link}/clip.mp4"], check=True, timeout=120)
        return time.perf_counter() - began

    def ours(how: str) -> Callable[[], float]:
        return lambda: float(_fetch(ground, link, target, how)["seconds"])

    if program is None:
        window, plain = interleaved(TIMES, ours("qt"), ours("plain"))
        return [], window, plain
    curls, window, plain = interleaved(TIMES, curl, ours("qt"), ours("plain"))
    return curls, window, plain


def _fetch(ground: Ground, link: str, target: Path, how: str) -> dict[str, Any]:
    target.unlink(missing_ok=True)
    return ground.child("fetch", f"{link}/clip.mp4", str(target), how)


def _aside(curls: list[float]) -> str:
    return "" if curls else "curl is not installed"
