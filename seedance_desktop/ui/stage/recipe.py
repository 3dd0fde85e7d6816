"""Below the picture: how the creator judges the clip, the prompt and the facts that made it, and what to do with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from seedance_desktop.domain import mentions
from seedance_desktop.domain.clip import Clip, Flag
from seedance_desktop.domain.recipe import Recipe
from seedance_desktop.ui.chip_text import ChipText
from seedance_desktop.ui.controls import Button, ElidedLabel, Text
from seedance_desktop.words import tr

from . import facts
from .sliders import Stars
from .transport import NARROW_PAD, PAD

_LINE = 20
_FACTS_LEAST, _FACTS_MOST, _FACTS_SHARE = 232, 320, 0.34


class PromptText(ChipText):
    """The prompt as it was sent, chips for the images that it names: to be read, selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Prompt of this clip"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)

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
    """Shows a clip; says what is wished for it."""

    judged = Signal(int, str)  # stars, flag
    use = Signal()
    show_in_folder = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stars = Stars()
        self.pick = Button(tr("Pick"), "pick", "toggle", tone="success")
        self.reject = Button(tr("Reject"), "reject", "toggle", tone="danger")
        self._line = ElidedLabel("", "label", "text-2", tabular=True)
        self._prompt = PromptText()
        self._facts = QWidget()
        self._table = QGridLayout(self._facts)
        self._use = Button(tr("Use recipe"), "recipe")
        self._folder = Button(tr("Show in folder"), "folder")
        self._shown: list[tuple[str, str]] = []
        self._compact = False
        self._lay_out()
        self._connect()

    def show_clip(self, clip: Clip) -> None:
        """Everything about a clip."""
        self.stars.place(clip.stars)
        self.pick.setChecked(clip.flag is Flag.PICK)
        self.pick.set_icon("pick-filled" if clip.flag is Flag.PICK else "pick")
        self.reject.setChecked(clip.flag is Flag.REJECT)
        self._line.setText(facts.line(clip))
        self._prompt.show_recipe(clip.recipe)
        self._folder.setEnabled(bool(clip.file))
        if facts.rows(clip) != self._shown:
            self._shown = facts.rows(clip)
            self._fill_table()
        self._fit()

    def set_compact(self, compact: bool) -> None:
        """Facts on one line, two lines of prompt, and icons."""
        self._compact = compact
        self._folder.kind = "icon" if compact else "secondary"
        self._folder.setToolTip(self._folder.text() if compact else "")
        self._folder.updateGeometry()
        pad = NARROW_PAD if compact else PAD
        self._outer.setContentsMargins(pad, 6, pad, pad - 2)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The facts get their share of the width."""
        super().resizeEvent(event)
        self._facts.setFixedWidth(max(_FACTS_LEAST, min(_FACTS_MOST, round(self.width() * _FACTS_SHARE))))

    def _fit(self) -> None:
        self._facts.setVisible(not self._compact)
        self._line.setVisible(self._compact)
        lines = 2 if self._compact else max(5, len(self._shown))
        self._prompt.setFixedHeight(lines * _LINE)

    def _fill_table(self) -> None:
        while (item := self._table.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for row, (name, value) in enumerate(self._shown):
            self._table.setRowMinimumHeight(row, _LINE)
            self._table.addWidget(Text(name, "body", "text-3"), row, 0)
            self._table.addWidget(ElidedLabel(value, "body", "text", tabular=True), row, 1)

    def _connect(self) -> None:
        self.stars.chosen.connect(lambda stars: self.judged.emit(stars, self._flag()))
        self.pick.clicked.connect(lambda on: self._flagged(Flag.PICK if on else Flag.NONE))
        self.reject.clicked.connect(lambda on: self._flagged(Flag.REJECT if on else Flag.NONE))
        self._use.clicked.connect(self.use)
        self._folder.clicked.connect(self.show_in_folder)

    def _flag(self) -> str:
        if self.pick.isChecked():
            return Flag.PICK
        return Flag.REJECT if self.reject.isChecked() else Flag.NONE

    def _flagged(self, flag: Flag) -> None:
        self.pick.setChecked(flag is Flag.PICK)
        self.reject.setChecked(flag is Flag.REJECT)
        self.judged.emit(self.stars.value(), flag)

    def _lay_out(self) -> None:
        self._table.setContentsMargins(0, 0, 0, 0)
        self._table.setHorizontalSpacing(14)
        self._table.setVerticalSpacing(0)
        self._table.setColumnStretch(1, 1)
        for button in (self.pick, self.reject):
            button.setFixedSize(button.sizeHint())  # the facts give way, not they
        self._line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        judging = _row(self.stars, 12, self.pick, self.reject, None, self._line)
        middle = QHBoxLayout()
        middle.setSpacing(28)
        middle.addWidget(self._prompt, 1, Qt.AlignmentFlag.AlignTop)
        middle.addWidget(self._facts, 0, Qt.AlignmentFlag.AlignTop)
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(PAD, 6, PAD, PAD - 2)
        outer.setSpacing(10)
        outer.addLayout(judging)
        outer.addLayout(middle)
        outer.addLayout(_row(self._use, self._folder, None))


def _row(*parts: QWidget | int | None) -> QHBoxLayout:
    """Widgets side by side; a number is a wider gap, None takes the room that is left."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for part in parts:
        if part is None:
            row.addStretch(1)
        elif isinstance(part, int):
            row.addSpacing(part)
        else:
            row.addWidget(part)
    return row
