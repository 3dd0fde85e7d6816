"""The Images side of the library: what is asked, the grid, what is chosen, and what is taken in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from seedance_desktop.domain.kept_images import ImageQuery, KeptImage
from seedance_desktop.ui import icons
from seedance_desktop.ui.composer import intake
from seedance_desktop.ui.composer.packing import Loose, Packer
from seedance_desktop.ui.controls import Button, Text
from seedance_desktop.ui.landing import Landing
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import ntr, tr

from . import saying
from .coming import Coming
from .details import Details
from .empty import NoImages
from .filters import ImageFilters
from .grid import ImageGrid
from .model import ImageList


class ImagesPane(QWidget):
    """`head`, its search, is laid out by the shelf, above what is in the making; the rest is this widget.

    It shows what `set_images` brings: the answer to the latest `wishes.images_wanted`, and again after every change.
    """

    counted = Signal()  # another number of images is shown
    clips_wanted = Signal(object)  # KeptImage whose clips are to be shown

    def __init__(self, wishes: Wishes, library: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wishes, self._asked, self.total = wishes, False, 0
        self._answered = ImageQuery()
        self._dialog: QFileDialog | None = None
        self.model = ImageList(self)
        self.head = self.filters = ImageFilters(self)
        self.grid = ImageGrid(self.model, library)
        self.details = Details(wishes)
        self._coming = Coming()
        self._empty = NoImages()
        self._shown = Text("", "caption", "text-2", tabular=True)
        self.restore = Button(tr("Restore"), "undo", size="small")
        self._packer = Packer(self)
        self._second_click = QTimer(self, singleShot=True, interval=QApplication.doubleClickInterval())
        self._second_click.timeout.connect(self._show_details)
        self._landing = Landing(self, self.head)
        self._lay_out()
        self._connect()
        self._show_state()

    # what comes down

    def set_library(self, library: Path) -> None:
        """Another library folder is open now: its images are asked for when they are on screen."""
        self.grid.set_library(library)
        self._asked = False
        if self.isVisible():
            self._ask(self.filters.query)

    def set_images(self, images: list[KeptImage]) -> None:
        """The answer to the present question, whole; without search, tag and trash it says how many there are."""
        chosen = [image.hash for image in self.grid.selected_images()]
        row = self.grid.currentIndex().row()
        self.model.set_images(images)
        if not (self.filters.narrowed or self.filters.query.trashed):
            self.total = len(images)
        self._choose_again(chosen, row if self._answered == self.filters.query else -1)
        self._answered = self.filters.query
        self._show_state()
        self.counted.emit()

    def set_tags(self, tags: list[str]) -> None:
        """Every tag that an image has."""
        self.filters.set_tags(tags)
        self.details.tags.set_known(tags)

    def coming(self, done: int, total: int) -> None:
        """Images are on their way; a `total` of 0 ends it."""
        self._coming.show_share(done, total)

    def name_of(self, hash_: str) -> str:
        """What the creator calls the image with that content; empty where it is not among those shown."""
        image = self.model.image_at(self.model.row_of(hash_))
        return image.name if image else ""

    # what is done

    def use(self) -> None:
        """Add the chosen images to the draft."""
        if self._hashes() and not self.filters.query.trashed:
            self._wishes.use_images.emit(self._hashes())

    def throw(self) -> None:
        """Move the chosen images to the trash."""
        if self._hashes() and not self.filters.query.trashed:
            self._wishes.trash_images.emit(self._hashes())

    def browse(self) -> None:
        """Open the system's file dialog, once; what is chosen goes into the library only."""
        if self._dialog is None:
            self._dialog = QFileDialog(self.window(), tr("Add images to the library"))
            self._dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
            self._dialog.filesSelected.connect(lambda files: self._wishes.keep_images.emit(list(files)))
            self._dialog.finished.connect(self._browsed)
            self._dialog.open()

    def fill_menu(self, menu: QMenu) -> None:
        """Put what can be done with the chosen images into `menu`."""
        images = self.grid.selected_images()
        if self.filters.query.trashed:
            menu.addAction(icons.icon("undo"), tr("Restore"), self.restore.click)
            return
        menu.addAction(icons.icon("image-add"), tr("Add to draft") + "\t" + tr("Enter"), self.use)
        menu.addAction(icons.icon("pen"), tr("Rename") + "\tF2", self.grid.rename)
        if len(images) == 1:
            clips = menu.addAction(icons.icon("library"), saying.used_in(images[0]), self.details.clips.click)
            clips.setEnabled(images[0].uses > 0)
        menu.addSeparator()
        menu.addAction(icons.icon("trash"), tr("Move to trash") + "\tDel", self.throw)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask, the first time."""
        super().showEvent(event)
        if not self._asked:
            self._ask(self.filters.query)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing comes up out of sight."""
        super().hideEvent(event)
        self._show_details()

    # within

    def _ask(self, query: ImageQuery) -> None:
        self._asked = True
        self.model.fixed = query.trashed
        self._show_state()
        self._wishes.images_wanted.emit(query)

    def _hashes(self) -> list[str]:
        return [image.hash for image in self.grid.selected_images()]

    def _connect(self) -> None:
        self.filters.changed.connect(self._ask)
        self.grid.chosen.connect(self._show_chosen)
        self.grid.used.connect(self.use)
        self.grid.thrown.connect(self.throw)
        self.grid.pasted.connect(self._take)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._context_menu)
        self.model.renamed.connect(self._wishes.name_image)
        self.details.use.connect(self.use)
        self.details.throw.connect(self.throw)
        self.details.clips_wanted.connect(self.clips_wanted)
        self._landing.dropped.connect(self._take)
        self._packer.packed.connect(self._wishes.keep_images)
        self._empty.add.connect(self.browse)
        self._empty.cleared.connect(self.filters.clear)
        self.restore.clicked.connect(lambda: self._wishes.restore_images.emit(self._hashes()))

    def _take(self, mime: QMimeData) -> None:
        """Of a drop or a paste what isn't of this library already."""
        loose = [item for item in intake.read(mime) if isinstance(item, Loose)]
        if loose:
            self._packer.pack(loose)

    def _browsed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    def _choose_again(self, chosen: list[str], row: int) -> None:
        """What was chosen stays so; where it left `row`, its neighbour is chosen: the keyboard goes on from there."""
        if not chosen or self._hashes() == chosen:
            return
        neighbour = self.model.image_at(min(row, self.model.rowCount() - 1))
        if neighbour is not None and not self.model.rows_of(chosen):
            chosen = [neighbour.hash]
        self.grid.choose(chosen)

    def _show_state(self) -> None:
        query, count = self.filters.query, self.model.rowCount()
        if self.filters.narrowed:
            self._empty.no_match()
        elif query.trashed:
            self._empty.empty_trash()
        else:
            self._empty.no_images()
        self._pages.setCurrentWidget(self.grid if count else self._empty)
        self.filters.sort.setEnabled(count > 0)
        self.restore.setVisible(query.trashed)
        self._show_chosen()

    def _show_chosen(self) -> None:
        images, count = self.grid.selected_images(), self.model.rowCount()
        if images and self.grid.pressing and not self.details.isVisible():
            self._second_click.start()  # which must meet the card, not what comes up below
        elif not self._second_click.isActive():
            self._show_details()
        self.restore.setEnabled(bool(images))
        if len(images) > 1:
            words = tr("{n} of {total} chosen").format(n=len(images), total=count)
        elif self.filters.narrowed and self.total > count:
            words = tr("{n} of {total} images").format(n=count, total=self.total)
        else:
            words = ntr("{n} image", "{n} images", count)
        self._shown.setText(words if count else "")

    def _show_details(self) -> None:
        self._second_click.stop()
        self.details.show_images(self.grid.selected_images(), trashed=self.filters.query.trashed)

    def _context_menu(self, at: QPoint) -> None:
        if self.grid.indexAt(at).isValid():
            menu = QMenu(self)
            menu.aboutToHide.connect(menu.deleteLater)
            self.fill_menu(menu)
            menu.popup(self.grid.viewport().mapToGlobal(at))

    def _lay_out(self) -> None:
        counts = QHBoxLayout()
        counts.setContentsMargins(12, 2, 8, 2)
        counts.setSpacing(4)
        counts.addWidget(self._shown)
        counts.addStretch(1)
        counts.addWidget(self.restore)
        counts.addWidget(self.filters.sort)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.grid)
        self._pages.addWidget(self._empty)
        cards = QHBoxLayout()
        cards.setContentsMargins(7, 0, 0, 0)
        cards.addLayout(self._pages)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(counts)
        layout.addWidget(self._coming)
        layout.addLayout(cards, 1)
        layout.addWidget(self.details)
