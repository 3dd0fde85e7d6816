"""Wishes about images: into the composer and the library, what will be sent of them, their names and tags."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from seedance_desktop import words
from seedance_desktop.domain.catalogue import MOST_REFERENCES
from seedance_desktop.domain.errors import Problem
from seedance_desktop.domain.kept_images import ImageQuery, Prepared
from seedance_desktop.domain.news import ClipRemoved, ClipSaved, News
from seedance_desktop.domain.recipe import Draft, Reference
from seedance_desktop.words import ntr

from .context import Context
from .memory import Memory

if TYPE_CHECKING:
    from seedance_desktop.library.images import KeptImages
    from seedance_desktop.studio.pictures import Pictures

_VIDEOS = (".mp4", ".m4v", ".mov")
_AFTER_MS = 300  # whatever changes in that time costs one question
_LARGE = (2560, 2560)
_ALL = ImageQuery()


class Images:
    """Answers the strip, the preview and the Images side of the library."""

    def __init__(self, context: Context, memory: Memory) -> None:
        """For the window's program."""
        self._context, self._memory = context, memory
        self._query = _ALL
        self._prepared = 0
        self._in_turn = asyncio.Lock()  # two drops at once would count and order each other's images
        self._kept_in_turn = asyncio.Lock()
        self._counted: dict[int, bool] = {}  # clips that were heard of, and whether they count as uses of their images
        self._again = QTimer(context.wishes, singleShot=True, interval=_AFTER_MS)
        self._again.timeout.connect(lambda: self._context.do(self.bring()))

    @property
    def _kept(self) -> KeptImages:
        return self._context.studio.parts.library.images

    # In

    def add(self, sources: list[str | bytes]) -> None:
        """Files, folders, encoded images and links for the reference strip; of an MP4 of ours its recipe."""
        videos = [one for one in sources if isinstance(one, str) and one.lower().endswith(_VIDEOS)]
        images = [one for one in sources if one not in videos]
        if images:
            self._context.do(self._add(images))
        for video in videos[:1]:
            self._context.do(self._use_recipe(Path(video)))

    async def _add(self, sources: Sequence[str | bytes]) -> None:
        async with self._in_turn:
            composer = self._context.window.composer
            await self._take_in(sources, composer.coming, composer.images_refused, self._into_strip)

    def keep(self, sources: list[str | bytes]) -> None:
        """The same into the library only."""
        self._context.do(self._keep(sources))

    async def _keep(self, sources: Sequence[str | bytes]) -> None:
        async def leave(_reference: Reference) -> None:
            """It is where it should be."""

        async with self._kept_in_turn:
            await self._take_in(sources, self._context.window.shelf.images.coming, self._say_refused, leave)

    def _say_refused(self, said: list[str]) -> None:
        more = ntr("and {n} more", "and {n} more", len(said) - 1) if len(said) > 1 else ""
        self._context.window.toast(" · ".join(filter(None, (said[0], more))))

    async def _take_in(
        self,
        given: Sequence[str | bytes],
        coming: Callable[[int, int], None],
        refused: Callable[[list[str]], None],
        take: Callable[[Reference], Coroutine[Any, Any, None]],
    ) -> None:
        pictures = self._context.studio.pictures
        sources = await pictures.expand(given)
        said: list[str] = []
        done = 0
        try:
            coming(0, len(sources))
            async for item in pictures.gather(sources):
                if isinstance(item, Problem):
                    said.append(words.say(item.reason.code, dict(item.reason.facts)))
                else:
                    await take(item)
                    self._bring_soon()
                done += 1
                coming(done, len(sources))
                if self._context.ended.is_set():  # the window doesn't wait for a thousand more
                    break
        finally:
            if said:
                refused(said)
            coming(done, 0)

    async def _into_strip(self, reference: Reference) -> None:
        """With its picture where there is room; the strip itself says what had none."""
        composer = self._context.window.composer
        room = len(composer.strip.references) < MOST_REFERENCES
        small = await self._context.studio.pictures.small(reference) if room else b""
        composer.add_references([(reference, small)])

    async def _use_recipe(self, video: Path) -> None:
        await self._memory.use(Draft(await self._context.studio.pictures.recipe_in(video)))

    def add_frame(self, clip: int, number: int) -> None:
        """One frame of a clip as a reference; -1 is the last."""
        self._context.do(self._add_frame(clip, number))

    async def _add_frame(self, clip: int, number: int) -> None:
        await self._into_strip(await self._context.studio.pictures.frame(clip, number))
        self._bring_soon()

    def use(self, hashes: list[str]) -> None:
        """Images of the library into the composer."""
        self._context.do(self._use(hashes))

    async def _use(self, hashes: list[str]) -> None:
        kept = {one.hash: one for one in await self._kept.get(hashes)}
        for one in hashes:
            if one in kept:
                await self._into_strip(kept[one].reference)

    # What will be sent

    def prepare(self, references: list[Reference]) -> None:
        """What will be sent for each image of the strip; only the last strip is answered."""
        self._prepared += 1
        self._context.do(self._prepare(references, self._prepared))

    async def _prepare(self, references: list[Reference], mine: int) -> None:
        pictures = self._context.studio.pictures
        found = await pictures.prepare(references, still_wanted=lambda: mine == self._prepared)
        if mine == self._prepared:
            ready = [one for one in found if isinstance(one, Prepared)]
            refused = {
                reference.key: words.say(one.reason.code, dict(one.reason.facts))
                for reference, one in zip(references, found, strict=True)
                if isinstance(one, Problem)
            }
            self._context.window.composer.set_prepared(ready)
            self._context.window.centre.set_prepared(ready, refused)

    def bring_picture(self, reference: Reference) -> None:
        """An image whose original Qt cannot read, large, for the preview."""
        self._context.do(self._bring_picture(reference))

    async def _bring_picture(self, reference: Reference) -> None:
        data = await self._context.studio.pictures.thumbnail(reference, _LARGE)
        self._context.window.centre.preview.set_picture(reference.key, data)

    # The Images side of the library

    async def begin(self) -> None:
        """Another library is open: its images, and in the background their small pictures where they are missing."""
        self._query = _ALL
        self._counted.clear()
        await self.bring()
        self._context.do(self._mend())

    def hear(self, news: News) -> None:
        """A clip that is new, thrown away or brought back: its images are used in another number of clips."""
        if isinstance(news, ClipSaved) and news.clip.recipe.references:
            counts = not news.clip.trashed
            if self._counted.get(news.clip.id) != counts:
                self._counted[news.clip.id] = counts
                self._bring_soon()
        elif isinstance(news, ClipRemoved) and self._counted.pop(news.id, False):
            self._bring_soon()

    def _bring_soon(self) -> None:
        if not self._again.isActive():
            self._again.start()

    async def _mend(self) -> None:
        await self._context.studio.pictures.mend(await self._kept.find(_ALL))

    def find(self, query: ImageQuery) -> None:
        """The images that the library shows."""
        self._query = query
        self._context.do(self.bring())

    async def bring(self) -> None:
        """What the Images side shows, and what `@` can name."""
        window, query = self._context.window, self._query
        found = await self._kept.find(query)
        if query is self._query:
            window.shelf.images.set_images(found)
            window.shelf.images.set_tags(await self._kept.tags())
        every = found if query == _ALL else await self._kept.find(_ALL)
        window.composer.set_images(every, self._context.studio.parts.library.folders.root)

    def name(self, hash_: str, name: str) -> None:
        """The creator's name for an image, in the draft that is open as well."""
        self._context.window.composer.rename_image(hash_, name)
        self._context.do(self._change(lambda pictures: pictures.name(hash_, name)))

    def name_reference(self, reference: Reference, name: str) -> None:
        """The same from the strip; what is only a link has its name in the draft alone."""
        if reference.hash:
            self.name(reference.hash, name)
        else:
            self._context.window.composer.rename_image(reference.key, name)

    def tag(self, hashes: list[str], tags: list[str]) -> None:
        """The tags that these images have from now on."""
        self._context.do(self._change(lambda pictures: pictures.tag(hashes, tags)))

    def trash(self, hashes: list[str]) -> None:
        """Off the Images side; recipes that use them go on working."""
        self._context.do(self._change(lambda pictures: pictures.trash(hashes)))

    def restore(self, hashes: list[str]) -> None:
        """Back onto it."""
        self._context.do(self._change(lambda pictures: pictures.restore(hashes)))

    async def _change(self, change: Callable[[Pictures], Awaitable[None]]) -> None:
        await change(self._context.studio.pictures)
        await self.bring()
