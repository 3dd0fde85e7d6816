"""Makes bytes of pictures that exist only in memory and of `data:` links, away from the window's thread."""

from __future__ import annotations

import binascii
from collections.abc import Sequence
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QBuffer, QIODevice, QObject, Signal
from PySide6.QtGui import QImage

from seedance_desktop.domain.catalogue import IMAGE_MOST_BYTES
from seedance_desktop.ui.background import in_background

from . import links

Loose = str | bytes | QImage
"""A path, a link, bytes, or a picture in memory."""

_LIGHTLY = 80  # of 100: half the time of packing well, for bytes that are decoded again a moment later
_MOST_BASE64 = (IMAGE_MOST_BYTES // 3 + 2) * 4


class Packer(QObject):
    """`packed(list)` answers every `pack` in turn, with str (paths, http links) and bytes."""

    packed = Signal(list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked = self._told = 0
        self._ready: dict[int, list[str | bytes]] = {}

    def pack(self, items: Sequence[Loose]) -> None:
        """Make bytes of what isn't yet; at once where there is nothing to make and nothing before it is being made."""
        turn, self._asked = self._asked, self._asked + 1
        if any(_is_loose(item) for item in items):
            loose = list(items)
            in_background(lambda: (turn, [packed(item) for item in loose]), self._tell)
        else:
            self._tell((turn, [item for item in items if not isinstance(item, QImage)]))

    def _tell(self, answer: tuple[int, list[str | bytes]]) -> None:
        turn, made = answer
        self._ready[turn] = made
        while self._told in self._ready:  # in the order of asking, however long each took
            self.packed.emit(self._ready.pop(self._told))
            self._told += 1


def packed(item: Loose) -> str | bytes:
    """One item with its bytes: a lightly packed PNG of a picture, the content of a `data:` link."""
    if isinstance(item, QImage):
        return _png(item)
    return _content(item) if isinstance(item, str) and links.is_data(item) else item


def _is_loose(item: Loose) -> bool:
    return isinstance(item, QImage) or (isinstance(item, str) and links.is_data(item))


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", _LIGHTLY)  # type: ignore[call-overload]  # the stubs want bytes, Qt wants a name
    return bytes(buffer.data().data())


def _content(link: str) -> bytes:
    """What a `data:` link holds; where it is broken, bytes that no reader takes for an image."""
    head, _, body = link.partition(",")
    if not head.lower().endswith(";base64"):
        return unquote_to_bytes(body)[: IMAGE_MOST_BYTES + 1]
    try:
        return binascii.a2b_base64(unquote_to_bytes(body[:_MOST_BASE64].strip()))
    except binascii.Error:
        return body.encode()[:IMAGE_MOST_BYTES]
