"""The system's notifications, over a real private bus."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="needs a D-Bus")
def test_a_ready_clip_is_noticed_and_a_click_opens_it() -> None:
    command = ["dbus-run-session", "--", sys.executable, "-m", "tests.app.notices_child"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["opened"] == 2
    assert said["shown"] == [["clip 2", "Ready · not charged"]]
