"""Drafts side by side: what is typed is never lost, whatever takes its place in the composer."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject

from seedance_desktop.domain.errors import BadRecipe
from seedance_desktop.domain.memory import KeptDraft, is_empty
from seedance_desktop.domain.recipe import Draft, Recipe, check
from seedance_desktop.ui.composer import Composer
from seedance_desktop.ui.namedialog import NameDialog
from seedance_desktop.ui.toasts import Toasts
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import tr

_SENT = 50  # drafts that are known to have been sent


class Drafts(QObject):
    """Between the composer's list of drafts and the wishes about them.

    `open_draft(0)` means: what the composer holds from now on is another draft, which `draft_changed` follows with.
    """

    def __init__(self, composer: Composer, wishes: Wishes, toasts: Toasts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._composer, self._wishes, self._toasts = composer, wishes, toasts
        self._memory = composer.memory
        self._sent: deque[Draft] = deque(maxlen=_SENT)
        wishes.generate.connect(self._sent.append)
        self._memory.opening.connect(composer.flush)
        self._memory.new_draft.connect(self.new)
        self._memory.opened.connect(self.open)
        self._memory.renamed.connect(self.rename)
        self._memory.duplicated.connect(self.duplicate)
        self._memory.removed.connect(self.remove)

    def new(self) -> None:
        """A draft with no words and no images; the old one is kept. From an empty one it is the same one."""
        old = self._composer.draft()
        if not is_empty(old):
            self._begin(emptied(old), {})
            said = tr("New draft; the old one is kept")
            self._toasts.show_text(said, tr("Show drafts"), self._memory.open_drafts)
        self._composer.focus_prompt()

    def open(self, kept: KeptDraft) -> None:
        """Go to another draft; an empty one without a name doesn't stay behind."""
        here = self._memory.kept
        if kept.number != here.number:
            self._composer.flush()
            self._wishes.open_draft.emit(kept.number)
            if here.number and not here.name and is_empty(here.draft):
                self._wishes.remove_draft.emit(here.number)
        self._composer.focus_prompt()

    def use(self, draft: Draft, thumbnails: dict[str, bytes]) -> None:
        """Put a recipe into the composer, for good reasons of the creator's ("Use recipe").

        It replaces what was sent or is empty, as a step that can be taken back; anything else stays as a draft.
        """
        if self.replaceable(self._composer.draft()):
            self._composer.set_draft(draft, thumbnails, undoable=True)
        else:
            self._begin(draft, thumbnails)
            self._toasts.show_text(tr("Your draft is kept in the list of drafts"))
        self._composer.focus_prompt()

    def replaceable(self, draft: Draft) -> bool:
        """Whether nothing would be lost with a draft: it is empty, or was sent as it stands."""
        if is_empty(draft):
            return True
        try:
            return check(draft) in self._sent
        except BadRecipe:
            return False

    def rename(self, kept: KeptDraft) -> None:
        """Ask for a name; without one its first words are its title again."""
        dialog = NameDialog(
            self._composer,
            tr("Rename draft"),
            kept.name or kept.title,
            lambda name, _ticked: self._name(kept, name),
            agree=tr("Rename"),
            may_be_empty=True,
        )
        dialog.open()

    def duplicate(self, kept: KeptDraft) -> None:
        """The same once more, as a draft of its own, which opens."""
        self._composer.flush()
        name = tr("{name} (copy)").format(name=kept.name) if kept.name else ""
        self._wishes.restore_draft.emit(KeptDraft(0, kept.draft, name))

    def remove(self, kept: KeptDraft) -> None:
        """Take a draft away, with a way back."""
        from seedance_desktop.ui.composer.drafts_menu import titled

        self._composer.flush()
        if kept.number:
            self._wishes.remove_draft.emit(kept.number)
        elif not is_empty(kept.draft):
            self._composer.set_draft(emptied(kept.draft), {}, undoable=True)
        said = tr("Draft removed: {name}").format(name=titled(kept))
        if not is_empty(kept.draft):
            self._toasts.show_text(said, tr("Undo"), lambda: self._wishes.restore_draft.emit(kept))

    def _name(self, kept: KeptDraft, name: str) -> None:
        self._composer.flush()
        self._wishes.name_draft.emit(kept.number, "" if name == kept.title and not kept.name else name)

    def _begin(self, draft: Draft, thumbnails: dict[str, bytes]) -> None:
        self._composer.flush()
        self._wishes.open_draft.emit(0)
        self._composer.set_draft(draft, thumbnails)
        self._wishes.draft_changed.emit(self._composer.draft())


def emptied(draft: Draft) -> Draft:
    """Without prompt and images; project and shot stick to the next recipe, and so do the settings."""
    kept = draft.recipe
    recipe = Recipe("", ratio=kept.ratio, duration=kept.duration, resolution=kept.resolution, model=kept.model)
    return Draft(recipe, draft.takes, draft.project, draft.shot)
