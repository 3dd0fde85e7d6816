"""The wishes of the Help menu: what is bundled, the log folder, and whether there is a newer version."""

from __future__ import annotations

import asyncio
import logging
import time

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from seedance_desktop import __version__, words
from seedance_desktop.domain.components import Component
from seedance_desktop.domain.errors import Problem, UpdateProblem
from seedance_desktop.domain.updates import Release, channel, compare, is_due
from seedance_desktop.system import components, folders
from seedance_desktop.system import preferences as files

from .context import Context

log = logging.getLogger(__name__)

_AFTER_START = 20_000  # ms: whatever the start still has to do comes first
_AGAIN = 60 * 60 * 1000  # ms: a program that stays open for days looks at its clock once an hour


class Help:
    """Answers the wishes of the Help menu."""

    def __init__(self, context: Context) -> None:
        """For the window's program; a build without a place for updates never asks for any."""
        self._context = context
        self._channel = channel()
        self._asking: asyncio.Task[None] | None = None
        self._clock = QTimer(interval=_AFTER_START)
        self._clock.timeout.connect(self.look_at_clock)
        if self._channel is not None:
            self._clock.start()
            context.application.aboutToQuit.connect(self._clock.stop)

    def bring_about(self) -> None:
        """Say of what the program is made."""
        self._context.go(self._bring_about())

    async def _bring_about(self) -> None:
        self._context.window.help.show_components(await asyncio.to_thread(components.components))

    def bring_licence(self, component: Component) -> None:
        """Bring the text of one licence."""
        self._context.go(self._bring_licence(component))

    async def _bring_licence(self, component: Component) -> None:
        text = await asyncio.to_thread(components.licence_text, component)
        self._context.window.help.show_licence(component, text)

    def open_log_folder(self) -> None:
        """Show the folder of the log in the file manager."""
        folder = folders.places().logs
        folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def check_updates(self) -> None:
        """Look for a newer version because the creator asked; the answer stands in the dialog."""
        self._ask(by_itself=False)

    def look_at_clock(self) -> None:
        """Look for a newer version by itself where the creator wants that, at most once a day."""
        self._clock.setInterval(_AGAIN)
        if self._context.preferences.check_updates:
            self._ask(by_itself=True)

    def _ask(self, *, by_itself: bool) -> None:
        """Not one of the context's tasks: neither another library nor the program's end waits for it."""
        if self._channel is not None and (self._asking is None or self._asking.done()):
            self._asking = asyncio.create_task(self._look(by_itself=by_itself))

    async def _look(self, *, by_itself: bool) -> None:
        now = time.time()
        if by_itself and not is_due((await asyncio.to_thread(_kept)).get("checked"), now):
            return
        try:
            await asyncio.to_thread(files.save_json, folders.places().updates, {"checked": now})
            release, newer = await self._read()
        except Problem as problem:
            log.info("no news of a release: %s", problem.reason.code)
            self._say_fault(problem, by_itself=by_itself)
        except Exception:
            log.exception("the check for updates failed")
            self._say_fault(Problem("unexpected", detail="update"), by_itself=by_itself)
        else:
            self._say_release(release, newer=newer, by_itself=by_itself)

    async def _read(self) -> tuple[Release, bool]:
        """What there is, and whether it is newer than this; raises `Problem`."""
        from seedance_desktop.gateway import updates

        assert self._channel is not None
        release = await updates.read(self._channel, self._context.preferences)
        order = compare(release.version, __version__)
        if order < 0:
            raise UpdateProblem("update-older")
        return release, order > 0

    def _say_release(self, release: Release, *, newer: bool, by_itself: bool) -> None:
        window = self._context.window
        if not by_itself:
            window.help.show_release(release, newer=newer)
        elif newer:
            window.help.tell_release(release)

    def _say_fault(self, problem: Problem, *, by_itself: bool) -> None:
        if not by_itself:
            self._context.window.help.show_fault(words.say(problem.reason.code, dict(problem.reason.facts)))


def _kept() -> dict[str, object]:
    return files.load_json(folders.places().updates)
