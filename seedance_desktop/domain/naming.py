"""Readable file names for clips that every file system takes."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

from .errors import BadRecipe

DEFAULT_TEMPLATE = "{date} {project} {shot} {prompt} {id}"
FIELDS = ("date", "project", "shot", "prompt", "take", "id")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_FIELD = re.compile(r"\{(\w*)\}")
_WORDS = 6
_PART_BYTES = 60
_NAME_BYTES = 180


@dataclass(frozen=True, slots=True)
class NameParts:
    """What a template may name. `made` is milliseconds since 1970; `id` the clip's eight letters."""

    made: int
    project: str
    shot: str
    prompt: str
    take: int
    id: str


def check_template(template: str) -> str:
    """The template itself; raises `BadRecipe("template-unknown-field")` for a field that does not exist."""
    for name in _FIELD.findall(template):
        if name not in FIELDS:
            raise BadRecipe("template-unknown-field", field=name, known=", ".join(FIELDS))
    return template


def file_stem(template: str, parts: NameParts, *, with_id: bool = True) -> str:
    """A file name without its ending: made of the template, safe everywhere, never empty.

    It always holds the id, unless `with_id` is False and the template leaves it out.
    """
    local = time.localtime(parts.made / 1000)
    words = " ".join(parts.prompt.split()[:_WORDS])
    values = {
        "date": time.strftime("%Y-%m-%d", local),
        "project": _part(parts.project),
        "shot": _part(parts.shot),
        "prompt": _part(words),
        "take": str(parts.take),
        "id": parts.id,
    }
    made = _FIELD.sub(lambda found: values.get(found.group(1), ""), template)
    made = re.sub(r"[\s]+", " ", _FORBIDDEN.sub(" ", made)).strip(" ._-")
    made = cut_bytes(made, _NAME_BYTES)
    if parts.id not in made and (with_id or not made):
        made = f"{made} {parts.id}".strip()
    return f"_{made}" if _RESERVED.match(made) else made


def _part(text: str) -> str:
    return cut_bytes(_FORBIDDEN.sub(" ", text).strip(" ."), _PART_BYTES).strip(" .")


def cut_bytes(text: str, most: int) -> str:
    """The longest beginning of `text` that takes at most `most` bytes in UTF-8, cut between characters."""
    return text.encode()[:most].decode(errors="ignore")
