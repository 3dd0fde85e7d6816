"""Goes from place to place in the window: Make, Review, and what stands in place of stage and library."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from seedance_desktop.ui.centre import Centre
from seedance_desktop.ui.compareplace import ComparePlace
from seedance_desktop.ui.composer import Composer
from seedance_desktop.ui.ledgerpane import LedgerPane
from seedance_desktop.ui.panes import Panes
from seedance_desktop.ui.shelf import Shelf
from seedance_desktop.ui.stage import Stage
from seedance_desktop.ui.topbar import MAKE, REVIEW, TopBar
from seedance_desktop.ui.wishes import Wishes


class Places(QObject):
    """Follows the wishes that lead elsewhere. `shut` once the window is: another one may share its wishes."""

    def __init__(
        self,
        wishes: Wishes,
        panes: Panes,
        top: TopBar,
        composer: Composer,
        centre: Centre,
        stage: Stage,
        shelf: Shelf,
        ledger: LedgerPane,
        compare: ComparePlace,
    ) -> None:
        super().__init__(panes)
        self._panes, self._top, self._centre, self._stage = panes, top, centre, stage
        self._wishes, self._shelf, self._ledger, self._compare = wishes, shelf, ledger, compare
        self.shut = False
        wishes.edit_recipe.connect(self.show_composer)
        wishes.use_images.connect(self.show_composer)
        wishes.continue_from.connect(self.show_composer)
        wishes.open_ledger.connect(self._open_ledger)
        wishes.open_clip.connect(self._opened_clip)
        composer.strip.previewed.connect(self._make_room)
        compare.entered.connect(lambda: self.pick(REVIEW))
        top.workspace_picked.connect(self.pick)
        panes.changed.connect(self._show)
        self._show()

    def pick(self, workspace: str) -> None:
        """Make or Review, with nothing in place of its stage and library."""
        self._panes.show_instead(None)
        self._go_to(workspace)

    def show_composer(self) -> None:
        """To where the composer is on screen."""
        if not self.shut:
            self._go_to(MAKE)
            self._panes.set_open("composer", open_=True)

    def show_clip(self, number: int) -> None:
        """A clip on the stage, and chosen on the shelf, whatever stands in their place."""
        if not self.shut:
            self._compare.close()
            self._centre.hide_preview()
            self._shelf.select(number)
            self._wishes.open_clip.emit(number)

    def in_library(self, do: Callable[[], object]) -> None:
        """Do something where the library is on screen."""
        self._panes.set_open("library", open_=True)
        do()

    def _go_to(self, workspace: str) -> None:
        if workspace != MAKE:  # where the strip is not on screen
            self._centre.hide_preview()
        else:
            self._compare.close()
        self._panes.go_to(workspace)
        self._show()

    def _show(self) -> None:
        shown = self._panes.shown
        review = self._panes.workspace == REVIEW
        self._shelf.set_workspace(review=review)
        self._stage.header.set_review(review)
        self._top.show_panes(self._panes.workspace, composer=shown["composer"], library=shown["library"])

    def _make_room(self) -> None:
        """An image takes the stage's place."""
        self._stage.deck.pause()
        self._panes.show_instead(None)

    def _open_ledger(self) -> None:
        if not self.shut:
            self._stage.deck.pause()
            self._ledger.open()

    def _opened_clip(self, clip: object) -> None:
        if clip is not None and not self.shut:
            self._ledger.close()
