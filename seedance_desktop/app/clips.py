"""Wishes about making clips: each becomes one verb of the studio."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from pathlib import Path

from seedance_desktop import words
from seedance_desktop.domain.catalogue import MOST_TAKES
from seedance_desktop.domain.clip import Flag
from seedance_desktop.domain.errors import Problem
from seedance_desktop.domain.memory import KeptDraft
from seedance_desktop.domain.recipe import Draft, Reference

from .context import Context

_THUMBNAIL = (480, 256)


class Clips:
    """Answers the wishes of the composer, the making list and the cards."""

    def __init__(self, context: Context) -> None:
        """For the window's program."""
        self._context = context

    def _do(self, verb: Awaitable[object]) -> None:
        async def work() -> None:
            await verb

        self._context.go(work())

    # The composer

    def generate(self, draft: Draft) -> None:
        """The click that costs money."""
        self._do(self._generate(draft))

    async def _generate(self, draft: Draft) -> None:
        context = self._context
        studio = context.studio
        assert context.house is not None
        await studio.generate(draft, context.house.gateway, undo_seconds=context.preferences.undo_seconds)

    def keep_draft(self, draft: Draft) -> None:
        """Keep what is typed."""
        if self._context.house is not None:
            self._do(self._keep_draft(draft))

    async def _keep_draft(self, draft: Draft) -> None:
        memory = self._context.studio.parts.library.memory
        kept = await memory.keep_draft(KeptDraft(await memory.current(), draft))
        await memory.set_current(kept.number)

    def add_images(self, sources: list[str | bytes]) -> None:
        """Files, encoded images and links for the reference strip."""
        self._do(self._add_images(sources))

    async def _add_images(self, sources: list[str | bytes]) -> None:
        refused: list[str] = []
        for source in sources:
            try:
                await self._add_image(source)
            except Problem as problem:
                refused.append(words.say(problem.reason.code, dict(problem.reason.facts)))
        if refused:
            self._context.window.composer.images_refused(refused)

    async def _add_image(self, source: str | bytes) -> None:
        pictures = self._context.studio.pictures
        is_path = isinstance(source, str) and not source.lower().startswith(("http://", "https://"))
        reference = await pictures.take_in(Path(source) if isinstance(source, str) and is_path else source)
        small = await pictures.thumbnail(reference, _THUMBNAIL)
        self._context.window.composer.add_references([(reference, small)])

    def edit_recipe(self, clip: int) -> None:
        """Bring a clip's recipe back into the composer."""
        self._do(self._edit_recipe(clip))

    async def _edit_recipe(self, clip: int) -> None:
        found = await self._context.studio.parts.library.get([clip])
        if found:
            one = found[0]
            await self.show_draft(Draft(one.recipe, min(one.takes, MOST_TAKES), one.project, one.shot))

    async def show_draft(self, draft: Draft) -> None:
        """Put a draft into the composer, its thumbnails included; an image that is gone is shown without one."""

        async def small(reference: Reference) -> bytes:
            try:
                return await self._context.studio.pictures.thumbnail(reference, _THUMBNAIL)
            except Problem:
                return b""

        pictures = await asyncio.gather(*(small(one) for one in draft.recipe.references))
        thumbnails = {one.hash: data for one, data in zip(draft.recipe.references, pictures, strict=True)}
        self._context.window.show_draft(draft, thumbnails)

    # In the making

    def undo(self, clip: int) -> None:
        """Take back a click that counts down."""
        self._do(self._context.studio.undo(clip))

    def remove(self, clip: int) -> None:
        """Take one planned clip back."""
        self._do(self._context.studio.remove(clip))

    def retry(self, clip: int) -> None:
        """Go on with a clip that has stopped."""
        self._do(self._context.studio.retry(clip))

    def send_again(self, clip: int) -> None:
        """Send an unsure clip once more."""
        self._do(self._context.studio.send_again(clip))

    def adopt(self, clip: int, task: str) -> None:
        """Watch the task that an unsure clip turned out to be."""
        self._do(self._context.studio.adopt(clip, task))

    def dismiss(self, clip: int) -> None:
        """Take a failed or unsure clip off the list."""
        self._do(self._context.studio.dismiss(clip))

    def stop_watching(self, clip: int) -> None:
        """Stop polling or downloading."""
        self._do(self._context.studio.stop_watching(clip))

    def pause(self) -> None:
        """Hold the queue."""
        self._do(self._context.studio.pause(paused=True))

    def resume(self) -> None:
        """Let the queue go on; also what stood still for a balance or a key is tried again."""
        self._do(self._resume())

    async def _resume(self) -> None:
        studio = self._context.studio
        await studio.pause(paused=False)
        assert self._context.house is not None
        await studio.key_changed(self._context.house.gateway)

    def try_now(self) -> None:
        """Try at once what waits out a trouble."""
        self._context.studio.try_now()

    # Cards

    def judge(self, clip: int, stars: int, flag: str) -> None:
        """Stars and flag."""
        self._do(self._context.studio.keeping.judge(clip, stars, Flag(flag)))

    def trash(self, clips: list[int]) -> None:
        """Move clips to the trash."""
        self._do(self._context.studio.keeping.trash(clips))

    def restore(self, clips: list[int]) -> None:
        """Take clips out of the trash."""
        self._do(self._context.studio.keeping.restore(clips))
