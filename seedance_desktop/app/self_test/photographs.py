"""Checks that a telephone's HEIC photograph is read upright and in its colours, by the intake of reference images."""

from __future__ import annotations

import asyncio

from PySide6.QtGui import QImage

from seedance_desktop.domain import resources

from .fault import expect

_SIZE = (640, 360)  # as a person sees it; the file says that it was held turned by a quarter
_AT = ((60, 60), (320, 180), (500, 60), (560, 300), (100, 310))
_NEAR = 20  # of 255


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
        one, other = came.pixelColor(x, y), wanted.pixelColor(x, y)
        apart = max(abs(one.red() - other.red()), abs(one.green() - other.green()), abs(one.blue() - other.blue()))
        expect(apart <= _NEAR, f"pixel {x}, {y} is {one.name()}, not {other.name()}")
    return f"{taken.width} x {taken.height}, upright, {len(_AT)} pixels as in the original"
