"""One clip, or several as one, in the form in which they are handed over; all of it blocking, in a hidden folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.errors import BadClip, DiskProblem, Problem
from seedance_desktop.domain.handover import Format, Handover, parts, span
from seedance_desktop.domain.listing import Handed
from seedance_desktop.media import exports, joining, recipes
from seedance_desktop.media.encoding import FORMS
from seedance_desktop.media.spans import Part

from . import copying, names
from .job import Job

_EDITORS = (Format.PRORES, Format.DNXHR)
_H264_FILES = (".mp4", ".m4v", ".mov")


def export(clip: Clip, source: Path, place: Path, name: str, handover: Handover, job: Job) -> tuple[Path, int, int]:
    """The finished file in `place`, called `name`, and which of its frames are meant, first and last.

    Raises `Stopped`, `BadClip`, `Problem("clip-file-missing")`, `DiskProblem`.
    """
    first, last = span(clip)
    cut = handover.trimmed and (first, last) != _whole(clip)
    here = (first, last) if cut else (0, -1)
    words = _tags(clip, source) if handover.recipes else None
    if _encodes(clip, source, handover.format):
        target = _fresh(place, name, FORMS[handover.format].suffix)
        exports.transcode(source, target, handover.format, *here, tags=words, progress=job.share, stop=job.stop)
    elif cut:
        target = _fresh(place, name, exports.ending(source))
        exports.trim(source, target, *here, tags=words, progress=job.share, stop=job.stop)
    else:
        target = _copy(clip, source, place / name, job, inside=words)
    return (target, 0, last - first) if cut else (target, first, last)


def join(
    clips: Sequence[Clip], sources: Sequence[Path], place: Path, name: str, handover: Handover, job: Job
) -> tuple[Path, bool]:
    """All of them as one finished file in `place`, called `name`; whether nothing was encoded. Raises as `export`."""
    spans = parts(clips, trimmed=handover.trimmed)
    pieces = [Part(file, first, last) for file, (first, last) in zip(sources, spans, strict=True)]
    form = handover.format if handover.format in _EDITORS else None
    target = _fresh(place, name, FORMS[form].suffix if form else ".mp4")

    def share(part: float) -> None:
        job.share(part * len(clips))

    return target, joining.join(pieces, target, form=form, progress=share, stop=job.stop)


def places(clips: Sequence[Clip], file: str, handover: Handover) -> list[Handed]:
    """Where in the joined file each clip's range lies."""
    found, before = [], 0
    for clip, (first, last) in zip(clips, parts(clips, trimmed=handover.trimmed), strict=True):
        begin, end = span(clip)
        found.append(Handed(clip, file, before + max(begin, first) - first, before + min(end, last) - first))
        before += last - first + 1
    return found


def _fresh(place: Path, name: str, suffix: str) -> Path:
    """A file that isn't there; what an export that failed has left under that name goes."""
    target = place / f"{name}{suffix}"
    target.unlink(missing_ok=True)
    return target


def _whole(clip: Clip) -> tuple[int, int]:
    return 0, max(0, (clip.footage.frames if clip.footage else 1) - 1)


def _encodes(clip: Clip, source: Path, form: Format) -> bool:
    """Whether a form means another encoding than the file has."""
    is_h264 = clip.footage is not None and clip.footage.codec == "h264" and source.suffix.lower() in _H264_FILES
    return form in _EDITORS or (form is Format.H264 and not is_h264)


def _tags(clip: Clip, source: Path) -> Mapping[str, str] | None:
    """The recipe as tags; None for a clip from outside that never had one."""
    if not clip.gateway and recipes.read(source) is None:
        return None
    return recipes.tags(clip.recipe.to_public_dict(), names.title(clip))


def _copy(clip: Clip, source: Path, goal: Path, job: Job, *, inside: Mapping[str, str] | None) -> Path:
    """The library's own file, byte for byte unless its recipe has to go in or out."""
    carries = recipes.read(source) is not None
    if carries and inside is None:
        target = _fresh(goal.parent, goal.name, exports.ending(source))
        exports.bare(source, target, progress=job.share, stop=job.stop)
        return target
    target = _fresh(goal.parent, goal.name, source.suffix.lower())
    if inside is not None and not carries and target.suffix == ".mp4":
        try:
            recipes.write(source, target, clip.recipe.to_public_dict(), names.title(clip))
        except BadClip as problem:
            if problem.reason.code != "recipe-not-written":
                raise
        else:
            return target
    copying.copy(source, target, job.share, job.stop)
    return target


def source_of(clip: Clip, file: Path) -> Path:
    """The clip's file itself (blocking); raises `Problem("clip-file-missing")`."""
    try:
        with file.open("rb") as opened:
            opened.read(1)
    except (OSError, ValueError) as error:
        raise Problem("clip-file-missing", file=str(file) if clip.outside else file.name) from error
    return file


def is_ours(problem: DiskProblem, source: Path) -> bool:
    """Whether a disk failed where it was written, and not where the clip lies."""
    return problem.reason.fact("where") != str(source)
