"""Where files for whoever helps are put unless the creator says otherwise, and how they are called."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths

_Where = QStandardPaths.StandardLocation


def place() -> Path:
    """The folder for downloads, else the desktop, else home: the first that is there."""
    for where in (_Where.DownloadLocation, _Where.DesktopLocation):
        folder = QStandardPaths.writableLocation(where)
        if folder and Path(folder).is_dir():
            return Path(folder)
    return Path.home()


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """`seedance-diagnostics-2026-11-22.zip`, or with -2 and so on where that is there already."""
    dated = f"{stem}-{datetime.now().astimezone():%Y-%m-%d}"
    names = [dated, *(f"{dated}-{number}" for number in range(2, 100))]
    return next((folder / (name + suffix) for name in names if not (folder / (name + suffix)).exists()), folder / dated)
