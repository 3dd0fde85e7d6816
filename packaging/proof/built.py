"""Proves the built folder by the program's own self-test, on a screen, a bus and a keyring made for it alone."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

import system_libraries
from proof.island import island
from proof.proofs import Place, Proofs, all_passed, keyring, self_test
from steps import Stop, private_session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NAME = "seedance-desktop"
PROGRAMS = (_NAME, f"{_NAME}.exe", f"Contents/MacOS/{_NAME}", f"Seedance.app/Contents/MacOS/{_NAME}")


def prove(folder: Path) -> int:
    """Run the built program's self-test on a screen, a bus and a keyring of its own, with no network; the exit code."""
    program = program_in(folder)
    system_libraries.provide(proof=True)
    proofs = Proofs()
    try:
        with proofs.proof(f"The self-test of {program.relative_to(folder.parent)}"), _private_place() as place:
            all_passed(self_test(place, str(program)), **_wanted(place, proofs.lacking))
    finally:
        code = proofs.tell(folder.name)
    return code


def program_in(folder: Path) -> Path:
    """The executable for the command line in a built folder or bundle; raises `Stop` where there is none."""
    for name in PROGRAMS:
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
        with keyring(Place((), home)) if _has_keyring(home) else nullcontext():
            yield Place(alone, home)


def _has_keyring(env: dict[str, str]) -> bool:
    return "DBUS_SESSION_BUS_ADDRESS" in env and shutil.which("gnome-keyring-daemon") is not None


def _wanted(place: Place, lacking: list[str]) -> dict[str, str]:
    """What the self-test must have met beside passing; what this machine can't offer it goes to `lacking`."""
    if not sys.platform.startswith("linux"):
        return {"keyring": "written, read and removed"}
    wanted = {}
    if "DISPLAY" in place.env:
        wanted["window"] = "on xcb"
    else:
        lacking.append("a window on a screen (no Xvfb here)")
    if _has_keyring(dict(place.env)):
        wanted["keyring"] = "SecretService"
    else:
        lacking.append("the keyring (no gnome-keyring here)")
    if not place.wrap:
        lacking.append("silence on the network (no namespace may be made here; the self-test's own guard watched)")
    return wanted
