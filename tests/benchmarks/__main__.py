"""Measures the figures of the quality page: `python -m tests.benchmarks [names…]` prints a table.

It writes benchmarks.json too. No figure fails it: machines are shared and noisy, and a person reads the table.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from . import browsing, composing, downloading, living, packaged, starting, viewing
from .figures import Figure, table
from .ground import Ground, ground

THEMES: dict[str, Callable[[Ground], Iterator[Figure]]] = {
    "starting": starting.measure,
    "browsing": browsing.measure,
    "living": living.measure,
    "composing": composing.measure,
    "downloading": downloading.measure,
    "viewing": viewing.measure,
    "packaged": packaged.measure,
}
RESULT = Path("benchmarks.json")


def main() -> None:
    """Measure the themes that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(THEMES))
    names = parser.parse_args().names or list(THEMES)
    unknown = [name for name in names if name not in THEMES]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}; there are {', '.join(THEMES)}")
    figures: list[Figure] = []
    with ground() as made:
        for name in names:
            figures += _measured(name, made)
    print(f"\n{table(figures)}\n")
    RESULT.write_text(json.dumps(_report(figures), indent=1), encoding="utf-8")
    print(f"Written: {RESULT.resolve()}")


def _measured(name: str, made: Ground) -> Iterator[Figure]:
    """The figures of a theme; one that breaks is said and leaves the others standing."""
    try:
        for figure in THEMES[name](made):
            print(f"{name}: {figure.what}: {figure.ours} {figure.verdict}", file=sys.stderr, flush=True)
            yield figure
    except Exception as error:  # noqa: BLE001 - whatever it was, the other themes are measured
        print(f"{name} broke: {error!r}", file=sys.stderr)
        yield Figure(f"{name}: broke", None, "", note=repr(error)[:200])


def _report(figures: list[Figure]) -> dict[str, object]:
    machine = {"system": platform.platform(), "python": platform.python_version(), "machine": platform.machine()}
    return {"made": time.strftime("%Y-%m-%dT%H:%M:%S%z"), **machine, "figures": [one.to_dict() for one in figures]}


if __name__ == "__main__":
    main()
