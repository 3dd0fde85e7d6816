"""A word from the system when a clip is ready or stops and the window isn't in front; a click on it opens the clip."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from seedance_desktop import words
from seedance_desktop.domain.clip import Clip, Stage

from .context import Context

if TYPE_CHECKING:
    from desktop_notifier import DesktopNotifier

log = logging.getLogger(__name__)

_TITLE = 60  # characters


class Notices:
    """Notifies by the preferences: ready, failed, charge unknown."""

    def __init__(self, context: Context) -> None:
        """Nothing is asked of the system before the first notice."""
        self._context = context
        self._said: dict[int, Stage] = {}
        self._notifier: DesktopNotifier | None = None

    def note(self, clip: Clip) -> None:
        """Notify once for each clip that comes to rest, if the creator wants it and isn't looking."""
        before = self._said.get(clip.id)
        self._said[clip.id] = clip.stage
        if before in (None, clip.stage) or not self._wanted(clip.stage):
            return
        if self._context.application.applicationState() != Qt.ApplicationState.ApplicationActive:
            self._context.go(self._show(clip))

    def _wanted(self, stage: Stage) -> bool:
        preferences = self._context.preferences
        return {
            Stage.READY: preferences.notify_ready,
            Stage.FAILED: preferences.notify_failed,
            Stage.UNSURE: preferences.notify_unsure,
        }.get(stage, False)

    async def _show(self, clip: Clip) -> None:
        from desktop_notifier import DesktopNotifier  # not imported before there is something to say

        money = words.charge(clip.charged.value, words.money(clip.price.minor, clip.price.currency))
        try:
            if self._notifier is None:
                self._notifier = DesktopNotifier(app_name="Seedance")
            await self._notifier.send(
                title=" ".join(clip.recipe.prompt.split())[:_TITLE],
                message=f"{words.stage(clip.stage.value)} · {money}",
                on_clicked=lambda: self._open(clip.id),
            )
        except Exception:  # whatever a system's notification service does, the clip itself is on screen
            log.exception("the system shows no notification")

    def _open(self, clip: int) -> None:
        self._context.window.come_forward()
        self._context.window.shelf.select(clip)
        self._context.wishes.open_clip.emit(clip)
