"""Settings written behind a prompt in the old way, `--ratio 9:16 --dur 10`: this gateway reads them as text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .catalogue import DURATIONS, RATIOS, RESOLUTIONS
from .recipe import Recipe

_SETTINGS = {
    "ratio": "ratio",
    "rt": "ratio",
    "duration": "duration",
    "dur": "duration",
    "resolution": "resolution",
    "rs": "resolution",
}
_OTHERS = ("seed", "fps", "framespersecond", "frames", "camerafixed", "cf", "watermark", "wm")
_SUFFIX = re.compile(rf"(?<!\S)--({'|'.join((*_SETTINGS, *_OTHERS))})(?:[ =]([^\s-]\S*))?(?!\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Suffix:
    """One of them: where it stands in the prompt, as it is written, and what it would set (empty for none of ours)."""

    start: int
    end: int
    text: str
    setting: str
    value: str


def find(prompt: str) -> list[Suffix]:
    """Every old suffix in a prompt, in order."""
    found = []
    for match in _SUFFIX.finditer(prompt):
        setting = _SETTINGS.get(match[1].lower(), "")
        value = _value(setting, (match[2] or "").lower())
        found.append(Suffix(*match.span(), match[0], setting if value else "", value))
    return found


def applied(recipe: Recipe) -> Recipe:
    """The recipe with its old suffixes as settings and out of the prompt; those that set nothing here go too."""
    prompt = recipe.prompt
    for suffix in reversed(find(prompt)):
        prompt = prompt[: suffix.start].rstrip(" ") + prompt[suffix.end :]
    changes: dict[str, str | int] = {one.setting: one.value for one in find(recipe.prompt) if one.setting}
    if "duration" in changes:
        changes["duration"] = int(changes["duration"])
    return replace(recipe, prompt=prompt.strip(), **changes)  # type: ignore[arg-type]


def _value(setting: str, value: str) -> str:
    """The value as our catalogue spells it; empty where we have none like it."""
    known = {"ratio": RATIOS, "duration": tuple(map(str, DURATIONS)), "resolution": RESOLUTIONS}.get(setting, ())
    value = value.removesuffix("s") if setting == "duration" else value
    return value if value in known else ""
