"""The eight ways that EXIF says a stored picture is to be turned, for pictures and for boxes in them."""

from __future__ import annotations

from PIL import Image

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in pixels."""

UPRIGHT = 1
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = (5, 6, 7, 8)
_FROM_THE_RIGHT = (2, 3, 7, 8)
_FROM_THE_BOTTOM = (3, 4, 6, 7)


def known(orientation: object) -> int:
    """An EXIF orientation as it was read (tag 0x0112), 1 to 8; upright where it is none of them."""
    return orientation if isinstance(orientation, int) and orientation in _TURNS else UPRIGHT


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """The stored picture as a person sees it."""
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def turned(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    """(width, height) of the upright picture from those of the stored one, and the other way round."""
    return size[::-1] if orientation in _SIDEWAYS else size


def stored(box: Box, orientation: int, size: tuple[int, int]) -> Box:
    """Where a box of the upright picture lies in the stored one, which is `size` (width, height) pixels."""
    left, top, right, bottom = box
    if orientation in _SIDEWAYS:
        left, top, right, bottom = top, left, bottom, right
    width, height = size
    if orientation in _FROM_THE_RIGHT:
        left, right = width - right, width - left
    if orientation in _FROM_THE_BOTTOM:
        top, bottom = height - bottom, height - top
    return left, top, right, bottom
