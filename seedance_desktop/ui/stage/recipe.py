"""Below the picture: how the creator judges the clip, the prompt and the facts that made it, and what to do with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from seedance_desktop.domain import mentions
from seedance_desktop.domain.clip import Clip, Flag
from seedance_desktop.domain.recipe import Recipe
from seedance_desktop.ui.chip_text import ChipText
from seedance_desktop.ui.controls import Button, ElidedLabel
from seedance_desktop.ui.tagging import TagsLine
from seedance_desktop.words import tr

from . import facts
from .actions import Actions
from .notes import Notes
from .sliders import Stars
from .table import LINE, FactsTable
from .transport import NARROW_PAD, PAD

if TYPE_CHECKING:
    from seedance_desktop.domain.family import Family

_LEAST_LINES, _NOTES_GAP = 5, 8
_MOST_ROWS, _FEW_ROWS = 7, 5
_NOTE_LINES, _FEW_NOTE_LINES = 5, 3
_TALL = 760  # height of a stage that has room for more of both
_FACTS_LEAST, _FACTS_MOST, _FACTS_SHARE = 232, 320, 0.34
_NAMES = 76  # pixels of these for the names


class PromptText(ChipText):
    """The prompt as it was sent, chips for the images that it names: to be read, selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Prompt of this clip"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_recipe(self, recipe: Recipe) -> None:
        """Another prompt, from its beginning; numbers of images become chips with their names."""
        images = [(one.key, one.name) for one in recipe.references]
        prompt = mentions.bound(recipe.prompt, images)
        if prompt == self.text and tuple(images) == self.chips.images:
            return
        self.chips.set_images(images)
        self.show_prompt(prompt, QTextBlockFormat.LineHeightTypes.FixedHeight)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.describe()


