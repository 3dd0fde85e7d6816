"""Reference pictures in motion: cropped as upstream crops them, pushed in slowly, dissolved into each other."""

from collections.abc import Sequence
from typing import Final

import av
from PIL import Image, ImageOps

from seedance_desktop.demo.canvas import Size, smooth
from seedance_desktop.demo.colour import PIXELS, film_frame

PUSH: Final = 0.10  # how much larger a picture is after PUSH_IN seconds
PUSH_IN: Final = 5.0
DISSOLVE: Final = 0.7  # seconds between two references
Planes = tuple[Image.Image, Image.Image, Image.Image]


class Motion:
    """A clip made of pictures. Its first frame is the first picture itself, cropped at the centre."""

    def __init__(
        self, pictures: Sequence[Image.Image], size: Size, seconds: float, *, first_last: bool = False
    ) -> None:
        """Crop the pictures to `size` (pixels). With `first_last` the last frame is the last picture itself."""
        self._size = size
        self._seconds = seconds
        self._first_last = first_last and len(pictures) == 2
        self._shots = [_planes(ImageOps.fit(picture, size, Image.Resampling.LANCZOS)) for picture in pictures]

    def frame(self, second: float) -> av.VideoFrame:
        """Draw the moment `second`: yuv420p, BT.709, limited range."""
        length = self._seconds / len(self._shots)
        index = min(len(self._shots) - 1, int(second / length))
        if self._first_last:
            return self._between(0, second, second, 0.5 + (second - self._seconds / 2) / (self._seconds * 0.5))
        into = (second - (index + 1) * length) / DISSOLVE + 1 if index + 1 < len(self._shots) else 0.0
        return self._between(index, second - index * length, second - (index + 1) * length, into)

    def _between(self, index: int, second: float, following: float, into: float) -> av.VideoFrame:
        """A shot at its `second`, dissolved `into` (0 to 1) the next at its own; only what shows is drawn."""
        if into <= 0:
            return _frame(self._shot(index, second))
        if into >= 1:
            return _frame(self._shot(index + 1, following))
        return _frame(_blend(self._shot(index, second), self._shot(index + 1, following), into))

    def _shot(self, index: int, second: float) -> Planes:
        """A picture `second` seconds after its shot began (before it, while it dissolves in)."""
        if self._first_last and index == 1:
            zoom = 1 + PUSH * _eased(self._seconds - second)
        else:
            zoom = 1 + PUSH * _eased(max(0.0, second))
        y, u, v = self._shots[index]
        return _zoomed(y, zoom), _zoomed(u, zoom), _zoomed(v, zoom)


def _eased(second: float) -> float:
    """Parts of the push after some seconds: it begins from rest, then goes on evenly."""
    settle = 1.2
    if second < settle:
        return second * second / (2 * settle) / PUSH_IN
    return (second - settle / 2) / PUSH_IN


def _zoomed(plane: Image.Image, zoom: float) -> Image.Image:
    if zoom <= 1:
        return plane
    across, down = plane.width / zoom, plane.height / zoom
    left, top = (plane.width - across) / 2, (plane.height - down) / 2
    return plane.resize(plane.size, Image.Resampling.BICUBIC, box=(left, top, left + across, top + down))


def _blend(a: Planes, b: Planes, into: float) -> Planes:
    part = smooth(into)
    return Image.blend(a[0], b[0], part), Image.blend(a[1], b[1], part), Image.blend(a[2], b[2], part)


def _planes(picture: Image.Image) -> Planes:
    """A picture as brightness and two half-sized colour planes, so that a zoom costs half as much."""
    frame = film_frame(picture, picture.size)
    y, u, v = (
        Image.frombytes("L", (plane.line_size, plane.height), bytes(plane)).crop((0, 0, plane.width, plane.height))
        for plane in frame.planes
    )
    return y, u, v


def _frame(planes: Planes) -> av.VideoFrame:
    frame = av.VideoFrame(planes[0].width, planes[0].height, PIXELS)
    for plane, image in zip(frame.planes, planes, strict=True):
        padded = image if plane.line_size == image.width else image.crop((0, 0, plane.line_size, image.height))
        plane.update(padded.tobytes())
    return frame
