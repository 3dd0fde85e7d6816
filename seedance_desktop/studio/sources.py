"""What among files, folders, bytes and links can be an image: folders walked, links told from files, `data:` read."""

from __future__ import annotations

import os
import re
import stat
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from seedance_desktop.domain.catalogue import IMAGE_MOST_BYTES
from seedance_desktop.domain.errors import BadImage, Problem, Refused
from seedance_desktop.media import sniff

Source = Path | bytes | str
"""A file, encoded bytes, or a link: `http:`, `https:` or `data:`."""

MOST_IMAGES = 1000
PASTED = "image"
"""The name of an image that came without one."""

_MOST_LOOKED_AT = 50_000
_PIECE = 4 * 65_536  # a multiple of four, so that only the last piece ends with padding
_LONGEST_NAME = 80
_LINKS = ("http://", "https://", "data:")
_SUFFIXES = frozenset(
    ".jpg .jpeg .jpe .jfif .png .webp .bmp .dib .tif .tiff .gif .heic .heif .hif .avif".split()  # noqa: SIM905
)
_WEAK = ("", ".bmp", ".tiff")  # too short a start to tell an image by, and cameras' raw files begin as a TIFF
_DIGITS = re.compile(r"(\d+)")


def expand(given: Sequence[Source | Problem]) -> list[Source | Problem]:
    """Every image that is given, in order, and what is wrong with the rest (blocking: folders are walked).

    Text that is no link is a path. Folders give up to `MOST_IMAGES` in all, in natural order, hidden files passed
    over. Expanding twice changes nothing. Problems: folder-without-images, folder-closed, folder-too-many.
    """
    found: list[Source | Problem] = []
    for one in given:
        if isinstance(one, str) and not one.strip():  # as a path it would be the folder that we happen to stand in
            found.append(BadImage("image-missing", name='""'))
            continue
        source = Path(one) if isinstance(one, str) and not is_link(one) else one
        if isinstance(source, Path) and os.path.isdir(source):  # noqa: PTH112 - Path's own raises for what no disk has
            found += _of_folder(source, MOST_IMAGES - len(found))
        else:
            found.append(source)
    return found


def is_link(text: str) -> bool:
    """Whether a text is a link to an image rather than a path."""
    return text.strip().lower().startswith(_LINKS)


def name_of(source: Source) -> str:
    """What an image is called until the creator names it: a file without its suffix, a link's last part."""
    if isinstance(source, bytes) or (isinstance(source, str) and source.lower().startswith("data:")):
        return PASTED
    if isinstance(source, Path):
        return source.stem[:_LONGEST_NAME]
    last = unquote(source.split("?", 1)[0].split("#", 1)[0].rstrip("/").rsplit("/", 1)[-1])
    return " ".join(last.split())[:_LONGEST_NAME] or source[:_LONGEST_NAME]


def data_of(link: str) -> bytes:
    """The bytes inside a `data:` link, base64 or percent-encoded (blocking); raises `BadImage`."""
    if len(link) > 3 * IMAGE_MOST_BYTES:
        raise _too_heavy(len(link) // 3)
    head, comma, body = link[len("data:") :].partition(",")
    data = unquote_to_bytes(body)
    if head.replace(" ", "").lower().endswith(";base64"):
        try:
            data = _decoded(data.translate(None, b" \t\r\n"))
        except ValueError as error:
            raise BadImage("image-unreadable", name=PASTED) from error
    if not comma:
        raise BadImage("image-unreadable", name=PASTED)
    if len(data) > IMAGE_MOST_BYTES:
        raise _too_heavy(len(data))
    return data


def _decoded(text: bytes) -> bytes:
    """Base64 read in pieces, between which other threads have their turn; raises ValueError."""
    text += b"=" * (-len(text) % 4)
    pieces = (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))
    return b"".join(b64decode(piece, validate=True) for piece in pieces)


def _too_heavy(size: int) -> BadImage:
    megabytes, most = size // 1_000_000 + 1, IMAGE_MOST_BYTES // 1_000_000
    return BadImage("image-too-heavy", name=PASTED, megabytes=megabytes, most=most)


def _of_folder(folder: Path, most: int) -> list[Source | Problem]:
    closed: list[OSError] = []
    images = list(islice(files_in(folder, _is_image, closed.append), max(0, most) + 1))
    found: list[Source | Problem] = [*images[:most]]
    found += [Refused("folder-closed", name=Path(one.filename or folder).name) for one in closed]
    if not images and not closed:
        found.append(Refused("folder-without-images", name=folder.name))
    elif len(images) > most:
        found.append(Refused("folder-too-many", name=folder.name, count=most))
    return found


def files_in(
    folder: Path, wanted: Callable[[Path], bool], refused: Callable[[OSError], object] | None = None
) -> Iterator[Path]:
    """Files of the folder first, then those of the folders in it, each in natural order; links lead nowhere.

    `refused` is told of folders that do not open. Hidden files and folders are passed over; of a very large tree only
    the beginning is looked at (blocking).
    """
    looked_at = 0
    for place, inner, names in os.walk(folder, onerror=refused):
        inner[:] = _in_order(name for name in inner if not _is_hidden(Path(place, name)))
        for name in _in_order(names):
            looked_at += 1
            if looked_at > _MOST_LOOKED_AT:
                return
            if not _is_hidden(Path(place, name)) and wanted(Path(place, name)):
                yield Path(place, name)


def _in_order(names: Iterable[str]) -> list[str]:
    """As a person orders them: image 2 before image 10."""

    def natural(name: str) -> list[tuple[int, str]]:
        return [(int(part), "") if part.isdecimal() else (0, part) for part in _DIGITS.split(name.casefold())]

    return sorted(names, key=natural)


def _is_hidden(path: Path) -> bool:
    if path.name.startswith("."):
        return True
    try:
        return bool(getattr(path.lstat(), "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_HIDDEN)  # Windows has them
    except OSError:
        return True


def _is_image(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        if path.suffix.lower() in _SUFFIXES:
            return True
        with path.open("rb") as file:
            return sniff.suffix(file.read(256)) not in _WEAK
    except OSError:  # what cannot even be looked at is nothing that was chosen
        return False
