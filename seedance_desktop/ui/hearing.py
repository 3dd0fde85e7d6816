"""What the studio's news change on the screens."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from seedance_desktop.domain.clip import Clip, Flag, Stage
from seedance_desktop.domain.news import ClipRemoved, ClipSaved, Fetched, Health, JobProgress, News
from seedance_desktop.domain.shelf import Query, Show, Sort, stack_of
from seedance_desktop.ui.banners import Banners
from seedance_desktop.ui.rail import Rail
from seedance_desktop.ui.shelf import ClipList, Shelf
from seedance_desktop.ui.spoken import title
from seedance_desktop.ui.stage import Stage as StageView
from seedance_desktop.ui.statusbar import StatusBar
from seedance_desktop.ui.toasts import Toasts
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import charge, money, tr

_COALESCE = 150  # ms: several clips that arrive together cost one question
_FLAGS = {Show.PICKS: Flag.PICK, Show.REJECTS: Flag.REJECT, Show.UNFLAGGED: Flag.NONE}


class Hearing(QObject):
    """Routes news to making, shelf, stage, banners and status bar; it decides nothing but where a clip stands."""

    show_wanted = Signal()  # the stage is to show the clip that was told of

    def __init__(
        self, wishes: Wishes, model: ClipList, shelf: Shelf, stage: StageView, rail: Rail, toasts: Toasts
    ) -> None:
        super().__init__(shelf)
        self._wishes, self._model = wishes, model
        self._shelf, self._making, self._stage = shelf, shelf.making, stage
        self._rail, self._toasts = rail, toasts
        self._bars: tuple[Banners, StatusBar] | None = None
        self.health = Health()
        self.gateway = ""
        self._moving: set[int] = set()
        self._again = QTimer(self, singleShot=True, interval=_COALESCE)
        self._again.timeout.connect(self._ask_again)

    def connect_bars(self, banners: Banners, status: StatusBar) -> None:
        """Where the studio's health is shown."""
        self._bars = (banners, status)
        self.show_health()

    def set_clips(self, clips: list[Clip]) -> None:
        """The clips in the making as the library has them."""
        self._making.set_clips(clips)
        self._moving = {clip.id for clip in clips if not clip.stage.settled}
        self.show_health()

    def hear(self, news: News) -> None:
        """One piece of news."""
        match news:
            case ClipSaved(clip):
                self._saved(clip)
            case ClipRemoved(number):
                self._making.remove(number)
                self._moving.discard(number)
                self._model.drop(number)
            case Fetched():
                self._making.progress(news)
                return
            case JobProgress():
                return
            case Health():
                self.health = news
                self._making.set_paused(news.paused)
        self.show_health()

    def show_health(self) -> None:
        """Banners, status bar and rail as things stand."""
        making, unsure = self._making.counts()
        self._rail.show_counts(unsure, making - unsure)
        if self._bars is not None:
            banners, status = self._bars
            banners.show_troubles(self.health.troubles)
            status.set_health(self.health, self.gateway, unsure)

    def _saved(self, clip: Clip) -> None:
        self._making.put(clip)
        self._place(clip)
        self._stage.update_clip(clip)
        moved = clip.id in self._moving
        if clip.stage.settled:
            self._moving.discard(clip.id)
            if moved:
                self._say_settled(clip)
        else:
            self._moving.add(clip.id)

    def _place(self, clip: Clip) -> None:
        """On the shelf where the query wants it, off it where not."""
        query, before = self._shelf.filters.query, self._model.kept(clip.id)
        if clip.stage is Stage.READY and fits(clip, query):
            if not self._model.put(clip) or _moves(before, clip, query):
                self._again.start()  # only the library knows where it belongs
        elif self._model.row_of(clip.id) >= 0:
            self._shelf.drop(clip.id)
            self._again.start()
        elif query.stacked and clip.stage is Stage.READY:
            self._again.start()  # it lay on a stack, which is smaller now

    def _ask_again(self) -> None:
        self._wishes.query_changed.emit(self._shelf.filters.query)

    def _say_settled(self, clip: Clip) -> None:
        cost = charge(clip.charged, money(clip.price.minor, clip.price.currency))
        name = title(clip)
        if clip.stage is Stage.READY:
            said = tr("“{name}” is ready · {charge}").format(name=name, charge=cost)
            self._toasts.show_text(said, tr("Show"), lambda: self._show(clip.id))
        elif clip.stage is Stage.CANCELLED and clip.reason and clip.reason.code == "stopped-watching":
            said = tr("Stopped watching “{name}” · {charge}").format(name=name, charge=cost)
            self._toasts.show_text(said, tr("Watch again"), lambda: self._wishes.retry.emit(clip.id))

    def _show(self, number: int) -> None:
        self.show_wanted.emit()
        self._shelf.select(number)
        self._wishes.open_clip.emit(number)


def fits(clip: Clip, query: Query) -> bool:
    """Whether a ready clip may stand in the answer to `query`, as far as all but its words tell."""
    flag = _FLAGS.get(query.show)
    recipe = clip.recipe
    wanted = (
        (query.project, clip.project),
        (query.shot, clip.shot),
        (query.ratio, recipe.ratio),
        (query.resolution, recipe.resolution),
        (query.duration, recipe.duration),
        (query.stack, stack_of(clip)),
    )
    return (
        bool(clip.trashed) == query.trashed
        and (flag is None or clip.flag is flag)
        and all(not asked or asked == has for asked, has in wanted)
        and (not query.image or any(one.hash == query.image for one in recipe.references))
        and (not query.tag or query.tag in clip.tags)
        and clip.stars >= query.stars
        and query.since <= clip.made
        and (not query.until or clip.made < query.until)
    )


def _moves(before: Clip | None, clip: Clip, query: Query) -> bool:
    """Whether what has changed about a clip may change its place, or which take is the best of its stack."""
    if before is None or before == clip:
        return False
    judged = (before.stars, before.flag) != (clip.stars, clip.flag)
    named = (before.project, before.shot) != (clip.project, clip.shot)
    return (judged and (query.stacked or query.sort is Sort.STARS)) or (
        named and (query.stacked or query.sort is Sort.SHOT)
    )
