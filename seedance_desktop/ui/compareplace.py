"""Where the Compare view opens and closes: in place of stage and library. It is made when it is first wanted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.ui.panes import Panes
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from seedance_desktop.domain.frames import Frame, Timeline
    from seedance_desktop.ui.compare import Compare


class ComparePlace(QObject):
    """`open` shows clips beside each other, as wished for by `compare`; the other values come as they were wished for.

    `entered` comes before the view is shown, `left` when stage and library are back; `said` is a word in passing.
    """

    entered = Signal()
    left = Signal()
    said = Signal(str)

    def __init__(self, wishes: Wishes, panes: Panes, library: Path) -> None:
        super().__init__(panes)
        self._wishes, self._panes, self._library = wishes, panes, library
        self._view: Compare | None = None
        self._again: tuple[tuple[int, ...], int, int] = ((), 0, 0)  # clips, frame and side that were on screen
        self._seam: list[int] = []  # the clips whose seam is to play as soon as they are open
        wishes.play_seam.connect(self._want_seam)

    @property
    def view(self) -> Compare | None:
        """The view, once it was opened."""
        return self._view

    @property
    def is_open(self) -> bool:
        """Whether it stands in place of stage and library."""
        return self._view is not None and self._panes.instead is self._view

    def open(self, entries: Sequence[tuple[Clip, Path, Timeline]]) -> None:
        """Compare two to four clips (each with its file and its frames), A first.

        Where the view is open already, only the sides that have changed are opened anew.
        """
        opening = not self.is_open
        if opening:
            self.entered.emit()
        view = self._made()
        if opening:
            self._panes.show_instead(view)
        view.open(entries)
        if opening:
            view.take_focus()
        if self._again[0] == tuple(clip.id for clip, _file, _times in entries):
            view.set_active(self._again[2])
            view.take_focus()
            view.motion.seek(self._again[1])
        self._again = ((), 0, 0)
        if self._seam == [clip.id for clip, _file, _times in entries]:
            view.play_seam()
        self._seam = []

    def open_at(self, clips: Sequence[int], frame: int, active: int) -> None:
        """Wish for the comparison of these clips at that frame, with the side `active` (from 0) as the active one."""
        self._again = (tuple(clips), frame, active)
        self._wishes.compare.emit(list(clips))

    def close(self) -> None:
        """Stage and library are back."""
        if self.is_open:
            self._panes.show_instead(None)
            self.left.emit()

    def frames(self, frames: list[Frame], file: str) -> None:
        """Frames that were wished for by `frames_wanted`; those of a file that isn't open are let go."""
        if self._view is not None and self.is_open:
            self._view.frames(frames, file)

    def set_takes(self, number: int, clips: Sequence[Clip]) -> None:
        """Every take of a clip's shot, the best first, as wished for by `takes_wanted`.

        Wished for from elsewhere, that is the wish to compare the clip with the best of the others.
        """
        if self._view is not None and self.is_open:
            self._view.set_takes(clips)
            return
        others = [clip.id for clip in clips if clip.id != number and clip.stage is Stage.READY and not clip.trashed]
        if others:
            self._wishes.compare.emit([number, others[0]])
        else:
            self.said.emit(tr("There is no other take of this shot to compare with."))

    def set_filmstrip(self, number: int, pictures: list[bytes]) -> None:
        """The strip of a clip, as wished for by `filmstrip_wanted`."""
        if self._view is not None and self.is_open:
            self._view.set_filmstrip(number, pictures)

    def update_clip(self, clip: Clip) -> None:
        """A clip was saved anew."""
        if self._view is not None and self.is_open:
            self._view.update_clip(clip)

    def set_library(self, library: Path) -> None:
        """Another library is open now."""
        self.close()
        self._library = library
        if self._view is not None:
            self._view.foot.tray.library = library

    def key(self, event: QKeyEvent) -> bool:
        """A key that no control wanted; whether it is spent."""
        return self._view is not None and self.is_open and self._view.key(event)

    def shut(self) -> None:
        """The window closes."""
        if self._view is not None:
            self._view.shut()

    def _want_seam(self, parent: int, child: int) -> None:
        self._seam = [parent, child]
        self._wishes.compare.emit(self._seam)

    def _made(self) -> Compare:
        if self._view is None:
            from seedance_desktop.ui.compare import Compare

            self._view = Compare(self._wishes, self._library)
            self._view.closed.connect(self.close)
        return self._view
