"""Makes what Mac users get from PyInstaller's bundle: a disk image, signed and notarised if the secrets are there."""

from __future__ import annotations

import platform
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from macos import signing
from macos.about import NAME, add_languages, info_plist
from steps import Stop, call, need, say

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["info_plist", "make"]

TRIES = 4  # macOS's own virus scan may hold the new image for a moment: "Resource busy"


def make(folder: Path, version: str, target: Path) -> list[Path]:
    """Sign the bundle `folder` (Seedance.app) in place, make the disk image of it in `target` and return that.

    Raises:
        Stop: a step failed, or the secrets are there by half.
    """
    notary = signing.notary()
    identity = signing.identity()
    if notary and identity is None:
        raise Stop("Apple notarises only what is signed: set SEEDANCE_MAC_IDENTITY too.")
    add_languages(folder)
    signing.sign_bundle(folder, identity)
    if notary:
        _notarise_bundle(folder, notary)
    else:
        say("Nothing is notarised: no secrets of Apple's notary are set. macOS will refuse the first start.")
    target.mkdir(parents=True, exist_ok=True)
    image = target / f"seedance-desktop-{version}-macos-{platform.machine()}.dmg"
    _make_image(folder, image)
    if identity is not None:
        signing.sign_file(image, identity)
    if notary:
        _notarise(image, image, notary)
    return [image]


def _notarise_bundle(app: Path, notary: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        # ditto keeps links and attributes; a plain zip breaks the signatures of frameworks.
        archive = Path(scratch, f"{app.stem}.zip")
        need(["ditto", "-c", "-k", "--keepParent", str(app), str(archive)], "The bundle could not be packed")
        _notarise(archive, app, notary)


def _notarise(sent: Path, stapled: Path, notary: Sequence[str]) -> None:
    # The secrets are names of files and keys, not the key itself, so the command may be shown.
    submit = ["xcrun", "notarytool", "submit", str(sent), "--wait", *notary]
    need(submit, "Apple did not notarise it")
    # The ticket exists only if the answer was yes: this also fails where notarytool ended well with "Invalid".
    need(["xcrun", "stapler", "staple", str(stapled)], "Apple's ticket could not be attached")


def _make_image(app: Path, image: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        shown = Path(scratch, "shown")
        shown.mkdir()
        need(["ditto", str(app), str(shown / f"{NAME}.app")], "The bundle could not be copied")
        (shown / "Applications").symlink_to("/Applications")
        command = ["hdiutil", "create", "-volname", NAME, "-srcfolder", str(shown), "-fs", "HFS+", "-format", "ULMO"]
        for _ in range(TRIES - 1):
            if call([*command, "-ov", str(image)]) == 0:
                return
        need([*command, "-ov", str(image)], "The disk image could not be made")
