"""Makes the AppImage of a tree that is laid out below `/usr`, where its tool is at hand."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from linux.layout import ICONS, NAME
from steps import Stop, call

TOOL = "SEEDANCE_APPIMAGETOOL"


def tool() -> str | None:
    """The `appimagetool` to use: the one that `SEEDANCE_APPIMAGETOOL` names, or the one on the path."""
    return os.environ.get(TOOL) or shutil.which("appimagetool")


def make(root: Path, version: str, machine: str, moment: int, target: Path, program: str) -> Path:
    """Turn `root`, which holds `usr/`, into `target/seedance-desktop-<version>-<machine>.AppImage`.

    `program` is the tool that packs it; raises `Stop` if it fails. `moment` is in seconds since 1970.
    """
    # All of these are links of the tree's own files, except the icon's: the tool reads it before it packs.
    (root / "AppRun").symlink_to(Path("usr", "bin", NAME))
    (root / f"{NAME}.desktop").symlink_to(Path("usr", "share", "applications", f"{NAME}.desktop"))
    shutil.copy(ICONS / "seedance-256.png", root / f"{NAME}.png")
    (root / ".DirIcon").symlink_to(f"{NAME}.png")
    image = target / f"{NAME}-{version}-{machine}.AppImage"
    env = {**os.environ, "ARCH": machine, "VERSION": version, "SOURCE_DATE_EPOCH": str(moment)}
    # Without a look at AppStream's data: that is ours to check, and its checker wants a domain that we don't own.
    if call([program, "--no-appstream", str(root), str(image)], env):
        raise Stop("appimagetool could not make the AppImage.")
    image.chmod(0o755)
    return image
