"""Judging on the active side: stars and flags, the next take that comes, and which one goes for it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from seedance_desktop.domain.clip import Clip, Flag
from seedance_desktop.domain.frames import Timeline
from seedance_desktop.ui.stage.keys import FLAGS
from seedance_desktop.ui.wishes import Wishes

from .takes import Takes

Entry = tuple[Clip, Path, Timeline]
_NEIGHBOURS = {"next clip": 1, "previous clip": -1}


@dataclass(slots=True)
class Sides:
    """The clips that are compared, A first, each with its file and frames; and the side that the keys act on."""

    entries: list[Entry] = field(default_factory=list)
    active: int = 0

    @property
    def clips(self) -> list[Clip]:
        """The clips alone."""
        return [clip for clip, _file, _times in self.entries]

    @property
    def ids(self) -> list[int]:
        """Their ids."""
        return [clip.id for clip in self.clips]

    def put(self, index: int, clip: Clip) -> None:
        """What is known of the clip on a side has changed."""
        _old, file, times = self.entries[index]
        self.entries[index] = (clip, file, times)


class Jury(QObject):
    """Wishes `judge`, `trash` and, for another set of clips, `compare`."""

    judged = Signal(object)  # Clip as it is judged now
    exhausted = Signal()  # every take has been seen

    def __init__(self, wishes: Wishes, sides: Sides, takes: Takes, parent: QObject) -> None:
        super().__init__(parent)
        self._wishes, self._sides, self._takes = wishes, sides, takes

    def do(self, asked: str) -> None:
        """A key of the stage, by its name there, on the active side."""
        index = self._sides.active
        clip = self._sides.clips[index]
        what, _, rest = asked.partition(" ")
        if what == "stars":
            self.judge(index, int(rest), clip.flag)
        elif what in FLAGS:
            self.judge(index, clip.stars, FLAGS[what], on=rest == "and on")
        elif what == "trash":
            self._wishes.trash.emit([clip.id])
            self.challenge(index)
        elif asked in _NEIGHBOURS:
            other = self._takes.beside(clip.id, _NEIGHBOURS[asked], set(self._sides.ids))
            if other is not None:
                self.put(index, other.id)

    def judge(self, index: int, stars: int, flag: Flag, *, on: bool = False) -> None:
        """Judge a side. Who is rejected makes room for the next take; who is picked with `on` gets the next rival."""
        old = self._sides.clips[index]
        self.judged.emit(replace(old, stars=stars, flag=flag))
        self._wishes.judge.emit(old.id, stars, str(flag))
        if flag is Flag.REJECT and (on or old.flag is not Flag.REJECT):
            self.challenge(index)
        elif on:
            self.challenge((index + 1) % len(self._sides.entries))

    def challenge(self, index: int) -> None:
        """The next take that was not seen yet comes onto a side; the others stay."""
        found = self._takes.challenger(self._sides.ids)
        if found is None:
            self.exhausted.emit()
        else:
            self.put(index, found.id)

    def put(self, index: int, number: int) -> None:
        """Wish for another clip on a side; one that is on another side changes places with it."""
        ids = self._sides.ids
        if ids[index] == number:
            return
        if number in ids:
            ids[ids.index(number)] = ids[index]
        ids[index] = number
        self._wishes.compare.emit(ids)
