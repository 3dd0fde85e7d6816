"""Dark and light follow a desktop whose settings only its portal tells, over a real private bus."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="needs a D-Bus")


@pytest.mark.parametrize(
    ("choice", "dark"),
    [
        ("system", [True, False, True, False, True, True]),  # dark is the program's own where nobody has a preference
        ("light", [False] * 6),
    ],
)
def test_the_theme_follows_the_desktop_while_it_runs(choice: str, dark: list[bool]) -> None:
    command = ["dbus-run-session", "--", sys.executable, "-m", "tests.app.appearance_child", choice]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"dark": dark, "motion": 0}
