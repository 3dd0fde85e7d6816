"""Where the images of the strip lie: side by side, going on in the next line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize

_GAP = 6
_LINE_GAP = 8
SLOT = 46
"""The width of a place without an image."""


def places(sizes: Sequence[QSize], width: int) -> list[QRect]:
    """A place for each size, line by line within `width`."""
    left = top = 0
    found = []
    for size in sizes:
        if left and left + size.width() > width:
            left, top = 0, top + size.height() + _LINE_GAP
        found.append(QRect(left, top, size.width(), size.height()))
        left += size.width() + _GAP
    return found


def slot(last: QRect, width: int, foot: int) -> QRect:
    """The place behind the last one, without its foot; null where its line is full."""
    behind = QRect(last.right() + 1 + _GAP, last.top(), SLOT, last.height() - foot)
    return behind if behind.right() < width else QRect()


def nearest(found: Sequence[QRect], point: QPoint) -> int:
    """The number of the place whose middle is nearest to `point`."""
    return min(range(len(found)), key=lambda index: (found[index].center() - point).manhattanLength())
