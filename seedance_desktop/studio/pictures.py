"""Images into the library from anything that can be one, and what becomes of them: names, small pictures, the wire."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.errors import BadImage, Problem, Refused
from seedance_desktop.domain.kept_images import KeptImage, Prepared
from seedance_desktop.domain.recipe import Recipe, Reference
from seedance_desktop.library.files import write_whole

from . import packing, sources
from .desk import Desk
from .parts import now_ms
from .sources import Source

if TYPE_CHECKING:
    from seedance_desktop.media.images import Taken

_POSTER = (480, 320)
_AT_ONCE = 2  # images decoded at a time: the window, and clips that arrive, need the processor too
_WORDS, _LONGEST_WORDS = 5, 32


class Pictures:
    """The images of a library as the window and the command line use them; all heavy work is in worker threads."""

    def __init__(self, desk: Desk) -> None:
        """Over the studio's library."""
        self._desk = desk
        self._places = asyncio.Semaphore(_AT_ONCE)

    # In

    async def take_in(self, source: Source) -> Reference:
        """A file, encoded bytes, or a link whose image is fetched, as a reference; its bytes are kept once.

        An image that is known keeps its name. Raises `BadImage`, `DiskProblem`.
        """
        name = sources.name_of(source)
        if not isinstance(source, str):
            return await self._keep(source, name, "")
        link = source.strip()
        url = "" if link.lower().startswith("data:") else link
        return await self._keep(await self._behind(link, name), name, url)

    def linked(self, link: str) -> Reference:
        """A public http(s) link as a reference that is sent as the link it is; nothing is fetched."""
        link = link.strip()
        if not link.lower().startswith(("http://", "https://")):
            raise BadImage("image-link-refused", name=sources.name_of(link))
        return Reference(sources.name_of(link), url=link, as_link=True)

    async def expand(self, given: Sequence[Source | Problem]) -> list[Source | Problem]:
        """What `gather` takes in, folders as their images: hand it on to `gather`, and you know how many will come."""
        return await asyncio.to_thread(sources.expand, given)

    async def gather(self, given: Sequence[Source | Problem]) -> AsyncIterator[Reference | Problem]:
        """Everything given, one after the other, each as a reference or what is wrong with it.

        Text is a link or a path. Folders are expanded: naturally sorted, images only, at most 1000 in all.
        """
        for source in await self.expand(given):
            yield source if isinstance(source, Problem) else await self._try(source)

    async def _try(self, source: Source) -> Reference | Problem:
        try:
            return await self.take_in(source)
        except Problem as problem:
            if problem.reason.code == "disk-full":  # what is said of it elsewhere, that it goes on by itself, is not so
                return Problem("image-disk-full", name=sources.name_of(source))
            return problem

    async def frame(self, clip: int, number: int) -> Reference:
        """One frame of a finished clip as a lossless image that names its parent, counted from 0; -1 is the last."""
        found = await self._desk.parts.library.get([clip])
        if not found:
            raise Refused("clip-unknown", name=clip)
        if found[0].stage is not Stage.READY or not (found[0].file or found[0].outside):
            raise Refused("clip-not-for-that", name=found[0].name, stage=found[0].stage.value)
        file = self._desk.parts.library.folders.file_of(found[0])
        async with self._places:
            exact, data = await asyncio.to_thread(_still, file, number)
        return replace(await self._keep(data, f"{_called(found[0])} {exact}", ""), clip=clip, frame=exact)

    async def _behind(self, link: str, name: str) -> bytes:
        """The bytes of a link, from the net or from inside it."""
        if link.lower().startswith("data:"):
            return await asyncio.to_thread(sources.data_of, link)
        if not sources.is_link(link):
            raise BadImage("image-link-refused", name=name)
        return await self._desk.parts.gateway.picture(link, name)

    async def _keep(self, source: Path | bytes, name: str, url: str) -> Reference:
        """Original and small picture on disk, then the row: what the library knows of is there."""
        async with self._places:
            taken = await asyncio.to_thread(self._write, source, name)
        image = KeptImage(taken.hash, taken.suffix, name, taken.width, taken.height, now_ms(), url=url)
        kept = (await self._desk.parts.library.images.add(image)).reference
        return replace(kept, url=url or kept.url)

    def _write(self, source: Path | bytes, name: str) -> Taken:
        from seedance_desktop.media import images

        folders = self._desk.parts.library.folders
        taken = images.take_in(source, source.name if isinstance(source, Path) else name)
        poster = folders.posters / f"{taken.hash}.jpg"
        small = b"" if poster.exists() else images.thumbnail(taken.data, _POSTER)
        original = folders.references / f"{taken.hash}{taken.suffix}"
        if not original.exists():
            write_whole(original, taken.data)
        if small:
            write_whole(poster, small)
        return taken

    # What is seen and sent

    async def prepare(
        self, references: Sequence[Reference], still_wanted: Callable[[], bool] = lambda: True
    ) -> list[Prepared | BadImage]:
        """What will be sent for each, by the very function that packs the request; see `packing.prepare`.

        Nothing as soon as it is no longer wanted, which is asked before each image.
        """
        most, folders = packing.budget(references), self._desk.parts.library.folders
        made: list[Prepared | BadImage] = []
        for reference in references:
            async with self._places:
                if not still_wanted():
                    return []
                made.append(await asyncio.to_thread(packing.prepare_one, reference, folders, most))
        return made

    async def thumbnail(self, reference: Reference, box: tuple[int, int]) -> bytes:
        """A JPEG of the whole image, at most `box` pixels; empty where there are no bytes of it. Raises `BadImage`."""
        if not reference.file:
            return b""
        async with self._places:
            return await asyncio.to_thread(_small, self._desk.parts.library.folders.references / reference.file, box)

    async def small(self, reference: Reference) -> bytes:
        """A JPEG of the whole image for the strip: the library's own, made anew where it is missing.

        Empty where there are no bytes of it. Raises `BadImage`.
        """
        if not reference.file:
            return b""
        poster = self._desk.parts.library.folders.posters / f"{reference.hash}.jpg"
        return await asyncio.to_thread(_bytes_of, poster) or await self.thumbnail(reference, _POSTER)

    async def mend(self, images: Iterable[KeptImage]) -> None:
        """Make the small pictures that are missing, where their originals are there."""
        folders = self._desk.parts.library.folders
        for image in images:
            async with self._places:
                await asyncio.to_thread(_mend, folders.references / image.reference.file, folders.inside(image.poster))

    async def recipe_in(self, video: Path) -> Recipe:
        """The recipe that an MP4 of ours carries, its images joined with the library's by their content.

        Images that are not here stay in it, without a file: they cannot be sent, and say so. Raises
        `Refused("video-without-recipe")`, `BadClip`, `DiskProblem`.
        """
        return await self.joined(await asyncio.to_thread(_read_recipe, video))

    async def joined(self, recipe: Recipe) -> Recipe:
        """A recipe that came from outside, its images joined with the library's by their content."""
        found = await self._desk.parts.library.images.get([one.hash for one in recipe.references])
        kept = {image.hash: image.reference for image in found}
        here = [replace(kept.get(one.hash, one), part=one.part) for one in recipe.references]
        return replace(recipe, references=tuple(here))

    # What the creator says of them

    async def name(self, hash_: str, name: str) -> None:
        """The creator's own name for an image; a blank one changes nothing."""
        await self._desk.parts.library.images.name(hash_, name)

    async def tag(self, hashes: Sequence[str], tags: Sequence[str]) -> None:
        """The tags that these images have from now on."""
        await self._desk.parts.library.images.tag(hashes, tags)

    async def trash(self, hashes: Sequence[str]) -> None:
        """Off the Images side; their originals stay, and recipes that use them go on working."""
        await self._desk.parts.library.images.trash(hashes, now_ms())

    async def restore(self, hashes: Sequence[str]) -> None:
        """Back onto it."""
        await self._desk.parts.library.images.restore(hashes)


def _called(clip: Clip) -> str:
    """A clip by its shot, else by its first words."""
    words = clip.shot or " ".join(clip.recipe.prompt.split()[:_WORDS])
    return words[:_LONGEST_WORDS].rstrip()


def _still(file: Path, number: int) -> tuple[int, bytes]:
    """A frame's own number and its PNG (blocking)."""
    from seedance_desktop.media.frames import FrameReader

    if not file.exists():
        raise Problem("clip-file-missing", file=file.name)
    with FrameReader(file, most_bytes=0) as reader:
        exact = number if number >= 0 else len(reader.timeline.times) + number
        return exact, reader.still(exact)


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _small(file: Path, box: tuple[int, int]) -> bytes:
    from seedance_desktop.media import images

    return images.thumbnail(file, box)


def _mend(original: Path, poster: Path) -> None:
    if poster.exists() or not original.exists():
        return
    try:
        write_whole(poster, _small(original, _POSTER))
    except BadImage:  # damaged since it came in; it is shown without a picture
        return


def _read_recipe(video: Path) -> Recipe:
    from . import carried

    return carried.read(video)
