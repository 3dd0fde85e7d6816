"""The parts of the composer: where they stand, and what they hold as one value."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from seedance_desktop.domain.catalogue import SEEDANCE_2
from seedance_desktop.domain.recipe import Draft, Recipe
from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import Field, Panel
from seedance_desktop.words import tr

from . import intake
from .choices import Choices, UsePicker
from .head import Head
from .layout import Columns
from .price import GenerateButton
from .prompt import PromptBox
from .reason_line import ReasonLine
from .state import Snapshot
from .strip import ReferenceStrip
from .suffix_line import SuffixLine
from .variations_line import VariationsLine


class Form(Panel):
    """Widgets as attributes, from top to bottom. Images may be dropped anywhere on it. Nothing follows anything yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent=parent)
        self.model = SEEDANCE_2.id
        self.setAcceptDrops(True)
        self.head = Head()
        self.project = Field(name=tr("Project"), prefix=tr("Project"), size="regular")
        self.shot = Field(name=tr("Shot"), prefix=tr("Shot"), size="regular")
        self.prompt = PromptBox()
        self.suffixes = SuffixLine()
        self.variations = VariationsLine()
        self.strip = ReferenceStrip()
        self.use = UsePicker()
        self.choices = Choices()
        self.generate_button = GenerateButton()
        self.reason = ReasonLine()
        self.columns = self._lay_out()

    def draft(self) -> Draft:
        """What the composer holds now, as it stands."""
        recipe = Recipe(
            prompt=self.prompt.text,
            references=self.strip.references,
            use=self.use.use,
            ratio=self.choices.ratio.value,
            duration=int(self.choices.duration.value),
            resolution=self.choices.resolution.value,
            model=self.model,
        )
        return Draft(recipe, self.choices.takes.value(), self.project.text(), self.shot.text())

    def state(self) -> Snapshot:
        """Everything that undo brings back."""
        return Snapshot(self.draft(), self.strip.snapshot(), self.prompt.cursor_at)

    def show_state(self, state: Snapshot) -> None:
        """Put a state on the screen; nothing is told of it."""
        draft, recipe = state.draft, state.draft.recipe
        self.model = recipe.model
        for field, text in ((self.project, draft.project), (self.shot, draft.shot)):
            field.blockSignals(True)
            field.setText(text)
            field.blockSignals(False)
        self.strip.show_snapshot(state.entries)
        self.prompt.show_text(recipe.prompt, state.cursor)
        self.use.set_use(recipe.use, len(recipe.references))
        self.choices.set_values(recipe.ratio, recipe.duration, recipe.resolution, draft.takes)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome images anywhere on the composer."""
        if intake.carries_images(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.strip.welcome(event.mimeData())
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Stay welcoming."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        super().dragLeaveEvent(event)
        self.strip.welcome(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Read now, for what was dropped may be gone a moment later; look into it elsewhere."""
        self.strip.welcome(None)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.strip.take(intake.read(event.mimeData()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low pane does without the heading over the uses."""
        super().resizeEvent(event)
        self._breathe()

    def _lay_out(self) -> Columns:
        names = QHBoxLayout()
        names.setSpacing(8)
        names.addWidget(self.project, 1)
        self.shot.setFixedWidth(92)
        names.addWidget(self.shot)
        middle = [self.suffixes, self.variations, self.strip, self.use, self.choices]
        return Columns(self, [self.head, names], self.prompt, middle, [self.generate_button, self.reason])

    def _breathe(self) -> None:
        """Smaller pictures and no headings where height is short."""
        compact = self.columns.breathe(self.width(), self.height())
        size = theme.tokens()["size"]["reference-thumb"]
        self.strip.list.set_height(int(size["compact-height" if compact else "height"]))
        self.use.set_compact(compact)
        self.choices.set_compact(compact)
