"""Where things lie on this system: preferences, logs, the default library and the demo's."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

NAME = "Seedance"


@dataclass(frozen=True, slots=True)
class Places:
    """The per-user paths of the program."""

    preferences: Path
    window: Path
    updates: Path
    logs: Path
    library: Path
    demo_library: Path


def places() -> Places:
    """The paths of this user; nothing is made."""
    dirs = platformdirs.PlatformDirs(NAME, appauthor=False)
    config, data = Path(dirs.user_config_path), Path(dirs.user_data_path)
    return Places(
        preferences=config / "preferences.json",
        window=config / "window.json",
        updates=config / "updates.json",
        logs=Path(dirs.user_log_path),
        library=Path(dirs.user_videos_path) / NAME,
        demo_library=data / "demo library",
    )


def library_folder(flag: str | None, preferred: str, *, demo: bool) -> Path:
    """The library to open: the flag, `SEEDANCE_LIBRARY`, the demo's, the preference, the default; in this order."""
    chosen = flag or os.environ.get("SEEDANCE_LIBRARY")
    if chosen:
        return Path(chosen).expanduser().absolute()
    if demo:
        return places().demo_library
    return Path(preferred).expanduser() if preferred else places().library


def holder_of(library: Path) -> Path:
    """The file that is there while a program holds the library of this folder, and after a crash."""
    return library / "library.holder"
