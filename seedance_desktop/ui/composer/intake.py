"""What a drop or a paste carries: paths, encoded images and links, read at once and never decoded here."""

from __future__ import annotations

import re

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QImage

from seedance_desktop.domain.catalogue import IMAGE_MOST_BYTES

Item = str | bytes
"""A path or an http(s) link, or the bytes of an encoded image."""

_ENCODED = ("image/png", "image/jpeg", "image/webp", "image/avif", "image/heic", "image/gif", "image/tiff")
_MOST_FILES = 100
_MOST_HTML = 200_000
_IMG = re.compile(r"<img\b[^>]*?\bsrc\s*=\s*[\"'](https?://[^\"']+)[\"']", re.IGNORECASE)


def carries_images(mime: QMimeData) -> bool:
    """Whether a drop may hold images: files, an image itself, or links."""
    return bool(_files(mime)) or _has_image(mime) or bool(_links(mime))


def pastes_images(mime: QMimeData) -> bool:
    """Whether a paste means images rather than text: office programs put a picture of every text beside it."""
    return bool(_files(mime)) or (_has_image(mime) and not mime.hasText())


def how_many(mime: QMimeData) -> int:
    """How many images a drop would add, before anything is read."""
    return len(_files(mime)) or (1 if _has_image(mime) else len(_links(mime)))


def read(mime: QMimeData) -> list[Item]:
    """What is carried, best source first: local files, encoded images, a picture in memory, links.

    Bytes beyond the limit of an image are cut one past it, so that the reader can say "too heavy" without the cost.
    """
    if files := _files(mime):
        return list(files)
    for format_ in _ENCODED:
        if mime.hasFormat(format_) and (data := mime.data(format_).data()):
            return [bytes(data[: IMAGE_MOST_BYTES + 1])]
    if mime.hasImage() and (encoded := _encode(mime.imageData())):
        return [encoded]
    return list(_links(mime))


def _files(mime: QMimeData) -> list[str]:
    urls = mime.urls()[:_MOST_FILES] if mime.hasUrls() else []
    return [url.toLocalFile() for url in urls if url.isLocalFile()]


def _has_image(mime: QMimeData) -> bool:
    return mime.hasImage() or any(mime.hasFormat(format_) for format_ in _ENCODED)


def _links(mime: QMimeData) -> list[str]:
    # A picture dragged out of a web page: its own address is in the HTML, the plain link may be the page round it.
    if mime.hasHtml() and (found := _IMG.search(mime.html()[:_MOST_HTML])):
        return [found.group(1).replace("&amp;", "&")]
    urls: list[QUrl] = mime.urls()[:_MOST_FILES] if mime.hasUrls() else []
    return [url.toString() for url in urls if url.scheme() in ("http", "https")]


def _encode(image: object) -> bytes:
    """A picture that exists only in memory (Windows' clipboard, Chrome on macOS) as a lightly packed PNG."""
    if not isinstance(image, QImage) or image.isNull():
        return b""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", 80)  # type: ignore[call-overload]  # the stubs want bytes, Qt wants a name
    return bytes(buffer.data().data())
