"""Where Qt can't be loaded, the window says so in words, and the command line goes on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WITHOUT_QT = "import sys; sys.modules['PySide6'] = None; from seedance_desktop.__main__ import main; sys.exit(main())"


@pytest.mark.parametrize("arguments", [[], ["--demo"], ["self-test"]])
def test_a_window_without_its_libraries_says_so(arguments: list[str]) -> None:
    command = [sys.executable, "-c", WITHOUT_QT, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("The window can't open: ")
    assert done.stderr.count("\n") == 1


def test_the_command_line_does_without() -> None:
    command = [sys.executable, "-c", WITHOUT_QT, "list", "--demo"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
