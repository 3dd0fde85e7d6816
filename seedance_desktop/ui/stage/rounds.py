"""The round that a loop goes: from its last frame back to its first, the whole clip or a chosen range."""

from __future__ import annotations


class Round:
    """Between the two frames that are `chosen`, both inclusive, or through the clip, whose last frame is `end`."""

    def __init__(self) -> None:
        self.looped = False
        self.chosen: tuple[int, int] | None = None
        self.end = 0

    @property
    def narrow(self) -> bool:
        """Whether it is a loop within the clip, which the player can't go by itself."""
        return self.looped and self.chosen not in (None, (0, self.end))

    @property
    def first(self) -> int:
        """The frame that comes after the last one."""
        return self.chosen[0] if self.chosen and self.looped else 0

    @property
    def last(self) -> int:
        """The frame that the first one follows."""
        return self.chosen[1] if self.chosen and self.looped else self.end

    def over(self, number: int) -> bool:
        """Whether a frame lies behind the out point of a loop."""
        return self.narrow and number > self.last

    def back(self, number: int, frames: int) -> int | None:
        """The frame that comes `frames` before `number` while playing backward; None at the end of the way.

        It stops on the way at the in point that it comes from behind, as it stops at the clip's beginning.
        """
        low = self.first if number >= self.first else 0
        if number > low:
            return max(low, number - frames)
        return self.last if self.looped else None
