"""The system's notifications, over a real private bus."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="needs a D-Bus")
def test_clips_that_came_to_rest_are_told_of_and_a_click_opens_them() -> None:
    command = ["dbus-run-session", "--", sys.executable, "-m", "tests.app.notices_child"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["shown"] == [
        ["SH010 · clip 2", "Ready · not charged"],
        ["9 clips are ready · the charge of 1 clip is unknown", "clip 3, clip 4, clip 5 and 7 more"],
        ["clip 20", "Ready · not charged"],
    ]
    elsewhere = "Clip 0000000m is not in this library: open the library that has it."
    assert said["opened"] == [2, 4, elsewhere]
    assert {name for name, _ in said["by"]} == {"Seedance Desktop"}
    assert all(Path(url2pathname(urlsplit(icon).path)).is_file() for _, icon in said["by"])
    assert said["left"] == []
