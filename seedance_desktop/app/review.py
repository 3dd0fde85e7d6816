"""Wishes of review: tags, notes and ranges, small pictures of a clip, its family, and the way back to making."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QImage

from seedance_desktop.domain.clip import Clip, Flag, Stage, id_to_name
from seedance_desktop.domain.errors import Problem
from seedance_desktop.words import tr

from .context import Context
from .memory import Memory
from .saving import save_file

if TYPE_CHECKING:
    from seedance_desktop.library.files import Folders

log = logging.getLogger(__name__)

_STRIP_HIGH = 112  # pixels: the filmstrip at twice its height, for fine screens
_HOVER = (12, 196)  # pictures that play on a card, and how high
_AT_ONCE = 1  # filmstrips are made one after the other: what plays needs the processor more


class Review:
    """Answers the stage, the shelf and Compare; only the last filmstrip asked for by each clip is made."""

    def __init__(self, context: Context, memory: Memory) -> None:
        """For the window's program."""
        self._context, self._memory = context, memory
        self._strips = asyncio.Semaphore(_AT_ONCE)

    @property
    def _folders(self) -> Folders:
        return self._context.studio.parts.library.folders

    async def _clip(self, number: int) -> tuple[Clip, Path] | None:
        """A finished clip and its file."""
        for clip in await self._context.studio.parts.library.get([number]):
            if clip.stage is Stage.READY:
                return clip, self._folders.file_of(clip)
        return None

    # Judging

    def judge(self, clips: list[int], stars: int, flag: str) -> None:
        """Stars (-1 leaves them) and flag ("-" leaves it) of however many clips, as one step."""
        kept = None if flag == "-" else Flag(flag)
        self._context.ask(lambda studio: studio.keeping.judge(clips, None if stars < 0 else stars, kept))

    def mark(self, clip: int, first: int, last: int) -> None:
        """The chosen range."""
        self._context.ask(lambda studio: studio.keeping.mark(clip, first, last))

    def tag(self, clips: list[int], add: list[str], remove: list[str]) -> None:
        """Tags, of however many clips."""
        self._context.ask(lambda studio: studio.keeping.tag(clips, add, remove))

    def note(self, clip: int, text: str) -> None:
        """Notes."""
        self._context.ask(lambda studio: studio.keeping.note(clip, text))

    def reject_rest(self, clip: int) -> None:
        """Every other take of its stack that isn't picked."""
        self._context.ask(lambda studio: studio.keeping.reject_rest(clip))

    def undo(self) -> None:
        """The last step of judging back."""
        self._context.ask(lambda studio: studio.keeping.undo_judging())

    def weigh_trash(self, clips: list[int]) -> None:
        """How much would be freed, before it is asked whether to."""
        self._context.do(self._weigh_trash(clips))

    async def _weigh_trash(self, numbers: list[int]) -> None:
        clips = await self._context.studio.parts.library.get(numbers)
        freed = sum(clip.footage.size for clip in clips if clip.footage and not clip.outside)
        handed = sum(clip.handed > 0 for clip in clips)
        self._context.window.shelf.commands.ask_to_empty(numbers, freed, handed)

    def empty_trash(self, clips: list[int]) -> None:
        """Delete files for good."""
        self._context.ask(lambda studio: studio.keeping.empty_trash(clips))

    # Small pictures

    def bring_filmstrip(self, clip: int, count: int) -> None:
        """Pictures for the strip under the timeline."""
        self._context.do(self._bring_filmstrip(clip, count))

    async def _bring_filmstrip(self, number: int, count: int) -> None:
        pictures = await self._filmstrip(number, count, _STRIP_HIGH)
        self._context.window.stage.set_filmstrip(number, pictures)
        self._context.window.compare.set_filmstrip(number, pictures)

    def bring_hover(self, clip: int) -> None:
        """Pictures that play on a card."""
        self._context.do(self._bring_hover(clip))

    async def _bring_hover(self, number: int) -> None:
        count, high = _HOVER
        self._context.window.shelf.hover(number, await self._filmstrip(number, count, high))

    async def _filmstrip(self, number: int, count: int, high: int) -> list[bytes]:
        """None where the file can't be read: the stage says so when the clip is opened."""
        from seedance_desktop.media import filmstrips

        found = await self._clip(number)
        if found is None:
            return []
        try:
            async with self._strips:
                return await asyncio.to_thread(filmstrips.filmstrip, found[1], count, high)
        except Problem as problem:
            log.info("no filmstrip of %s: %s", id_to_name(number), problem.reason.code)
            return []

    # Family, and back to making

    def bring_family(self, clip: int) -> None:
        """What a clip came from, and what came from it."""
        self._context.do(self._bring_family(clip))

    async def _bring_family(self, number: int) -> None:
        self._context.window.stage.set_family(await self._context.studio.parts.library.family(number))

    def continue_from(self, clip: int, frame: int, exact: bool) -> None:
        """A draft that goes on from a frame."""
        self._context.do(self._continue_from(clip, frame, exact=exact))

    async def _continue_from(self, clip: int, frame: int, *, exact: bool) -> None:
        continued = await self._context.studio.continuing.draft_from(clip, frame, exact=exact)
        await self._memory.use(continued.draft)
        if continued.said is not None:
            self._context.complain(continued.said)

    def grab(self, clip: int, frame: int, file: str) -> None:
        """One frame, whole and lossless, into a file or onto the clipboard."""
        self._context.do(self._grab(clip, frame, file))

    async def _grab(self, number: int, frame: int, file: str) -> None:
        from seedance_desktop.media import frames

        found = await self._clip(number)
        if found is None:
            return
        png = await asyncio.to_thread(frames.still, found[1], frame)
        if file:
            await asyncio.to_thread(save_file, Path(file), png)
            self._context.window.toast(tr("Frame {n} saved as {name}").format(n=frame, name=Path(file).name))
            return
        data = QMimeData()
        data.setData("image/png", png)
        data.setImageData(await asyncio.to_thread(QImage.fromData, png))
        QGuiApplication.clipboard().setMimeData(data)
        self._context.window.toast(tr("Frame {n} copied").format(n=frame))
