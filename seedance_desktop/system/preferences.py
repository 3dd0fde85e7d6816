"""The per-user preferences file that window and command line both read."""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from seedance_desktop.domain.errors import DiskProblem
from seedance_desktop.domain.preferences import Preferences

log = logging.getLogger(__name__)


def load(path: Path) -> Preferences:
    """The preferences as they are kept; the defaults where there are none or the file can't be read."""
    return Preferences.from_dict(load_json(path))


def save(path: Path, preferences: Preferences) -> None:
    """Keep the preferences; raises `DiskProblem`."""
    save_json(path, preferences.to_dict())


def load_json(path: Path) -> dict[str, Any]:
    """A JSON object from a file; empty where there is none; a damaged one is set aside and said in the log."""
    try:
        read = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        log.warning("%s cannot be read (%s): defaults are used", path.name, type(error).__name__)
        _set_aside(path)
        return {}
    return read if isinstance(read, dict) else {}


def save_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write a JSON object so that the file is whole at any moment; raises `DiskProblem`."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.tmp")  # several may write at once
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            file.write(json.dumps(value, ensure_ascii=False, indent=1).encode(errors="replace"))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise DiskProblem.of(error, str(path)) from error


def _set_aside(path: Path) -> None:
    try:
        path.replace(path.with_name(path.name + ".damaged"))
    except OSError as error:
        log.warning("%s cannot be set aside (%s)", path.name, type(error).__name__)
