"""The clips that the program carries to test itself are what their maker says, and small."""

from __future__ import annotations

import subprocess
import sys

import pytest

from seedance_desktop.media import clips, frames
from tests.media import making
from tests.media.make_self_test import CLIPS


@pytest.mark.parametrize(
    ("name", "codec", "audio"), [("self-test.mp4", "h264", True), ("self-test-hevc.mp4", "hevc", False)]
)
def test_they_read_their_own_numbers(name: str, codec: str, audio: bool) -> None:
    path = CLIPS / name
    footage = clips.probe(path)
    assert (footage.width, footage.height, footage.frames, footage.fps) == (320, 180, 48, 24.0)
    assert (footage.codec, footage.audio) == (codec, audio)
    assert footage.size < 60_000
    assert [making.number_of(frame) for frame in frames.frames(path, 0, 47)] == list(range(48))


def test_naming_the_room_costs_nothing() -> None:
    """The heavy libraries come with the submodules, not with the package."""
    code = "import sys, seedance_desktop.media; print({'av', 'PIL', 'pillow_heif'} & set(sys.modules))"
    done = subprocess.check_output([sys.executable, "-c", code], text=True, cwd=CLIPS.parents[1])
    assert done.strip() == "set()"
