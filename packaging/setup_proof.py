"""Proves the Windows installer and the macOS image on a machine of that kind: `python packaging/setup_proof.py FILE`.

It installs, lets the installed program prove itself (`dev.py prove`), removes it, and looks for what stayed behind.
"""

from __future__ import annotations

import os
import plistlib
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from steps import ROOT, Stop, need, say, speak_utf_8

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


def prove_setup(setup: Path) -> None:
    """Install by `setup` without a question, prove the program, uninstall it, and look for what is left.

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
        prove(folder)
    finally:
        need([str(folder / "unins000.exe"), *SILENT], "The uninstaller failed")
    left = _left(folder, shortcut)
    if left:
        raise Stop(f"The uninstaller left {', '.join(left)}.")
    say("Installed, proved and removed: nothing is left.")


def _left(*parts: Path) -> list[str]:
    end = time.monotonic() + PATIENCE
    while any(part.exists() for part in parts) and time.monotonic() < end:
        time.sleep(0.5)
    return [str(part) for part in parts if part.exists()] + [key for key in KEYS if _has_key(key)]


def _has_key(key: str) -> bool:
    return subprocess.run(["reg", "query", rf"HKCU\{key}"], capture_output=True, check=False).returncode == 0


def prove_image(image: Path) -> None:
    """Copy the program out of `image` as a user would, check its signature, prove it.

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
        prove(app)
    say("Copied from the image and proved.")


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


def prove(program: Path) -> None:
    """Let the installed program prove itself.

    Raises:
        Stop: it did not.
    """
    need([sys.executable, str(ROOT / "packaging" / "dev.py"), "prove", str(program)], "The installed program failed")


def main(arguments: list[str]) -> int:
    """Prove each file that is named, by its kind."""
    speak_utf_8()
    try:
        for file in map(Path, arguments):
            {".exe": prove_setup, ".dmg": prove_image}[file.suffix](file)
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
