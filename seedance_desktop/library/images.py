"""The images of the library as rows, each with a small file beside its original."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from seedance_desktop.domain.kept_images import ImageQuery, ImageSort, KeptImage

from .search import folded, words
from .sidecars import clean_tags, one_line, sidecar, write_sidecar
from .threads import Threads

_SELECT = """
SELECT images.*, (
    SELECT count(*) FROM image_uses
    WHERE image_uses.hash = images.hash AND clip NOT IN (SELECT id FROM clips WHERE trashed > 0)
) AS uses FROM images
"""
_DIGITS = re.compile(r"(\d+)")


class KeptImages:
    """Every image ever used, by content. What its owner would miss is also in the file beside the original."""

    def __init__(self, threads: Threads) -> None:
        """Over a library's threads."""
        self._threads = threads

    async def add(self, image: KeptImage) -> KeptImage:
        """An image whose original lies in `references/`; returns it as it is kept.

        A known one keeps its name, tags and time, and comes back out of the trash.
        """
        beside = sidecar(self._threads.folders, image.hash)
        kept, due = await self._threads.write(_add, image, beside)
        if due:
            await self._write_beside([kept.hash])
        return kept

    async def get(self, hashes: Iterable[str]) -> list[KeptImage]:
        """The images with these hashes that are known, in this order, trashed ones too."""
        return await self._threads.read(get, list(hashes))

    async def find(self, query: ImageQuery) -> list[KeptImage]:
        """The images that the query shows, in its order."""
        return await self._threads.read(find, query)

    async def tags(self) -> list[str]:
        """Every tag that an image outside the trash has, in the order of the alphabet."""
        return await self._threads.read(_tags)

    async def name(self, hash: str, name: str) -> None:
        """Give an image the creator's own name; a blank one changes nothing."""
        clean = one_line(name)
        if clean:
            await self._change([hash], "name", clean)

    async def tag(self, hashes: Sequence[str], tags: Sequence[str]) -> None:
        """Give images these tags, in place of those that they had."""
        await self._change(hashes, "tags", "\n".join(clean_tags(tags)))

    async def trash(self, hashes: Sequence[str], at_ms: int) -> None:
        """Put images into the trash; their originals stay, and the recipes that name them go on working."""
        await self._change(hashes, "trashed", at_ms)

    async def restore(self, hashes: Sequence[str]) -> None:
        """Bring images back out of the trash."""
        await self._change(hashes, "trashed", 0)

    async def _change(self, hashes: Sequence[str], field: str, value: str | int) -> None:
        await self._write_beside(await self._threads.write(_change, list(hashes), field, value))

    async def _write_beside(self, hashes: Iterable[str]) -> None:
        """One file at a time, in between whatever else is to be written: a click that costs money doesn't wait."""
        for one in hashes:
            await self._threads.after_writes(self._write_one, one)

    def _write_one(self, connection: sqlite3.Connection, hash: str) -> None:
        for image in get(connection, [hash]):
            write_sidecar(self._threads.folders, image)


def get(connection: sqlite3.Connection, hashes: Sequence[str]) -> list[KeptImage]:
    """The known ones among these hashes, in this order."""
    wanted = json.dumps(hashes)
    found = connection.execute(f"{_SELECT} WHERE hash IN (SELECT value FROM json_each(?))", (wanted,))  # noqa: S608
    known = {row["hash"]: _image(row) for row in found}
    return [known[one] for one in dict.fromkeys(hashes) if one in known]


def find(connection: sqlite3.Connection, query: ImageQuery) -> list[KeptImage]:
    """The images that a query shows, in its order."""
    rows = connection.execute(f"{_SELECT} WHERE trashed {'> 0' if query.trashed else '= 0'}")
    wanted = [folded(word) for word in words(query.text)]
    images = [image for image in map(_image, rows) if _matches(image, query.tag, wanted)]
    return sorted(images, key=_last_trashed if query.trashed else _ORDERS[query.sort])


def put(connection: sqlite3.Connection, image: KeptImage) -> None:
    """Insert an image or write over its row."""
    connection.execute(
        "INSERT OR REPLACE INTO images (hash, suffix, name, width, height, added, tags, trashed, url) "
        "VALUES (:hash, :suffix, :name, :width, :height, :added, :tags, :trashed, :url)",
        _row(image),
    )


def _matches(image: KeptImage, tag: str, wanted: Sequence[str]) -> bool:
    if tag and tag not in image.tags:
        return False
    text = folded("\n".join((image.name, *image.tags))) if wanted else ""
    return all(word in text for word in wanted)


def _natural(image: KeptImage) -> list[str | int]:
    """By name as a person orders them: image 2 before image 10."""
    return [int(part) if part.isdecimal() else part for part in _DIGITS.split(folded(image.name))]


def _last_trashed(image: KeptImage) -> tuple[int, str]:
    return (-image.trashed, image.hash)


_ORDERS: dict[ImageSort, Callable[[KeptImage], Any]] = {
    ImageSort.NEWEST: lambda image: (-image.added, image.hash),
    ImageSort.NAME: lambda image: (_natural(image), -image.added, image.hash),
    ImageSort.MOST_USED: lambda image: (-image.uses, -image.added, image.hash),
}


def _add(connection: sqlite3.Connection, image: KeptImage, beside: Path) -> tuple[KeptImage, bool]:
    """The image as it is kept, and whether the file beside it must be written."""
    before = get(connection, [image.hash])
    connection.execute(
        "INSERT INTO images (hash, suffix, name, width, height, added, tags, url) "
        "VALUES (:hash, :suffix, :name, :width, :height, :added, :tags, :url) ON CONFLICT (hash) DO UPDATE SET "
        "trashed = 0, suffix = excluded.suffix, width = iif(width, width, excluded.width), "
        "height = iif(height, height, excluded.height), url = iif(url = '', excluded.url, url), "
        "name = iif(name = '', excluded.name, name)",
        _row(image),
    )
    after = get(connection, [image.hash])
    return after[0], before != after or not beside.exists()


def _change(connection: sqlite3.Connection, hashes: Sequence[str], field: str, value: str | int) -> list[str]:
    """The hashes of the images that were changed."""
    changed = connection.execute(
        f"UPDATE images SET {field} = :value "  # noqa: S608
        f"WHERE {field} IS NOT :value AND hash IN (SELECT value FROM json_each(:hashes)) RETURNING hash",
        {"value": value, "hashes": json.dumps(hashes)},
    )
    return [row[0] for row in changed.fetchall()]


def _tags(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("SELECT DISTINCT tags FROM images WHERE trashed = 0 AND tags != ''")
    return sorted({tag for row in rows for tag in row[0].split("\n")}, key=lambda tag: (folded(tag), tag))


def _row(image: KeptImage) -> dict[str, object]:
    return {
        "hash": image.hash,
        "suffix": image.suffix,
        "name": one_line(image.name),
        "width": image.width,
        "height": image.height,
        "added": image.added,
        "tags": "\n".join(clean_tags(image.tags)),
        "trashed": image.trashed,
        "url": image.url,
    }


def _image(row: sqlite3.Row) -> KeptImage:
    return KeptImage(
        hash=row["hash"],
        suffix=row["suffix"],
        name=row["name"],
        width=row["width"],
        height=row["height"],
        added=row["added"],
        tags=tuple(filter(None, row["tags"].split("\n"))),
        uses=row["uses"],
        trashed=row["trashed"],
        url=row["url"],
    )
