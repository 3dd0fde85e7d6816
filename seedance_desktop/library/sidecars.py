"""The small JSON file beside each original image: its name and tags, which the image itself does not carry."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from seedance_desktop.domain.kept_images import KeptImage
from seedance_desktop.domain.recipe import whole

from .files import Folders, write_json

HASH = re.compile(r"[0-9a-f]{64}")
"""A content hash as it is in a file's name."""

_FORMAT = 1
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_LONGEST = 1 << 16  # bytes; ours are under one KiB
_LONGEST_WORDS = 80
_MOST = 1 << 53


def sidecar(folders: Folders, hash: str) -> Path:
    """Where the file beside an original lies; raises ValueError for a hash that would lead elsewhere."""
    if not hash.isalnum():
        raise ValueError(hash)
    return folders.references / f"{hash}.json"


def write_sidecar(folders: Folders, image: KeptImage) -> None:
    """Write the file beside an original, whole; raises `DiskProblem`."""
    kept: dict[str, Any] = {
        "seedance": _FORMAT,
        "hash": image.hash,
        "suffix": image.suffix,
        "name": image.name,
        "tags": list(image.tags),
        "width": image.width,
        "height": image.height,
        "added": image.added,
        "trashed": image.trashed,
        "url": image.url,
    }
    write_json(sidecar(folders, image.hash), kept)


def read_sidecar(path: Path) -> KeptImage:
    """What a sidecar says; raises ValueError for one that can't be trusted, and OSError."""
    with path.open("rb") as file:
        data = file.read(_LONGEST + 1)
    try:
        return _image_of(json.loads(data), path.stem)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(path.name) from error


def _image_of(read: dict[str, Any], stem: str) -> KeptImage:
    suffix, url = read["suffix"], read.get("url", "")
    if read["hash"] != stem or not HASH.fullmatch(stem) or not is_suffix(suffix) or not isinstance(url, str):
        raise ValueError(stem)
    return KeptImage(
        hash=stem,
        suffix=suffix,
        name=one_line(read["name"]),
        width=_number(read.get("width", 0)),
        height=_number(read.get("height", 0)),
        added=_number(read["added"]),
        tags=clean_tags(read.get("tags", ())),
        trashed=_number(read.get("trashed", 0)),
        url=whole(url) if url.startswith(("http://", "https://")) else "",
    )


def is_suffix(suffix: str) -> bool:
    """Whether an original may have this suffix."""
    return bool(_SUFFIX.fullmatch(suffix)) and suffix != ".json"


def one_line(text: str) -> str:
    """A name or tag as it is kept: on one line, not longer than a person reads."""
    return " ".join(whole(text).split())[:_LONGEST_WORDS].rstrip()


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are kept: each once, no empty ones, in the creator's order."""
    if isinstance(tags, str):
        raise TypeError(tags)
    return tuple(dict.fromkeys(filter(None, map(one_line, tags))))


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST:
        raise ValueError(str(type(value)))
    return value
