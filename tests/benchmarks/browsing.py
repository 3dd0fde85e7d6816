"""Pages of the grid and searches in a big library."""

from __future__ import annotations

from collections.abc import Iterator

from . import libraries
from .figures import TIMES, Figure, interleaved, median, percentile, ratio, value
from .ground import Ground


def measure(ground: Ground) -> Iterator[Figure]:
    few, many = str(libraries.finished(libraries.FEW)), str(libraries.finished(libraries.MANY))

    def page(library: str) -> float:
        return median([float(took) for took in ground.child("driver", "pages", library)["took"]])

    pages = interleaved(TIMES, lambda: page(many), lambda: page(few))
    yield ratio("one page of the grid, 100,000 clips / 1,000", 1.3, *pages)
    found = [ground.child("driver", "search", many) for _ in range(3)]
    took = [1000 * float(one) for seen in found for one in seen["took"]]
    busy = [1000 * float(one) for seen in found for one in seen["busy"]]
    yield value("search 100,000 clips: last key to first page", 30, "ms", took, note=f"p90 {percentile(took, 0.9):.0f}")
    yield value("the same: the GUI thread's own time", 8, "ms", busy, note=f"p90 {percentile(busy, 0.9):.0f}")
