"""What the studio says after it has saved: values that travel down to the screens."""

from __future__ import annotations

from dataclasses import dataclass

from .clip import Clip
from .trouble import Trouble


@dataclass(frozen=True, slots=True)
class ClipSaved:
    """A clip is on disk in this state."""

    clip: Clip


@dataclass(frozen=True, slots=True)
class ClipRemoved:
    """A planned clip was taken back: the row is gone, nothing was sent."""

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


News = ClipSaved | ClipRemoved | Fetched | Health
