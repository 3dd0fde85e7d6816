"""What the desktop hears of the studio, and the studio of the desktop."""

from __future__ import annotations

from collections.abc import Sequence

from seedance_desktop.app.context import Context
from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.news import ClipSaved, News

from .appearance import Appearance
from .application import Application
from .arrivals import Arrivals
from .launcher import Launcher
from .notices import Notices
from .power import Power
from .progress import Progress
from .resting import Resting


class Desktop:
    """One for the program; `arrivals` takes what is opened with it."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.arrivals = Arrivals(context)
        self._launcher = Launcher(context.application)
        self._notices = Notices(context)
        self._progress, self._resting = Progress(), Resting()
        self._power = Power(self._wake, context.end_session, context.wishes)
        self._appearance = Appearance(context.application)
        if isinstance(context.application, Application):
            context.application.finish()
        context.connect_news(self.hear)
        self._power.listen()
        self._appearance.listen()

    def begin(self, clips: Sequence[Clip]) -> None:
        """A library is open, with these in the making; nothing was said of them yet."""
        self._resting.begin(clips)
        self._progress.begin(clips)
        self._launcher.show_progress(self._progress.share)

    def hear(self, news: News) -> None:
        """One piece of news."""
        self._progress.hear(news)
        self._launcher.show_progress(self._progress.share)
        if isinstance(news, ClipSaved) and self._resting.note(news.clip) and not self._launcher.seen:
            self._launcher.count()
            self._notices.note(news.clip)
        self.arrivals.hear(news)

    def leave(self) -> None:
        """The library is closed: nothing of it is shown any more."""
        self._progress.begin(())
        self.arrivals.leave()
        self._notices.close()
        self._launcher.clear()

    def _wake(self) -> None:
        """After a sleep everything is asked once, at the pace of each clip."""
        if self._context.house is not None:
            self._context.studio.wake()
