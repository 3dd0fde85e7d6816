"""Proves the Windows installer and the macOS image on a machine of that kind.

It installs, lets the installed program prove itself, removes it, and looks for what stayed behind.
"""

from __future__ import annotations

import os
import plistlib
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from proof import built
from steps import Stop, need, say

if TYPE_CHECKING:
    from collections.abc import Iterator

SILENT = ["/VERYSILENT", "/SUPPRESSMSGBOXES", "/NORESTART", "/CURRENTUSER"]
CLASSES = r"Software\Classes"
# What the installer writes for this user; all of it must be there after it, and none after the uninstaller.
KEYS = (
    r"Software\Microsoft\Windows\CurrentVersion\Uninstall\{58BFB374-6BB7-4C3F-BA15-083AE823DDBE}_is1",
    r"Software\Microsoft\Windows\CurrentVersion\App Paths\Seedance.exe",
    rf"{CLASSES}\Applications\Seedance.exe",
    rf"{CLASSES}\Seedance.Video",
    rf"{CLASSES}\seedance",
)
PATIENCE = 60.0  # seconds; the uninstaller ends before the copy of itself that does the work
NOTARISED = ("SEEDANCE_NOTARY_PROFILE", "SEEDANCE_NOTARY_KEY")


def prove_setup(setup: Path) -> int:
    """Install by `setup` without a question, prove the program, uninstall it, look for what is left; 0.

    Raises:
        Stop: something failed, was missing, or stayed behind.
    """
    folder = Path(os.environ["LOCALAPPDATA"], "Programs", "Seedance Desktop")
    shortcut = Path(os.environ["APPDATA"], "Microsoft/Windows/Start Menu/Programs/Seedance Desktop.lnk")
    need([str(setup), *SILENT], "The installer failed")
    try:
        missing = [str(part) for part in (folder / "Seedance.exe", shortcut) if not part.exists()]
        missing += [key for key in KEYS if not _has_key(key)]
        if missing:
            raise Stop(f"The installer did not make {', '.join(missing)}.")
        _prove(folder)
    finally:
        need([str(folder / "unins000.exe"), *SILENT], "The uninstaller failed")
    left = _left(folder, shortcut)
    if left:
        raise Stop(f"The uninstaller left {', '.join(left)}.")
    say("Installed, proved and removed: nothing is left.")
    return 0


def _left(*parts: Path) -> list[str]:
    end = time.monotonic() + PATIENCE
    while any(part.exists() for part in parts) and time.monotonic() < end:
        time.sleep(0.5)
    return [str(part) for part in parts if part.exists()] + [key for key in KEYS if _has_key(key)]


def _has_key(key: str) -> bool:
    return subprocess.run(["reg", "query", rf"HKCU\{key}"], capture_output=True, check=False).returncode == 0


def prove_image(image: Path) -> int:
    """Copy the program out of `image` as a user would, check its signature, prove it; 0.

    Gatekeeper is asked only where Apple's notary was: it refuses all else, rightly.

    Raises:
        Stop: a step failed.
    """
    with tempfile.TemporaryDirectory() as scratch:
        app = Path(scratch, "Seedance Desktop.app")
        with _mounted(image) as place:
            need(["ditto", str(place / app.name), str(app)], "The program could not be copied")
        need(["codesign", "--verify", "--deep", "--strict", str(app)], "The signature is not valid")
        if any(os.environ.get(name) for name in NOTARISED):
            need(["spctl", "--assess", "--type", "execute", "--verbose", str(app)], "Gatekeeper refuses it")
        _prove(app)
    say("Copied from the image and proved.")
    return 0


@contextmanager
def _mounted(image: Path) -> Iterator[Path]:
    done = subprocess.run(
        ["hdiutil", "attach", "-readonly", "-nobrowse", "-plist", str(image)], capture_output=True, check=False
    )
    if done.returncode:
        raise Stop(f"{image.name} could not be opened: {done.stderr.decode(errors='replace').strip()}")
    parts = plistlib.loads(done.stdout)["system-entities"]
    place = next(part["mount-point"] for part in parts if "mount-point" in part)
    try:
        yield Path(place)
    finally:
        need(["hdiutil", "detach", place, "-force"], "The image could not be closed")


def _prove(program: Path) -> None:
    if built.prove(program):
        raise Stop("The installed program failed")
