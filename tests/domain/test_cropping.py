"""What the model sees of an image."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_desktop.domain import cropping
from seedance_desktop.domain.catalogue import IMAGE_LEAST_SIDE, RATIOS, kept, shape

SIDES = st.integers(300, 6000)
RATIO = st.sampled_from(RATIOS)
SHARE = st.floats(-1, 2)


@pytest.mark.parametrize(
    ("size", "ratio"), [((4032, 2268), "16:9"), ((1080, 1920), "9:16"), ((900, 1000), "1:1"), ((1200, 1000), "1:1")]
)
def test_the_nearest_ratio_loses_least(size: tuple[int, int], ratio: str) -> None:
    assert cropping.nearest_ratio(*size) == ratio


def test_upstream_crops_at_the_centre_of_what_is_left() -> None:
    assert cropping.seen(1000, 1000, cropping.WHOLE, "16:9") == (0, 0.21875, 1, 0.5625)
    assert cropping.seen(1000, 1000, (0.5, 0, 0.5, 1), "1:1") == (0.5, 0.25, 0.5, 0.5)


@given(SIDES, SIDES, RATIO, SHARE, SHARE, st.floats(0, 50))
def test_a_frame_lies_inside_has_the_shape_and_enough_pixels(
    width: int, height: int, ratio: str, x: float, y: float, zoom: float
) -> None:
    part = cropping.framed(width, height, ratio, (x, y), zoom)
    left, top, wide, high = part
    assert min(left, top) >= 0
    assert max(left + wide, top + high) <= 1 + 1e-9
    if not cropping.can_frame(width, height, ratio):
        assert part == cropping.WHOLE
        return
    assert abs(wide * width / (high * height) - shape(ratio)) < 1e-6
    assert min(wide * width, high * height) >= IMAGE_LEAST_SIDE - 1e-6
    assert cropping.fits(part, width, height, ratio)
    assert cropping.part_of(list(part)) == part


@given(SIDES, SIDES, RATIO, SHARE, SHARE, st.floats(1, 5))
def test_a_part_of_the_ratio_is_seen_whole(
    width: int, height: int, ratio: str, x: float, y: float, zoom: float
) -> None:
    part = cropping.framed(width, height, ratio, (x, y), zoom)
    seen = cropping.seen(width, height, part, ratio)
    if not cropping.can_frame(width, height, ratio):
        assert seen == kept(width, height, ratio)
        return
    assert all(abs(one - other) <= 2 / min(width, height) for one, other in zip(seen, part, strict=True))


@pytest.mark.parametrize(
    "read", [None, "", [], [0, 0, 1], [0, 0, 0, 1], [-0.1, 0, 1, 1], [0.5, 0, 0.6, 1], ["a"] * 4, [10**400] * 4]
)
def test_what_is_no_part_is_the_whole(read: Any) -> None:
    assert cropping.part_of(read) == cropping.WHOLE
    assert cropping.part_of([float("nan")] * 4) == cropping.WHOLE
