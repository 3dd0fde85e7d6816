"""Takes back what was thrown away or judged, step by step, the latest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject

from seedance_desktop.domain.clip import Flag
from seedance_desktop.ui.toasts import Toasts
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import ntr, tr

_STEPS = 50


CLIPS, IMAGES, JUDGING = "clips", "images", "judging"


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """What was done together: ids of clips or hashes of images that went, or one judgement of clips."""

    kind: str
    what: tuple[Any, ...] = ()


class Undo(QObject):
    """Listens to the wishes that throw away or judge, says so with a way back, and makes those that take back.

    `image_name` gives the name of an image by its hash, empty where it isn't known; `handed` the words for how many of
    some clips were handed over, empty for none. What is said of one clip shows on its card, and is not said again.
    """

    def __init__(
        self,
        wishes: Wishes,
        toasts: Toasts,
        parent: QObject | None = None,
        *,
        image_name: Callable[[str], str],
        handed: Callable[[Sequence[int]], str] = lambda _ids: "",
    ) -> None:
        super().__init__(parent)
        self._wishes, self._toasts, self._image_name, self._handed = wishes, toasts, image_name, handed
        self._steps: list[Step] = []
        self._told: Step | None = None  # what the last toast was about
        wishes.trash.connect(self._thrown)
        wishes.trash_images.connect(self._thrown_images)
        wishes.restore.connect(lambda ids: self._gone(ids, CLIPS))
        wishes.empty_trash.connect(lambda ids: self._gone(ids, CLIPS))
        wishes.restore_images.connect(lambda hashes: self._gone(hashes, IMAGES))
        wishes.judge.connect(lambda _id, _stars, _flag: self._add(Step(JUDGING)))
        wishes.judge_clips.connect(self._judged)
        wishes.tag_clips.connect(self._tagged)
        wishes.note_clip.connect(lambda _id, _text: self._add(Step(JUDGING)))
        wishes.mark_range.connect(lambda _id, _first, _last: self._add(Step(JUDGING)))
        wishes.reject_rest.connect(lambda _id: self._add(Step(JUDGING), tr("The other takes are rejected")))

    @property
    def steps(self) -> tuple[Step, ...]:
        """What can be taken back, the latest last; another window may go on with it."""
        return tuple(self._steps)

    @steps.setter
    def steps(self, steps: tuple[Step, ...]) -> None:
        self._steps = list(steps)

    def undo(self) -> None:
        """Take the last step back; nothing where there is none."""
        if not self._steps:
            return
        step = self._steps[-1]
        if step is self._told and self._toasts.action.text() == tr("Undo"):
            self._toasts.hide()  # what it offers is done
        if step.kind == JUDGING:
            self._steps.pop()
            self._wishes.undo_judging.emit()
        else:
            (self._wishes.restore_images if step.kind == IMAGES else self._wishes.restore).emit(list(step.what))

    def forget(self) -> None:
        """Another library is open: what was done in the one before can't be taken back in this one."""
        self._steps.clear()
        if self._toasts.action.text() == tr("Undo"):  # a draft's too: its number is another draft's there
            self._toasts.hide()

    def _thrown(self, ids: list[int]) -> None:
        said = ntr("{n} clip moved to the trash", "{n} clips moved to the trash", len(ids))
        self._add(Step(CLIPS, tuple(ids)), " · ".join(one for one in (said, self._handed(ids)) if one))

    def _thrown_images(self, hashes: list[str]) -> None:
        name = self._image_name(hashes[0]) if len(hashes) == 1 else ""
        said = tr("{name} moved to the trash").format(name=name)
        if not name:
            said = ntr("{n} image moved to the trash", "{n} images moved to the trash", len(hashes))
        self._add(Step(IMAGES, tuple(hashes)), said + " · " + tr("recipes still work"))

    def _judged(self, ids: list[int], stars: int, flag: str) -> None:
        count = len(ids)
        if count == 1:
            said = ""
        elif flag == Flag.PICK:
            said = ntr("{n} clip picked", "{n} clips picked", count)
        elif flag == Flag.REJECT:
            said = ntr("{n} clip rejected", "{n} clips rejected", count)
        elif flag == Flag.NONE:
            said = ntr("{n} clip unflagged", "{n} clips unflagged", count)
        else:
            said = ntr("{n} clip", "{n} clips", count) + " · " + ntr("{n} star", "{n} stars", stars)
        self._add(Step(JUDGING), said)

    def _tagged(self, ids: list[int], add: list[str], remove: list[str]) -> None:
        if len(ids) < 2:
            self._add(Step(JUDGING))
            return
        if add and remove:
            said = tr("{clips} tagged {added}, no longer tagged {removed}")
        else:
            said = tr("{clips} tagged {added}") if add else tr("{clips} no longer tagged {removed}")
        clips = ntr("{n} clip", "{n} clips", len(ids))
        self._add(Step(JUDGING), said.format(clips=clips, added=", ".join(add), removed=", ".join(remove)))

    def _add(self, step: Step, said: str = "") -> None:
        self._steps = [*self._steps, step][-_STEPS:]
        if said:
            self._told = step
            self._toasts.show_text(said, tr("Undo"), lambda: self._undo_to(step))

    def _undo_to(self, step: Step) -> None:
        """Take back what was said in the toast, and what was done on top of it since."""
        while any(one is step for one in self._steps):
            self.undo()

    def _gone(self, what: list[Any], kind: str) -> None:
        """Nothing more to bring back of these."""
        back = set(what)
        left = []
        for step in self._steps:
            if step.kind == kind and not back.isdisjoint(step.what):
                step = replace(step, what=tuple(one for one in step.what if one not in back))
            if step.what or step.kind == JUDGING:
                left.append(step)
        self._steps = left
