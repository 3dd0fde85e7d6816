"""The list that goes with files handed over: each file with its recipe and what is said of it, as CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from .clip import Clip
from .spreadsheet import cell

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Handed:
    """A clip and the name of the file that holds it: its frames `first` to `last`, inclusive, are what is meant."""

    clip: Clip
    file: str
    first: int
    last: int


def to_json(handed: Iterable[Handed]) -> str:
    """All of it as one JSON object with a list of `clips`."""
    clips = [{name: value for name, value in _values(one).items() if value is not None} for one in handed]
    return json.dumps({"seedance": _FORMAT, "clips": clips}, ensure_ascii=False, indent=1) + "\n"


def to_csv(handed: Iterable[Handed]) -> str:
    """The same as CSV with a head line; images and tags are parted by commas."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for number, one in enumerate(handed):
        values = _values(one)
        if number == 0:
            writer.writerow(values)
        writer.writerow([_text(value) for value in values.values()])
    return text.getvalue()


def _values(handed: Handed) -> dict[str, Any]:
    """By the names of the columns; None where it isn't known."""
    clip, footage = handed.clip, handed.clip.footage
    recipe = clip.recipe
    return {
        "file": handed.file,
        "clip": clip.name,
        "project": clip.project,
        "shot": clip.shot,
        "take": clip.take,
        "prompt": recipe.prompt,
        "images": [one.name for one in recipe.references],
        "use": recipe.use.value if recipe.references else "",
        "ratio": recipe.ratio,
        "duration": recipe.duration,
        "resolution": recipe.resolution,
        "model": recipe.model,
        "stars": clip.stars,
        "flag": clip.flag.value,
        "tags": list(clip.tags),
        "notes": clip.notes,
        "first_frame": handed.first,
        "last_frame": handed.last,
        "width": footage.width if footage else None,
        "height": footage.height if footage else None,
        "fps": round(footage.fps, 3) if footage else None,
        "frames": footage.frames if footage else None,
        "made": datetime.fromtimestamp(clip.made / 1000, UTC).isoformat(timespec="seconds"),
    }


def _text(value: Any) -> str:
    if value is None:
        return ""
    return cell(", ".join(value) if isinstance(value, list) else str(value))
