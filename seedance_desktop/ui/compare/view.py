"""The Compare view as a whole: takes that move as one, judged on the active side, with the next one at hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget

from seedance_desktop.domain.catalogue import SIZES
from seedance_desktop.domain.clip import Clip, Flag
from seedance_desktop.domain.shelf import stack_of
from seedance_desktop.ui import accessible
from seedance_desktop.ui.controls import Panel
from seedance_desktop.ui.stage import keys
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import say, tr

from . import arranging
from . import board as places
from .badge import LETTERS
from .board import Board
from .commands import table
from .foot import Foot
from .header import CompareHeader
from .jury import Entry, Jury, Sides
from .lanes import Lanes
from .motion import Motion
from .ranges import Ranges
from .screens import Screens
from .takes import Takes
from .titles import cut_of, titles
from .transport import CompareTransport

if TYPE_CHECKING:
    from seedance_desktop.domain.frames import Frame

_STRIP = 24  # pictures of a filmstrip
_LOW = 700  # a height that leaves too little to the pictures


class Compare(Panel):
    """Two to four clips. `closed` asks for stage and library again."""

    closed = Signal()

    def __init__(self, wishes: Wishes, library: Path, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent=parent)
        self._wishes = wishes
        self._sides, self._takes = Sides(), Takes()
        self._exhausted = False  # the next take was wanted, and there was none
        self._jury = Jury(wishes, self._sides, self._takes, self)
        self.header, self.board, self.transport = CompareHeader(), Board(), CompareTransport()
        self.lanes, self.foot = Lanes(), Foot(library)
        self.motion = Motion(self.board, self.transport, self.lanes, self)
        self.ranges = Ranges(self.motion, self.lanes, wishes)
        self.screens = Screens(self, self.board, self.transport, self.key)
        self._commands = table(self.motion, self.transport, self.ranges, self.board, self.screens.toggle)
        board, column = arranging.lay_out(self, self.header, self.board, self.transport, self.lanes, self.foot)
        arranging.order(self.header, self.board, self.transport, self.lanes, self.foot)
        self.screens.set_homes(board, column)
        self._connect()

    @property
    def clips(self) -> list[Clip]:
        """The clips that are compared, A first."""
        return self._sides.clips

    @property
    def active(self) -> int:
        """The side that the keys act on, from 0."""
        return self._sides.active

    def open(self, entries: Sequence[Entry]) -> None:
        """Compare these; where only some sides are others than before, the rest stays as it is and plays on."""
        old = [clip.id for clip in self.clips]
        new = [clip.id for clip, _file, _times in entries]
        changed = [index for index, number in enumerate(new) if len(old) != len(new) or old[index] != number]
        self._exhausted = False
        self.motion.end_seam()
        self._sides.entries = list(entries)
        if len(changed) == len(entries):
            self._takes.forget()
            self._open_all()
        else:
            for index in changed:
                self._open_one(index)
        self.board.set_shapes([_shape(clip) for clip in self.clips])
        self._takes.saw(new)
        self._show_choices()
        self.set_active(self._sides.active if self._sides.active < len(entries) else 0)
        for index in changed:
            self._wishes.filmstrip_wanted.emit(new[index], _STRIP)

    def frames(self, frames: list[Frame], file: str) -> None:
        """Frames that were wished for by `frames_wanted`."""
        self.motion.frames(frames, file)

    def set_takes(self, clips: Sequence[Clip]) -> None:
        """Every take of the active side's shot, as wished for by `takes_wanted`."""
        self._takes.set_clips([clip for clip in clips if not clip.trashed])
        self._show_clips()

    def set_filmstrip(self, number: int, pictures: list[bytes]) -> None:
        """The strip of one clip, as wished for by `filmstrip_wanted`."""
        for index, clip in enumerate(self.clips):
            if clip.id == number:
                self.lanes.read(index, pictures)

    def update_clip(self, clip: Clip) -> None:
        """A clip was saved anew."""
        known = self._takes.update(clip)
        for index, number in enumerate(self._sides.ids):
            if number == clip.id:
                self._sides.put(index, clip)
                known = True
                self.ranges.show_clip(index, clip)
        if known:
            self._show_clips()

    def set_active(self, index: int) -> None:
        """The keys act on this side, and it is the one that sounds."""
        if not 0 <= index < len(self._sides.entries):
            return
        before = self._sides.entries[self._sides.active][0] if self._sides.active < len(self._sides.entries) else None
        self._sides.active = index
        self.board.set_active(index)
        self.board.wipe.set_active(index)
        self.motion.set_active(index)
        self.ranges.set_active(index)
        now = self._sides.entries[index][0]
        if before is None or not self._takes.clips or stack_of(self._takes.clips[0]) != stack_of(now):
            self._wishes.takes_wanted.emit(now.id)
        self._show_clips()

    def play_seam(self, on: bool = True) -> None:
        """Loop the cut between parent and child, where one of the two was continued from the other."""
        seam = cut_of(self.clips)
        self.header.seam.setChecked(on and seam is not None)
        if on and seam is not None:
            pair = [self._sides.entries[index][1:] for index in (seam.parent, seam.child)]
            self.motion.play_seam(pair, seam.frame, skip=seam.repeats and self.header.skip.isChecked())
        else:
            self.motion.end_seam()
        self._show_choices()

    def shut(self) -> None:
        """Let go of all files."""
        self.screens.leave()
        self.motion.close()
        self._sides.entries.clear()
        self._takes.forget()

    def take_focus(self) -> None:
        """The keyboard goes to the active side's picture."""
        self.board.panels[self._sides.active].viewer.canvas.setFocus()

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key asks; False where it isn't ours or somebody types."""
        if not self._sides.entries or keys.taken(event):
            return False
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        letter = chr(event.key()) if plain and Qt.Key.Key_A <= event.key() <= Qt.Key.Key_D else ""
        if letter:
            self._choose(LETTERS.index(letter))
        elif plain and event.key() in (Qt.Key.Key_N, Qt.Key.Key_W, Qt.Key.Key_Escape):
            self._own_key(event.key())
        else:
            return self._stage_key(event)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no control wanted."""
        if not self.key(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and letters are ours even where a button or a menu has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.key(event):
            return True
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another place has taken ours: nothing plays on unseen."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.shut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, strips and takes are lower."""
        super().resizeEvent(event)
        self._fit()

    # within

    def _fit(self) -> None:
        low = self.height() < _LOW
        self.lanes.set_height(len(self._sides.entries) > 2, low=low)
        self.foot.set_low(low)

    def _open_all(self) -> None:
        self._sides.active = 0
        self.board.setCurrentIndex(places.SIDES)
        self.header.wipe.setChecked(False)
        for index, clip in enumerate(self.clips):
            self.board.panels[index].expect(_shape(clip))
        self.motion.open([(file, times) for _clip, file, times in self._sides.entries])
        self._fit()
        for index, clip in enumerate(self.clips):
            self.lanes.clear(index)
            self.ranges.show_clip(index, clip)

    def _open_one(self, index: int) -> None:
        clip, file, times = self._sides.entries[index]
        self.board.panels[index].expect(_shape(clip))
        self.motion.replace(index, file, times)
        self.lanes.clear(index)
        self.ranges.show_clip(index, clip)

    def _show_choices(self) -> None:
        clips, seam = self.clips, cut_of(self.clips)
        playing = self.motion.seam is not None
        self.header.show_title(*titles(clips, seam, playing=playing))
        self.header.show_choices(
            pair=len(clips) == 2, seam=seam is not None, repeated=seam is not None and seam.repeats
        )

    def _show_clips(self) -> None:
        letters = {clip.id: letter for clip, letter in zip(self.clips, LETTERS, strict=False)}
        for panel, clip in zip(self.board.panels, self.clips, strict=False):
            panel.show_clip(clip, self._takes.name(clip))
        self.board.wipe.set_names([self._takes.name(clip) for clip in self.clips[:2]])
        self.foot.show_takes(self._takes, letters)
        self.foot.show_difference(self.clips)
        more = tr("Drag onto a side, or Enter") if len(self._takes.clips) > len(self.clips) else ""
        self.foot.say(tr("Every take has been seen") if self._exhausted else more)

    def _choose(self, index: int) -> None:
        if index < len(self._sides.entries):
            self.set_active(index)
            if self.board.currentIndex() == places.SIDES:
                self.take_focus()

    def _own_key(self, key: int) -> None:
        if key == Qt.Key.Key_N:
            self._jury.challenge(self._sides.active)
        elif key == Qt.Key.Key_W and len(self._sides.entries) == 2:
            self.header.wipe.click()
        elif key == Qt.Key.Key_Escape:
            self.closed.emit()

    def _stage_key(self, event: QKeyEvent) -> bool:
        asked = keys.meaning(event)
        command = self._commands.get(asked)
        if command is not None:
            command()
        elif asked:
            self._jury.do(asked)
        return bool(asked)

    def _wipe(self, on: bool) -> None:
        self.play_seam(on=False)
        self.board.setCurrentIndex(places.WIPE if on else places.SIDES)
        self.motion.show_again()
        if on:
            self.board.wipe.setFocus()
        else:
            self.take_focus()

    def _swap(self) -> None:
        self.play_seam(on=False)
        self._sides.entries[:2] = self._sides.entries[1::-1]
        self.motion.swap()
        for index, clip in enumerate(self.clips):
            self.ranges.show_clip(index, clip)
        self._show_choices()
        self.set_active(self._sides.active)

    def _say_exhausted(self) -> None:
        self._exhausted = True
        accessible.say(self, tr("Every take has been seen"))
        self._show_clips()

    def _failed(self, index: int) -> None:
        self.board.panels[index].viewer.say(say("video-unreadable", {"name": self._sides.entries[index][1].name}))

    def _connect(self) -> None:
        self.motion.wanted.connect(self._wishes.frames_wanted)
        self.motion.failed.connect(self._failed)
        for index, panel in enumerate(self.board.panels):
            panel.activated.connect(lambda index=index: self.set_active(index) if index != self._sides.active else None)
            panel.judged.connect(lambda stars, flag, index=index: self._jury.judge(index, stars, Flag(flag)))
            panel.dropped.connect(lambda number, index=index: self._jury.put(index, number))
        self._jury.judged.connect(self.update_clip)
        self._jury.exhausted.connect(self._say_exhausted)
        header = self.header
        header.left.connect(self.closed)
        header.wiped.connect(self._wipe)
        header.seamed.connect(self.play_seam)
        header.skipped.connect(lambda _on: self.play_seam())
        header.swapped.connect(self._swap)
        self.foot.tray.put.connect(lambda number: self._jury.put(self._sides.active, number))
        self.transport.full_screen.connect(self.screens.toggle)
        self.transport.mark_in.connect(self.ranges.set_in)
        self.transport.mark_out.connect(self.ranges.set_out)
        self.transport.zoom.wanted.connect(self.board.panels[0].viewer.zoom_to)
        for panel in self.board.panels:
            panel.viewer.zoomed.connect(self.transport.zoom.show_scale)
        self.board.double_clicked.connect(self.screens.toggle)
        for control in (*self.findChildren(QAbstractButton), *self.findChildren(QComboBox), self.lanes):
            control.installEventFilter(self)


def _shape(clip: Clip) -> QSize:
    """The size of its pictures, before the first one is there."""
    if clip.footage is not None:
        return QSize(clip.footage.width, clip.footage.height)
    return QSize(*SIZES.get((clip.recipe.resolution, clip.recipe.ratio), (16, 9)))
