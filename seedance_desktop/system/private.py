"""Takes out of a text what is nobody's business: keys always; paths, names and words of the creator where they may be.

What our own code logs is made of codes and numbers, and only keys and the home folder are looked for in it. What other
people's code says may hold anything, so of that only the shape is kept: no quotations, no paths, no foreign letters.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_SECRETS = (
    (re.compile(r"(?<![A-Za-z0-9])sk-[A-Za-z0-9_\-]{4,}"), "sk-…"),
    (re.compile(r"(?i)((?:authorization['\"]?\s*[:=,]\s*(?:b?['\"])?)(?:bearer\s+)?|bearer\s+)[^\s'\",})]+"), r"\1…"),
    (re.compile(r"(https?://[^\s?'\"]+)\?[^\s'\"]+"), r"\1?…"),
)
_SHORTEST = 8
_hidden: set[str] = set()

# Compiled by `re`, once, at their first use, and not at the start.
# An apostrophe inside a word ("isn't") is no quotation mark.
_MARK = r"(?:[\"“”„‘’«»`]|(?<![A-Za-z])'|'(?![A-Za-z]))"
_QUOTED = f"(?s){_MARK}.*{_MARK}|{_MARK}.*"
_LINK = r"(https?://)(?:[^\s/@]*@)?([^\s/]+)/\S*"
_PATH = r"(?:file:|\b(?!https?:)[A-Za-z][A-Za-z0-9+.\-]+://|\b[A-Za-z]:[\\/]|\\\\|(?<![\w.:/<])~?/(?=[^\s/])).*"
_MEDIA = r"(?i)\.(?:mp4|mov|webm|mkv|png|jpe?g|heic|heif|webp|gif|tiff?|bmp|zip|csv|json|sqlite|otio|edl)\b"
_FOREIGN = r"[^\x00-\x7f…“”]+"
_LONGEST = 500
_LEFT_OUT = "(its text is not kept: it may name a file)"


class Shaped(str):
    """A text that may be told as it is: `shape` has been over it, it stands so in the code, or it is a task's id."""

    __slots__ = ()


def hide(secret: str) -> None:
    """Never write this text to a log or a report, whatever shape it has."""
    if len(secret) >= _SHORTEST:
        _hidden.add(secret)


def redact(text: str) -> str:
    """The text without keys, authorizations and the query strings of links."""
    for secret in sorted(_hidden, key=len, reverse=True):
        text = text.replace(secret, "…")
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


def clean(text: str) -> str:
    """What our own code wrote, without keys and without the name of the home folder."""
    for home in _homes():
        text = text.replace(home, "~")
    return redact(text)


def shape(text: str) -> Shaped:
    """What other people's code wrote, with nothing left that could be the creator's: words in quotes, paths, names."""
    text = re.sub(_QUOTED, "“…”", redact(text))
    text = re.sub(_LINK, r"\1\2/…", text)
    text = "\n".join(re.sub(_PATH, "…", line) for line in text.splitlines())
    if re.search(_MEDIA, text):
        return Shaped(_LEFT_OUT)
    return Shaped(re.sub(_FOREIGN, "…", text)[:_LONGEST])


@cache
def _homes() -> tuple[str, ...]:
    """The home folder as it may be written, longest first; none where it is the whole disk."""
    home = Path.home()
    found = {str(home), home.as_posix(), str(home.resolve()), repr(str(home))[1:-1]}
    return tuple(sorted((one for one in found if len(one) > 1), key=len, reverse=True))
