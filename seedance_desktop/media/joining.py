"""Makes one file of parts of clips: without encoding them again where their streams allow it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Event

from seedance_desktop.domain.handover import Format

from . import files, splicing, writing
from .encoding import FORMS, encode
from .spans import Part, find
from .working import Progress, Work, quiet

_LOOKING = 0.05


def join(
    parts: Sequence[Part],
    target: Path,
    *,
    form: Format | None = None,
    tags: Mapping[str, str] | None = None,
    progress: Progress = quiet,
    stop: Event | None = None,
) -> bool:
    """Write the parts, one behind the other, to `target` (.mp4 or .mov), whole or not at all; whether copied.

    With a `form` they are encoded into it, whatever they are.

    Copied means that the pictures' packets are those of the files, proved by decoding; so is the sound, unless that
    would leave gaps: then it is encoded again, with silence in them. That needs parts that begin with a key frame, end
    where nothing later is needed, and have the same codec, size, pixels, colours and units of time. Otherwise it is
    H.264 (AAC) of the first part's size, colours and frame rate, the others fitted inside on black. Every frame is
    there once. The first picture of a part that continues the one before is left out by beginning at its frame 1.

    `tags` are those of `recipes.tags`. Raises `BadClip` (video-unreadable; export-failed), `DiskProblem`,
    `working.Stopped`.
    """
    work, kind = Work(progress, stop), writing.kind_of(target)
    found = []
    for number, part in enumerate(parts):
        work.at(_LOOKING * number / len(parts))
        found.append(find(part))
    work = work.part(_LOOKING, 1)
    with files.replacing(target) as temporary, writing.faults(target):
        if (
            form is None
            and splicing.possible(found, kind)
            and splicing.splice(found, temporary, kind, tags or {}, work)
        ):
            return True
        encode(found, temporary, FORMS[form or Format.H264], tags or {}, work)
    return False
