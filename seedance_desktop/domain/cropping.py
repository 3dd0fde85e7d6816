"""What of an image the model will see: the creator's crop, then upstream's own crop to the clip's ratio.

A part of a picture is (left, top, width, height) as shares of the upright picture, each from 0 to 1.
"""

from __future__ import annotations

from typing import Any

from .catalogue import IMAGE_LEAST_SIDE, RATIOS, kept, shape

Part = tuple[float, float, float, float]

WHOLE: Part = (0.0, 0.0, 1.0, 1.0)


def part_of(read: Any) -> Part:
    """A part as JSON holds it; the whole picture where it is none."""
    try:
        left, top, width, height = (float(number) for number in read)
    except (TypeError, ValueError, OverflowError):
        return WHOLE
    inside = 0 <= left < 1 and 0 <= top < 1 and 0 < width <= 1 - left + 1e-9 and 0 < height <= 1 - top + 1e-9
    return (left, top, width, height) if inside else WHOLE


def seen(width: int, height: int, part: Part, ratio: str) -> Part:
    """The part of a `width` x `height` picture cropped to `part` that is left when upstream crops it to `ratio`."""
    left, top, wide, high = part
    inner = kept(max(1, round(width * wide)), max(1, round(height * high)), ratio)
    return (left + inner[0] * wide, top + inner[1] * high, inner[2] * wide, inner[3] * high)


def framed(width: int, height: int, ratio: str, centre: tuple[float, float], zoom: float) -> Part:
    """The part of a picture with the shape of `ratio` round `centre` (shares), moved to lie inside.

    `zoom` 1 takes as much as fits, 2 half as wide; never fewer pixels than the gateway takes (`most_zoom`). The whole
    picture where even the largest such part has too few (`can_frame`): then the crop is upstream's.
    """
    if not can_frame(width, height, ratio):
        return WHOLE
    _, _, wide, high = kept(width, height, ratio)
    zoom = min(max(1.0, zoom), most_zoom(width, height, ratio))
    wide, high = wide / zoom, high / zoom
    left = min(max(0.0, centre[0] - wide / 2), 1 - wide)
    top = min(max(0.0, centre[1] - high / 2), 1 - high)
    return (left, top, wide, high)


def can_frame(width: int, height: int, ratio: str) -> bool:
    """Whether a part with the shape of `ratio` has the least side that the gateway takes."""
    _, _, wide, high = kept(width, height, ratio)
    return min(width * wide, height * high) >= IMAGE_LEAST_SIDE


def most_zoom(width: int, height: int, ratio: str) -> float:
    """How far a crop to `ratio` may be zoomed until its shorter side is the least that the gateway takes; 1 or more."""
    _, _, wide, high = kept(width, height, ratio)
    return max(1.0, min(width * wide, height * high) / IMAGE_LEAST_SIDE)


def nearest_ratio(width: int, height: int) -> str:
    """The ratio of which a picture loses least."""

    def lost(ratio: str) -> float:
        _, _, wide, high = kept(width, height, ratio)
        return 1 - wide * high

    return min(RATIOS, key=lost)


def fits(part: Part, width: int, height: int, ratio: str) -> bool:
    """Whether a part has the shape of `ratio` (to one pixel), so that upstream crops nothing more."""
    wide, high = part[2] * width, part[3] * height
    return abs(wide - high * shape(ratio)) <= 1.5
