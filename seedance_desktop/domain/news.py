"""What the studio says after it has saved: values that travel down to the screens."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .clip import Clip
from .reason import Reason
from .trouble import Trouble


@dataclass(frozen=True, slots=True)
class ClipSaved:
    """A clip is on disk in this state."""

    clip: Clip


@dataclass(frozen=True, slots=True)
class ClipRemoved:
    """A clip is to be seen nowhere any more: planned and taken back, or its file deleted with the trash."""

    id: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """How far a download is, in bytes; `total` is 0 where the far end does not say."""

    id: int
    got: int
    total: int


@dataclass(frozen=True, slots=True)
class Health:
    """The studio as a whole: `troubles` worst first; `online` is None until something was asked."""

    troubles: tuple[Trouble, ...] = ()
    online: bool | None = None
    in_flight: int = 0
    paused: bool = False
    closing: bool = False


class JobKind(StrEnum):
    """The long jobs that run one after the other beside the clips under way."""

    HAND_OVER = "hand-over"
    IMPORT = "import"


class JobState(StrEnum):
    """Where a job stands; all but the first two are its end, and said once."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"

    @property
    def ended(self) -> bool:
        """Whether nothing more will be said of the job."""
        return self not in (JobState.WAITING, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a job is: `done` of `total` clips, `share` of the whole from 0 to 1, now at the clip or file `name`.

    `reason` is why it failed. `files` are the absolute paths that were handed over so far; `clips` the ids that were
    handed over or imported, `known` those of them that were in the library before. `problems` are clips and files that
    were passed over, and `notes` what else is to be said of the result. At most ten a second are said.
    """

    number: int
    what: JobKind
    done: int = 0
    total: int = 0
    name: str = ""
    state: JobState = JobState.WAITING
    reason: Reason | None = None
    files: tuple[str, ...] = ()
    share: float = 0.0
    clips: tuple[int, ...] = ()
    known: tuple[int, ...] = ()
    problems: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()


News = ClipSaved | ClipRemoved | Fetched | Health | JobProgress
