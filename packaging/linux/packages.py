"""Makes what Linux users get of PyInstaller's folder: a portable archive, a Debian package, an AppImage."""

from __future__ import annotations

import platform
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from bundle import elf_needs
from linux import appimage, debian, layout
from linux.layout import NAME
from release import source
from steps import ROOT, Stop, say

_DEBIAN_NAMES = {"x86_64": "amd64", "aarch64": "arm64"}


def make(folder: Path, version: str, target: Path) -> list[Path]:
    """Make the packages of the program in `folder` and return their paths, all in `target`.

    A package whose tool is missing is left out, with one line that says so. The same folder gives the same bytes:
    every time in them is `SOURCE_DATE_EPOCH`, else that of the last commit. Raises `Stop` where one can't be made.
    """
    machine, moment = platform.machine(), source.moment()
    target.mkdir(parents=True, exist_ok=True)
    made = [portable(folder, version, machine, moment, target)]
    with tempfile.TemporaryDirectory(dir=target, prefix=".tree-") as work:
        root = Path(work, "root")
        layout.lay_out(folder, version, moment, root)
        layout.make_plain(root, moment)
        if (tool := appimage.tool()) is not None:
            image_root = Path(work, "image")
            shutil.copytree(root, image_root, symlinks=True)
            made.append(appimage.make(image_root, version, machine, moment, target, tool))
            shutil.rmtree(image_root)
        else:
            say(f"The AppImage is left out: there is no appimagetool on the path and none in {appimage.TOOL}.")
        if shutil.which("dpkg-deb"):
            architecture = _DEBIAN_NAMES.get(machine, machine)
            made.append(debian.make(root, version, architecture, moment, target))
        else:
            say("The Debian package is left out: dpkg-deb is missing here.")
    return made


def portable(folder: Path, version: str, machine: str, moment: int, target: Path) -> Path:
    """Pack `folder`, with a note and what a desktop wants, as one folder that runs from wherever it is unpacked."""
    archive = target / f"{NAME}-{version}-linux-{machine}.tar.xz"
    top = f"{NAME}-{version}-linux-{machine}"
    with tempfile.TemporaryDirectory(dir=target, prefix=".extra-") as work:
        extra = Path(work)
        glibc = "{}.{}".format(*elf_needs.outside(folder).glibc)
        (extra / "README.txt").write_text(layout.filled("README.txt", VERSION=version, GLIBC=glibc))
        shutil.copy(ROOT / "LICENSE", extra / "LICENSE")
        layout.add_shared(extra / "share", version, moment)
        with archive.open("wb") as file:
            # The program `xz` rather than Python's module: it takes all cores.
            packer = subprocess.Popen(["xz", "-T0", "--stdout"], stdin=subprocess.PIPE, stdout=file)
            assert packer.stdin is not None
            with packer.stdin as pipe, tarfile.open(fileobj=pipe, mode="w|", format=tarfile.GNU_FORMAT) as tar:
                for part in (folder, extra):
                    for path in layout.everything(part):
                        _put(tar, path, f"{top}/{path.relative_to(part).as_posix()}", moment)
        if packer.wait():
            raise Stop("xz could not pack the portable archive.")
    return archive


def _put(tar: tarfile.TarFile, path: Path, name: str, moment: int) -> None:
    entry = tar.gettarinfo(path, name)
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mtime = moment
    entry.mode = 0o777 if path.is_symlink() else layout.plain_mode(path)
    if entry.islnk():  # hard links of the build machine are no part of the program
        entry.type, entry.linkname, entry.size = tarfile.REGTYPE, "", path.stat().st_size
    if entry.isreg():
        with path.open("rb") as content:
            tar.addfile(entry, content)
    else:
        tar.addfile(entry)
