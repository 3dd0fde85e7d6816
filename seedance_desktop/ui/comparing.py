"""The ways into the comparison from stage and library, and whose the keys are while it is open."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent

from seedance_desktop.ui.compareplace import ComparePlace
from seedance_desktop.ui.shelf import Shelf
from seedance_desktop.ui.stage import Stage
from seedance_desktop.ui.stage.keys import taken
from seedance_desktop.ui.wishes import Wishes


class Comparing(QObject):
    """C, or the toggle in the stage's header: what is chosen in the library, else the stage's clip and its rival."""

    def __init__(self, wishes: Wishes, place: ComparePlace, stage: Stage, shelf: Shelf) -> None:
        super().__init__(place)
        self._wishes, self._place, self._stage, self._shelf = wishes, place, stage, shelf
        self._from_cards = False
        stage.header.compare.clicked.connect(self.ask)
        place.entered.connect(self._enter)
        place.left.connect(self._leave)

    def key(self, event: QKeyEvent) -> bool:
        """A key that no control wanted: the comparison's while it is open, else the stage's, and C."""
        if self._place.is_open:
            return self._place.key(event)
        if self._stage.key(event):
            return True
        ours = event.key() == Qt.Key.Key_C and not event.modifiers() and not taken(event)
        return ours and self.ask()

    def ask(self) -> bool:
        """Wish for the comparison; whether there is anything to compare."""
        if self._shelf.grid.selected_count() > 1:
            return self._shelf.commands.compare()
        clip = self._stage.clip
        if clip is None:
            return False
        self._wishes.takes_wanted.emit(clip.id)
        return True

    def _enter(self) -> None:
        self._from_cards = self._shelf.grid.hasFocus()
        self._stage.deck.pause()

    def _leave(self) -> None:
        """The keyboard goes back to the cards, or to the picture."""
        (self._shelf.grid if self._from_cards else self._stage.viewer.canvas).setFocus()
