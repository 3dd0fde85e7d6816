"""Where icons, fonts and tokens lie: beside the source, in the wheel, or in the frozen program."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def folder() -> Path:
    """The folder of resources; raises `FileNotFoundError` where an installation lacks it."""
    places = [_PACKAGE.parent / "resources", _PACKAGE / "_resources"]
    if frozen := getattr(sys, "_MEIPASS", ""):
        places.insert(0, Path(frozen) / "seedance_desktop" / "_resources")
    for place in places:
        if (place / "tokens.json").is_file():
            return place
    raise FileNotFoundError(str(places[0]))
