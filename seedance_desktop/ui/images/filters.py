"""Search, tag and order of the images, as one question."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from seedance_desktop.domain.kept_images import ImageQuery, ImageSort
from seedance_desktop.ui.controls import Button, Field, Select
from seedance_desktop.words import mark, tr

_SORTS = {
    ImageSort.NEWEST: mark("Newest first"),
    ImageSort.NAME: mark("By name"),
    ImageSort.MOST_USED: mark("Most used first"),
}
_TAG_WIDEST = 110


class ImageFilters(QWidget):
    """Holds the controls; `changed` carries the question. `sort` is laid out by the pane, beside its counts."""

    changed = Signal(object)  # ImageQuery

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.query = ImageQuery()
        self._tags: list[str] = []
        self.search = Field(name=tr("Search images"), icon="search", placeholder=tr("Search names and tags"))
        self.search.make_clearable(tr("Clear search"))
        self.tag = Button(tr("Tag"), "tag", "toggle", size="field")
        self.tag.setMaximumWidth(_TAG_WIDEST)
        self.sort = Select(name=tr("Sort images by"))
        for value, text in _SORTS.items():
            self.sort.addItem(tr(text), value)
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=0)  # keys that come together are one question
        self._pause.timeout.connect(self.ask)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.search.returnPressed.connect(self.ask)
        self.sort.activated.connect(lambda _row: self.ask())
        self.tag.clicked.connect(self._open_tags)
        self._show_tag()

    @property
    def narrowed(self) -> bool:
        """Whether some images are left out."""
        return bool(self.query.text or self.query.tag)

    def ask(self) -> None:
        """Ask now, if what is asked is another than before."""
        self._pause.stop()
        sort = ImageSort(self.sort.currentData())
        self._set(replace(self.query, text=self.search.text().strip(), sort=sort))

    def show_tag(self, tag: str) -> None:
        """Only images with that tag; empty for all."""
        self._set(replace(self.query, tag=tag))

    def show_trash(self, trashed: bool) -> None:
        """Ask for the trash, or for the images again."""
        self._set(replace(self.query, trashed=trashed))

    def clear(self) -> None:
        """No search and no tag; the order stays."""
        self.search.clear()
        self._pause.stop()
        self._set(replace(self.query, text="", tag=""))

    def set_tags(self, tags: list[str]) -> None:
        """The tags there are."""
        self._tags = list(tags)
        self._show_tag()

    def fill_tags(self, menu: QMenu) -> None:
        """Put the tags to choose from into `menu`."""
        group = QActionGroup(menu)
        for tag in ["", *self._tags]:
            action = menu.addAction(tag.replace("&", "&&") or tr("All tags"))
            action.setCheckable(True)
            action.setChecked(tag == self.query.tag)
            action.triggered.connect(lambda _on=False, tag=tag: self.show_tag(tag))
            group.addAction(action)

    def _open_tags(self) -> None:
        self._show_tag()  # the click has turned it over
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        self.fill_tags(menu)
        menu.popup(self.tag.mapToGlobal(self.tag.rect().bottomLeft()))

    def _set(self, asked: ImageQuery) -> None:
        if asked != self.query:
            self.query = asked
            self._show_tag()
            self.changed.emit(asked)

    def _show_tag(self) -> None:
        tag = self.query.tag
        self.tag.setChecked(bool(tag))
        self.tag.setEnabled(bool(tag or self._tags))
        self.tag.set_text(tag or tr("Tag"))
        self.tag.setAccessibleName(tr("Only the tag {tag}").format(tag=tag) if tag else tr("Filter by tag"))
        self.tag.setToolTip(tr("Filter by tag"))
        self.tag.updateGeometry()

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 14, 6)
        layout.setSpacing(6)
        layout.addWidget(self.search, 1)
        layout.addWidget(self.tag)
