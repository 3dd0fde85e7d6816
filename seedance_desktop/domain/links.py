"""What the program is given from outside: links to clips (`seedance:clip/NAME`), files by path and by `file:` URI.

A link only ever shows a clip: there is no form of it that changes anything or spends anything.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from .clip import id_to_name, name_to_id

SCHEME = "seedance"
_CLIP = re.compile(r"seedance:clip/([0-9a-z]{8})", re.ASCII | re.IGNORECASE)
_FILE = re.compile(r"file:(?://([^/]*))?(/.*)", re.DOTALL | re.IGNORECASE)


def build(clip: int) -> str:
    """The link to a clip, by its id."""
    return f"{SCHEME}:clip/{id_to_name(clip)}"


def parse(link: str) -> int:
    """The id of the clip that a link shows; raises ValueError for everything that `build` can't have written."""
    found = _CLIP.fullmatch(link)
    if found is None:
        raise ValueError(link)
    return name_to_id(found[1])


def is_link(text: str) -> bool:
    """Whether a text means to be one of our links, well made or not."""
    return text[: len(SCHEME) + 1].lower() == f"{SCHEME}:"


def is_given(argument: str) -> bool:
    """Whether an argument of the command line is something to open, and neither a command nor an option.

    A bare word is a command, whatever folder of that name lies beside it. What is said by its whole path or as a URI
    is meant as a file even where there is none: the window says so, to whom no terminal shows anything.
    """
    if argument.startswith("-"):
        return False
    path = Path(argument)
    return is_link(argument) or bool(path_of(argument)) or path.is_absolute() or _is_file(path)


def given(argument: str) -> str:
    """Something to open, as the window understands it wherever it runs: a link as it is, a file by its whole path."""
    if is_link(argument):
        return argument
    return path_of(argument) or str(Path(argument).absolute())


def path_of(uri: str) -> str:
    """The path that a `file:` URI of this computer means; empty for any other text.

    A `?` or `#` that stands in it bare belongs to the name: programs that hand files over forget to encode them.
    """
    found = _FILE.fullmatch(uri)
    if found is None or not _is_here(found[1] or ""):
        return ""
    if sys.platform == "win32":
        from urllib.request import url2pathname  # not before the first paint

        return url2pathname(found[2])
    from urllib.parse import unquote_to_bytes

    raw = unquote_to_bytes(found[2])
    return "" if b"\0" in raw else os.fsdecode(raw)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # longer than the name of any file, such as a prompt without its command
        return False


def _is_here(host: str) -> bool:
    """Whether the host that a URI names is this computer."""
    if host.lower() in ("", "localhost"):
        return True
    import socket

    return host.lower() == socket.gethostname().lower()
