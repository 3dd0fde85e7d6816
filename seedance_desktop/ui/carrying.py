"""What a window shows beyond its layout, for the window that takes its place when the language changes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt

from seedance_desktop.domain.news import JobProgress
from seedance_desktop.domain.shelf import Query
from seedance_desktop.ui.composer.history import Steps
from seedance_desktop.ui.shelf import Shelf
from seedance_desktop.ui.undo import Step
from seedance_desktop.ui.window import MainWindow
from seedance_desktop.ui.wishes import Wishes


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the creator is: clip and frame on the stage, what is asked and chosen in the library, what is compared."""

    clip: int | None
    frame: int
    side: str
    words: str
    clicked: Query
    image: str
    chosen: tuple[int, ...]
    scrolled: int
    compared: tuple[int, ...]
    at: int
    active: int
    ledger: bool
    jobs: tuple[JobProgress, ...]
    judged: tuple[Step, ...]
    drafted: Steps


def standing(window: MainWindow) -> Standing:
    """How a window stands now."""
    clip, shelf = window.stage.clip, window.shelf
    view = window.compare.view if window.compare.is_open else None
    words, clicked = shelf.filters.asked
    return Standing(
        clip=clip.id if clip is not None else None,
        frame=window.stage.deck.number,
        side=shelf.head.side,
        words=words,
        clicked=clicked,
        image=shelf.images.name_of(clicked.image) if clicked.image else "",
        chosen=tuple(shelf.grid.selected_ids()),
        scrolled=shelf.grid.verticalScrollBar().value(),
        compared=tuple(one.id for one in view.clips) if view is not None else (),
        at=view.motion.pack.position if view is not None else 0,
        active=view.active if view is not None else 0,
        ledger=window.ledger.is_open,
        jobs=window.outside.running.now,
        judged=window.undo_steps,
        drafted=window.composer.steps,
    )


def take_up(window: MainWindow, was: Standing, wishes: Wishes) -> None:
    """Let a new window stand so: at once what it knows itself, the rest as the library answers."""
    shelf, deck = window.shelf, window.stage.deck
    shelf.filters.take_up(was.words, was.clicked, was.image)
    shelf.head.go_to(was.side)
    once = Qt.ConnectionType.SingleShotConnection
    shelf.counted.connect(lambda: _choose(shelf, was), once)
    if was.clip is not None:
        deck.pictured.connect(lambda _picture, _number: deck.seek(was.frame), once)
        wishes.open_clip.emit(was.clip)
    if len(was.compared) > 1:
        window.compare.open_at(was.compared, was.at, was.active)
    if was.ledger:
        wishes.open_ledger.emit()
    for job in was.jobs:
        window.hear(job)


def settle(window: MainWindow, was: Standing) -> None:
    """What the window forgets while it is being filled: the steps that can be taken back."""
    window.undo_steps = was.judged
    window.composer.steps = was.drafted


def _choose(shelf: Shelf, was: Standing) -> None:
    """The cards that were chosen, where they were on screen."""
    grid = shelf.grid
    shelf.select(was.clip)
    selection = QItemSelection()
    for number in was.chosen:
        row = grid.clips.row_of(number)
        if row >= 0:
            index = grid.clips.index(row)
            selection.select(index, index)
    grid.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    grid.doItemsLayout()
    grid.verticalScrollBar().setValue(was.scrolled)
