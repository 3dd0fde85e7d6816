"""Brings back what went to the trash, step by step: clips and images in the order in which they went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject

from seedance_desktop.ui.toasts import Toasts
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import ntr, tr

_STEPS = 50


@dataclass(frozen=True, slots=True)
class _Step:
    """What went together: ids of clips, or hashes of images."""

    what: tuple[Any, ...]
    images: bool


class Undo(QObject):
    """Listens to the wishes that throw away, says so with a way back, and makes those that restore.

    `image_name` gives the name of an image by its hash, empty where it isn't known.
    """

    def __init__(
        self, wishes: Wishes, toasts: Toasts, parent: QObject | None = None, *, image_name: Callable[[str], str]
    ) -> None:
        super().__init__(parent)
        self._wishes, self._toasts, self._image_name = wishes, toasts, image_name
        self._steps: list[_Step] = []
        wishes.trash.connect(self._thrown)
        wishes.trash_images.connect(self._thrown_images)
        wishes.restore.connect(lambda ids: self._restored(ids, images=False))
        wishes.restore_images.connect(lambda hashes: self._restored(hashes, images=True))

    def undo(self) -> None:
        """Bring the last ones back; nothing where there are none."""
        if self._steps:
            step = self._steps[-1]
            (self._wishes.restore_images if step.images else self._wishes.restore).emit(list(step.what))

    def _thrown(self, ids: list[int]) -> None:
        said = ntr("{n} clip moved to the trash", "{n} clips moved to the trash", len(ids))
        self._add(_Step(tuple(ids), images=False), said)

    def _thrown_images(self, hashes: list[str]) -> None:
        name = self._image_name(hashes[0]) if len(hashes) == 1 else ""
        said = tr("{name} moved to the trash").format(name=name)
        if not name:
            said = ntr("{n} image moved to the trash", "{n} images moved to the trash", len(hashes))
        self._add(_Step(tuple(hashes), images=True), said + " · " + tr("recipes still work"))

    def _add(self, step: _Step, said: str) -> None:
        self._steps = [*self._steps, step][-_STEPS:]
        self._toasts.show_text(said, tr("Undo"), self.undo)

    def _restored(self, what: list[Any], *, images: bool) -> None:
        back = set(what)
        left = [
            replace(step, what=tuple(one for one in step.what if one not in back)) if step.images == images else step
            for step in self._steps
        ]
        self._steps = [step for step in left if step.what]
