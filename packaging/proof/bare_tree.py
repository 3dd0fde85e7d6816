"""A bare Debian as a folder, without Python: made once by debootstrap, unpacked for each proof, entered by chroot."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from proof.proofs import Place, need, output, programs_of
from steps import ROOT, Stop, say
from steps import need as must

if TYPE_CHECKING:
    from collections.abc import Mapping

RELEASE = "bookworm"  # the oldest Debian whose glibc the bundled wheels accept
WORK = ROOT / "build"
_ARCHIVE = WORK / f"bare-{RELEASE}.tar"
_PACKAGES = WORK / "bare-packages"  # what apt has fetched, kept from one proof to the next
_USER = "creator"
_ID = 1000
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass(frozen=True)
class Tree:
    """An unpacked tree; what it starts runs in it."""

    root: Path

    def as_root(self) -> Place:
        """Where the administrator's commands run."""
        env = {"PATH": _PATH, "HOME": "/root", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
        return Place(("chroot", str(self.root)), env)

    def as_user(self, wrap: tuple[str, ...], env: Mapping[str, str]) -> Place:
        """Where the ordinary user's programs run; `wrap` starts what starts them."""
        own = {"PATH": _PATH, "HOME": f"/home/{_USER}", "USER": _USER, "LANG": "C.UTF-8"}
        return Place((*wrap, "chroot", f"--userspec={_ID}:{_ID}", str(self.root)), {**own, **env})

    @property
    def home(self) -> Path:
        """The ordinary user's home, seen from outside."""
        return self.root / "home" / _USER

    @property
    def user(self) -> int:
        """The ordinary user's number."""
        return _ID

    def add_user(self) -> None:
        """Make the ordinary user."""
        output(self.as_root(), "useradd", "--create-home", "--uid", str(_ID), "--shell", "/bin/sh", _USER)

    def share(self, folder: Path) -> None:
        """Show a folder of this machine in the tree, at the same path."""
        inside = self.root / folder.relative_to("/")
        inside.mkdir(parents=True, exist_ok=True)
        _mount("--bind", str(folder), str(inside))

    def apt(self, *arguments: str) -> str:
        """apt-get in the tree."""
        quick = ["-o", "APT::Sandbox::User=root", "-o", "Dpkg::Options::=--force-unsafe-io"]  # nobody needs it tomorrow
        return output(self.as_root(), "apt-get", "-q", "-y", *quick, *arguments)

    def packages(self) -> dict[str, str]:
        """The installed packages and their versions."""
        query = ["dpkg-query", "-W", "-f", "${db:Status-Abbrev}\t${Package}\t${Version}\n"]
        lines = [line.split("\t") for line in output(self.as_root(), *query).splitlines()]
        return {name: version for status, name, version in lines if status.startswith("ii")}

    def pythons(self) -> list[str]:
        """Every Python of the tree: packages of it, and programs on the search path."""
        named = [name for name in self.packages() if re.match(r"(lib)?python\d|pypy", name)]
        folders = [self.root / part.strip("/") for part in _PATH.split(":")]
        found = {str(path.relative_to(self.root)) for folder in folders for path in folder.glob("python*")}
        return sorted({*named, *found})


def unpacked() -> Tree:
    """A fresh tree, made if it has to be; only root can. Raises `Stop`."""
    lacking = programs_of("debootstrap", "dpkg-deb", "chroot", "unshare", "openssl")
    if os.geteuid() or lacking:
        why = f"the programs {', '.join(lacking)} are missing" if lacking else "only root can make and enter one"
        raise Stop(f"The package can't be proved in a bare Debian tree here: {why}.")
    tree = Tree(WORK / "bare-tree")
    if not _ARCHIVE.exists():
        _make(tree.root)
    remove(tree)
    tree.root.mkdir(parents=True)
    must(["tar", "-xpf", str(_ARCHIVE), "-C", str(tree.root)], "The bare tree could not be unpacked")
    return tree


def remove(tree: Tree) -> None:
    """Remove the tree; never while something is mounted in it, for that would be removed too."""
    need(not _mounted(tree.root), f"{tree.root} has something mounted in it: unmount that first")
    if tree.root.exists():
        shutil.rmtree(tree.root)


def furnish(tree: Tree) -> None:
    """Mount what programs need into the tree, and let it reach Debian's mirror; in a mount namespace of its own."""
    _PACKAGES.mkdir(exist_ok=True)
    _mount("-t", "proc", "proc", str(tree.root / "proc"))
    _mount("-t", "tmpfs", "-o", "mode=1777", "tmpfs", str(tree.root / "dev" / "shm"))
    _mount("--bind", str(_PACKAGES), str(tree.root / "var" / "cache" / "apt" / "archives"))
    shutil.copy("/etc/resolv.conf", tree.root / "etc" / "resolv.conf")
    (tree.root / "etc" / "hosts").write_text("127.0.0.1 localhost\n", encoding="ascii")  # as Debian's installer does
    never = tree.root / "usr" / "sbin" / "policy-rc.d"  # no services: nobody has started this system
    never.write_text("#!/bin/sh\nexit 101\n", encoding="ascii")
    never.chmod(0o755)


def _make(root: Path) -> None:
    say(f"Making a bare Debian tree ({RELEASE}); kept for the next time.")
    shutil.rmtree(root, ignore_errors=True)
    WORK.mkdir(exist_ok=True)
    must(["debootstrap", "--variant=minbase", RELEASE, str(root)], "The bare tree could not be made")
    must(["chroot", str(root), "apt-get", "clean"], "The bare tree could not be cleaned")
    part = _ARCHIVE.with_suffix(".part")
    must(["tar", "-cf", str(part), "-C", str(root), "."], "The bare tree could not be kept")
    part.replace(_ARCHIVE)


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


def _mounted(root: Path) -> list[str]:
    lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines()
    return [place for line in lines if (place := line.split()[4]).startswith(f"{root}/")]
