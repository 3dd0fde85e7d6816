"""Proves that what was built works, on the built thing: the folder everywhere, the .deb in a bare Debian tree."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import bare_tree
import system_libraries
from island import island
from proofs import Place, Proofs, all_passed, keyring, self_test
from steps import ROOT, Stop, call, private_session, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DIST = ROOT / "dist"
_NAME = "seedance-desktop"
_PROGRAMS = (_NAME, f"{_NAME}.exe", f"Contents/MacOS/{_NAME}", f"Seedance.app/Contents/MacOS/{_NAME}")
_INSIDE = Path(__file__).with_name("installed.py")


def main(args: Sequence[str]) -> int:
    """Prove the given folder or .deb; without an argument what lies in dist/, the package where that can be."""
    if args:
        target = Path(args[0]).resolve()
        return package(target) if target.suffix == ".deb" else built(target)
    code = built(DIST / "Seedance.app" if sys.platform == "darwin" else DIST / _NAME)
    packages = sorted(DIST.glob("*.deb"), key=lambda path: path.stat().st_mtime)
    if packages and not code:
        code = package(packages[-1])
    return code


def built(folder: Path) -> int:
    """Run the built program's self-test on a screen, a bus and a keyring of its own, with no network; the exit code."""
    program = program_in(folder)
    system_libraries.provide(tests=True)
    proofs = Proofs()
    try:
        with proofs.proof(f"The self-test of {program.relative_to(folder.parent)}"), _private_place() as place:
            all_passed(self_test(place, str(program)), **_wanted(place))
    finally:
        code = proofs.tell(folder.name)
    return code


def package(deb: Path) -> int:
    """Prove the .deb in a bare Debian tree, for which one has to be root on a Linux with debootstrap; the exit code."""
    if not deb.is_file():
        raise Stop(f"There is no package {deb}.")
    system_libraries.provide(tests=True)
    tree = bare_tree.unpacked()
    # Mounts and processes of the proof end with its namespaces, whatever happens.
    alone = ["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "--mount-proc"]
    try:
        return call([*alone, sys.executable, str(_INSIDE), str(tree.root), str(deb)])
    finally:
        bare_tree.remove(tree)


def program_in(folder: Path) -> Path:
    """The executable for the command line in a built folder or bundle; raises `Stop` where there is none."""
    for name in _PROGRAMS:
        if (folder / name).is_file():
            return folder / name
    raise Stop(f"There is no built program in {folder}: `python3 packaging/dev.py package` makes one.")


@contextmanager
def _private_place() -> Iterator[Place]:
    """Where the self-test runs: on Linux with a home, a screen, a bus and an open keyring of its own, without network.

    Elsewhere a window and the keyring are always there, and the self-test cleans up behind itself.
    """
    if not sys.platform.startswith("linux"):
        yield Place((), os.environ)
        return
    with tempfile.TemporaryDirectory(prefix="proof-") as folder, private_session() as env, island() as alone:
        home = {name: value for name, value in env.items() if not name.startswith(("XDG_", "PYTHON", "QT_"))}
        home.update(HOME=folder, XDG_RUNTIME_DIR=folder)
        if "DISPLAY" in home:
            home["QT_QPA_PLATFORM"] = "xcb"
        has_keyring = "DBUS_SESSION_BUS_ADDRESS" in home and shutil.which("gnome-keyring-daemon")
        with keyring(Place((), home)) if has_keyring else nullcontext():
            yield Place(alone, home)


def _wanted(place: Place) -> dict[str, str]:
    """What the self-test must have met beside passing: a real screen and a real keyring, where there are any."""
    if not sys.platform.startswith("linux"):
        return {"keyring": "written, read and removed"}
    wanted = {}
    if "DISPLAY" in place.env:
        wanted["window"] = "on xcb"
    else:
        say("   (No Xvfb here: the window was drawn to nowhere.)")
    if "DBUS_SESSION_BUS_ADDRESS" in place.env and shutil.which("gnome-keyring-daemon"):
        wanted["keyring"] = "SecretService"
    else:
        say("   (No gnome-keyring here: the keyring was not proved.)")
    return wanted
