"""Checks that a telephone's HEIC photograph is read upright and in its colours, by the intake of reference images."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from seedance_desktop.domain import resources

from .fault import expect

_SIZE = (640, 360)  # as a person sees it; the file says that it was held turned by a quarter
# Patches of 8 by 8 pixels. Those of the warm sky are 9 off where the file's colours (Display P3) are taken for sRGB.
_AT = ((60, 60), (320, 180), (460, 180), (560, 180), (500, 60), (560, 300), (100, 310))
_SIDE = 8
_NEAR = 5  # of 255


async def heic_is_read() -> str:
    """It is the picture that it was made of, upright: resources/demo/lighthouse.jpg."""
    from seedance_desktop.media import images

    file = resources.folder() / "clips" / "self-test.heic"
    taken = await asyncio.to_thread(images.take_in, file, file.name)
    expect(taken.suffix == ".heic", f"it is taken for {taken.suffix}")
    expect((taken.width, taken.height) == _SIZE, f"it is {taken.width} x {taken.height}: not turned upright")
    came = QImage.fromData(await asyncio.to_thread(images.thumbnail, file, _SIZE))
    original = resources.folder() / "demo" / "lighthouse.jpg"
    wanted = QImage.fromData(await asyncio.to_thread(images.thumbnail, original, _SIZE))
    for x, y in _AT:
        one, other = _patch(came, x, y), _patch(wanted, x, y)
        apart = max(abs(one.red() - other.red()), abs(one.green() - other.green()), abs(one.blue() - other.blue()))
        expect(apart <= _NEAR, f"the patch at {x}, {y} is {one.name()}, not {other.name()}")
    return f"{taken.width} x {taken.height}, upright, {len(_AT)} patches as in the original"


def _patch(image: QImage, x: int, y: int) -> QColor:
    """The mean colour around a place."""
    smooth = Qt.TransformationMode.SmoothTransformation
    patch = image.copy(x - _SIDE // 2, y - _SIDE // 2, _SIDE, _SIDE)
    return patch.scaled(1, 1, mode=smooth).pixelColor(0, 0)
