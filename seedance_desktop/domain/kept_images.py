"""The images of the library: every reference ever used, by content, with the creator's own names for them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .recipe import Reference


@dataclass(frozen=True, slots=True)
class KeptImage:
    """One image. `added` and `trashed` are milliseconds since 1970 UTC; `uses` counts the clips made with it."""

    hash: str
    suffix: str
    name: str
    width: int
    height: int
    added: int
    tags: tuple[str, ...] = ()
    uses: int = 0
    trashed: int = 0
    url: str = ""

    @property
    def poster(self) -> str:
        """Its small picture, relative to the library; it can be made again."""
        return f"posters/{self.hash}.jpg"

    @property
    def reference(self) -> Reference:
        """It as a reference of a recipe."""
        return Reference(self.name, self.hash, self.suffix, self.url, self.width, self.height)


class ImageSort(StrEnum):
    """The orders of the images."""

    NEWEST = "newest"
    NAME = "name"
    MOST_USED = "most-used"


@dataclass(frozen=True, slots=True)
class ImageQuery:
    """Images whose name or a tag holds every word of `text`, in `sort` order; or those in the trash."""

    text: str = ""
    tag: str = ""
    sort: ImageSort = ImageSort.NEWEST
    trashed: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """What will be sent for a reference, and what it was made from.

    `data` are the very bytes, `mime` their type, `width` and `height` in pixels; `before_…` is the original, its size
    in bytes. `first_of_many`: only the first frame of an animation goes. `filled`: what was transparent is white now.
    `changed`: other bytes than the original's go (scaled, cropped, converted or encoded again).
    """

    reference: Reference
    data: bytes
    mime: str
    width: int
    height: int
    before_suffix: str
    before_size: int
    before_width: int
    before_height: int
    first_of_many: bool = False
    filled: bool = False
    changed: bool = False
