"""What the composer remembers, on screen: drafts, old prompts, presets, projects and shots. Values in, wishes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from seedance_desktop.domain.memory import KeptDraft, PastPrompt, Preset, title
from seedance_desktop.domain.recipe import Draft
from seedance_desktop.ui import icons
from seedance_desktop.ui.controls import Field
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import tr

from .completion import Completion
from .head import Head
from .presets import Presets

if TYPE_CHECKING:
    from .drafts_menu import DraftsMenu
    from .prompt_history import PromptHistory


class Remembered(QObject):
    """Its signals about drafts are answered by `ui.drafts`, which knows what may be lost; `current` is a number or 0.

    `draft` gives what the composer holds, `picked` carries a prompt to put into it. The lists are made when they are
    first opened.
    """

    new_draft = Signal()
    opened = Signal(object)  # KeptDraft, as are the next three
    renamed = Signal(object)
    duplicated = Signal(object)
    removed = Signal(object)
    opening = Signal()  # the list of drafts: what is typed should be kept first
    picked = Signal(str)

    def __init__(
        self,
        composer: QWidget,
        head: Head,
        fields: tuple[Field, Field],
        wishes: Wishes,
        draft: Callable[[], Draft],
        composing: Callable[[], bool],
    ) -> None:
        super().__init__(composer)
        self._composer, self._head, self._wishes = composer, head, wishes
        self._draft, self._composing = draft, composing
        self.drafts: list[KeptDraft] = []
        self.current = 0
        self.presets = Presets(wishes, composer, draft)
        self._list: DraftsMenu | None = None
        self._history: PromptHistory | None = None
        project, shot = fields
        self.projects, self.shots = Completion(project), Completion(shot)
        self.shots.asked.connect(lambda: wishes.shots_wanted.emit(project.text().strip()))
        head.drafts_wanted.connect(self.open_drafts)
        head.history_wanted.connect(self.open_history)
        head.menu_wanted.connect(self.open_menu)
        wishes.draft_changed.connect(self.show_title)
        key = QShortcut(QKeySequence(Qt.Modifier.CTRL | Qt.Key.Key_R), composer)
        key.setContext(Qt.ShortcutContext.WindowShortcut)
        key.activated.connect(self._by_key)

    def set_drafts(self, drafts: Sequence[KeptDraft], current: int) -> None:
        """There are these drafts, newest first, and the one of this number is open (0: one that isn't kept yet)."""
        self.drafts, self.current = list(drafts), current
        if self._list is not None and self._list.isVisible():
            self._list.set_drafts(self._listed(), current)
        self.show_title()

    def set_presets(self, presets: Sequence[Preset]) -> None:
        """There are these presets."""
        self.presets.set_presets(presets)

    def set_prompts(self, prompts: list[PastPrompt]) -> None:
        """The answer to the wish `prompts_wanted`."""
        if self._history is not None:
            self._history.set_prompts(prompts)

    def set_projects(self, projects: Sequence[str]) -> None:
        """There are these projects."""
        self.projects.set_names(projects)

    def set_shots(self, shots: Sequence[str]) -> None:
        """The project in the field has these shots."""
        self.shots.set_names(shots)

    @property
    def kept(self) -> KeptDraft:
        """The open draft as it stands now."""
        of = {one.number: one for one in self.drafts}.get(self.current)
        if of is None:
            return KeptDraft(0, self._draft())
        return KeptDraft(of.number, self._draft(), of.name, of.changed)

    def show_title(self) -> None:
        """Name the open draft: by its own name, else by its first words."""
        self._head.show_title(self.kept.name or title(self._draft()))

    def open_drafts(self) -> None:
        """The list of drafts."""
        self.opening.emit()
        if self._list is None:
            from .drafts_menu import DraftsMenu

            self._list = DraftsMenu(self._head)
            self._list.new.connect(self.new_draft)
            for name in ("opened", "renamed", "duplicated", "removed"):
                getattr(self._list, name).connect(getattr(self, name))
        self._list.show_drafts(self._listed(), self.current)

    def open_history(self) -> None:
        """Every prompt ever sent."""
        if self._history is None:
            from .prompt_history import PromptHistory

            self._history = PromptHistory(self._head)
            self._history.wanted.connect(self._wishes.prompts_wanted)
            self._history.prompt_picked.connect(self.picked)
            self._history.recipe_picked.connect(self._wishes.edit_recipe)
        self._history.show_prompts()

    def open_menu(self) -> None:
        """What can be done with the open draft, and the presets."""
        menu = QMenu(self._composer)
        menu.aboutToHide.connect(menu.deleteLater)
        here = self.kept
        for icon, text, wish in (
            ("pen", tr("Rename draft…"), self.renamed),
            ("copy", tr("Duplicate draft"), self.duplicated),
            ("trash", tr("Remove draft"), self.removed),
        ):
            menu.addAction(icons.icon(icon), text).triggered.connect(lambda _checked, wish=wish: wish.emit(here))
        menu.addSeparator()
        self.presets.fill(menu.addMenu(icons.icon("settings"), tr("Presets")))
        under = self._head.more
        menu.popup(under.mapToGlobal(QPoint(under.width() - menu.sizeHint().width(), under.height() + 4)))

    def _listed(self) -> list[KeptDraft]:
        """Every draft, the open one as it stands now; first while it isn't kept yet."""
        here = self.kept
        if not here.number:
            return [here, *self.drafts]
        return [here if one.number == here.number else one for one in self.drafts]

    def _by_key(self) -> None:
        if not self._composing():
            self.open_history()
