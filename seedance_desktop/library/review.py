"""What the library gives to those who review: what is found, stacks, takes, tags, families; and an empty trash."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Iterable, Sequence

from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.family import Family
from seedance_desktop.domain.shelf import Query

from . import emptying, family, known_files, records, shelf
from .threads import Threads


class Review:
    """The finished clips of a library."""

    def __init__(self, threads: Threads) -> None:
        """Over a library's threads."""
        self.folders = threads.folders
        self._threads = threads

    async def find(self, query: Query) -> array[int]:
        """The ids that the library view shows, in order; the trash is never stacked."""
        return await (self._threads.read if query.most else self._threads.read_long)(shelf.ids, query)

    async def count(self, query: Query) -> int:
        """How many clips the library view shows."""
        return await self._threads.read_long(shelf.count, query)

    async def stack_sizes(self, ids: Iterable[int]) -> dict[int, int]:
        """How many takes lie on the stack of each of these clips that is on the shelf."""
        return await self._threads.read(shelf.stack_sizes, list(ids))

    async def takes(self, clip: int) -> list[Clip]:
        """Every take on the shelf of this clip's stack, the best first; at most a thousand."""
        return await self._threads.read(shelf.takes, clip)

    async def tags(self) -> list[str]:
        """Every tag of a clip outside the trash, the most used first."""
        return await self._threads.read(shelf.tags)

    async def family(self, clip: int) -> Family:
        """What a clip came from and what came from it, over all generations."""
        return await self._threads.read(family.family, clip)

    async def of_sizes(self, sizes: Iterable[int]) -> list[Clip]:
        """The finished clips whose files have one of these sizes in bytes, also those in the trash."""
        return await self._threads.read(known_files.of_sizes, list(sizes))

    async def delete_trashed(self, ids: Iterable[int]) -> list[str]:
        """Delete clips in the trash for good; returns the files, relative to the library, that can't be deleted.

        Those clips stay in the trash, and what is not in the trash is left alone. A clip without a submit is gone
        wholly. The row and the record of any other stay, `cancelled` for the reason `deleted` and still in the trash,
        without a file: for the ledger, the prompt history and a rebuild. Nothing outside the library is deleted.
        """
        clips, shared = await self._threads.read(emptying.in_trash, list(ids))
        gone, stuck = await asyncio.to_thread(self._delete_files, clips, shared)
        await self._threads.write(emptying.forget, [clip.id for clip in gone])
        await self._write_due()
        return [clip.file for clip in stuck]

    async def _write_due(self) -> None:
        """The files beside clips that are due: a few at a time, so that a click that costs money waits for no more."""
        while await self._threads.after_writes(records.write_due, self.folders):
            continue

    def _delete_files(self, clips: Sequence[Clip], shared: set[str]) -> tuple[list[Clip], list[Clip]]:
        gone: list[Clip] = []
        stuck: list[Clip] = []
        for clip in clips:
            (gone if emptying.delete_file(self.folders, clip, shared) else stuck).append(clip)
        return gone, stuck
