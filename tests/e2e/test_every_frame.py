"""The real window on a real screen: the picture wanted is the picture shown, and the timecode is that picture's.

A sample of 200 random moves; the thousand for each kind of clip are measured by `python -m tests.benchmarks viewing`.
"""

from __future__ import annotations

import shutil
import sys

import pytest

from tests.benchmarks import every_frame
from tests.benchmarks.ground import ground

_MOVES = 67  # through each of three clips

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("Xvfb") is None, reason="needs a screen of its own"
)


def test_stepped_scrubbed_and_played_at_random_no_picture_and_no_timecode_is_wrong() -> None:
    with ground() as made:
        library = made.fresh("library")
        every_frame.library(library, *every_frame.KINDS)
        seen = made.child("driver", "every", str(library), str(_MOVES), "11")
    assert len(seen["took"]) == _MOVES * len(every_frame.KINDS)
    assert seen["moments"] > len(seen["took"])
    assert not seen["wrong"], seen["first"]
