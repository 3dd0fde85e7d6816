"""The recipe inside an MP4, read as a stranger's: whatever is in it, what comes out is a recipe of ours or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from seedance_desktop.domain.catalogue import DURATIONS, MODELS, MOST_REFERENCES, RATIOS, RESOLUTIONS, SEEDANCE_2
from seedance_desktop.domain.cropping import part_of
from seedance_desktop.domain.errors import Refused
from seedance_desktop.domain.recipe import USE_COUNTS, Recipe, Reference, Use, natural_use, whole
from seedance_desktop.media import recipes

_HASH = re.compile(r"[0-9a-f]{64}")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")
_LONGEST_NAME = 80
_LONGEST_PROMPT = 100_000


def read(path: Path) -> Recipe:
    """The recipe that a clip of ours carries (blocking); raises `Refused("video-without-recipe")`, `BadClip`.

    Settings that we don't have become the usual ones. Links are never taken over.
    """
    found = recipes.read(path)
    prompt = found.get("prompt") if found else None
    if found is None or not isinstance(prompt, str) or len(prompt) > _LONGEST_PROMPT:
        raise Refused("video-without-recipe", name=path.name)
    given = found.get("references")
    images = tuple(filter(None, map(_reference, given if isinstance(given, list | tuple) else ())))[:MOST_REFERENCES]
    return Recipe(
        whole(prompt),
        images,
        _use(found.get("use"), len(images)),
        _known(found.get("ratio"), RATIOS, RATIOS[0]),
        _known(found.get("duration"), DURATIONS, DURATIONS[0]),
        _known(found.get("resolution"), RESOLUTIONS, RESOLUTIONS[-1]),
        _known(found.get("model"), tuple(MODELS), SEEDANCE_2.id),
    )


def _known(value: Any, known: tuple[Any, ...], usual: Any) -> Any:
    return next((one for one in known if type(one) is type(value) and one == value), usual)


def _use(value: Any, images: int) -> Use:
    known = [use for use in Use if use.value == value and isinstance(value, str)]
    fits = [use for use in known if images == 0 or USE_COUNTS[use][0] <= images <= USE_COUNTS[use][1]]
    return fits[0] if fits else natural_use(images)


def _reference(read: Any) -> Reference | None:
    """An image by its name and its content hash, which is also a file name: it must be one."""
    if not isinstance(read, Mapping):
        return None
    name, digest, suffix = (read.get(field) for field in ("name", "hash", "suffix"))
    name = " ".join(whole(name).split())[:_LONGEST_NAME] if isinstance(name, str) else ""
    if not (isinstance(digest, str) and _HASH.fullmatch(digest)):
        return Reference(name) if name else None
    kind = suffix if isinstance(suffix, str) and _SUFFIX.fullmatch(suffix) else ""
    return Reference(name, digest, kind, part=part_of(read.get("part")))
