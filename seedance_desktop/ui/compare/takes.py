"""The takes of one shot in the order of their making: what each is called, and which one comes next."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from seedance_desktop.domain.clip import Clip, Flag
from seedance_desktop.words import tr


class Takes:
    """Takes are counted over the whole shot as soon as they come from more than one click."""

    def __init__(self) -> None:
        self.clips: list[Clip] = []
        self._seen: set[int] = set()

    def set_clips(self, clips: Sequence[Clip]) -> None:
        """Every take of the shot, in any order."""
        self.clips = sorted(clips, key=lambda clip: (clip.made, clip.take, clip.id))

    def update(self, clip: Clip) -> bool:
        """A clip was saved anew; whether it is one of these."""
        for place, one in enumerate(self.clips):
            if one.id == clip.id:
                self.clips[place] = clip
                return True
        return False

    def saw(self, ids: Collection[int]) -> None:
        """These have been on a side."""
        self._seen.update(ids)

    def forget(self) -> None:
        """The comparison begins anew."""
        self._seen.clear()

    def name(self, clip: Clip) -> str:
        """`Take 2`."""
        return tr("Take {n}").format(n=self._number(clip))

    def challenger(self, shown: Collection[int]) -> Clip | None:
        """The next take that has not been on a side and isn't rejected."""
        left = (clip for clip in self.clips if clip.id not in self._seen and clip.id not in shown)
        return next((clip for clip in left if clip.flag is not Flag.REJECT and not clip.trashed), None)

    def beside(self, clip: int, by: int, shown: Collection[int]) -> Clip | None:
        """The take `by` places further on than `clip`, those that are shown elsewhere passed over."""
        free = [one for one in self.clips if one.id == clip or (one.id not in shown and not one.trashed)]
        places = [place for place, one in enumerate(free) if one.id == clip]
        if not places or len(free) < 2:
            return None
        return free[(places[0] + by) % len(free)]

    def _number(self, clip: Clip) -> int:
        if len({one.click or one.id for one in self.clips}) > 1:
            for place, one in enumerate(self.clips, 1):
                if one.id == clip.id:
                    return place
        return clip.take
