"""What the window's own drags carry beside files: images of the library, clips, one frame of a clip."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

from seedance_desktop.domain.clip import Clip, id_to_name, name_to_id

IMAGES = "application/x-seedance-images"
"""A JSON list of content hashes."""
CLIP = "application/x-seedance-clip"
"""The names of clips, a line each."""
FRAME = "application/x-seedance-frame"
"""A JSON list of a clip's name and the number of the frame."""

_MOST = 1_000  # what a drag of ours names at most: another program may put anything under our types


def data(mime: QMimeData, kind: str) -> bytes:
    """What it carries under a type; nothing where it has none, without asking the other program for it."""
    return bytes(mime.data(kind).data()) if mime.hasFormat(kind) else b""


def put_images(mime: QMimeData, hashes: Sequence[str]) -> None:
    """Let a drag carry images of the library."""
    mime.setData(IMAGES, json.dumps(list(hashes)).encode())


def put_clips(mime: QMimeData, ids: Sequence[int]) -> None:
    """Let a drag carry clips."""
    mime.setData(CLIP, "\n".join(id_to_name(number) for number in ids).encode())


def put_files(mime: QMimeData, clips: Sequence[Clip], library: Path) -> None:
    """Let it carry the files themselves, for other programs: those in the library, and those that lie elsewhere."""
    urls = [QUrl.fromLocalFile(clip.outside or str(library / clip.file)) for clip in clips if has_file(clip)]
    if urls:
        mime.setUrls(urls)


def has_file(clip: Clip) -> bool:
    """Whether there is a file to carry."""
    return bool(clip.file or clip.outside)


def put_frame(mime: QMimeData, clip: int, frame: int) -> None:
    """Let a drag carry one frame of a clip, frames counted from 0."""
    mime.setData(FRAME, json.dumps([id_to_name(clip), frame]).encode())


def images(mime: QMimeData) -> list[str]:
    """The hashes that a drag carries; none where it is another's."""
    read = _json(mime, IMAGES)
    return [one for one in read[:_MOST] if isinstance(one, str) and one.isalnum()]


def frames(mime: QMimeData) -> list[tuple[int, int]]:
    """The frames that a drag carries, as clip id and number: a single one, or the last (-1) of every clip."""
    match _json(mime, FRAME):
        case [str(name), int(number)] if number >= 0:
            return [(one, number) for one in _ids([name])]
    return [(one, -1) for one in _ids(data(mime, CLIP).decode(errors="replace").split()[:_MOST])]


def _ids(names: Sequence[str]) -> list[int]:
    found = []
    for name in names:
        try:
            found.append(name_to_id(name))
        except ValueError:
            return []  # not what we put there
    return found


def _json(mime: QMimeData, kind: str) -> list[object]:
    try:
        read = json.loads(data(mime, kind))
    except ValueError:
        return []  # none there, or not ours
    return read if isinstance(read, list) else []
