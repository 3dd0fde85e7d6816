"""What the source says of itself: its version, and the moment that everything built from it carries."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

from release.changelog import CHANGELOG
from steps import ROOT


def version() -> str:
    """The program's version."""
    text = (ROOT / "seedance_desktop" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    assert found is not None
    return found[1]


def moment() -> int:
    """The time that every built file gets, in seconds since 1970: `SOURCE_DATE_EPOCH`, else the last commit's."""
    if said := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(said)
    command = ["git", "log", "-1", "--format=%ct"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False) if _git() else None
    if found is not None and found.returncode == 0:
        return int(found.stdout)
    return int(CHANGELOG.stat().st_mtime)


def _git() -> bool:
    return shutil.which("git") is not None
