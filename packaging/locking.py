"""Pins packages with their hashes: one lock for each environment and each Python, for the three systems at once."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from environment import DEVELOPERS, LOCKS, NEWEST, OLDEST
from steps import ROOT, need, say

if TYPE_CHECKING:
    from collections.abc import Sequence

SYSTEMS = ("linux", "darwin", "win32")
CPYTHON = ("implementation_name == 'cpython'", "platform_python_implementation == 'CPython'")
# By the first part of a lock's name: what it holds, for `uv pip compile`. What is built is made of the very
# versions that the developers test.
KINDS = {
    "python": ["pyproject.toml", "--group", "dev"],
    "package": ["pyproject.toml", "--group", "package"],
    "bom": ["--group", "pyproject.toml:bom"],
}


def lock(args: Sequence[str]) -> int:
    """Pin every package with its hashes, one file a Python; `--upgrade` takes the newest that fit."""
    DEVELOPERS.ensure()
    beside = str(DEVELOPERS.python.parent)
    uv = shutil.which("uv") or shutil.which("uv", path=beside)
    if uv is None:
        need([str(DEVELOPERS.python), "-m", "pip", "install", "--quiet", "uv"], "uv, which makes the locks, is missing")
        uv = shutil.which("uv", path=beside) or "uv"
    for kind in KINDS:
        for minor in range(OLDEST[1], NEWEST[1] + 1):
            make(kind, f"3.{minor}", uv, args)
    return 0


def make(kind: str, version: str, uv: str, args: Sequence[str]) -> None:
    """Write one lock; `version` is Python's, like `3.12`."""
    target = LOCKS / f"{kind}-{version}.txt"
    say(f"Locking {target.relative_to(ROOT).as_posix()}")
    same = f"python_version == '{version}' and {' and '.join(CPYTHON)}"
    systems = [f"{same} and sys_platform == '{name}'" for name in SYSTEMS]
    with tempfile.TemporaryDirectory() as folder:
        project, result = Path(folder, "pyproject.toml"), Path(folder, "lock.txt")
        source = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
        project.write_text(f"{source}\n[tool.uv]\nenvironments = {systems}\n", encoding="utf-8")
        if target.exists():
            shutil.copy(target, result)  # what is pinned stays pinned unless it has to move
        command = [uv, "--directory", folder, "pip", "compile", *KINDS[kind]]
        options = ["--universal", "--python-version", version, "--generate-hashes", "--quiet"]
        bare = ["--output-file", result.name, "--no-header", "--no-emit-index-url", "--no-annotate"]
        tested = [] if kind == "python" else ["--constraint", str(LOCKS / f"python-{version}.txt")]
        need([*command, *options, *bare, *tested, *args], "The lock could not be made")
        text = plain_markers(result.read_text(encoding="utf-8"), version)
    header = f"# Python {version} on Linux, macOS and Windows. Made by `python3 packaging/dev.py lock`.\n"
    target.write_text(header + text, encoding="utf-8", newline="\n")


def plain_markers(text: str, version: str) -> str:
    """A lock's text without the conditions that hold for every line of it."""
    minor = int(version.split(".")[1])
    everywhere = r"\(sys_platform == 'darwin' or sys_platform == 'linux' or sys_platform == 'win32'\)"
    text = re.sub(rf"python_full_version < '3\.{minor + 1}'( and )?", "", text)
    for always in (*map(re.escape, CPYTHON), everywhere):
        text = re.sub(rf"{always} and |( and )?{always}", "", text)
    return re.sub(r" ; +\\\n", r" \\\n", text)