class RecipePanel(QWidget):
    """Shows a clip; says what is wished for it. `frame` tells which one is on screen (-1 for none)."""

    judged = Signal(int, str)  # stars, flag
    opened = Signal(object)  # the id of a clip that wasn't shown before
    use = Signal()
    show_in_folder = Signal()

    def __init__(self, frame: Callable[[], int] = lambda: -1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clip: Clip | None = None
        self.stars = Stars()
        self.pick = Button(tr("Pick"), "pick", "toggle", tone="success")
        self.reject = Button(tr("Reject"), "reject", "toggle", tone="danger")
        self.tags = TagsLine()
        self.notes = Notes()
        self.deeds = Actions(frame)
        self._line = ElidedLabel("", "label", "text-2", tabular=True)
        self._prompt = PromptText()
        self._facts = FactsTable()
        self._family: Family | None = None
        self._compact, self._high = False, 0
        self._lay_out()
        self._connect()

    def show_clip(self, clip: Clip, *, playable: bool = True) -> None:
        """Everything about a clip; `playable` where its file is there."""
        new = self.clip is None or clip.id != self.clip.id
        if new:
            self.flush()  # it belongs to the clip that was shown
        self.clip = clip
        self.stars.place(clip.stars)
        self.pick.setChecked(clip.flag is Flag.PICK)
        self.pick.set_icon("pick-filled" if clip.flag is Flag.PICK else "pick")
        self.reject.setChecked(clip.flag is Flag.REJECT)
        self.tags.show_tags(clip.tags)
        self.notes.show_notes(clip.id, clip.notes)
        self.deeds.show_clip(clip, playable=playable)
        self._line.setText(facts.line(clip))
        self._prompt.show_recipe(clip.recipe)
        self._prompt.setVisible(bool(clip.recipe.prompt))
        if new:
            self._family = None
            self.deeds.show_family(False)
            self.opened.emit(clip.id)
        self._show_facts()

    def show_family(self, family: Family) -> None:
        """The family of the clip that is shown."""
        self._family = family
        self.deeds.show_family(len(family.nodes) > 1)
        self._show_facts()

    def flush(self) -> None:
        """Wish for what is being typed, before something else is shown or everything ends."""
        self.tags.finish()
        self.notes.flush()

    def set_compact(self, compact: bool, height: int = 0) -> None:
        """Facts on one line, two lines of prompt, and icons; `height` is that of the stage."""
        self._high = height
        if compact != self._compact:
            self._compact = compact
            self.deeds.set_compact(compact)
            self._rearrange()
        pad = NARROW_PAD if compact else PAD
        self._outer.setContentsMargins(pad, 6, pad, pad - 2)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The facts get their share of the width."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """In a language with long names for them, the facts get so much more."""
        longer = max(0, self._facts.names - _NAMES)
        share = max(_FACTS_LEAST, min(_FACTS_MOST, round(self.width() * _FACTS_SHARE)))
        self._facts.setFixedWidth(min(share + longer, self.width() // 2))

    def _show_facts(self) -> None:
        if self.clip is not None:
            self._facts.show_rows(facts.rows(self.clip, self._family))
            self._share_width()
            self._fit()

    def _fit(self) -> None:
        self._facts.setVisible(not self._compact)
        self._line.setVisible(self._compact)
        self._facts.set_most(_MOST_ROWS if self._high >= _TALL else _FEW_ROWS)
        self.notes.set_most_lines(_NOTE_LINES if self._high >= _TALL and not self._compact else _FEW_NOTE_LINES)
        self._fit_prompt()

    def _fit_prompt(self) -> None:
        """As high as its words, within what the facts leave above the notes."""
        room = 2
        if not self._compact:
            left = max(_LEAST_LINES * LINE, self._facts.high) - self.notes.height() - _NOTES_GAP
            room = max(3, left // LINE)
        needed = round(self._prompt.document().size().height() / LINE)
        lines = max(1, min(needed, room))
        self._prompt.setFixedHeight(lines * LINE)

    def _rearrange(self) -> None:
        """Notes and tags have a line of their own where the facts have theirs beside the flags."""
        for layout, widget in ((self._judging, self.tags), (self._column, self.notes)):
            (layout if self._compact else self._meta).removeWidget(widget)
        if self._compact:
            self._meta.addWidget(self.notes, 1, Qt.AlignmentFlag.AlignTop)
            self._meta.addWidget(self.tags, 1, Qt.AlignmentFlag.AlignTop)
        else:
            self._judging.addWidget(self.tags, 1)
            self._column.insertWidget(1, self.notes)

    def _connect(self) -> None:
        self.stars.chosen.connect(lambda stars: self.judged.emit(stars, self._flag()))
        self.pick.clicked.connect(lambda on: self._flagged(Flag.PICK if on else Flag.NONE))
        self.reject.clicked.connect(lambda on: self._flagged(Flag.REJECT if on else Flag.NONE))
        self.deeds.use.clicked.connect(self.use)
        self.deeds.folder.clicked.connect(self.show_in_folder)
        self.notes.grown.connect(self._fit_prompt)
        self._prompt.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit_prompt())

    def _flag(self) -> str:
        if self.pick.isChecked():
            return Flag.PICK
        return Flag.REJECT if self.reject.isChecked() else Flag.NONE

    def _flagged(self, flag: Flag) -> None:
        self.pick.setChecked(flag is Flag.PICK)
        self.reject.setChecked(flag is Flag.REJECT)
        self.judged.emit(self.stars.value(), flag)

    def _lay_out(self) -> None:
        for button in (self.pick, self.reject):
            button.setFixedSize(button.sizeHint())  # the facts give way, not they
        self._line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._judging = _row(self.stars, 12, self.pick, self.reject, 8, self._line, self.tags)
        self._meta = _row()
        self._column = QVBoxLayout()
        self._column.setSpacing(_NOTES_GAP)
        self._column.addWidget(self._prompt)
        self._column.addWidget(self.notes)
        self._column.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(28)
        middle.addLayout(self._column, 1)
        middle.addWidget(self._facts, 0, Qt.AlignmentFlag.AlignTop)
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(PAD, 6, PAD, PAD - 2)
        outer.setSpacing(10)
        outer.addLayout(self._judging)
        outer.addLayout(middle)
        outer.addLayout(self._meta)
        outer.addWidget(self.deeds)


def _row(*parts: QWidget | int) -> QHBoxLayout:
    """Widgets side by side; a number is a wider gap."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for part in parts:
        if isinstance(part, int):
            row.addSpacing(part)
        else:
            row.addWidget(part)
    return row
