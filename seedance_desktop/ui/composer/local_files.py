"""Finds the files in what file managers and browsers hand over."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

from seedance_desktop.domain.catalogue import IMAGE_MOST_BYTES
from seedance_desktop.ui import drags

_MOST = 1_000
_GNOME = "x-special/gnome-copied-files"
_NAUTILUS = "x-special/nautilus-clipboard"
_FILE_NAME = 'application/x-qt-windows-mime;value="FileNameW"'
_BROWSER = re.compile(r"moz|chromium|text/html", re.IGNORECASE)
_VIDEO = ".mp4"
_VIDEOS = (_VIDEO, ".m4v", ".mov", ".webm")  # what can come into the library


def found(mime: QMimeData) -> list[str]:
    """The paths of the files that it carries, in order; none are looked at."""
    urls = mime.urls()[:_MOST] if mime.hasUrls() else []
    return _paths(urls) or _paths(_copied(mime)) or _windows(mime)


def one_by_one(mime: QMimeData, paths: Sequence[str]) -> list[str | bytes]:
    """The paths, or the bytes of files that a browser has made for this drag and takes away after it."""
    if not any(_BROWSER.search(kind) for kind in mime.formats()):
        return list(paths)
    return [_bytes(path) or path for path in paths]


def all_videos(paths: Sequence[str]) -> bool:
    """Whether they are clips, which bring recipes rather than images."""
    return bool(paths) and all(path.lower().endswith(_VIDEO) for path in paths)


def clips(mime: QMimeData) -> list[str]:
    """The paths of videos and folders, where nothing else is carried: clips for the library."""
    paths = found(mime)
    fit = all(path.lower().endswith(_VIDEOS) or not Path(path).suffix for path in paths)
    return paths if fit else []


def with_folders(paths: Sequence[str]) -> bool:
    """Whether a folder seems to be among them; the disk isn't asked, it may be asleep."""
    return any(not Path(path).suffix for path in paths)


def _paths(urls: Sequence[QUrl]) -> list[str]:
    local = [QUrl(url.toString().replace("file://localhost/", "file:///", 1)) for url in urls if url.isLocalFile()]
    return [path for path in (url.toLocalFile() for url in local) if path]


def _copied(mime: QMimeData) -> list[QUrl]:
    """GNOME's and Xfce's clipboard of files, which is sometimes all there is: a word, then an address a line."""
    text = drags.data(mime, _GNOME).decode(errors="replace")
    if not text and mime.hasFormat("text/plain") and mime.text().startswith(_NAUTILUS):
        text = mime.text()
    return [QUrl(line.strip()) for line in text.splitlines()[:_MOST] if line.startswith("file:")]


def _windows(mime: QMimeData) -> list[str]:
    """The one path of old Windows programs, in UTF-16 and ended by a zero."""
    path = drags.data(mime, _FILE_NAME).decode("utf-16-le", errors="replace").split("\0", 1)[0]
    return [path] if path else []


def _bytes(path: str) -> bytes:
    """What a browser's temporary file holds, now; nothing where it is no such file or too heavy anyway."""
    temporary = os.path.realpath(tempfile.gettempdir())
    try:
        real = os.path.realpath(path)
        if os.path.commonpath([real, temporary]) != temporary or not Path(real).is_file():
            return b""
        with Path(real).open("rb") as file:
            read = file.read(IMAGE_MOST_BYTES + 1)
    except (OSError, ValueError):
        return b""  # the reader of paths says what is wrong with it
    return read if len(read) <= IMAGE_MOST_BYTES else b""
