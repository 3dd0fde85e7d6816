"""The composer: everything that makes a recipe, and the wish to generate it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QWidget

from seedance_desktop.domain import mentions, suffixes, variations
from seedance_desktop.domain.errors import BadRecipe
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.recipe import Draft, check
from seedance_desktop.ui.chips import OBJECT
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import money, say

from . import history, intake
from .form import Form
from .reference_list import Entry
from .remembered import Remembered
from .state import Snapshot
from .undo_keys import UndoKeys, asked

if TYPE_CHECKING:
    from seedance_desktop.domain.kept_images import KeptImage, Prepared

_KEEP_AFTER = 300  # milliseconds without a change, then the draft is kept
_END = (-1, -1)  # the cursor behind the text


class Composer(Form):
    """Holds one draft. Values come in by its methods; wishes go out through `wishes`."""

    followed = Signal()  # what it shows is as it holds it, after any change

    def __init__(self, wishes: Wishes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wishes = wishes
        self._preferences = Preferences()
        self._names: dict[str, str] = {}  # what images were renamed to, for states from before
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEEP_AFTER)
        self._timer.timeout.connect(self._keep)
        self._history = history.History(self.state(), self._go_to, self)
        self._keys = UndoKeys([self.project, self.shot, self.choices.takes, self.prompt.editor], self)
        self.memory = Remembered(
            self, self.head, (self.project, self.shot), wishes, self.draft, lambda: self._keys.composing
        )
        self._connect()
        self.set_draft(Draft(), {})

    def set_draft(self, draft: Draft, thumbnails: dict[str, bytes], *, undoable: bool = False) -> None:
        """Show `draft`; `thumbnails` holds an encoded small picture for the hash of each reference.

        Numbers of images in a sent prompt become chips. `undoable` makes it a step that can be taken back, and keeps
        it as typed words are kept; otherwise nothing before it can be brought back.
        """
        images = [(one.key, one.name) for one in draft.recipe.references]
        recipe = replace(draft.recipe, prompt=mentions.bound(draft.recipe.prompt, images))
        entries = [(one, thumbnails.get(one.hash, b"")) for one in recipe.references]
        self._timer.stop()
        self.strip.set_references(entries)
        self.show_state(Snapshot(replace(draft, recipe=recipe), entries, _END))
        if undoable:
            self._changed()
        else:
            self._history.start(self.state())
        self.memory.show_title()

    def put_prompt(self, prompt: str) -> None:
        """This prompt in place of the one there is; everything else stays. It can be taken back."""
        now = self.state()
        images = [(one.key, one.name) for one in now.draft.recipe.references]
        recipe = replace(now.draft.recipe, prompt=mentions.bound(prompt, images))
        self.show_state(replace(now, draft=replace(now.draft, recipe=recipe), cursor=_END))
        self._changed()
        self.focus_prompt()

    def add_references(self, entries: list[Entry]) -> None:
        """Put images, with their small pictures, behind those that are there."""
        self.strip.add(entries)

    def images_refused(self, sentences: list[str]) -> None:
        """Say why images did not come in, until it is dismissed."""
        self.prompt.give_up_waiting()
        self.strip.refuse(sentences)

    def coming(self, done: int, total: int) -> None:
        """So many of `total` images that were added are here; a `total` of 0 ends it."""
        self.strip.coming(done, total)

    def set_prepared(self, images: list[Prepared]) -> None:
        """What will be sent for the images, as asked for by `wishes.prepare`."""
        self.strip.set_prepared(images)

    def set_images(self, images: list[KeptImage], library: Path) -> None:
        """The images of the library, which the prompt can name as well."""
        self.prompt.set_kept(images, library)

    def rename_image(self, key: str, name: str) -> None:
        """The image of this key is called so from now on, in the steps that undo goes back to as well."""
        self._names[key] = name
        self.show_state(self.state().renamed(self._names))
        self._history.amend(self.state())
        self._timer.start()

    @property
    def steps(self) -> history.Steps:
        """The steps that can be taken back or done again; the composer of another window may go on with them."""
        return self._history.steps

    @steps.setter
    def steps(self, steps: history.Steps) -> None:
        self._history.steps = steps

    def undo(self) -> None:
        """Take the last step back: words, chips, images, settings."""
        self._record(history.OTHER)  # what changed in a composition that came to nothing
        self._history.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        self._history.redo()

    def set_ratio(self, ratio: str) -> None:
        """Take this aspect ratio, as if the creator had chosen it."""
        self.choices.ratio.set_value(ratio)
        self._changed()

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
        self.variations.flush()
        try:
            checked = check(self.draft())
            variations.plan(checked)
        except BadRecipe as refused:
            self.reason.show_mistake(say(refused.reason.code, dict(refused.reason.facts)))
            if refused.reason.code == "prompt-empty":
                self.focus_prompt()
            return
        self.flush()
        self.reason.clear_mistake()
        self._wishes.generate.emit(checked)

    def event(self, event: QEvent) -> bool:
        """Undo is ours, whichever of our controls has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and asked(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo, and Ctrl+V for images, anywhere on the composer; what has the focus had its chance first."""
        clipboard = QGuiApplication.clipboard().mimeData()
        if self._keys.take(event):
            return
        if event.matches(QKeySequence.StandardKey.Paste) and intake.carries_images(clipboard):
            self.strip.take(intake.read(clipboard))
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.project.textChanged.connect(lambda: self._changed(history.PROJECT))
        self.shot.textChanged.connect(lambda: self._changed(history.SHOT))
        self.prompt.changed.connect(self._typed)
        self.prompt.editor.images.connect(self.strip.take)
        self.prompt.editor.undo_wanted.connect(self.undo)
        self.prompt.editor.redo_wanted.connect(self.redo)
        self.prompt.mentioning.wanted.connect(self._wishes.use_images)
        self.prompt.mentioning.adding.connect(self.strip.browse)
        self.prompt.looked.connect(self.suffixes.show_found)
        self.suffixes.used.connect(self._use_suffixes)
        self.strip.mentioned.connect(self.prompt.insert_mention)
        self.strip.let_go.connect(lambda one, place: self.prompt.insert_mention_at(place, one))
        self.strip.changed.connect(self._images_changed)
        self.strip.undo_wanted.connect(self.undo)
        self.strip.notice.said.connect(lambda: self.columns.scroll.ensureWidgetVisible(self.strip.notice))
        self.strip.wanted.connect(self._wishes.add_images)
        self.strip.kept_wanted.connect(self._wishes.use_images)
        self.strip.frame_wanted.connect(self._wishes.add_frame)
        self.strip.prepare_wanted.connect(self._wishes.prepare)
        self.strip.named.connect(self._wishes.named_image)
        self.strip.ratio_wanted.connect(self.set_ratio)
        self.use.swapped.connect(lambda: self.strip.list.move_to(0, 1))
        self.use.changed.connect(self._changed)
        self.choices.changed.connect(self._changed)
        self.variations.changed.connect(self._show_cost)
        self.memory.picked.connect(self.put_prompt)
        self._keys.undo.connect(self.undo)
        self._keys.redo.connect(self.redo)
        self.generate_button.approved.connect(self.generate)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shortcut = QShortcut(QKeySequence(Qt.Modifier.CTRL | key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(self._by_key)

    def _by_key(self) -> None:
        if not self._keys.composing:
            self.generate_button.approve()

    def show_state(self, state: Snapshot) -> None:
        """Put a state on the screen, and what depends on it; without a step and without keeping it."""
        super().show_state(state)
        self._follow()

    def _go_to(self, state: Snapshot) -> None:
        """Undo and redo."""
        self.show_state(state.renamed(self._names))
        self.reason.clear_mistake()
        self._timer.start()

    def _images_changed(self) -> None:
        named = self.prompt.awaits(self.strip.references)
        self.use.set_images(len(self.strip.references))
        self._changed(history.ARRIVAL if named else history.BATCH if self.strip.arriving else history.OTHER)

    def _use_suffixes(self) -> None:
        now = self.state()
        draft = replace(now.draft, recipe=suffixes.applied(now.draft.recipe))
        self.show_state(replace(now, draft=draft, cursor=_END))
        self._changed()

    def _typed(self) -> None:
        """A letter more: nothing but the prompt is another."""
        self.reason.clear_mistake()
        self._follow_variations()
        self._timer.start()
        self._record(history.TYPING)

    def _changed(self, kind: str = history.OTHER) -> None:
        self.reason.clear_mistake()
        self._follow()
        self._timer.start()
        self._record(kind)

    def _record(self, kind: str) -> None:
        """A step for undo; in the middle of a composition there is none yet."""
        if self._keys.composing:
            return
        edit = self.prompt.editor.take_edit()
        named = edit is not None and edit.letter == OBJECT
        self._history.record(self.state(), history.MENTION if named else kind, edit)

    def _follow(self) -> None:
        """What depends on the draft: the crop on the images, the price."""
        price = self._preferences.price(self.model)
        self.strip.list.set_ratio(self.choices.ratio.value)
        self.prompt.set_entries(self.strip.snapshot())
        self.choices.set_price(money(price.minor, price.currency))
        self.choices.set_images(self.strip.references)
        self._follow_variations()
        self._show_cost()
        self.followed.emit()

    def _follow_variations(self) -> None:
        keys = [one.key for one in self.strip.references]
        price = self._preferences.price(self.model)
        self.variations.follow(self.prompt.text, keys, self.choices.takes.value(), price)

    def _show_cost(self) -> None:
        """What one click costs: every variation, as often as there are takes."""
        self.generate_button.set_cost(self.variations.batch, self._preferences.price(self.model))

    def _keep(self) -> None:
        self._wishes.draft_changed.emit(self.draft())
