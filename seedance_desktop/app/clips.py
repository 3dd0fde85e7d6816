"""Wishes about making clips: each becomes one verb of the studio."""

from __future__ import annotations

from seedance_desktop.domain.clip import Flag
from seedance_desktop.domain.recipe import Draft

from .context import Context


class Clips:
    """Answers the wishes of the composer, the making list and the cards."""

    def __init__(self, context: Context) -> None:
        """For the window's program."""
        self._context = context

    # The composer

    def generate(self, draft: Draft) -> None:
        """The click that costs money."""
        self._context.go(self._generate(draft))

    async def _generate(self, draft: Draft) -> None:
        context = self._context
        studio = context.studio
        assert context.house is not None
        await studio.generate(draft, context.house.gateway, undo_seconds=context.preferences.undo_seconds)

    # In the making

    def undo(self, clip: int) -> None:
        """Take back a click that counts down."""
        self._context.ask(lambda studio: studio.undo(clip))

    def remove(self, clip: int) -> None:
        """Take one planned clip back."""
        self._context.ask(lambda studio: studio.remove(clip))

    def retry(self, clip: int) -> None:
        """Go on with a clip that has stopped."""
        self._context.ask(lambda studio: studio.retry(clip))

    def send_again(self, clip: int) -> None:
        """Send an unsure clip once more."""
        self._context.ask(lambda studio: studio.send_again(clip))

    def adopt(self, clip: int, task: str) -> None:
        """Watch the task that an unsure clip turned out to be."""
        self._context.ask(lambda studio: studio.adopt(clip, task))

    def dismiss(self, clip: int) -> None:
        """Take a failed or unsure clip off the list."""
        self._context.ask(lambda studio: studio.dismiss(clip))

    def stop_watching(self, clip: int) -> None:
        """Stop polling or downloading."""
        self._context.ask(lambda studio: studio.stop_watching(clip))

    def move(self, clip: int, by: int) -> None:
        """Another place among what is planned."""
        self._context.ask(lambda studio: studio.move(clip, by))

    def pause(self) -> None:
        """Hold the queue."""
        self._context.ask(lambda studio: studio.pause(paused=True))

    def resume(self) -> None:
        """Let the queue go on; also what stood still for a balance or a key is tried again."""
        self._context.go(self._resume())

    async def _resume(self) -> None:
        studio = self._context.studio
        await studio.pause(paused=False)
        assert self._context.house is not None
        await studio.key_changed(self._context.house.gateway)

    def try_now(self) -> None:
        """Try at once what waits out a trouble."""
        if self._context.house is not None:
            self._context.house.studio.try_now()

    # Cards

    def judge(self, clip: int, stars: int, flag: str) -> None:
        """Stars and flag."""
        self._context.ask(lambda studio: studio.keeping.judge(clip, stars, Flag(flag)))

    def trash(self, clips: list[int]) -> None:
        """Move clips to the trash."""
        self._context.ask(lambda studio: studio.keeping.trash(clips))

    def restore(self, clips: list[int]) -> None:
        """Take clips out of the trash."""
        self._context.ask(lambda studio: studio.keeping.restore(clips))
