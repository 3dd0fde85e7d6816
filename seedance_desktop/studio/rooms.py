"""Whether a disk has room for what a job is about to write."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.errors import DiskProblem
from seedance_desktop.domain.handover import Format, Handover, span

_SPARE = 1_000_000
_BYTES_A_PIXEL = {Format.PRORES: 0.6, Format.DNXHR: 0.6, Format.H264: 0.1}
"""The most that a form takes on average, sound included: ProRes 422 HQ is 220 Mbit/s at 1080p30, DNxHR HQ the same."""


def check(folder: Path, needed: int) -> None:
    """Raise `DiskProblem("no-room")` where the disk of `folder` has no room for so many bytes and a little more."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return  # a folder that is gone is noticed by what is written there
    if free < needed + _SPARE:
        raise DiskProblem("no-room", folder=str(folder), needed=megabytes(needed + _SPARE), free=megabytes(free))


def needed(clips: Iterable[Clip], handover: Handover) -> int:
    """About how many bytes a hand-over takes, rather more than less."""
    total = 0.0
    for clip in clips:
        footage = clip.footage
        if footage is None:
            continue
        first, last = span(clip) if handover.trimmed else (0, footage.frames - 1)
        share = (last - first + 1) / max(1, footage.frames)
        pixels = footage.width * footage.height * footage.frames
        total += share * max(footage.size, pixels * _BYTES_A_PIXEL.get(handover.format, 0.0))
    return round(total)


def megabytes(count: int) -> str:
    """Bytes as people count them, rounded up: `38 MB`."""
    return f"{-(-count // 1_000_000)} MB"
