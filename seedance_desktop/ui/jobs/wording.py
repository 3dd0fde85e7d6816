"""What is said of a job: while it waits and runs, and when it has ended."""

from __future__ import annotations

from collections.abc import Iterable

from seedance_desktop.domain.news import JobKind, JobProgress, JobState
from seedance_desktop.domain.reason import Reason
from seedance_desktop.words import ntr, say, tr

_PART = 0.02  # by rounding, the share may be a little ahead


def doing(job: JobProgress) -> str:
    """How far it is: `Handing over 3 of 12`."""
    out = job.what is JobKind.HAND_OVER
    if job.state is JobState.WAITING:
        return tr("Handing over waits for its turn") if out else tr("Importing waits for its turn")
    if not job.total:
        return tr("Handing over…") if out else tr("Importing…")
    if together(job):
        return ntr("Joining {n} clip", "Joining {n} clips", job.total)
    words = tr("Handing over {n} of {total}") if out else tr("Importing {n} of {total}")
    return words.format(n=min(job.done + 1, job.total), total=job.total)


def together(job: JobProgress) -> bool:
    """Whether the clips are made into one file: more is done than the clip that it is at could be."""
    return job.what is JobKind.HAND_OVER and job.share * job.total > job.done + 1 + _PART


def ended(job: JobProgress) -> str:
    """How it ended, in one line."""
    out = job.what is JobKind.HAND_OVER
    if job.state is JobState.FAILED:
        said = tr("Handing over failed") if out else tr("Importing failed")
        return f"{said}: {_said(job.reason)}" if job.reason else said
    if job.state is JobState.CANCELLED:
        said = tr("Handing over cancelled") if out else tr("Importing cancelled")
        return f"{said} · {stays(job)}"
    parts = [_out(job)] if out else _in(job)
    if job.problems:
        parts.append(ntr("{n} passed over", "{n} passed over", len(job.problems)))
    return " · ".join([*parts, *map(_said, job.notes)])


def stays(job: JobProgress) -> str:
    """What of a job that broke off is there."""
    count = len(job.clips)
    if not count:
        return tr("no file of it is left")
    if job.what is JobKind.HAND_OVER:
        return ntr("{n} clip that was finished stays", "{n} clips that were finished stay", count)
    return ntr("{n} clip that was imported stays", "{n} clips that were imported stay", count)


def details(job: JobProgress) -> str:
    """Everything that there is to say, a line each."""
    lines = [ended(job)] if job.state is not JobState.FAILED else [_said(job.reason) if job.reason else "", stays(job)]
    lines += ["", *_lines(job.problems)] if job.problems else []
    lines += ["", *job.files] if job.files else []
    return "\n".join(lines)


def _out(job: JobProgress) -> str:
    return ntr("{n} clip handed over", "{n} clips handed over", len(job.clips))


def _in(job: JobProgress) -> list[str]:
    known = len(job.known)
    new = len(job.clips) - known
    said = [ntr("{n} clip imported", "{n} clips imported", new)] if new or not known else []
    return [*said, *([ntr("{n} was there already", "{n} were there already", known)] if known else [])]


def _lines(reasons: Iterable[Reason]) -> list[str]:
    """Each sentence once."""
    return list(dict.fromkeys(map(_said, reasons)))


def _said(reason: Reason) -> str:
    return say(reason.code, dict(reason.facts))
