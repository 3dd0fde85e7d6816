"""What a drop or a paste carries: our own things, paths, encoded images and links, read at once, never decoded here."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from seedance_desktop.domain.catalogue import IMAGE_MOST_BYTES
from seedance_desktop.ui import drags

from . import links, local_files


@dataclass(frozen=True, slots=True)
class Kept:
    """An image of the library, by its content hash."""

    hash: str


@dataclass(frozen=True, slots=True)
class Still:
    """A frame of a clip of the library, counted from 0; -1 is the last."""

    clip: int
    frame: int


Item = str | bytes | QImage | Kept | Still
"""A path, an http(s) or `data:` link, the bytes of an encoded image, a picture in memory, or something of ours."""


@dataclass(frozen=True, slots=True)
class Coming:
    """What letting go would bring, before anything is read. `images` is 0 for none; a folder counts as one image."""

    images: int
    folders: bool = False
    recipes: bool = False


# In order of preference. Windows' own formats keep the transparency that its bitmaps lose; Qt reads them by name.
_ENCODED = (
    "image/png",
    'application/x-qt-windows-mime;value="PNG"',
    "image/jpeg",
    "image/jpg",
    'application/x-qt-windows-mime;value="JFIF"',
    "image/webp",
    "image/avif",
    "image/heic",
    "image/heif",
    "image/gif",
    "image/tiff",
    "image/bmp",
)


def carries_images(mime: QMimeData) -> bool:
    """Whether a drop, or a paste beside the prompt, may hold images: ours, files, an image itself, or links."""
    return coming(mime).images > 0


def pastes_images(mime: QMimeData) -> bool:
    """Whether a paste into the prompt means images rather than text.

    Office programs put a picture of every text beside it: words win. Browsers put an image's address beside it as
    text: the image wins. An address alone is text.
    """
    if _ours(mime) or local_files.found(mime):
        return True
    if links.speaks(mime):
        return False
    return _has_image(mime) or bool(links.in_html(mime)) or links.is_data(links.plain(mime))


def is_text(mime: QMimeData) -> bool:
    """Whether it is plain text and nothing else, if only an address: over the prompt that stays text."""
    return bool(links.plain(mime)) and not (mime.hasUrls() or pastes_images(mime))


def coming(mime: QMimeData) -> Coming:
    """What letting go would bring."""
    if ours := _ours(mime):
        return Coming(len(ours))
    if files := local_files.found(mime):
        return Coming(len(files), local_files.with_folders(files), local_files.all_videos(files))
    return Coming(1 if _has_image(mime) else len(links.found(mime)))


def read(mime: QMimeData) -> list[Item]:
    """What is carried, best source first: ours, local files, encoded images, a picture in memory, links.

    Bytes beyond the limit of an image are cut one past it, so that the reader can say "too heavy" without the cost.
    """
    if ours := _ours(mime):
        return list(ours)
    if files := local_files.found(mime):
        return list(local_files.one_by_one(mime, files))
    for kind in _ENCODED:
        if mime.hasFormat(kind) and (data := mime.data(kind).data()):
            return [bytes(data[: IMAGE_MOST_BYTES + 1])]
    picture = mime.imageData() if mime.hasImage() else None
    if isinstance(picture, QImage) and not picture.isNull():
        return [picture]
    return list(links.found(mime))


def _ours(mime: QMimeData) -> list[Kept | Still]:
    kept = [Kept(one) for one in drags.images(mime)]
    return [*kept] or [Still(clip, frame) for clip, frame in drags.frames(mime)]


def _has_image(mime: QMimeData) -> bool:
    return mime.hasImage() or any(mime.hasFormat(kind) for kind in _ENCODED)
