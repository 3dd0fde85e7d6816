"""What the parts of the window's program share: the window, the wishes, the house, and the tasks under way."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from seedance_desktop import bootstrap, words
from seedance_desktop.bootstrap import Options
from seedance_desktop.domain.errors import Problem
from seedance_desktop.domain.news import News
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.reason import Reason
from seedance_desktop.ui.wishes import Wishes

if TYPE_CHECKING:
    from seedance_desktop.bootstrap import House
    from seedance_desktop.studio import Studio
    from seedance_desktop.ui.shelf import ClipList
    from seedance_desktop.ui.window import MainWindow

log = logging.getLogger(__name__)

SESSION_SECONDS = 3.0  # systems allow five and more; what is on disk goes on at the next start in any case


class Bridge(QObject):
    """Carries the studio's news to the screens through Qt's queue: a slot that opens a dialog can't break a task."""

    news = Signal(object)


class Context:
    """One for the program. `house` is None until the library is open, and again while another one is opened."""

    def __init__(
        self, application: QApplication, options: Options, preferences: Preferences, wishes: Wishes | None = None
    ) -> None:
        """Without a window; with the wishes of the one that is shown, if any is."""
        self.application, self.options, self.preferences = application, options, preferences
        self.wishes = wishes or Wishes()
        self.bridge = Bridge()
        self.ended = asyncio.Event()
        self.patience: float | None = None  # seconds for a paid request that is out at the end; None is the usual time
        self.house: House | None = None
        self.window: MainWindow
        self.model: ClipList
        self.granters: tuple[object, ...] = ()
        self.rebuild_window: Callable[[], None]
        self.reopen: Callable[[Options], Coroutine[Any, Any, None]]
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def studio(self) -> Studio:
        """The studio; raises `Problem("library-opening")` while there is none."""
        if self.house is None:
            raise Problem("library-opening")
        return self.house.studio

    def shown(self) -> Preferences:
        """The preferences as the window shows them: with the gateway that this run was told to use, if any."""
        return bootstrap.shown(self.options, self.preferences)

    def take(self, wanted: Preferences) -> Preferences:
        """Preferences that the window wants, as they are kept: this run's own gateway is not, until it is changed."""
        if wanted.gateway == self.shown().gateway:
            return replace(wanted, gateway=self.preferences.gateway)
        self.options = replace(self.options, gateway="")
        return wanted

    def hear(self, news: News) -> None:
        """The studio's listener: on to the screens, queued."""
        self.bridge.news.emit(news)

    def connect_news(self, slot: Any) -> None:
        """Let `slot` hear the news, always queued."""
        self.bridge.news.connect(slot, Qt.ConnectionType.QueuedConnection)

    def go(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something in the background; what goes wrong is said in one sentence."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # after its end, qasync looks at Qt's events once more
            work.close()
            return
        task = loop.create_task(self._guarded(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def do(self, work: Coroutine[Any, Any, None]) -> None:
        """The same where a library is open; between two of them the wish is let go."""
        if self.house is None:
            work.close()
        else:
            self.go(work)

    def ask(self, verb: Callable[[Studio], Awaitable[object]]) -> None:
        """A verb of the studio, whose result comes as news; between two libraries it is said that none is open."""

        async def work() -> None:
            await verb(self.studio)

        self.go(work())

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Problem as problem:
            self.complain(problem.reason)
        except Exception as error:
            log.exception("a wish failed")
            self.complain(Reason.of("unexpected", detail=type(error).__name__))

    def complain(self, reason: Reason) -> None:
        """Say what went wrong, in the window."""
        self.window.toast(words.say(reason.code, dict(reason.facts)))

    async def finish_tasks(self) -> None:
        """Let what is under way end, but for the task that asks; for the end of the library or the program."""
        while others := self._tasks - {asyncio.current_task()}:
            await asyncio.gather(*others, return_exceptions=True)

    def end(self) -> None:
        """Close the program, in order."""
        self.ended.set()

    def end_session(self) -> None:
        """The same, in the few seconds that a system gives that is shut down itself."""
        self.patience = SESSION_SECONDS
        self.ended.set()
