"""The composer: everything that makes a recipe, and the wish to generate it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from seedance_desktop.domain.catalogue import SEEDANCE_2
from seedance_desktop.domain.errors import BadRecipe
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.recipe import Draft, Recipe, Reference, check
from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import Field, Panel, Separator, Text
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import money, say, tr

from . import intake
from .choices import Choices, UsePicker
from .price import GenerateButton
from .prompt import PromptBox
from .reason_line import ReasonLine
from .strip import ReferenceStrip

_KEEP_AFTER = 300  # milliseconds without a change, then the draft is kept
_COMPACT_BELOW = 720
_NARROW_BELOW = 320


class Composer(Panel):
    """Holds one draft. Values come in by its methods; wishes go out through `wishes`."""

    def __init__(self, wishes: Wishes, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent=parent)
        self._wishes = wishes
        self._preferences = Preferences()
        self._model = SEEDANCE_2.id
        self.setAcceptDrops(True)
        self.project = Field(name=tr("Project"), prefix=tr("Project"), size="regular")
        self.shot = Field(name=tr("Shot"), prefix=tr("Shot"), size="regular")
        self.prompt = PromptBox()
        self.strip = ReferenceStrip()
        self.use = UsePicker()
        self.choices = Choices()
        self.generate_button = GenerateButton()
        self.reason = ReasonLine()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEEP_AFTER)
        self._timer.timeout.connect(self._keep)
        self._lay_out()
        self._connect()
        self.set_draft(Draft(), {})

    def draft(self) -> Draft:
        """What the composer holds now, as it stands."""
        recipe = Recipe(
            prompt=self.prompt.text,
            references=self.strip.references,
            use=self.use.use,
            ratio=self.choices.ratio.value,
            duration=int(self.choices.duration.value),
            resolution=self.choices.resolution.value,
            model=self._model,
        )
        return Draft(recipe, self.choices.takes.value(), self.project.text(), self.shot.text())

    def set_draft(self, draft: Draft, thumbnails: dict[str, bytes]) -> None:
        """Show `draft`; `thumbnails` holds an encoded small picture for the hash of each reference."""
        recipe = draft.recipe
        self._timer.stop()
        self._model = recipe.model
        for field, text in ((self.project, draft.project), (self.shot, draft.shot)):
            field.blockSignals(True)
            field.setText(text)
            field.blockSignals(False)
        self.prompt.set_text(recipe.prompt)
        self.strip.set_references([(one, thumbnails.get(one.hash, b"")) for one in recipe.references])
        self.use.set_use(recipe.use, len(recipe.references))
        self.choices.set_values(recipe.ratio, recipe.duration, recipe.resolution, draft.takes)
        self._follow()

    def add_references(self, entries: list[tuple[Reference, bytes]]) -> None:
        """Put images, with their small pictures, behind those that are there."""
        self.strip.add(entries)

    def images_refused(self, sentences: list[str]) -> None:
        """Say why images did not come in, until it is dismissed."""
        self.strip.notice.warn(sentences)

    def set_prices(self, preferences: Preferences) -> None:
        """Use these prices from now on."""
        self._preferences = preferences
        self._follow()

    def set_ready(self, ready: bool, why: str = "") -> None:
        """Whether Generate may be pressed, and if not the sentence that says what to do."""
        self.generate_button.setEnabled(ready)
        self.reason.show_state("" if ready else why)

    def focus_prompt(self) -> None:
        """Put the keyboard into the prompt."""
        self.prompt.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Let a change that still waits be kept at once."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def generate(self) -> None:
        """Wish for what the composer holds, or say why it can't be asked."""
        try:
            checked = check(self.draft())
        except BadRecipe as refused:
            self.reason.show_mistake(say(refused.reason.code, dict(refused.reason.facts)))
            if refused.reason.code == "prompt-empty":
                self.focus_prompt()
            return
        self.flush()
        self.reason.clear_mistake()
        self._wishes.generate.emit(checked)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome images anywhere on the composer."""
        if intake.carries_images(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.strip.hover(intake.how_many(event.mimeData()))
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Stay welcoming."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        super().dragLeaveEvent(event)
        self.strip.hover(0)

    def dropEvent(self, event: QDropEvent) -> None:
        """Read now, for what was dropped may be gone a moment later; look into it elsewhere."""
        self.strip.hover(0)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.strip.take(intake.read(event.mimeData()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V pastes images anywhere on the composer; what has the focus had its chance first."""
        clipboard = QGuiApplication.clipboard().mimeData()
        if event.matches(QKeySequence.StandardKey.Paste) and intake.carries_images(clipboard):
            self.strip.take(intake.read(clipboard))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low pane does without the heading over the uses."""
        super().resizeEvent(event)
        self._breathe()

    def _lay_out(self) -> None:
        names = QHBoxLayout()
        names.setSpacing(8)
        names.addWidget(self.project, 1)
        self.shot.setFixedWidth(92)
        names.addWidget(self.shot)
        top = _column(0, 0, 0, 0, 0)
        head = Text(tr("Compose"), "title", "text")
        head.setFixedHeight(40)
        top.addWidget(head)
        top.addLayout(names)
        middle = QWidget()
        inside = _column(0, 0, 0, 0, 0)
        middle.setLayout(inside)
        inside.addWidget(self.prompt, 1)
        for part in (self.strip, self.use, self.choices):
            inside.addWidget(part)
        self._scroll = scroll = QScrollArea()
        scroll.setWidget(middle)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        middle.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        foot = _column(0, 0, 0, 0, 8)
        foot.addWidget(self.generate_button)
        foot.addWidget(self.reason)
        layout = _column(0, 0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(scroll, 1)
        rule = QHBoxLayout()
        rule.addWidget(Separator())
        layout.addLayout(rule)
        layout.addLayout(foot)
        self.setLayout(layout)
        self._columns = (top, inside, rule, foot)
        self._breathe()

    def _breathe(self) -> None:
        """Air between the parts: less of it where width or height are short."""
        compact = self.height() < _COMPACT_BELOW
        side = 12 if self.width() < _NARROW_BELOW else 16
        top, inside, rule, foot = self._columns
        top.setContentsMargins(side, 0, side, 6)
        inside.setContentsMargins(side, 4, side, 8 if compact else 14)
        inside.setSpacing(9 if compact else 14)
        rule.setContentsMargins(side, 0, side, 0)
        foot.setContentsMargins(side, 12, side, 12 if compact else 16)
        size = theme.tokens()["size"]["reference-thumb"]
        self.strip.list.set_height(int(size["compact-height" if compact else "height"]))
        self.use.set_compact(compact)
        self.choices.set_compact(compact)

    def _connect(self) -> None:
        self.project.textChanged.connect(self._changed)
        self.shot.textChanged.connect(self._changed)
        self.prompt.changed.connect(self._changed)
        self.prompt.editor.images.connect(self.strip.take)
        self.strip.changed.connect(self._images_changed)
        self.strip.undo_wanted.connect(self.strip.list.undo)
        self.strip.notice.said.connect(lambda: self._scroll.ensureWidgetVisible(self.strip.notice))
        self.strip.wanted.connect(self._wishes.add_images)
        self.use.changed.connect(self._changed)
        self.choices.changed.connect(self._changed)
        self.generate_button.approved.connect(self.generate)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shortcut = QShortcut(QKeySequence(Qt.Modifier.CTRL | key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(self._by_key)

    def _by_key(self) -> None:
        if not self.prompt.editor.composing:
            self.generate_button.approve()

    def _images_changed(self) -> None:
        self.use.set_images(len(self.strip.references))
        self._changed()

    def _changed(self) -> None:
        self.reason.clear_mistake()
        self._follow()
        self._timer.start()

    def _follow(self) -> None:
        """What depends on the draft: the crop on the images, the price."""
        price = self._preferences.price(self._model)
        self.strip.list.set_ratio(self.choices.ratio.value)
        self.choices.set_price(money(price.minor, price.currency))
        self.generate_button.set_cost(self.choices.takes.value(), price)

    def _keep(self) -> None:
        self._wishes.draft_changed.emit(self.draft())


def _column(left: int, top: int, right: int, bottom: int, gap: int) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(left, top, right, bottom)
    column.setSpacing(gap)
    return column
