"""A figure of the quality page: ours, the yardstick's, and whether it keeps its limit."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field

TIMES = 5  # the least number of interleaved runs; a figure is their median


@dataclass(frozen=True)
class Figure:
    """One line of the table. `value` is what the limit is about; None where it could not be measured.

    `ours` and `yardstick` are for people; `runs` are the single measurements behind them.
    """

    what: str
    value: float | None
    unit: str
    limit: float | None = None
    ours: str = ""
    yardstick: str = ""
    note: str = ""
    runs: dict[str, list[float]] = field(default_factory=dict)

    @property
    def verdict(self) -> str:
        """`ok`, `over`, or nothing where there is nothing to judge."""
        if self.value is None or self.limit is None:
            return "-"
        return "ok" if self.value <= self.limit else "over"

    def to_dict(self) -> dict[str, object]:
        """JSON-ready."""
        return asdict(self) | {"verdict": self.verdict}


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of all stay under."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]


def ratio(
    what: str,
    limit: float,
    ours: Sequence[float],
    yardstick: Sequence[float],
    *,
    scale: float = 1000.0,
    unit: str = "ms",
    note: str = "",
) -> Figure:
    """Ours in the yardstick's measure; without runs of the yardstick ours stands alone."""
    mine = median(ours)
    runs = {"ours": list(ours), "yardstick": list(yardstick)}
    said = f"{mine * scale:.4g} {unit}"
    if not yardstick:
        return Figure(what, None, "x", limit, said, "", note, runs)
    theirs = median(yardstick)
    return Figure(what, mine / theirs, "x", limit, said, f"{theirs * scale:.4g} {unit}", note, runs)


def value(what: str, limit: float | None, unit: str, runs: Sequence[float], *, note: str = "") -> Figure:
    """The median of runs that are measured against no yardstick."""
    return Figure(what, median(runs), unit, limit, f"{median(runs):.4g} {unit}", "", note, {"ours": list(runs)})


def interleaved(times: int, *runs: Callable[[], float]) -> list[list[float]]:
    """Each run's measurements, taken in turns so that a noisy machine is noisy to all; the first round is thrown away.

    It warms the disk and the compiled files.
    """
    found: list[list[float]] = [[] for _ in runs]
    for turn in range(times + 1):
        for run, measured in zip(runs, found, strict=True):
            took = run()
            if turn:
                measured.append(took)
    return found


def table(figures: Iterable[Figure]) -> str:
    """All figures as lines of text."""
    head = ("what", "ours", "yardstick", "figure", "limit", "")
    lines = [head, *(_line(figure) for figure in figures)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)


def _line(figure: Figure) -> tuple[str, ...]:
    measured = "" if figure.value is None else f"{figure.value:.4g} {figure.unit}"
    limit = "" if figure.limit is None else f"{figure.limit:g} {figure.unit}"
    verdict = figure.verdict + (f"  ({figure.note})" if figure.note else "")
    return figure.what, figure.ours, figure.yardstick, measured, limit, verdict
