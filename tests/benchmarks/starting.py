"""How long the start takes, with nothing and with 100,000 clips, and the memory that they need."""

from __future__ import annotations

from collections.abc import Iterator

from . import libraries
from .figures import TIMES, Figure, interleaved, median, ratio, value
from .ground import Ground


def measure(ground: Ground) -> Iterator[Figure]:
    empty, many = str(ground.fresh("empty library")), str(libraries.finished(libraries.MANY))
    runs = interleaved(
        TIMES + 2,
        lambda: float(ground.child("lean", "bare")["answered"]),
        lambda: float(ground.child("lean", "ours", empty)["answered"]),
        lambda: float(ground.child("lean", "ours", many)["answered"]),
    )
    yield ratio("start to a painted window that answers", 2.5, runs[1], runs[0])
    yield ratio("the same with 100,000 clips / with none", 1.1, runs[2], runs[1])
    yield from _opened(ground, empty, many)


def _opened(ground: Ground, empty: str, many: str) -> Iterator[Figure]:
    memory: dict[str, list[float]] = {empty: [], many: []}
    late: list[float] = []

    def run(library: str) -> float:
        seen = ground.child("driver", "open", library)
        memory[library].append(float(seen["memory"]))
        if library == many:
            late.append(1000 * max(map(float, seen["late"])))
        return float(seen["opened"])

    opened = interleaved(TIMES, lambda: run(empty), lambda: run(many))
    yield ratio("start to the library on screen, 100,000 clips / none", 1.5, opened[1], opened[0], note="no line asks")
    yield value("longest stall from the first paint to 3 s after, 100,000 clips", 50, "ms", late)
    more = [with_clips - without for with_clips, without in zip(memory[many], memory[empty], strict=True)]
    yield value("memory: 100,000 clips more than none", 30, "MiB", more)
    yield value("memory with 100,000 clips open", 250, "MiB", memory[many], note=f"empty {median(memory[empty]):.0f}")
