"""Search, flag filter and order of the library, as one query."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from seedance_desktop.domain.kept_images import KeptImage
from seedance_desktop.domain.shelf import Query, Show, Sort
from seedance_desktop.ui.controls import Field, Option, Picker, Select
from seedance_desktop.ui.images import CrossChip
from seedance_desktop.words import mark, tr

_PAUSE = 0  # keys that come together are one question; each later one is a question of its own

_SHOWS = {
    Show.ALL: mark("All"),
    Show.PICKS: mark("Picks"),
    Show.REJECTS: mark("Rejects"),
    Show.UNFLAGGED: mark("Unflagged"),
}
_SORTS = {
    Sort.NEWEST: mark("Newest first"),
    Sort.OLDEST: mark("Oldest first"),
    Sort.LONGEST: mark("Longest first"),
    Sort.SHOT: mark("By shot"),
}


class Pills(Picker):
    """A picker without its frame."""

    def __init__(self, options: list[Option], name: str) -> None:
        super().__init__(options, name=name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """No frame: the choice alone is drawn."""


class Filters(QObject):
    """Holds the controls; `changed` carries the query that they ask."""

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.query = Query()
        self.search = Field(name=tr("Search library"), icon="search", placeholder=tr("Search prompts, shots and tags"))
        self.search.make_clearable(tr("Clear search"))
        self.shows = Pills([Option(value, tr(text)) for value, text in _SHOWS.items()], tr("Show"))
        self.image = CrossChip("", "", "image", lit=True)  # there while only clips made with one image are shown
        self.image.hide()
        self.image.clicked.connect(lambda: self._set(replace(self.query, image="")))
        self.sort = Select(name=tr("Sort by"))
        for value, text in _SORTS.items():
            self.sort.addItem(tr(text), value)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.ask)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.search.returnPressed.connect(self.ask)
        self.shows.picked.connect(lambda _value: self.ask())
        self.sort.activated.connect(lambda _row: self.ask())

    def ask(self) -> None:
        """Ask now, if what is asked is another than before."""
        self._pause.stop()
        asked = replace(
            self.query,
            text=self.search.text().strip(),
            show=Show(self.shows.value),
            sort=Sort(self.sort.currentData()),
        )
        self._set(asked)

    def show_trash(self, trashed: bool) -> None:
        """Ask for the trash, or for the library again."""
        self._set(replace(self.query, trashed=trashed))

    def show_made_with(self, image: KeptImage) -> None:
        """Only the clips that were made with an image, and all of those; the order stays."""
        name = tr("made with {name}").format(name=image.name)
        self.image.show_text(name, tr("Remove the filter: {filter}").format(filter=name))
        self._set(replace(self._everything(), image=image.hash))

    def clear(self) -> None:
        """No search and no filter; the order stays."""
        self._set(replace(self._everything(), trashed=self.query.trashed))

    @property
    def narrowed(self) -> bool:
        """Whether some clips are left out."""
        return bool(self.query.text or self.query.image) or self.query.show is not Show.ALL

    def _everything(self) -> Query:
        self.search.clear()
        self._pause.stop()
        self.shows.set_value(Show.ALL)
        return Query(sort=self.query.sort)

    def _set(self, asked: Query) -> None:
        if asked != self.query:
            self.query = asked
            self.image.setVisible(bool(asked.image))
            self.changed.emit(asked)
