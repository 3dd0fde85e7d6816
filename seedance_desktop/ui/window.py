"""The window: puts the screens together, and is the one place that knows them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QMainWindow, QVBoxLayout, QWidget

from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.news import ClipSaved, News
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.ui import placement, theme
from seedance_desktop.ui.approval import Approval
from seedance_desktop.ui.ask import Closing, ask
from seedance_desktop.ui.banners import Banners
from seedance_desktop.ui.centre import Centre
from seedance_desktop.ui.compareplace import ComparePlace
from seedance_desktop.ui.comparing import Comparing
from seedance_desktop.ui.composer import Composer, intake
from seedance_desktop.ui.controls import Panel
from seedance_desktop.ui.drafts import Drafts
from seedance_desktop.ui.hearing import Hearing
from seedance_desktop.ui.help import HelpPlace
from seedance_desktop.ui.keydialog import show_keys
from seedance_desktop.ui.ledgerpane import LedgerPane
from seedance_desktop.ui.menus import Deeds, build
from seedance_desktop.ui.outside import Outside
from seedance_desktop.ui.palette import FinderPlace
from seedance_desktop.ui.panes import Panes
from seedance_desktop.ui.places import Places
from seedance_desktop.ui.previewing import Previewing
from seedance_desktop.ui.rail import Rail
from seedance_desktop.ui.readiness import Readiness
from seedance_desktop.ui.report import show_report
from seedance_desktop.ui.settingsplace import SettingsPlace
from seedance_desktop.ui.shelf import ClipList, Shelf
from seedance_desktop.ui.stage import Stage
from seedance_desktop.ui.statusbar import StatusBar
from seedance_desktop.ui.toasts import Toasts
from seedance_desktop.ui.topbar import MAKE, REVIEW, TopBar
from seedance_desktop.ui.undo import Step, Undo
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import tr

if TYPE_CHECKING:
    from seedance_desktop.domain.reports import Offer

_CARDS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)


class MainWindow(QMainWindow):
    """Screens as attributes: composer, stage, shelf, making; `places` goes from one to another.

    Values come down to them by `app`, or here by `hear`.
    """

    close_wanted = Signal()  # the window stays until `shut`

    def __init__(
        self, wishes: Wishes, model: ClipList, preferences: Preferences, library: Path, *, demo: bool = False
    ) -> None:
        super().__init__()
        self._wishes, self._library, self._shut = wishes, library, False
        self._be_window(demo=demo)
        self._composed = Wishes(self)  # the composer's own, so that a click is asked about before it is a wish
        self._composed.pass_on(wishes, but=("generate",))
        self.composer = Composer(self._composed)
        self.stage = Stage(wishes)
        self.centre = Centre(wishes, preferences, self.stage)
        self.shelf = Shelf(wishes, model, library)
        self.making = self.shelf.making
        self.rail = Rail(model, library)
        self.panes = Panes(self.composer, self.centre, self.shelf, self.rail)
        self.ledger = LedgerPane(wishes, self.panes)
        self.compare = ComparePlace(wishes, self.panes, library)
        self.banners, self.status = Banners(wishes), StatusBar()
        self._body = Panel("window")
        self.toasts = Toasts(self._body)
        self.drafts = Drafts(self.composer, wishes, self.toasts, self)
        self.settings = SettingsPlace(wishes, preferences, str(library), self)
        self.outside = Outside(wishes, self.shelf, self.stage, self.status.jobs, self.toasts, self)
        self._undo = Undo(wishes, self.toasts, self, image_name=self._image_name, handed=self.outside.handed)
        self.help, self.commands = HelpPlace(wishes, preferences, self.toasts, self), FinderPlace(self)
        self.top = TopBar(build(self, self._deeds()), demo=demo)
        self._lay_out()
        self._closing = Closing(self)
        self._hearing = Hearing(wishes, model, self.shelf, self.stage, self.rail, self.toasts)
        self._hearing.connect_bars(self.banners, self.status)
        self._readiness = Readiness(self.composer, self.centre, self.shelf)
        self._approval = Approval(wishes, self.ask, self)
        self._previewing = Previewing(self.composer, self.centre, wishes)
        self._comparing = Comparing(wishes, self.compare, self.stage, self.shelf)
        self._connect()
        self._reachable = placement.Reachable(self)
        self.set_preferences(preferences)
        self.places = Places(
            wishes, self.panes, self.top, self.composer, self.centre, self.stage, self.shelf, self.ledger, self.compare
        )

    # what app calls

    def hear(self, news: News) -> None:
        """News of the studio, already saved."""
        self._hearing.hear(news)
        self.outside.hear(news)
        if isinstance(news, ClipSaved):
            self.ledger.stale()
            self.compare.update_clip(news.clip)

    def clips_in_the_making(self, clips: list[Clip]) -> None:
        """All clips that are not on the shelf yet."""
        self._hearing.set_clips(clips)
        self._readiness.show()

    def set_preferences(self, preferences: Preferences) -> None:
        """Show and use these preferences."""
        for screen in (self.centre, self._approval, self.settings, self.help):
            screen.set_preferences(preferences)
        self.composer.set_prices(preferences)

    def set_gateway(self, gateway: str) -> None:
        """The address that the next recipe goes to, or `demo`."""
        self._hearing.gateway = gateway
        self._hearing.show_health()
        self._readiness.set_gateway(gateway)

    def set_library(self, library: Path) -> None:
        """This library is open now."""
        self._library = library
        self._undo.forget()
        self.shelf.set_library(library)
        self.stage.set_library(library)
        self.compare.set_library(library)
        self.rail.list.set_library(library)
        self.centre.set_library(library)
        self._readiness.show()
        self.settings.set_library(str(library))

    def set_spend(self, spent: int, budget: int) -> None:
        """This month's money in the smallest unit; 0 is no budget."""
        self.status.set_spend(spent, budget)
        self.ledger.set_budget(spent, budget)

    def key_state(self, address: str, state: str, sentence: str) -> None:
        """What is known about the key of `address`."""
        self._readiness.key_state(address, state)
        self.settings.key_state(address, state, sentence)
        if self.centre.first_run is not None:
            self.centre.first_run.key_state(address, state, sentence)

    def set_projects(self, projects: Sequence[str]) -> None:
        """The projects there are, for what asks for one by name."""
        self.settings.set_projects(projects)
        self.shelf.set_projects(projects)
        self.composer.memory.set_projects(projects)

    def blocked(self, sentence: str, rebuild: bool = False) -> None:
        """The library does not open; `set_library` takes it back. `rebuild` offers to make it again from its files."""
        self.panes.show_instead(None)
        self.centre.show_blocked(sentence, self._library, rebuild=rebuild)
        self.composer.set_ready(False, sentence)

    def show_rebuilding(self, done: int, total: int) -> None:
        """How far the rebuild is; it stands where the window says that the library does not open."""
        self.centre.show_rebuilding(done, total)

    def show_rebuilt(self, text: str) -> QDialog:
        """What came from where, and what could not be recovered."""
        return show_report(self, tr("The library is rebuilt"), text)

    def offer_report(self, offer: Offer) -> None:
        """The program crashed the last time: a bar says so until it is answered."""
        from seedance_desktop.ui.trouble import OfferBar

        bar = OfferBar(offer, self._wishes, self._body)
        self._column.insertWidget(1, bar)
        bar.announce()

    def toast(self, sentence: str) -> None:
        """Say something in passing."""
        self.toasts.show_text(sentence)

    def ask(self, question: str, yes: str, then: Callable[[], object]) -> QDialog:
        """Ask before `then` is done."""
        return ask(self, question, yes, then)

    def show_closing(self, seconds: int) -> None:
        """Say that the window waits for paid requests that are out."""
        self._closing.show_seconds(seconds)

    def shut(self) -> None:
        """Close for good; `closeEvent` only asks for it."""
        self._shut = self.places.shut = True
        self.stage.shut()
        self.compare.shut()
        self.close()
        self.deleteLater()

    def flush(self) -> None:
        """Let what was typed a moment ago be kept at once: the draft, and what is said of the clip on the stage."""
        self.composer.flush()
        self.stage.flush()

    @property
    def undo_steps(self) -> tuple[Step, ...]:
        """What was thrown away or judged and can be taken back."""
        return self._undo.steps

    @undo_steps.setter
    def undo_steps(self, steps: tuple[Step, ...]) -> None:
        self._undo.steps = steps

    def state(self) -> dict[str, Any]:
        """Place, panes and the commands used last, JSON-ready; `restore` reads it."""
        panes = self.panes.state()
        return {"geometry": placement.geometry(self), "panes": panes, "commands": list(self.commands.recent)}

    def restore(self, read: dict[str, Any]) -> None:
        """Take up what `state` said; the default size where it said nothing."""
        placement.restore(self, read.get("geometry"))
        panes = read.get("panes")
        if isinstance(panes, dict):
            self.panes.restore(panes)
        self.commands.remember(read.get("commands"))

    def open_settings(self, page: str = "") -> None:
        """Open the settings at a page; an empty name leaves the page as it was."""
        if not self._shut:
            self.settings.open(page)

    def come_forward(self) -> None:
        """To the front: another start of the program asked for it."""
        placement.bring_forward(self)

    # Qt's events

    def closeEvent(self, event: QCloseEvent) -> None:
        """The creator closes the window: `app` ends everything in order and then calls `shut`."""
        if self._shut:
            super().closeEvent(event)
        else:
            event.ignore()
            self.stage.flush()
            self.outside.before_closing(self.close_wanted.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that no control wanted is the stage's, except in the composer."""
        focus: QWidget | None = self.focusWidget()
        composing = focus is not None and self.composer.isAncestorOf(focus)
        elsewhere = composing or self.ledger.is_open or self.centre.previewing
        if elsewhere or not self._comparing.key(event):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Images may be dropped anywhere; cards that are dragged inside the window are none."""
        if event.source() is None and intake.carries_images(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Into the composer with them."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.places.show_composer()
        self.composer.strip.take(intake.read(event.mimeData()))

    # within

    def _be_window(self, *, demo: bool) -> None:
        self.setWindowTitle(tr("Seedance demo") if demo else "Seedance")
        self.setMinimumSize(*theme.tokens()["size"]["window-min"])
        self.setAcceptDrops(True)

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.banners)
        column.addWidget(self.panes, 1)
        column.addWidget(self.status)
        self.setCentralWidget(self._body)

    def _deeds(self) -> Deeds:
        """What the menus call."""
        return Deeds(
            new_draft=self._new_draft,
            drafts=self._show_drafts,
            add_images=self._add_images,
            hand_over=self.outside.hand_over,
            import_clips=self.outside.import_clips,
            import_folder=self.outside.import_folder,
            open_folder=self._wishes.open_library_folder.emit,
            settings=self.open_settings,
            quit=self.close,
            undo=self._undo_there,
            redo=self.composer.redo,
            prompt_history=self._show_prompt_history,
            select_all=self.shelf.grid.selectAll,
            find=lambda: self.places.in_library(self.shelf.focus_search),
            clip_menu=self.shelf.commands.fill_menu,
            make=lambda: self.places.pick(MAKE),
            review=lambda: self.places.pick(REVIEW),
            composer=lambda: self.panes.toggle("composer"),
            library=lambda: self.panes.toggle("library"),
            trash=lambda: self.places.in_library(self.shelf.toggle_trash),
            ledger=self._wishes.open_ledger.emit,
            full_screen=self.stage.toggle_full_screen,
            find_command=self.commands.come_up,
            keys=lambda: show_keys(self),
            log_folder=self._wishes.open_log_folder.emit,
            diagnostics=self._save_diagnostics,
            updates=self.help.updates_wanted,
            about=self.help.open_about,
        )

    def _save_diagnostics(self) -> None:
        from seedance_desktop.ui.trouble import ask_diagnostics

        ask_diagnostics(self, self._wishes)

    def _connect(self) -> None:
        wishes = self._wishes
        self._composed.generate.connect(self._approval.consider)
        self.centre.picture_wanted.connect(wishes.picture_wanted)
        wishes.open_settings.connect(self.open_settings)
        self.ledger.said.connect(self.toast)
        self.compare.said.connect(self.toast)
        self._hearing.show_wanted.connect(self.compare.close)
        self.top.composer_toggled.connect(lambda: self.panes.toggle("composer"))
        self.top.library_toggled.connect(lambda: self.panes.toggle("library"))
        self.top.settings_clicked.connect(self.open_settings)
        canvas, grid = self.stage.viewer.canvas, self.shelf.grid
        self.panes.stranded.connect(lambda: canvas.setFocus() if canvas.isVisible() else grid.setFocus())
        self.rail.opened.connect(lambda: self.panes.set_open("library", open_=True))
        self.rail.list.opened.connect(self._chosen_in_rail)
        self.shelf.grid.opened.connect(self.rail.list.select)
        self.status.unsure_clicked.connect(lambda: self.places.in_library(self.making.show_unsure))
        self.status.spend_clicked.connect(wishes.open_ledger)
        self.shelf.keyed = self._key_of_grid
        self.shelf.grid.played.connect(self._play)
        self.rail.list.played.connect(self._play)
        self.stage.previous_clip.connect(lambda: self.shelf.step(-1))
        self.stage.next_clip.connect(lambda: self.shelf.step(1))

    def _image_name(self, hash_: str) -> str:
        return self.shelf.images.name_of(hash_)

    def _new_draft(self) -> None:
        self.places.show_composer()
        self.drafts.new()

    def _show_drafts(self) -> None:
        self.places.show_composer()
        self.composer.memory.open_drafts()

    def _show_prompt_history(self) -> None:
        self.places.show_composer()
        self.composer.memory.open_history()

    def _undo_there(self) -> None:
        """Where the keyboard is: the composer's last step, else the library's."""
        focus: QWidget | None = self.focusWidget()
        if focus is not None and self.composer.isAncestorOf(focus):
            self.composer.undo()
        else:
            self._undo.undo()

    def _add_images(self) -> None:
        self.places.show_composer()
        self.composer.strip.browse()

    def _chosen_in_rail(self, number: int) -> None:
        self.shelf.select(number)
        self._wishes.open_clip.emit(number)

    def _key_of_grid(self, event: QKeyEvent) -> bool:
        """The stage's keys work in the library too, but arrows move between cards there."""
        return event.key() not in _CARDS and self.stage.key(event)

    def _play(self) -> None:
        self.stage.viewer.canvas.setFocus()
        self.stage.deck.play()
