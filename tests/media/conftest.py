"""The clips that several tests of `media` read, each made once."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from tests.media import making

UNEVEN = tuple(accumulate([0, *[500, 1500, 3000, 1000] * 11]))
KINDS: dict[str, dict[str, Any]] = {
    "plain": {},
    "audio": {"audio": True},
    "intra": {"gop": 1, "between": 0},
    "long": {"gop": 300, "between": 3, "frames": 121},
    "open": {"gop": 10, "options": {"x264-params": "open-gop=1:scenecut=0"}},
    "hevc": {"codec": "libx265"},
    "hevc-open": {
        "codec": "libx265",
        "options": {"x265-params": "open-gop=1:log-level=none:bframes=3:keyint=8"},
    },
    "ten-bit": {"codec": "libx265", "pixels": "yuv420p10le"},
    "444": {"pixels": "yuv444p"},
    "vfr": {"times": UNEVEN, "frames": len(UNEVEN)},
    "left": {"turned": 90, "size": (180, 320)},
    "right": {"turned": -90, "size": (180, 320)},
    "head-down": {"turned": 180},
    "fragments": {"muxer": {"movflags": "frag_keyframe+empty_moov"}, "audio": True},
}


class Clips:
    """Makes each kind of clip at its first use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, kind: str) -> Path:
        path = self._folder / f"{kind}.mp4"
        return path if path.exists() else making.clip(path, **KINDS[kind])


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Clips:
    """Clips by kind; never write to them."""
    return Clips(tmp_path_factory.mktemp("clips"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder (`tmp_path` has the test's home in it)."""
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder
