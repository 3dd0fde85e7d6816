"""What is wished for the clip that is open, from the panel below it and the menu above it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtGui import QGuiApplication

from seedance_desktop.domain.clip import Clip
from seedance_desktop.ui.posters import Posters
from seedance_desktop.ui.wishes import Wishes

from .header import Header
from .recipe import RecipePanel

if TYPE_CHECKING:
    from seedance_desktop.domain.family import Family
    from seedance_desktop.ui.takes import FamilyTree


class Onward(QObject):
    """Listens to both, and brings them what the library answers about that clip; answers about others are let go."""

    def __init__(self, wishes: Wishes, recipe: RecipePanel, header: Header) -> None:
        super().__init__(recipe)
        self._wishes, self._recipe, self._header = wishes, recipe, header
        self._family: Family | None = None
        self._tree: FamilyTree | None = None
        self._library = Path()
        self._posters: Posters | None = None
        self._connect_panel()
        self._connect_menu()

    def show(self) -> None:
        """There is a clip."""
        self._recipe.show()

    def set_library(self, library: Path) -> None:
        """Where posters lie."""
        self._library = library
        if self._tree is not None:
            self._tree.set_library(library)

    def set_family(self, family: Family) -> None:
        """What the library knows of the family that was wished for."""
        if self._clip is None or family.id != self._clip.id:
            return
        self._family = family
        there = len(family.nodes) > 1
        self._recipe.show_family(family)
        self._header.set_family(there)
        if self._tree is not None and there:
            self._tree.show_family(family)

    def set_takes(self, clip: int, count: int) -> None:
        """So many takes lie on the stack of a clip."""
        if self._clip is not None and clip == self._clip.id:
            self._header.set_takes(count)

    @property
    def _clip(self) -> Clip | None:
        return self._recipe.clip

    def _connect_panel(self) -> None:
        panel, wishes = self._recipe, self._wishes
        panel.opened.connect(self._opened)
        panel.tags.added.connect(lambda tag: self._tag([tag], []))
        panel.tags.removed.connect(lambda tag: self._tag([], [tag]))
        panel.notes.changed.connect(wishes.note_clip)
        panel.deeds.continued.connect(self._continue)
        panel.deeds.grabbing.wanted.connect(wishes.grab_frame)
        panel.deeds.family.clicked.connect(self._show_family)

    def _connect_menu(self) -> None:
        menu, wishes = self._header, self._wishes
        menu.use.connect(lambda: self._wish(wishes.edit_recipe))
        menu.copy_prompt.connect(self._copy_prompt)
        menu.show_in_folder.connect(lambda: self._wish(wishes.show_in_folder))
        menu.family.connect(self._show_family)
        menu.reject_rest.connect(lambda: self._wish(wishes.reject_rest))
        menu.compare_takes.connect(lambda: self._wish(wishes.takes_wanted))

    def _opened(self, clip: int) -> None:
        self._family = None
        self._header.set_family(False)
        if self._tree is not None:
            self._tree.hide()
        self._wishes.family_wanted.emit(clip)

    def _wish(self, wish: SignalInstance) -> None:
        if self._clip is not None:
            wish.emit(self._clip.id)

    def _tag(self, add: list[str], remove: list[str]) -> None:
        if self._clip is not None:
            self._wishes.tag_clips.emit([self._clip.id], add, remove)

    def _continue(self, frame: int, exact: bool) -> None:
        if self._clip is not None:
            self._wishes.continue_from.emit(self._clip.id, frame, exact)

    def _copy_prompt(self) -> None:
        if self._clip is not None:
            QGuiApplication.clipboard().setText(self._clip.recipe.prompt)

    def _show_family(self) -> None:
        """What is known at once; what is new since then follows."""
        if self._clip is None or self._family is None:
            return
        if self._tree is None:
            from seedance_desktop.ui.takes import FamilyTree

            self._posters = Posters(self)
            self._tree = FamilyTree(self._recipe.deeds.family, self._posters)
            self._tree.set_library(self._library)
            self._tree.opened.connect(self._wishes.open_clip)
            self._tree.seam.connect(self._wishes.play_seam)
        self._tree.show_family(self._family)
        self._tree.come_up()
        self._wishes.family_wanted.emit(self._clip.id)
