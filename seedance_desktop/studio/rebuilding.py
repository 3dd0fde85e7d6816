"""Rebuild: the library's database made again from what lies in its folder, the files looked into by `media`."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from seedance_desktop.domain.clip import Footage
from seedance_desktop.domain.errors import BadClip
from seedance_desktop.library.rebuild import Progress, Rebuilt, rebuild
from seedance_desktop.media import clips, recipes

log = logging.getLogger(__name__)


def rebuild_library(folder: Path, progress: Progress) -> Rebuilt:
    """Rebuild the library in `folder` and the posters that are missing (blocking; the caller holds the lock)."""
    report = rebuild(folder, look_inside, make_poster, progress)
    log.info("rebuilt: %d from records, %d from clips", report.from_records, report.from_clips)
    return report


def look_inside(path: Path) -> tuple[Footage, dict[str, Any] | None]:
    """What is truly in an MP4 and the recipe that it carries; raises `BadClip`."""
    return clips.probe(path), recipes.read(path)


def make_poster(source: Path, target: Path) -> bool:
    """Make a poster that is missing; False where the clip gives none."""
    try:
        clips.poster(source, target)
    except BadClip as problem:
        log.warning("a clip has no poster: %s", problem.reason.code)  # its file may be named by its prompt
        return False
    return True
