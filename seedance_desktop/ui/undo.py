"""Brings back what went to the trash, step by step."""

from __future__ import annotations

from PySide6.QtCore import QObject

from seedance_desktop.ui.toasts import Toasts
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import ntr, tr

_STEPS = 50


class Undo(QObject):
    """Listens to the wish `trash`, says so with a way back, and makes the wish `restore`."""

    def __init__(self, wishes: Wishes, toasts: Toasts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wishes, self._toasts = wishes, toasts
        self._steps: list[list[int]] = []
        wishes.trash.connect(self._thrown)
        wishes.restore.connect(self._restored)

    def undo(self) -> None:
        """Bring the last ones back; nothing where there are none."""
        if self._steps:
            self._wishes.restore.emit(self._steps[-1])

    def _thrown(self, ids: list[int]) -> None:
        self._steps = [*self._steps, list(ids)][-_STEPS:]
        said = ntr("{n} clip moved to the trash", "{n} clips moved to the trash", len(ids))
        self._toasts.show_text(said, tr("Undo"), self.undo)

    def _restored(self, ids: list[int]) -> None:
        back = set(ids)
        self._steps = [left for step in self._steps if (left := [one for one in step if one not in back])]
