"""A word from the system when clips come to rest and the window isn't in front; a click on it opens the clip."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from seedance_desktop import words
from seedance_desktop.app.context import Context
from seedance_desktop.domain import resources
from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.errors import Problem
from seedance_desktop.ui.spoken import first_words
from seedance_desktop.words import ntr, tr

from .application import IN_FULL

if TYPE_CHECKING:
    from desktop_notifier import DesktopNotifier

log = logging.getLogger(__name__)

_QUIET = 1500  # ms without another clip until those that came are told of
_LONGEST = 5000  # ms that the first of them waits at most
_SINGLY = 3  # more than these become one notice
_NAMED = 3
_PATIENCE = 5.0  # seconds for the system's service: the end of the program waits for it


class Notices(QObject):
    """Notifies by the preferences: ready, failed, charge unknown. Nothing is asked of the system before the first."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.wishes)
        self._context = context
        self._waiting: list[Clip] = []
        self._since = QElapsedTimer()
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._tell)
        self._notifier: DesktopNotifier | None = None

    def note(self, clip: Clip) -> None:
        """This clip has come to rest, and the creator isn't looking."""
        if not self._wanted(clip.stage):
            return
        if not self._waiting:
            self._since.start()
        self._waiting.append(clip)
        self._soon.start(max(0, min(_QUIET, _LONGEST - self._since.elapsed())))

    def close(self) -> None:
        """Tell nothing more, of this library."""
        self._soon.stop()
        self._waiting.clear()

    def _wanted(self, stage: Stage) -> bool:
        preferences = self._context.preferences
        return {
            Stage.READY: preferences.notify_ready,
            Stage.FAILED: preferences.notify_failed,
            Stage.UNSURE: preferences.notify_unsure,
        }.get(stage, False)

    def _tell(self) -> None:
        clips, self._waiting = self._waiting, []
        house = self._context.house
        if house is None or not clips:
            return
        if len(clips) > _SINGLY:
            first = next((clip for clip in clips if clip.stage is Stage.READY), clips[0])
            self._context.go(self._show(counts(clips), names(clips), first, house.folder))
            return
        for clip in clips:
            self._context.go(self._show(name(clip), outcome(clip), clip, house.folder))

    async def _show(self, title: str, message: str, clip: Clip, library: Path) -> None:
        from desktop_notifier import DesktopNotifier, Icon  # not imported before there is something to say

        try:
            if self._notifier is None:
                icon = resources.folder() / "application" / "seedance-256.png"
                self._notifier = DesktopNotifier(app_name=IN_FULL, app_icon=Icon(path=icon))
            async with asyncio.timeout(_PATIENCE):
                await self._notifier.send(title, message, on_clicked=lambda: self._open(clip, library))
        except Exception as error:  # noqa: BLE001 - whatever the system's service does, the clip itself is on screen
            log.warning("the system shows no notification: %s", error)

    def _open(self, clip: Clip, library: Path) -> None:
        """The window in front with the clip on its stage, unless another library is open in it by now."""
        window, house = self._context.window, self._context.house
        window.come_forward()
        if house is not None and house.folder == library:
            window.places.show_clip(clip.id)
        else:
            self._context.complain(Problem("link-elsewhere", name=clip.name).reason)


def name(clip: Clip) -> str:
    """What a notice calls a clip: its shot, and its first words."""
    return " · ".join(filter(None, (clip.shot, first_words(clip.recipe.prompt))))


def outcome(clip: Clip) -> str:
    """What has become of it, and what is known of its charge."""
    money = words.charge(clip.charged.value, words.money(clip.price.minor, clip.price.currency))
    return f"{words.stage(clip.stage.value)} · {money}"


def counts(clips: list[Clip]) -> str:
    """What has become of many."""
    ready, failed, unsure = (
        sum(clip.stage is stage for clip in clips) for stage in (Stage.READY, Stage.FAILED, Stage.UNSURE)
    )
    said = [
        ntr("{n} clip is ready", "{n} clips are ready", ready) if ready else "",
        ntr("{n} clip has failed", "{n} clips have failed", failed) if failed else "",
        ntr("the charge of {n} clip is unknown", "the charge of {n} clips is unknown", unsure) if unsure else "",
    ]
    return " · ".join(filter(None, said))


def names(clips: list[Clip]) -> str:
    """The first of many by name, each name once."""
    every = list(dict.fromkeys(name(clip) for clip in clips))
    more = len(every) - _NAMED
    said = ", ".join(every[:_NAMED])
    return tr("{names} and {more}").format(names=said, more=ntr("{n} more", "{n} more", more)) if more > 0 else said
