"""What is opened with the program: clips by link or file on the stage, other videos imported, images composed with."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from seedance_desktop.app.context import Context
from seedance_desktop.domain import links
from seedance_desktop.domain.clip import id_to_name
from seedance_desktop.domain.errors import Problem
from seedance_desktop.domain.news import JobProgress, News

from .application import Application

_TOGETHER = 200  # ms: systems hand several files over one by one, and are meant as one


class Arrivals(QObject):
    """Takes what comes from the command line, a second start and the dock; what comes early waits for the library."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.wishes)
        self._context = context
        self._waiting = list(context.options.files)
        self._there = False
        self._imports: set[int] = set()  # jobs whose first clip is to be shown
        self._soon = QTimer(self, singleShot=True, interval=_TOGETHER)
        self._soon.timeout.connect(self._go)
        application = context.application
        if isinstance(application, Application):
            application.opened.connect(lambda: self.take(_taken(application)))

    def begin(self) -> None:
        """The library is open, and the window shows it."""
        self._there = True
        application = self._context.application
        if isinstance(application, Application):
            self._waiting += _taken(application)
        self._go()

    def leave(self) -> None:
        """The library is closed; what comes from here on is for the next one."""
        self._there = False
        self._imports.clear()

    def take(self, given: Sequence[str]) -> None:
        """Open these: `seedance:` links, and files and folders by path or `file:` URI."""
        self._context.window.come_forward()
        self._waiting += given
        self._soon.start()

    def hear(self, news: News) -> None:
        """An import is over: the first clip of it goes on the stage."""
        if isinstance(news, JobProgress) and news.state.ended and news.number in self._imports:
            self._imports.discard(news.number)
            if news.clips:
                self._context.window.places.show_clip(news.clips[0])

    def _go(self) -> None:
        if self._there and self._waiting:
            given, self._waiting = self._waiting, []
            self._context.go(self._open(given))

    async def _open(self, given: list[str]) -> None:
        wanted = [one for one in given if links.is_link(one)]
        files = [Path(links.given(one)) for one in dict.fromkeys(given) if one not in wanted]
        if files:
            await self._open_files(files)
        if wanted:  # last, for it may be the link of no clip
            await self._show(wanted[-1])

    async def _show(self, link: str) -> None:
        """The clip of a link; the last one, where there are several."""
        try:
            number = links.parse(link)
        except ValueError:
            raise Problem("link-unreadable", link=link[:80]) from None
        if not await self._context.studio.parts.library.get([number]):
            raise Problem("link-elsewhere", name=id_to_name(number))
        self._context.window.places.show_clip(number)

    async def _open_files(self, files: list[Path]) -> None:
        from seedance_desktop.studio.recognising import part, recognise

        videos, images = await asyncio.to_thread(part, files)
        known = await recognise(self._context.studio.parts.library, videos)
        if known:
            self._context.window.places.show_clip(next(iter(known.values())).id)
        if images:
            self._context.window.places.show_composer()
            self._context.wishes.add_images.emit([str(image) for image in images])
        self._offer([str(video) for video in videos if video not in known])

    def _offer(self, videos: list[str]) -> None:
        """Ask how these come into the library; after the question that is open now, if one is."""
        outside = self._context.window.outside
        if not videos or self._context.ended.is_set():
            return
        if outside.dialog is not None:
            outside.dialog.finished.connect(lambda _result: QTimer.singleShot(0, self, lambda: self._offer(videos)))
        else:
            outside.take_in(videos, lambda reference: self._import(videos, reference=reference))

    def _import(self, videos: list[str], *, reference: bool) -> None:
        async def begin() -> None:
            self._imports.add(self._context.studio.jobs.import_clips(videos, reference=reference))

        self._context.do(begin())


def _taken(application: Application) -> list[str]:
    given, application.given = application.given, []
    return given
