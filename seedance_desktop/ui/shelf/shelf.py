"""The library pane: clips or images, each with its search and filters, and the clips in the making between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from seedance_desktop.domain.shelf import Query
from seedance_desktop.ui import icons, taborder, theme
from seedance_desktop.ui.composer import local_files
from seedance_desktop.ui.controls import Button, Panel, Separator, Text
from seedance_desktop.ui.landing import Landing
from seedance_desktop.ui.making import Making
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import ntr, tr

from .commands import Commands
from .empty import Empty
from .filters import Filters
from .grid import Grid
from .head import CLIPS, IMAGES, Head
from .model import ClipList
from .panel import FilterPanel
from .takes_bar import TakesBar

if TYPE_CHECKING:
    from seedance_desktop.domain.kept_images import KeptImage
    from seedance_desktop.ui.images import ImageFilters, ImagesPane

_NARROW = 384  # pixels: in a narrower pane there is no room for projects and tags beside the flags
_BESIDE_IMAGES = 0.7  # of the height that the clips in the making have beside clips: what is chosen needs room too


class Shelf(Panel):
    """`keyed` is asked for every key that the grid has no use for: the stage's keys work from here too."""

    counted = Signal()  # the library has said how many clips it has
    videos_dropped = Signal(list)  # list[str] files and folders, dropped on the clips

    def __init__(self, wishes: Wishes, model: ClipList, library: Path, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent=parent)
        self._wishes, self._model, self._library = wishes, model, library
        self.total = self._found = 0
        self.keyed: Callable[[QKeyEvent], bool] = lambda _event: False
        self.making = Making(wishes, library)
        self.filters = Filters(self)
        self.grid = Grid(model, library, self._key)
        self._empty = Empty()
        self.head = Head()
        self._shown = Text("", "caption", "text-2", tabular=True)
        self._restore = Button(tr("Restore"), "undo", size="small")
        self.takes = TakesBar()
        self.commands = Commands(wishes, self.grid, self.filters, library, self.filters.search)
        self._panel: FilterPanel | None = None
        self._folded = {False: False, True: True}  # what is in the making: open in Make, folded to a line in Review
        self._review = False
        self._lay_out()
        self._connect()
        model.show_stacks(self.filters.query.stacked)
        self._show_state()

    @cached_property
    def images(self) -> ImagesPane:
        """The Images side, made when it is first looked at or has something to show."""
        from seedance_desktop.ui.images import ImagesPane

        images = ImagesPane(self._wishes, self._library)
        for widget in (images.head, images):
            widget.setVisible(self.head.side == IMAGES)
        self._column.insertWidget(self._column.indexOf(self._asking) + 1, images.head)
        self._column.addWidget(images, 1)
        taborder.follow(self.filters.search, images.head)
        taborder.follow(self.grid, images)
        images.counted.connect(self._show_head)
        images.filters.changed.connect(lambda _query: self._show_head())
        images.clips_wanted.connect(self.show_clips_of)
        return images

    def focus_search(self) -> None:
        """Put the keyboard into the search of the side that is shown."""
        search = self.images.filters.search if self.head.side == IMAGES else self.filters.search
        search.setFocus()
        search.selectAll()

    def show_clips_of(self, image: KeptImage) -> None:
        """The clips that were made with an image."""
        self.filters.show_made_with(image)
        self.head.go_to(CLIPS)
        self.grid.setFocus()

    def toggle_trash(self) -> None:
        """The trash of the side that is shown, or what isn't in it."""
        self._filters.show_trash(not self._filters.query.trashed)

    def select(self, number: int | None) -> None:
        """Choose the card of that clip; None chooses nothing."""
        self.grid.select(number)

    def set_workspace(self, *, review: bool) -> None:
        """Make or Review: each remembers whether what is in the making is folded to a line."""
        if review != self._review:
            self._folded[self._review] = self.making.folded
            self._review = review
            self.making.set_folded(self._folded[review])

    # what comes down

    def set_counts(self, found: int, clips: int | None = None) -> None:
        """How many cards answer the present query, and how many clips they stand for where takes are stacked.

        Without search and filter that is the whole library.
        """
        self._found = found if clips is None else clips
        if not (self.filters.narrowed or self.filters.query.trashed):
            self.total = self._found
        self.commands.choose_after()
        self.grid.choose_again()
        self.grid.follows = True
        self._show_state()
        self.counted.emit()

    def set_stacks(self, counts: dict[int, int]) -> None:
        """How many takes lie on the stacks of these cards; asked for with their rows, and after every answer."""
        self._model.set_stacks(counts)

    def set_projects(self, projects: Sequence[str]) -> None:
        """The projects there are."""
        self.filters.set_projects(projects)

    def set_tags(self, tags: Sequence[str]) -> None:
        """The tags of clips, the most used first."""
        self.filters.set_tags(tags)

    def hover(self, number: int, pictures: list[bytes]) -> None:
        """The answer to `wishes.hover_wanted`: small JPEGs from a clip's beginning to its end; none where there
        can't be any.
        """
        self.grid.hover.set_pictures(number, pictures)

    def in_memory(self) -> list[int]:
        """The cards that are on screen or near it, whose rows and stacks are kept."""
        return self._model.in_memory()

    def set_library(self, library: Path) -> None:
        """Another library folder is open now."""
        self.commands.library = self._library = library
        self.grid.set_library(library)
        self.making.set_library(library)
        if self._has_images:
            self.images.set_library(library)

    def step(self, by: int) -> None:
        """Choose the next card (1) or the one before (-1)."""
        self.grid.step(by)

    def drop(self, number: int) -> None:
        """A clip has left what is shown; if it was the chosen one, its neighbour is chosen."""
        row = self._model.row_of(number)
        if row < 0:
            return
        chosen = self.grid.selectionModel().isSelected(self._model.index(row))
        self._model.drop(number)
        if chosen and self._model.rowCount() and not self.grid.selected_count():
            self.grid.setCurrentIndex(self._model.index(min(row, self._model.rowCount() - 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The clips in the making take a part of the height at most."""
        super().resizeEvent(event)
        self._bound_making()
        self.filters.set_narrow(self.width() < max(_NARROW, self.filters.needed()))

    # within

    def _lay_out(self) -> None:
        search = _line(self.filters.search, margins=(12, 0, 14, 0))
        shows = _line(
            self.filters.shows, None, self.filters.project, self.filters.tag, margins=(10, 4, 9, 4), spacing=0
        )
        active = _line(self.filters.active)
        counts = _line(self.takes, self._shown, None, self._restore, self.filters.sort, margins=(12, 2, 8, 2))
        self._pages = QStackedLayout()
        self._pages.addWidget(self.grid)
        self._pages.addWidget(self._empty)
        cards = QHBoxLayout()
        cards.setContentsMargins(9, 0, 0, 0)
        cards.addLayout(self._pages)
        self._asking, self._cards = _column(search, shows, active), _column(counts, cards)
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self._asking)
        layout.addWidget(self.making)  # paid for, so never out of sight
        layout.addSpacing(4)
        layout.addWidget(Separator())
        layout.addWidget(self._cards, 1)
        self._landing = Landing(
            self._cards, self._asking, self.making, taken=lambda mime: bool(local_files.clips(mime)), icon="library"
        )
        self._landing.dropped.connect(lambda mime: self.videos_dropped.emit(local_files.clips(mime)))
        self._show_side(CLIPS)

    def _connect(self) -> None:
        self.filters.changed.connect(self._asked)
        self.grid.opened.connect(self._wishes.open_clip)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._context_menu)
        self.grid.selectionModel().selectionChanged.connect(lambda _new, _old: self._show_counts())
        self._empty.cleared.connect(self.filters.clear)
        self.head.more.clicked.connect(self._more_menu)
        self.head.back.connect(lambda: self._filters.show_trash(False))
        self.head.picked.connect(self._show_side)
        self.head.filters.clicked.connect(self._open_filters)
        self.grid.hover.wanted.connect(self._wishes.hover_wanted)
        self.takes.back.connect(self._leave_stack)
        self.head.empty_trash.clicked.connect(self._empty_trash)
        self._restore.clicked.connect(lambda: self._wishes.restore.emit(self.grid.selected_ids()))
        for signal in (self._model.modelReset, self._model.rowsInserted, self._model.rowsRemoved):
            signal.connect(self._show_state)

    def _asked(self, query: Query) -> None:
        self.grid.follows = False
        self._model.show_stacks(query.stacked)
        self._wishes.query_changed.emit(query)
        self._show_state()

    def _empty_trash(self) -> None:
        self.commands.weigh_trash(self._model.ids(0, self._model.rowCount()))

    def _leave_stack(self) -> None:
        self.commands.close_stack()
        self.grid.setFocus()

    def _open_filters(self) -> None:
        if self._panel is None:
            self._panel = FilterPanel(self.head.filters, self.filters, self._model.shots)
        if self._panel.isVisible():
            self._panel.close_back()
        else:
            self._panel.come_up()

    @property
    def _has_images(self) -> bool:
        """Whether the Images side is made."""
        return "images" in vars(self)

    @property
    def _filters(self) -> Filters | ImageFilters:
        """Those of the side that is shown."""
        return self.images.filters if self.head.side == IMAGES else self.filters

    def _show_side(self, side: str) -> None:
        for widget in (self._asking, self._cards):
            widget.setVisible(side == CLIPS)
        if side == IMAGES or self._has_images:
            for widget in (self.images.head, self.images):
                widget.setVisible(side == IMAGES)
        self.head.filters.setVisible(side == CLIPS)
        self._bound_making()
        self._show_head()

    def _bound_making(self) -> None:
        share = float(theme.tokens()["size"]["making"]["max-share-of-pane"])
        if self.head.side == IMAGES:
            share *= _BESIDE_IMAGES
        self.making.setMaximumHeight(int(self.height() * share))

    def _show_head(self) -> None:
        clips = self._model.rowCount()
        trashed = self.filters.query.trashed
        self.head.tabs[CLIPS].set_count(self.total if trashed else max(self.total, clips))
        self.head.tabs[IMAGES].set_count(self.images.total if self._has_images else 0)
        count = self.images.model.rowCount() if self.head.side == IMAGES else clips
        self.head.show_trash(count if self._filters.query.trashed else None)

    def _show_state(self, *_args: object) -> None:
        trashed, count = self.filters.query.trashed, self._model.rowCount()
        self._show_head()
        self._restore.setVisible(trashed)
        if self.filters.narrowed:
            self._empty.no_match()
        elif trashed:
            self._empty.empty_trash()
        else:
            self._empty.no_clips()
        self._pages.setCurrentWidget(self.grid if count else self._empty)
        self.filters.sort.setEnabled(count > 0 or self.filters.narrowed)
        self._show_counts()

    def _show_counts(self) -> None:
        count, chosen, stack = self._model.rowCount(), self.grid.selected_count(), self.filters.query.stack
        self._restore.setEnabled(chosen > 0)
        self.takes.show_stack(stack, count)
        self._shown.setVisible(not stack or chosen > 1)
        if not self._model.whole:
            return  # how many there are is known in a moment
        found = max(count, self._found) if self.filters.query.stacked else count
        if chosen > 1:
            words = tr("{n} of {total} chosen").format(n=chosen, total=count)
        elif self.filters.narrowed and self.total > found:
            words = tr("{n} of {total} clips").format(n=found, total=self.total)
        else:
            words = ntr("{n} clip", "{n} clips", found)
        self._shown.setText(words if count else "")

    def _key(self, event: QKeyEvent) -> bool:
        """The grid's keys, then the stage's."""
        return self.commands.key(event) or self.keyed(event)

    def _context_menu(self, at: QPoint) -> None:
        if self.grid.indexAt(at).isValid():
            self.commands.open_menu(self.grid.viewport().mapToGlobal(at))

    def _more_menu(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        trashed = self._filters.query.trashed
        if self.head.side == IMAGES:
            menu.addAction(icons.icon("image-add"), tr("Add images…"), self.images.browse)
        menu.addAction(
            icons.icon("library" if trashed else "trash"),
            tr("Show the library") if trashed else tr("Show the trash"),
            self.toggle_trash,
        )
        menu.addAction(icons.icon("folder"), tr("Open library folder"), self._wishes.open_library_folder.emit)
        menu.popup(self.head.more.mapToGlobal(self.head.more.rect().bottomLeft()))


def _line(*widgets: QWidget | None, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 4) -> QHBoxLayout:
    """Widgets side by side; None is the room that is left over."""
    line = QHBoxLayout()
    line.setContentsMargins(*margins)
    line.setSpacing(spacing)
    for widget in widgets:
        if widget is None:
            line.addStretch(1)
        else:
            line.addWidget(widget)
    return line


def _column(*lines: QHBoxLayout) -> QWidget:
    """Lines above each other, without air; the last one takes the room."""
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for line in lines:
        layout.addLayout(line, int(line is lines[-1]))
    return column
