"""Search, filters and order of the library, by clicks and in words, as one query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QActionGroup, QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy

from seedance_desktop.domain.search_words import read, write
from seedance_desktop.domain.shelf import Query, Show, Sort
from seedance_desktop.ui import icons
from seedance_desktop.ui.controls import Field, Option, Picker
from seedance_desktop.words import mark, tr

from .active import NARROWING, Active
from .menu_button import MenuButton
from .order import Order

if TYPE_CHECKING:
    from seedance_desktop.domain.kept_images import KeptImage

_BESIDE = 54  # the margins of the line, and the padding and the arrow of the projects
_PAUSE = 0  # keys that come together are one question; each later one is a question of its own
_DEFAULTS: dict[str, Any] = {one.name: one.default for one in fields(Query)}

_EXAMPLES = 'stars:4  is:pick  tag:"blue hour"  project:…  shot:12B\nratio:9:16  length:10  res:720p  after:2026-11-01'
_SHOWS = {
    Show.ALL: mark("All"),
    Show.PICKS: mark("Picks"),
    Show.REJECTS: mark("Rejects"),
    Show.UNFLAGGED: mark("Unflagged"),
}


class Pills(Picker):
    """A picker without its frame."""

    def __init__(self, options: list[Option], name: str) -> None:
        super().__init__(options, name=name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """No frame: the choice alone is drawn."""


class Filters(QObject):
    """Holds the controls; `changed` carries the query that they ask.

    What is typed is read as filters where it says so (`stars:4`), and says more than what was clicked.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.query = self._clicked = Query(stacked=True)
        self._projects: list[str] = []
        self.tags: list[str] = []
        self.search = Field(name=tr("Search library"), icon="search", placeholder=tr("Search prompts, shots and tags"))
        self.search.setToolTip(tr("Words that filter:") + "\n" + _EXAMPLES)
        self.search.make_clearable(tr("Clear search"))
        self.shows = Pills([Option(value, tr(text)) for value, text in _SHOWS.items()], tr("Show"))
        self.project = MenuButton(tr("Project"), tr("Filter by project"), "", self._fill_projects)
        self.tag = MenuButton("", tr("Filter by tag"), "tag", self._fill_tags)
        self.active = Active()
        self.image = self.active.image
        self.sort = Order(self._set_stacking)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._connect()
        self._show()

    # what is asked

    def ask(self) -> None:
        """Ask now, if what is asked is another than before."""
        self._pause.stop()
        asked = read(self.search.text().strip(), replace(self._clicked, text="", sort=Sort(self.sort.currentData())))
        if self._clicked.stack:
            asked = Query(sort=asked.sort, stack=asked.stack)
        if asked.trashed or asked.image or asked.stack:
            asked = replace(asked, stacked=False)
        if asked != self.query:
            self.query = asked
            self._show()
            self.changed.emit(asked)

    def choose(self, **chosen: Any) -> None:
        """Filters by clicks, by the names of `Query`; words of the search that say something else of them go."""
        said = read(self.search.text().strip(), Query())
        words = replace(said, **{name: _DEFAULTS[name] for name in chosen})
        if words != said:
            self._write(write(words))
        self._clicked = replace(self._clicked, **{"stack": "", **chosen})
        self.ask()

    def drop(self, names: Iterable[str]) -> None:
        """Take filters away, whether they were clicked or typed."""
        self.choose(**{name: _DEFAULTS[name] for name in names})

    def show_trash(self, trashed: bool) -> None:
        """Ask for the trash, or for the library again."""
        self.choose(trashed=trashed)

    def show_stack(self, stack: str) -> None:
        """Only the takes of one stack; empty goes back to what was asked before."""
        self._clicked = replace(self._clicked, stack=stack)
        self.ask()

    def show_made_with(self, image: KeptImage) -> None:
        """Only the clips that were made with an image, and all of those; the order stays."""
        self.active.set_image(image.name)
        self._clicked = replace(self._everything(), image=image.hash)
        self.ask()

    @property
    def asked(self) -> tuple[str, Query]:
        """What is typed, and what was clicked with the order: `take_up` asks the same again."""
        return self.search.text(), replace(self._clicked, sort=Sort(self.sort.currentData()))

    def take_up(self, words: str, clicked: Query, image: str) -> None:
        """Ask what another window asked; `image` is the name of the one that clips were made with."""
        self._write(words)
        self._clicked = clicked
        self.active.set_image(image)
        self.sort.setCurrentIndex(self.sort.findData(clicked.sort))
        self.ask()
        self._show()

    def clear(self) -> None:
        """No search and no filter; the order stays."""
        self._clicked = replace(self._everything(), trashed=self.query.trashed)
        self.ask()

    @property
    def narrowed(self) -> bool:
        """Whether some clips are left out."""
        query = self.query
        filtered = any(getattr(query, name) != _DEFAULTS[name] for name in NARROWING)
        return bool(query.text or query.stack) or query.show is not Show.ALL or filtered

    # what there is

    def set_projects(self, projects: Sequence[str]) -> None:
        """The projects there are."""
        self._projects = list(projects)
        self._show()

    def set_tags(self, tags: Sequence[str]) -> None:
        """The tags there are, the most used first."""
        self.tags = list(tags)
        self._show()

    def needed(self) -> int:
        """How wide the pane has to be for projects and tags beside what is shown."""
        words = QFontMetricsF(self.project.font()).horizontalAdvance(tr("Project"))
        return round(self.shows.sizeHint().width() + words) + self.tag.sizeHint().width() + _BESIDE

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow pane, projects and tags are in the menu of the orders."""
        self.project.setVisible(not narrow)
        self.tag.setVisible(not narrow)
        self.sort.more = self._fill_both if narrow else lambda _menu: None

    # within

    def _connect(self) -> None:
        self._pause.timeout.connect(self.ask)
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self.ask)
        self.shows.picked.connect(lambda value: self.choose(show=Show(value)))
        self.sort.activated.connect(lambda _row: self.ask())
        self.active.dropped.connect(self.drop)
        self.active.cleared.connect(self.clear)

    def _typed(self) -> None:
        self._clicked = replace(self._clicked, stack="")  # who searches, searches everywhere
        self._pause.start()

    def _write(self, words: str) -> None:
        self.search.setText(words)
        self._pause.stop()

    def _everything(self) -> Query:
        self._write("")
        return Query(sort=self.query.sort, stacked=self._clicked.stacked)

    def _set_stacking(self, stacked: bool) -> None:
        self._clicked = replace(self._clicked, stacked=stacked)
        self.ask()
        self._show()

    def _show(self) -> None:
        """The controls say what is asked."""
        query = self.query
        self.shows.set_value(query.show)
        self.active.show_query(query)
        can = not (query.trashed or query.image or query.stack)
        self.sort.show_stacked(self._clicked.stacked, can=can)
        named = tr("Only the project {project}").format(project=query.project) if query.project else ""
        self.project.show_choice(
            query.project or tr("Project"), named or tr("Filter by project"), lit=bool(query.project)
        )
        self.project.setEnabled(bool(query.project or self._projects))
        named = tr("Only the tag {tag}").format(tag=query.tag) if query.tag else ""
        self.tag.show_choice("", named or tr("Filter by tag"), lit=bool(query.tag))
        self.tag.setEnabled(bool(query.tag or self.tags))

    def _fill_projects(self, menu: QMenu) -> None:
        self._fill(menu, "project", tr("All projects"), self._projects)

    def _fill_tags(self, menu: QMenu) -> None:
        self._fill(menu, "tag", tr("All tags"), self.tags)

    def _fill_both(self, menu: QMenu) -> None:
        menu.addSeparator()
        for icon, text, there, fill in (
            ("folder", tr("Project"), self._projects, self._fill_projects),
            ("tag", tr("Tag"), self.tags, self._fill_tags),
        ):
            inner = menu.addMenu(icons.icon(icon), text)
            inner.setEnabled(bool(there))
            fill(inner)

    def _fill(self, menu: QMenu, name: str, everything: str, values: Sequence[str]) -> None:
        group = QActionGroup(menu)
        now = getattr(self.query, name)
        for value in ["", *dict.fromkeys([*values, *([now] if now else [])])]:
            action = menu.addAction(value.replace("&", "&&").replace("\t", " ") or everything)
            action.setCheckable(True)
            action.setChecked(value == now)
            action.triggered.connect(lambda _on=False, value=value: self.choose(**{name: value}))
            group.addAction(action)
