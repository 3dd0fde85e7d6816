"""Programs of other systems, played by small scripts that write down how they were called."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

_SCRIPT = """#!{python}
import json, os, shutil, subprocess, sys
name, words = os.path.basename(sys.argv[0]), sys.argv[1:]
with open({record!r}, "a") as record:
    record.write(json.dumps([name, *words]) + "\\n")
{does}
"""


class StandIns:
    """A folder of played programs, first on PATH, and the calls that they got."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder, self._record = folder / "programs", folder / "calls.jsonl"
        self._folder.mkdir()
        monkeypatch.setenv("PATH", f"{self._folder}{os.pathsep}{os.environ['PATH']}")

    def add(self, name: str, does: str = "") -> Path:
        """Play `name`; `does` is Python that runs at each call, with its arguments in `words`."""
        file = self._folder / name
        text = _SCRIPT.format(python=sys.executable, record=str(self._record), does=does)
        file.write_text(text, encoding="utf-8")
        file.chmod(0o755)
        return file

    def calls(self) -> list[list[str]]:
        """Every call so far, in order: the program's name and its arguments."""
        if not self._record.exists():
            return []
        return [json.loads(line) for line in self._record.read_text(encoding="utf-8").splitlines()]
