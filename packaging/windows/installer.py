"""Makes what Windows users get from PyInstaller's folder: an installer by Inno Setup, and a zip without one."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from steps import ROOT, Stop, need, say
from windows import signing

if TYPE_CHECKING:
    from collections.abc import Mapping

SCRIPT = Path(__file__).with_name("seedance.iss")
WINDOW, CONSOLE = "Seedance.exe", "seedance-desktop.exe"
# By what Python calls the machine: what we call it in file names, and what Inno Setup calls those that can run it.
ARCHITECTURES = {"AMD64": ("x64", "x64compatible"), "ARM64": ("arm64", "arm64")}
MISSING = (
    "The installer is left out: Inno Setup's compiler ISCC.exe is missing. Install Inno Setup 6.3 or newer "
    "(`winget install JRSoftware.InnoSetup`), or set SEEDANCE_ISCC to where it is."
)


def make(folder: Path, version: str, target: Path) -> list[Path]:
    """Make the zip and the installer of the program in `folder` and return them, as they lie in `target`.

    Without Inno Setup there is no installer, and one line says so.

    Raises:
        Stop: Inno Setup failed, or a file could not be signed.
    """
    machine, runs_on = _architecture()
    name = f"seedance-desktop-{version}-windows-{machine}"
    if signing.wanted():
        for program in (WINDOW, CONSOLE):
            signing.sign(folder / program)
    else:
        say("Nothing is signed: SEEDANCE_SIGNTOOL and SEEDANCE_PFX are not set. Windows will warn at the first start.")
    target.mkdir(parents=True, exist_ok=True)
    made = [Path(shutil.make_archive(str(target / f"{name}-portable"), "zip", folder.parent, folder.name))]
    compiler = find_iscc()
    if compiler is None:
        say(MISSING)
        return made
    setup = target / f"{name}-setup.exe"
    need([compiler, *options(folder, version, setup, runs_on)], "The installer could not be made")
    return [setup, *made]


def options(folder: Path, version: str, setup: Path, runs_on: str) -> list[str]:
    """What Inno Setup's compiler is told to make `setup`: everything that the script doesn't know."""
    values = {
        "Folder": folder.resolve(),
        "Root": ROOT,
        "Version": version,
        "Numbers": ".".join(map(str, numbers(version))),
        "Architecture": runs_on,
    }
    signs = []
    if signing.wanted():
        tool = ROOT / "packaging" / "dev.py"
        signs = ["/DSign", f"/Sseedance=$q{sys.executable}$q $q{tool}$q sign $f"]
    defined = [f"/D{key}={value}" for key, value in values.items()]
    return ["/Qp", *defined, *signs, f"/O{setup.parent.resolve()}", f"/F{setup.stem}", str(SCRIPT)]


def find_iscc(env: Mapping[str, str] = os.environ) -> str | None:
    """Where Inno Setup's compiler is: as SEEDANCE_ISCC says, on PATH, or where its installer puts it; None if nowhere.

    Raises:
        Stop: SEEDANCE_ISCC names no file.
    """
    told = env.get("SEEDANCE_ISCC")
    if told:
        if not Path(told).is_file():
            raise Stop(f"SEEDANCE_ISCC names {told}, and no file is there.")
        return told
    found = shutil.which("ISCC", path=env.get("PATH"))
    bases = [env[key] for key in ("ProgramFiles(x86)", "ProgramFiles", "LOCALAPPDATA") if env.get(key)]
    places = [Path(base, *rest) for base in bases for rest in ((), ("Programs",))]
    there = sorted(file for place in places for file in place.glob("Inno Setup [6-9]/ISCC.exe"))
    return found or (str(there[-1]) if there else None)


def numbers(version: str) -> tuple[int, int, int, int]:
    """A version as Windows wants it, four numbers: `0.2.0rc1` is (0, 2, 0, 0)."""
    found = re.match(r"(\d+)\.(\d+)(?:\.(\d+))?", version)
    if found is None:
        raise Stop(f"{version} is not a version such as 1.2.3.")
    major, minor, patch = (int(number or 0) for number in found.groups())
    return major, minor, patch, 0


def version_file(version: str, folder: Path, program: str = WINDOW) -> Path:
    """Write what Windows shows in an EXE's properties, as PyInstaller's `version=` reads it, into `folder`."""
    says = {
        "CompanyName": "Seedance Desktop",
        "FileDescription": "Seedance Desktop" + (" (command line)" if program == CONSOLE else ""),
        "FileVersion": version,
        "InternalName": Path(program).stem,
        "LegalCopyright": "GPL-3.0-or-later",
        "OriginalFilename": program,
        "ProductName": "Seedance Desktop",
        "ProductVersion": version,
    }
    strings = ",\n      ".join(f"StringStruct({key!r}, {value!r})" for key, value in says.items())
    quad = numbers(version)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"version-{Path(program).stem}.txt"
    file.write_text(_VERSION.format(quad=quad, strings=strings), encoding="utf-8")
    return file


# 0x0409 and 1200: the words are English, in Unicode. 0x4, 0x1: a program for Windows NT and its successors.
_VERSION = """VSVersionInfo(
  ffi=FixedFileInfo(
    filevers={quad}, prodvers={quad}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)
  ),
  kids=[
    StringFileInfo([StringTable('040904B0', [
      {strings}
    ])]),
    VarFileInfo([VarStruct('Translation', [1033, 1200])])
  ]
)
"""


def _architecture() -> tuple[str, str]:
    machine = platform.machine().upper()
    if machine not in ARCHITECTURES:
        raise Stop(f"There is no Windows installer for {machine} processors.")
    return ARCHITECTURES[machine]
