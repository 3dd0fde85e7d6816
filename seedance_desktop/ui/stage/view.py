"""The stage as a whole: header, viewer, transport and recipe, wired to the deck that moves the pictures."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, QUrl, Signal, SignalInstance
from PySide6.QtGui import QDesktopServices, QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QVBoxLayout, QWidget

from seedance_desktop.domain.catalogue import FPS, SIZES
from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.frames import Frame, Timeline
from seedance_desktop.ui import taborder
from seedance_desktop.ui.controls import Panel
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import say

from . import commands, dragging, keys
from .deck import Deck
from .fullscreen import FullScreen
from .header import Header
from .marks import Marks
from .panning import Panning
from .picture import Picture
from .skimming import Skimming
from .transport import Transport
from .viewer import Viewer

if TYPE_CHECKING:
    from seedance_desktop.domain.family import Family

    from .onward import Onward
    from .recipe import RecipePanel

_NARROW = 700


class Stage(Panel):
    """Shows one clip. `previous_clip` and `next_clip` ask the window for another one."""

    previous_clip = Signal()
    next_clip = Signal()

    def __init__(self, wishes: Wishes, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent=parent)
        self._wishes = wishes
        self._clip: Clip | None = None
        self._file: Path | None = None
        self._judgement: tuple[int, str] = (0, "")
        self._tags: list[str] = []
        self._library = Path()
        self._resume = False  # it played when the timeline was taken hold of
        self._full: FullScreen | None = None
        self.setMinimumWidth(420)
        self.header, self.viewer, self.transport = Header(), Viewer(), Transport()
        self.deck = Deck(self)
        timeline = self.transport.timeline
        self.marks = Marks(timeline, self.deck, wishes.mark_range, self)
        self._skimming = Skimming(self.transport, self.deck, wishes.filmstrip_wanted)
        self._panning = Panning(self.viewer, self._toggle)
        self._commands = {
            **commands.table(self.deck, self.transport, self._toggle, self.toggle_full_screen),
            **commands.ranging(self.marks),
            **commands.zooming(self.viewer),
        }
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for part in (self.header, self.viewer, self.transport):
            self._column.addWidget(part, 1 if part is self.viewer else 0)
        self._connect_deck()
        self._connect_parts()

    @cached_property
    def recipe(self) -> RecipePanel:
        """What is said of a clip, made with the first one."""
        from .recipe import RecipePanel

        recipe = RecipePanel(lambda: self.picture_frame)
        recipe.hide()
        recipe.tags.set_known(self._tags)
        recipe.set_compact(self.width() < _NARROW, self.height())
        recipe.judged.connect(self._judge)
        recipe.use.connect(lambda: self._wish(self._wishes.edit_recipe))
        recipe.show_in_folder.connect(lambda: self._wish(self._wishes.show_in_folder))
        self._column.addWidget(recipe)
        taborder.follow(self.transport.timeline, recipe)
        self._hear_keys(recipe)
        return recipe

    @cached_property
    def onward(self) -> Onward:
        """What is wished for a clip, made with the first one."""
        from .onward import Onward

        onward = Onward(self._wishes, self.recipe, self.header)
        onward.set_library(self._library)
        return onward

    @property
    def clip(self) -> Clip | None:
        """The clip that is open."""
        return self._clip

    @property
    def picture_frame(self) -> int:
        """The number of the frame on screen, from 0; -1 where there is none."""
        return self.deck.number

    def open(self, clip: Clip | None, file: Path | None, timeline: Timeline | None) -> None:
        """Show the first picture of a clip, standing still; the clip that is open already just goes on.

        `file` is absolute; None where the clip has no file to play. Without a `timeline` the frames are taken to be
        evenly spaced until `open` is called again with it.
        """
        same = clip is not None and self._clip is not None and clip.id == self._clip.id and file == self._file
        if clip is not None and same:
            self.update_clip(clip)
            if timeline is not None and file is not None:
                self._retime(timeline)
            return
        self._clip, self._file = clip, file
        self.header.show_clip(clip)
        if self._has_recipe:
            self.recipe.setVisible(clip is not None)
        if clip is None:
            self._empty()
            return
        self.onward.show()
        self._show_clip(clip)
        self._skimming.open(clip.id if file is not None else None, _shape(clip))
        if file is None:
            self.cannot_play(say("clip-file-missing", {"file": clip.file or clip.name}))
            return
        times = timeline or _even(clip)
        self.viewer.expect(_shape(clip))
        self._set_times(times)
        self.deck.open(file, times)
        self.marks.retime()

    def update_clip(self, clip: Clip) -> None:
        """The clip on the stage was saved anew; it plays on."""
        if self._clip is not None and clip.id == self._clip.id:
            self._clip = clip
            self._show_clip(clip)

    def frames(self, frames: list[Frame], file: str = "") -> None:
        """Frames that were wished for by `frames_wanted`; those of another `file` than the one open are let go."""
        if self._file is not None and file in ("", str(self._file)):
            self.deck.frames(frames)
            self._skimming.look_again()

    def set_filmstrip(self, clip: int, pictures: list[bytes]) -> None:
        """JPEGs that were wished for by `filmstrip_wanted`, evenly spaced in time."""
        self._skimming.take(clip, pictures)

    def set_tags(self, tags: list[str]) -> None:
        """The tags there are in the library, for completion."""
        self._tags = tags
        if self._has_recipe:
            self.recipe.tags.set_known(tags)

    def set_library(self, library: Path) -> None:
        """Another library folder is open now."""
        self._library = library
        if self._has_recipe:
            self.onward.set_library(library)

    def flush(self) -> None:
        """Wish for what is being typed about the clip, before everything ends."""
        if self._has_recipe:
            self.recipe.flush()

    def set_family(self, family: Family) -> None:
        """What was wished for by `family_wanted`."""
        self.onward.set_family(family)

    def cannot_play(self, sentence: str) -> None:
        """Say why there is no picture, and offer the system's player where there is a file."""
        self.deck.close()
        self.transport.set_clip(None)
        self._skimming.open(None, QSize())
        self.viewer.say(sentence, elsewhere=self._file is not None)

    def shut(self) -> None:
        """The window closes."""
        self._leave_full_screen()
        self.deck.shut()

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key asks of the stage; False where it isn't the stage's or somebody types."""
        asked = "" if self._clip is None or keys.taken(event) else keys.meaning(event)
        if not asked:
            return False
        if event.isAutoRepeat() and not keys.repeats(asked):
            return True
        if asked == "toggle" and self._panning.space():
            return True
        if not self._do(asked):
            self._judge_by(asked)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no control wanted."""
        if not self.key(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and letters are the stage's even where a button or a menu has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.key(event):
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below 700 pixels everything takes less room."""
        super().resizeEvent(event)
        compact = self.width() < _NARROW
        self.header.set_compact(compact)
        if self._has_recipe:
            self.recipe.set_compact(compact, self.height())
        if self._full is None:
            self.transport.set_compact(compact)

    def toggle_full_screen(self) -> None:
        """The picture on the whole screen, and back; it plays on."""
        if self._full is not None:
            self._leave_full_screen()
        elif self.transport.play.isEnabled():
            self._full = FullScreen(self.viewer, self.transport, self.key, self.window())
            self._full.left.connect(self._leave_full_screen)
            self.transport.set_compact(False)
            self._full.enter()
            self.viewer.canvas.setFocus()

    def _leave_full_screen(self) -> None:
        if self._full is None:
            return
        full, self._full = self._full, None
        self._column.insertWidget(1, self.viewer, 1)
        self._column.insertWidget(2, self.transport)
        full.give_back()
        self.transport.set_compact(self.width() < _NARROW)
        self.viewer.canvas.setFocus()

    def _empty(self) -> None:
        self._leave_full_screen()
        self.deck.close()
        self.transport.set_clip(None)
        self._skimming.open(None, QSize())
        self.marks.show_clip(None)
        self.viewer.rest()

    def _show_clip(self, clip: Clip) -> None:
        self._judgement = (clip.stars, clip.flag)
        self.header.show_clip(clip)
        self.recipe.show_clip(clip, playable=self._file is not None)
        self.marks.show_clip(clip)

    def _set_times(self, times: Timeline) -> None:
        self.transport.set_clip(times)
        self._skimming.set_times(times)

    def _retime(self, timeline: Timeline) -> None:
        self.deck.retime(timeline)
        self.transport.set_times(timeline)
        self._skimming.set_times(timeline)
        self.marks.retime()
        if self.deck.number >= 0:
            self.transport.set_frame(self.deck.number)

    def _connect_deck(self) -> None:
        deck = self.deck
        deck.pictured.connect(self._pictured)
        deck.moving_changed.connect(self._moved)
        deck.failed.connect(self._failed)
        deck.wanted.connect(self._wishes.frames_wanted)

    def _connect_parts(self) -> None:
        transport, deck = self.transport, self.deck
        transport.toggled.connect(self._toggle)
        transport.stepped.connect(deck.step)
        transport.sought.connect(deck.seek)
        transport.held.connect(self._hold)
        transport.looped.connect(deck.set_looped)
        transport.speed_chosen.connect(deck.set_speed)
        transport.loudness_changed.connect(deck.set_volume)
        transport.full_screen.connect(self.toggle_full_screen)
        transport.mark_in.connect(self.marks.set_in)
        transport.mark_out.connect(self.marks.set_out)
        transport.zoom.wanted.connect(self.viewer.zoom_to)
        self.viewer.zoomed.connect(transport.zoom.show_scale)
        self.viewer.double_clicked.connect(self.toggle_full_screen)
        self.viewer.dragged.connect(self._drag)
        self.viewer.open_elsewhere.connect(self._open_elsewhere)
        self.header.trash.connect(self._trash)
        self._hear_keys(self)
        transport.timeline.installEventFilter(self)

    def _hear_keys(self, part: QWidget) -> None:
        for control in (*part.findChildren(QAbstractButton), *part.findChildren(QComboBox)):
            control.installEventFilter(self)

    @property
    def _has_recipe(self) -> bool:
        """Whether there has been a clip."""
        return "recipe" in vars(self)

    def _pictured(self, picture: Picture, number: int) -> None:
        """The one place where a picture and its number reach the screen: together."""
        self.viewer.show_picture(picture)
        self.transport.set_frame(number)

    def _moved(self, moving: int) -> None:
        self.viewer.canvas.set_fine(moving == 0)
        self.transport.set_playing(moving != 0)

    def _failed(self) -> None:
        if self._file is not None:
            self.cannot_play(say("video-unreadable", {"name": self._file.name}))

    def _toggle(self) -> None:
        if self.deck.moving:
            self.deck.pause()
        else:
            self.deck.play()

    def _hold(self, held: bool) -> None:
        if held:
            self._resume = self.deck.moving == 1
            self.deck.pause()
        self.deck.scrub(held)
        if not held and self._resume:
            self.deck.play()

    def _do(self, asked: str) -> bool:
        command = self._commands.get(asked)
        if command is not None and self.transport.play.isEnabled():
            command()
        return command is not None

    def _judge_by(self, asked: str) -> None:
        stars, flag = self._judgement
        what, _, rest = asked.partition(" ")
        if what == "stars":
            self._judge(int(rest), flag)
        elif what in keys.FLAGS:
            self._judge(stars, keys.FLAGS[what])
        elif what == "trash":
            self._trash()
        if rest == "and on" or asked == "next clip":
            self.next_clip.emit()
        elif asked == "previous clip":
            self.previous_clip.emit()

    def _judge(self, stars: int, flag: str) -> None:
        """Wish it; what is shown changes when it is saved, what the next key builds on changes now."""
        self._judgement = (stars, flag)
        if self._clip is not None:
            self._wishes.judge.emit(self._clip.id, stars, flag)

    def _trash(self) -> None:
        if self._clip is not None:
            self._wishes.trash.emit([self._clip.id])

    def _wish(self, wish: SignalInstance) -> None:
        if self._clip is not None:
            wish.emit(self._clip.id)

    def _drag(self, image: QImage) -> None:
        """The picture that is shown goes with the mouse, by the number that is shown with it."""
        if self._clip is not None and self.deck.number >= 0:
            dragging.start(self.viewer.canvas, self._clip.id, self.deck.number, image)

    def _open_elsewhere(self) -> None:
        if self._file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file)))


def _even(clip: Clip) -> Timeline:
    """Evenly spaced frames, as many as the file has or as upstream renders."""
    found = clip.footage
    fps = found.fps if found and found.fps > 0 else float(FPS)
    count = found.frames if found else clip.recipe.duration * FPS + 1
    return Timeline(tuple(round(number * 1_000_000 / fps) for number in range(max(1, count))), fps)


def _shape(clip: Clip) -> QSize:
    """The size of its pictures, before the first one is there."""
    if clip.footage is not None:
        return QSize(clip.footage.width, clip.footage.height)
    return QSize(*SIZES.get((clip.recipe.resolution, clip.recipe.ratio), (16, 9)))
