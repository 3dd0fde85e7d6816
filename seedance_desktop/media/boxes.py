"""Looks at an MP4's tables before FFmpeg does: absurd counts in a few bytes would make it ask for all memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

MOST_SAMPLES = 8_000_000
"""Samples of all tracks together: over an hour of video with sound, FFmpeg's index of them under 200 MB."""
_MOST_EDITS = 1000
_MOST_BOXES = 20_000
_HOLDERS = frozenset((b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"moof", b"traf"))


class Absurd(ValueError):
    """The tables claim more than any clip has."""


def check(path: Path) -> None:
    """Raise `Absurd` (a ValueError) where an ISO media file's tables claim more samples or edits than are sane.

    Reads only box headers and the run-length tables (ISO/IEC 14496-12, 8.6 to 8.8). Other formats pass.
    """
    samples = 0
    with path.open("rb") as file:
        size = path.stat().st_size
        for count, (kind, start, end) in enumerate(_boxes(file, 0, size), 1):
            if count > _MOST_BOXES:
                raise Absurd("boxes")
            file.seek(start)
            head = file.read(min(20, end - start)).ljust(20, b"\0")
            if kind == b"elst" and _number(head, 4) > _MOST_EDITS:
                raise Absurd("edits")
            samples += _samples(kind, head)
            if kind in (b"stts", b"ctts"):
                _check_runs(file, start + 8, end)
            if samples > MOST_SAMPLES:
                raise Absurd("samples")


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """(kind, start of the content, end) of each box, those inside the ones that hold others too."""
    spans = [(start, end)]
    while spans:
        at, end = spans.pop()
        while at + 8 <= end:
            file.seek(at)
            head = file.read(16)
            length, kind, content = _number(head, 0), head[4:8], at + 8
            if length == 1:
                length, content = int.from_bytes(head[8:16], "big"), at + 16
            stop = end if length == 0 else min(end, at + length)
            if stop < content:
                break
            yield kind, content, stop
            if kind in _HOLDERS:
                spans.append((content, stop))
            at = stop


def _samples(kind: bytes, head: bytes) -> int:
    """How many samples a box adds without needing bytes for each of them."""
    if kind == b"stsz":
        return _number(head, 8)
    if kind == b"stz2":
        return _number(head, 8)
    return _number(head, 4) if kind == b"trun" else 0


def _check_runs(file: BinaryIO, start: int, end: int) -> None:
    """The runs of a time table: (how many samples, a time) each, 4 bytes and 4 bytes."""
    file.seek(start)
    table = file.read(min(end - start, 8 * MOST_SAMPLES))
    total = sum(_number(table, at) for at in range(0, len(table) - 7, 8))
    if total > MOST_SAMPLES:
        raise Absurd("runs")


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "big")
