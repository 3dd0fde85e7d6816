"""Proves what was built, each kind in its way: the folder, the .deb in a bare Debian tree, installers at home."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import system_libraries
from proof import bare_tree, built, installers
from steps import ROOT, Stop, call, with_our_modules

if TYPE_CHECKING:
    from collections.abc import Sequence

DIST = ROOT / "dist"


def main(args: Sequence[str]) -> int:
    """Prove what is named; without an argument what lies in dist/, the .deb where that can be."""
    if args:
        return max(_one(Path(name).resolve()) for name in args)
    code = _one(DIST / ("Seedance.app" if sys.platform == "darwin" else "seedance-desktop"))
    packages = sorted(DIST.glob("*.deb"), key=lambda path: path.stat().st_mtime)
    if packages and not code:
        code = package(packages[-1])
    return code


def _one(target: Path) -> int:
    kinds = {".deb": package, ".exe": installers.prove_setup, ".dmg": installers.prove_image}
    if target.suffix in kinds and not target.is_file():
        raise Stop(f"There is no package {target}.")
    return kinds.get(target.suffix, built.prove)(target)


def package(deb: Path) -> int:
    """Prove the .deb in a bare Debian tree, for which one has to be root on a Linux with debootstrap; the exit code."""
    system_libraries.provide(tests=True)
    tree = bare_tree.unpacked()
    # Mounts and processes of the proof end with its namespaces, whatever happens.
    alone = ["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "--mount-proc"]
    inside = [sys.executable, "-m", "proof.installed", str(tree.root), str(deb)]
    try:
        return call([*alone, *inside], with_our_modules())
    finally:
        bare_tree.remove(tree)
