"""The window and the house behind it: shown, opened, exchanged for another library, and closed in order."""

from __future__ import annotations

import asyncio
import gc
import logging
from dataclasses import asdict
from typing import TYPE_CHECKING

from seedance_desktop import bootstrap, words
from seedance_desktop.bootstrap import House, Options
from seedance_desktop.domain.errors import Problem
from seedance_desktop.domain.reason import Reason
from seedance_desktop.system import folders
from seedance_desktop.system import preferences as files

from . import first
from .context import Context
from .desktop.desktop import Desktop
from .doorbell import Doorbell
from .instance import hand_over
from .wiring import wire

if TYPE_CHECKING:
    from seedance_desktop.ui.carrying import Standing

    from .images import Images
    from .memory import Memory
    from .trouble import Trouble

log = logging.getLogger(__name__)

CLOSING_SECONDS = 20
_RINGS, _RING_AGAIN = 12, 0.25  # seconds: as long as a start takes until it hears the doorbell


class Opening:
    """Start and end of what the window shows."""

    _memory: Memory
    _images: Images
    _trouble: Trouble
    _doorbell: Doorbell
    _desktop: Desktop

    def __init__(self, context: Context) -> None:
        """The window is shown; nothing is behind it yet."""
        self._context = context
        context.window.close_wanted.connect(context.end)
        context.rebuild_window = self._rebuild_window
        context.reopen = self._reopen
        context.wishes.rebuild.connect(self._rebuild)
        self._problem: Reason | None = None  # why the library does not open
        self._rebuildable = False

    # The window

    def _show_window(self) -> None:
        """The window on the context's preferences, and in the language that is spoken now."""
        context = self._context
        context.window, context.model = first.show_window(
            context.application, context.wishes, context.options, context.preferences
        )
        context.window.close_wanted.connect(context.end)

    def _rebuild_window(self) -> None:
        """The same window in another language; the studio goes on behind it."""
        from seedance_desktop.ui.carrying import standing, take_up

        context = self._context
        context.window.flush()
        self._memory.leave()
        old = context.window
        state, was, from_settings = old.state(), standing(old), old.settings.is_open
        self._show_window()
        context.window.restore(state)
        if context.house is None:  # there is no draft of a library yet that would bring it back
            context.window.composer.set_draft(old.composer.draft(), {})
        self._say_blocked()
        old.shut()
        take_up(context.window, was, context.wishes)
        context.go(self._fill_again(was))
        self._trouble.offer()
        if from_settings:  # and not from the first run
            context.wishes.open_settings.emit("appearance")

    async def _fill_again(self, was: Standing) -> None:
        from seedance_desktop.ui.carrying import settle

        await self._fill()
        settle(self._context.window, was)

    def grant_wishes(self) -> None:
        """Connect what answers the window; once."""
        self._memory, self._images, self._trouble = wire(self._context)
        self._trouble.begin()
        self._desktop = Desktop(self._context)
        self._doorbell = Doorbell(self._rung, self._context.wishes)

    # The house

    async def open_house(self) -> None:
        """Open the library; where that can't be, say why and offer another folder."""
        context = self._context
        try:
            await asyncio.to_thread(_import_heavy)
            gc.freeze()  # code and widgets stay: searching them again would hold the window up
            gc.enable()
            context.house = await bootstrap.open_house(context.options, "window")
        except Problem as problem:
            if _is_starting(problem.reason) and await self._handed_over():
                context.end()
            else:
                self._blocked(problem)
            return
        await self._begin(context.house)

    async def _begin(self, house: House) -> None:
        """Hear the studio, let it take up what is under way, and listen for later starts of the program."""
        self._problem = None
        house.studio.listen(self._context.hear)
        self._desktop.begin(await house.studio.parts.library.under_way())
        clips = await house.studio.open()
        log.info("library open with %d clips in the making", len(clips))
        self._doorbell.listen(house.folder)
        await self._fill()
        self._desktop.arrivals.begin()

    async def _handed_over(self) -> bool:
        """Whether a window that was started a moment before this one takes what this one was to open.

        Some systems start the program once for each of several files, all at the same time.
        """
        folder = bootstrap.folder_of(self._context.options, self._context.preferences)
        for _ in range(_RINGS):
            if await asyncio.to_thread(hand_over, folder, self._context.options.files):
                return True
            await asyncio.sleep(_RING_AGAIN)
        return False

    def _rung(self, files: list[str]) -> None:
        """The program was started once more on this library."""
        self._desktop.arrivals.take(files)

    def _blocked(self, problem: Problem, *, rebuild: bool = False) -> None:
        """The library does not open; `rebuild` offers what a damaged one is offered in any case."""
        log.warning("the library does not open: %s", problem.reason.code)
        self._problem, self._rebuildable = problem.reason, rebuild or problem.reason.code == "library-damaged"
        self._say_blocked()

    def _say_blocked(self) -> None:
        """Say so where it is so; again in a window that was built again."""
        if self._problem is not None:
            sentence = words.say(self._problem.code, dict(self._problem.facts))
            self._context.window.blocked(sentence, rebuild=self._rebuildable)

    def _rebuild(self) -> None:
        """Make the damaged library again from its files, and open it."""
        self._context.go(self._rebuild_and_open())

    async def _rebuild_and_open(self) -> None:
        context = self._context
        loop = asyncio.get_running_loop()

        def progress(done: int, total: int) -> None:
            loop.call_soon_threadsafe(self._show_rebuilding, done, total)

        self._show_rebuilding(0, 0)
        folder = bootstrap.folder_of(context.options, context.preferences)
        try:
            report = await asyncio.to_thread(bootstrap.rebuild, folder, "window", progress)
        except Problem as problem:
            self._blocked(problem, rebuild=True)
            return
        await self.open_house()
        context.window.show_rebuilt(words.rebuilt(asdict(report)))

    def _show_rebuilding(self, done: int, total: int) -> None:
        """In the window of now: the language may have changed meanwhile."""
        self._context.window.show_rebuilding(done, total)

    async def _fill(self) -> None:
        """Bring everything that the window shows."""
        from .preferences import Settings

        context = self._context
        house = context.house
        if house is None:
            return
        library = house.studio.parts.library
        context.window.set_library(house.folder)
        context.window.set_gateway(house.gateway)
        context.window.clips_in_the_making(await library.under_way())
        house.studio.say_health()
        context.wishes.query_changed.emit(context.window.shelf.filters.query)
        await self._memory.begin()
        await self._images.begin()
        await Settings(context).show_key_state()
        context.window.composer.focus_prompt()

    async def _reopen(self, options: Options) -> None:
        """Another library in the same window; raises `Problem` and keeps the old one where it can't be opened."""
        context = self._context
        before = context.options
        await self.close_house()
        context.options = options
        try:
            context.house = await bootstrap.open_house(options, "window")
            context.window.stage.open(None, None, None)
        except Problem:
            context.options = before
            try:
                context.house = await bootstrap.open_house(before, "window")
            except Problem as problem:  # nor does the old one: its drive may have gone meanwhile
                self._blocked(problem)
            raise
        finally:
            if context.house is not None:
                await self._begin(context.house)

    # The end

    def say_closing(self) -> None:
        """Say on screen that a paid request is still out."""
        house = self._context.house
        if house is not None and house.studio.sending:
            self._context.window.show_closing(round(self._context.patience or CLOSING_SECONDS))

    async def close_house(self) -> None:
        """Keep the draft and the layout, then end the studio in order."""
        context = self._context
        if context.house is not None:
            context.house.studio.send_no_more()
        context.window.flush()
        await context.finish_tasks()
        self._memory.leave()
        await context.finish_tasks()  # what was typed meanwhile
        try:
            await asyncio.to_thread(files.save_json, folders.places().window, context.window.state())
        except Problem as problem:
            log.warning("the layout is not kept: %s", problem.reason.code)
        self._doorbell.close()
        self._desktop.leave()
        house, context.house = context.house, None
        if house is not None and not await house.close(context.patience):
            log.warning("a request was still out when the program ended: its clip is found as charge unknown")


def _is_starting(reason: Reason) -> bool:
    """Whether another window may have taken the library a moment ago; a command doesn't hear a doorbell."""
    return reason.code == "library-in-use" and not str(dict(reason.facts).get("holder")).startswith("command")


def _import_heavy() -> None:
    """Import what talks, stores and decodes in a worker thread, while the window already answers."""
    import seedance_desktop.gateway
    import seedance_desktop.library
    import seedance_desktop.media.clips
    import seedance_desktop.studio  # noqa: F401
