"""Turns the creator's crop into pixels, exactly, and says what is too small or too narrow for the gateway."""

from __future__ import annotations

from seedance_desktop.domain.catalogue import IMAGE_LEAST_SHAPE, IMAGE_LEAST_SIDE, IMAGE_MOST_SHAPE
from seedance_desktop.domain.cropping import Part
from seedance_desktop.domain.errors import BadImage

PartBox = tuple[int, int, int, int]
"""Left, top, right and bottom in whole pixels of the upright picture."""


def box(part: Part, width: int, height: int) -> PartBox:
    """The pixels of a `width` x `height` picture that `part` keeps.

    Rounded once: the size to the nearest whole pixel (at least 1), then the corner, which moves left or up where the
    box would stick out. So a part that is moved keeps its size to the pixel.
    """
    wide, high = (min(most, max(1, round(most * share))) for most, share in ((width, part[2]), (height, part[3])))
    left, top = min(round(width * part[0]), width - wide), min(round(height * part[1]), height - high)
    return left, top, left + wide, top + high


def check(width: int, height: int, name: str, what: str = "image") -> None:
    """Raise `BadImage` (image-too-small, image-too-narrow) for what the gateway does not take.

    `what` begins the code: `"image-part"` where the creator's crop leaves too little, so that the sentence says that.
    """
    if min(width, height) < IMAGE_LEAST_SIDE:
        raise BadImage(f"{what}-too-small", name=name, width=width, height=height, least=IMAGE_LEAST_SIDE)
    if not IMAGE_LEAST_SHAPE <= width / height <= IMAGE_MOST_SHAPE:
        raise BadImage(f"{what}-too-narrow", name=name, width=width, height=height)
