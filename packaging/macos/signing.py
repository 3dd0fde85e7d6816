"""Signs the macOS bundle from the inside out: by the owner's certificate where it is there, else only for this Mac.

SEEDANCE_MAC_IDENTITY names a "Developer ID Application" certificate in the keychain. For Apple's notary:
SEEDANCE_NOTARY_PROFILE (of `notarytool store-credentials`), or the API key as SEEDANCE_NOTARY_KEY (its .p8 file),
SEEDANCE_NOTARY_KEY_ID and SEEDANCE_NOTARY_ISSUER.
"""

from __future__ import annotations

import os
import plistlib
from pathlib import Path
from typing import TYPE_CHECKING

from steps import Stop, need, say

if TYPE_CHECKING:
    from collections.abc import Mapping

ENTITLEMENTS = Path(__file__).with_name("entitlements.plist")
AD_HOC = "-"
_API_KEY = {
    "--key": "SEEDANCE_NOTARY_KEY",
    "--key-id": "SEEDANCE_NOTARY_KEY_ID",
    "--issuer": "SEEDANCE_NOTARY_ISSUER",
}
# How Mach-O files begin: 32 and 64 bits in either order of bytes, and several processors in one file.
_MAGIC = {bytes.fromhex(start) for start in ("feedface", "feedfacf", "cefaedfe", "cffaedfe", "cafebabe", "cafebabf")}


def identity(env: Mapping[str, str] = os.environ) -> str | None:
    """The certificate's name, or None where there is none."""
    return env.get("SEEDANCE_MAC_IDENTITY") or None


def notary(env: Mapping[str, str] = os.environ) -> list[str]:
    """The options by which notarytool knows us; empty where nothing is set.

    Raises:
        Stop: the API key is set by half.
    """
    profile = env.get("SEEDANCE_NOTARY_PROFILE")
    if profile:
        return ["--keychain-profile", profile]
    missing = [name for name in _API_KEY.values() if not env.get(name)]
    if len(missing) == len(_API_KEY):
        return []
    if missing:
        raise Stop(f"For Apple's notary, also set {' and '.join(missing)}.")
    return [word for option, name in _API_KEY.items() for word in (option, env[name])]


def sign_bundle(app: Path, identity: str | None) -> None:
    """Sign every program and library in `app`, then the bundle, and let codesign check all of it.

    Raises:
        Stop: codesign failed.
    """
    if identity is None:
        say("Signed for this Mac only (ad-hoc): SEEDANCE_MAC_IDENTITY is not set.")
    for item in inside_out(app):
        sign_file(item, identity, entitled=item == app or item.parent == app / "Contents" / "MacOS")
    need(["codesign", "--verify", "--deep", "--strict", str(app)], "The signature is not valid")


def sign_file(item: Path, identity: str | None, *, entitled: bool = False) -> None:
    """Sign one file or bundle; with a certificate, for the hardened runtime and with Apple's time.

    Raises:
        Stop: codesign failed.
    """
    command = ["codesign", "--force", "--sign", identity or AD_HOC]
    if identity is not None:
        command += ["--options", "runtime", "--timestamp"]
        if entitled:
            command += ["--entitlements", str(ENTITLEMENTS)]
    need([*command, str(item)], f"{item.name} could not be signed")


def inside_out(app: Path) -> list[Path]:
    """What has to be signed in a bundle, each thing after everything that lies in it; the bundle itself is last.

    Links are not followed: a file is signed where it lies. A framework is signed as a whole, by its version's folder;
    the bundle's own executable is signed with the bundle.
    """
    main = app / "Contents" / "MacOS" / _executable(app)
    files = [file for file in app.rglob("*") if file != main and _is_mach_o(file)]
    versions = [folder for folder in app.rglob("*.framework/Versions/*") if folder.is_dir() and not folder.is_symlink()]
    found = [file for file in files if not any(file == folder / _name(folder) for folder in versions)]
    deepest_first = sorted([*found, *versions], key=lambda item: (-len(item.parts), str(item)))
    return [*deepest_first, app]


def _name(version: Path) -> str:
    """The name of a framework's own library: that of `QtCore.framework/Versions/A` is `QtCore`."""
    return version.parent.parent.stem


def _executable(app: Path) -> str:
    return str(plistlib.loads((app / "Contents" / "Info.plist").read_bytes())["CFBundleExecutable"])


def _is_mach_o(file: Path) -> bool:
    if file.is_symlink() or not file.is_file():
        return False
    with file.open("rb") as opened:
        return opened.read(4) in _MAGIC
