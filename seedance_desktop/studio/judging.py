"""What a creator says of a take, as values: tags as they are kept, a range within the footage, and steps to undo."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from seedance_desktop.domain.clip import Clip, Flag
from seedance_desktop.domain.recipe import whole

_MOST_STEPS = 100
_MOST_KEPT = 200_000  # judgements in all steps together, so that a library tagged again and again stays small
_LONGEST_TAG = 80


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that is said of one clip."""

    stars: int
    flag: Flag
    tags: tuple[str, ...]
    notes: str
    mark_in: int
    mark_out: int

    @classmethod
    def of(cls, clip: Clip) -> Judgement:
        """What is said of a clip now."""
        return cls(clip.stars, clip.flag, clip.tags, clip.notes, clip.mark_in, clip.mark_out)

    def on(self, clip: Clip) -> Clip:
        """The clip with this said of it."""
        return replace(
            clip,
            stars=self.stars,
            flag=self.flag,
            tags=self.tags,
            notes=self.notes,
            mark_in=self.mark_in,
            mark_out=self.mark_out,
        )


Step = Mapping[int, Judgement]
"""What was said of each clip, by its id, before one verb changed it."""


class Steps:
    """The last hundred verbs that can be undone, the latest first."""

    def __init__(self) -> None:
        """Nothing to undo."""
        self._steps: deque[Step] = deque()
        self._kept = 0

    def add(self, step: Step) -> None:
        """A verb has changed these clips, or none: a verb is a step, as the screen counts. The oldest make room."""
        self._steps.append(step)
        self._kept += len(step)
        while len(self._steps) > _MOST_STEPS or (self._kept > _MOST_KEPT and len(self._steps) > 1):
            self._kept -= len(self._steps.popleft())

    def take(self) -> Step | None:
        """The last step, which is no longer kept; None where there is none."""
        if not self._steps:
            return None
        step = self._steps.pop()
        self._kept -= len(step)
        return step


def taken_back(step: Step, clip: Clip) -> Clip:
    """The clip with what was said of it before the step."""
    return step[clip.id].on(clip)


def tagged(clip: Clip, add: Iterable[str], remove: Iterable[str]) -> Clip:
    """The clip with some tags taken away and others at the end, each once."""
    away = {*_clean(remove)}
    kept = [tag for tag in clip.tags if tag not in away]
    return replace(clip, tags=tuple(dict.fromkeys([*kept, *_clean(add)])))


def noted(clip: Clip, text: str) -> Clip:
    """The clip with other notes, their lines ended as everywhere in the library."""
    return replace(clip, notes=whole(text).replace("\r\n", "\n").replace("\r", "\n"))


def marked(clip: Clip, first: int, last: int) -> Clip:
    """The clip with a range, inclusive, brought inside its footage and into its order; below 0 is no mark."""
    most = max(0, clip.footage.frames - 1) if clip.footage else 0
    first, last = (min(one, most) if one >= 0 else -1 for one in (first, last))
    if 0 <= last < first:
        first, last = last, first
    return replace(clip, mark_in=first, mark_out=last)


def _clean(tags: Iterable[str]) -> list[str]:
    """Tags as they are kept: one line each, no empty ones."""
    lines = (" ".join(whole(tag).split())[:_LONGEST_TAG].rstrip() for tag in tags)
    return [tag for tag in lines if tag]
