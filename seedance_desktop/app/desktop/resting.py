"""Which clips have come to rest just now, as the studio's news tell."""

from __future__ import annotations

from collections.abc import Iterable

from seedance_desktop.domain.clip import Clip, Stage

_AT_REST = frozenset((Stage.READY, Stage.FAILED, Stage.UNSURE))  # what was cancelled, the creator has done himself


class Resting:
    """Knows the clips that move; what is first heard of at rest has been brought in, or only judged."""

    def __init__(self) -> None:
        """No clip moves yet."""
        self._moving: set[int] = set()

    def begin(self, clips: Iterable[Clip]) -> None:
        """A library is open, with these in the making."""
        self._moving = {clip.id for clip in clips if not clip.stage.settled}

    def note(self, clip: Clip) -> bool:
        """Whether this clip has come to rest with what is said of it now."""
        if not clip.stage.settled:
            self._moving.add(clip.id)
            return False
        moved = clip.id in self._moving
        self._moving.discard(clip.id)
        return moved and clip.stage in _AT_REST
