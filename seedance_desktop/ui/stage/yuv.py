"""Turns planes of 8-bit YUV 4:2:0 into a picture for the screen, in the colours the file means, with Qt's own speed.

Qt's conversion in software always takes BT.601 for the matrix, and its conversion by OpenGL takes 250 ms to start and
50 ms a picture where there is no graphics card. So the sum is done here, as look-ups and additions of whole images:
luma is scaled to the size that is wanted first, what the two chroma planes add to and take from each colour is worked
out at chroma's own size, and then laid on top. Right to two steps of 255; a 1080p picture takes 5 to 10 ms.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TypeAlias

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, qRgb

Plane: TypeAlias = bytes | memoryview
_ENOUGH = 1.5  # lines for each of the target's
_WEIGHTS = {"bt709": (0.2126, 0.0722), "bt601": (0.299, 0.114)}  # of red and blue in luma (ITU-R BT.709, BT.601)


def render(
    planes: Sequence[Plane],
    strides: Sequence[int],
    size: QSize,
    target: QSize,
    *,
    matrix: str,
    full_range: bool,
    fine: bool = True,
) -> QImage:
    """The picture of `size` at `target`, never larger than it is; `fine` also smooths its colours.

    `planes` are Y, U and V with `strides` bytes a line; `matrix` is `"bt709"` or `"bt601"`.
    """
    luma, *tables = _tables(matrix, full_range)
    half = QSize((size.width() + 1) // 2, (size.height() + 1) // 2)
    skip = 1 if fine else max(1, int(size.height() / max(1, target.height()) / _ENOUGH))
    if skip > 1:  # a small picture that moves needs only some of the lines
        size, half = QSize(size.width(), size.height() // skip), QSize(half.width(), half.height() // skip)
        strides = [stride * skip for stride in strides]
    made = _looked_up(planes[0], strides[0], size, luma)
    if target.width() < size.width():
        made = made.scaled(target, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    more, less = _colours(planes[1:], strides[1:], half, tables)
    _add(made, less, fine)
    made.invertPixels()
    _add(made, more, fine)
    return made


def _colours(
    chroma: Sequence[Plane], strides: Sequence[int], size: QSize, tables: Sequence[tuple[int, ...]]
) -> tuple[QImage, QImage]:
    """What chroma adds to each colour, and what it takes away; for every pixel and colour one of the two is 0."""
    more = _looked_up(chroma[0], strides[0], size, tables[0])
    _add(more, _looked_up(chroma[1], strides[1], size, tables[1]))
    less = _looked_up(chroma[0], strides[0], size, tables[2])
    _add(less, _looked_up(chroma[1], strides[1], size, tables[3]))
    return _less(more, less), _less(less, more)


def _less(one: QImage, other: QImage) -> QImage:
    """`one` minus `other`, not below 0."""
    made = one.copy()
    made.invertPixels()
    _add(made, other)
    made.invertPixels()
    return made


def _add(onto: QImage, image: QImage, fine: bool = False) -> None:
    """Add `image`, scaled to the size of `onto`, up to white."""
    painter = QPainter(onto)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, fine)
    painter.drawImage(onto.rect(), image)
    painter.end()


def _looked_up(plane: Plane, stride: int, size: QSize, table: tuple[int, ...]) -> QImage:
    indexed = QImage(plane, size.width(), size.height(), stride, QImage.Format.Format_Indexed8)
    indexed.setColorTable(table)
    return indexed.convertToFormat(QImage.Format.Format_RGB32)


@cache
def _tables(matrix: str, full_range: bool) -> tuple[tuple[int, ...], ...]:
    """Luma upside down (255 is black), then what U and V add, then what U and V take away."""
    red, blue = _WEIGHTS[matrix]
    green = 1 - red - blue
    black, luma, chroma = (0, 1.0, 1.0) if full_range else (16, 255 / 219, 255 / 224)
    u = (0.0, -2 * (1 - blue) * blue / green * chroma, 2 * (1 - blue) * chroma)
    v = (2 * (1 - red) * chroma, -2 * (1 - red) * red / green * chroma, 0.0)
    grey = tuple(qRgb(*[255 - _byte((value - black) * luma)] * 3) for value in range(256))
    return grey, _table(u, 1), _table(v, 1), _table(u, -1), _table(v, -1)


def _table(factors: tuple[float, float, float], sign: int) -> tuple[int, ...]:
    return tuple(qRgb(*(_byte(sign * factor * (value - 128)) for factor in factors)) for value in range(256))


def _byte(value: float) -> int:
    return max(0, min(255, round(value)))
