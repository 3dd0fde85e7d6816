"""Proves the .deb in a bare Debian tree: installed, tested, driven like a user does, removed without a trace.

`prove.py` starts it by itself (`python -m proof.installed TREE DEB`), as the first process of namespaces of its own:
whatever ends it, its mounts and every process that it has started end with it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from proof import authority, bare_tree, spoken_window, traces
from proof.bare_tree import Tree
from proof.island import island
from proof.proofs import Place, Proofs, all_passed, keyring, need, output, self_test
from steps import Stop, private_session, say

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = "seedance-desktop"
_PROGRAM = f"/usr/bin/{_NAME}"
# A desktop has these; the package recommends them, or they are installed for the proof, which says so.
_DESKTOP = {"dbus-daemon": "dbus", "gnome-keyring-daemon": "gnome-keyring", "update-ca-certificates": "ca-certificates"}
_ACCESSIBILITY = "at-spi2-core"
_STORE = "usr/local/share/ca-certificates/proof.crt"
_OWN = ("Seedance",)  # the folders of the program in the user's home
# What libraries and services of the system keep for all their programs alike.
_OTHERS = (
    ".local/share/keyrings",
    ".cache/fontconfig",
    ".cache/mesa_shader_cache",
    ".cache/qtshadercache",
    ".config/dconf",
)


def prove(tree: Tree, deb: Path) -> int:
    """Every proof of the package, in order; the exit code."""
    proofs = Proofs()
    try:
        with ExitStack() as stack:
            _prove(proofs, tree, deb, stack)
    finally:
        code = proofs.tell(deb.name)
    return code


def _prove(proofs: Proofs, tree: Tree, deb: Path, stack: ExitStack) -> None:
    with proofs.proof("A bare Debian tree without Python"):
        bare_tree.furnish(tree)
        tree.add_user()
        _no_python(tree)
    with proofs.proof("What the package asks for is there, and no Python"):
        _satisfy(tree, deb)
        before = traces.files(tree.root, apart=[_relative(tree, tree.home)])
    with proofs.proof("apt-get install of the .deb"):
        _install(tree, deb)
    with proofs.proof("A desktop: screen, bus, keyring, an island without network"):
        place, alone = stack.enter_context(_desktop(tree))
    private = authority.make(Path(place.env["XDG_RUNTIME_DIR"]), "Proof of Seedance Desktop", 30)
    address = stack.enter_context(authority.serving(private, alone))
    with proofs.proof("The installed program's self-test; an unknown authority is refused"):
        results = self_test(place, _PROGRAM, "--tls", address)
        need(results["result"]["failed"] == ["tls"], f"failed: {results['result']['failed']}, and not only “tls”")
        need("tls-untrusted" in results["tls"]["said"], "an unknown authority is not what it failed for")
    with proofs.proof("Its self-test once more; the authority is in the system's store now"):
        shutil.copy(private.certificate, tree.root / _STORE)
        output(tree.as_root(), "update-ca-certificates")
        all_passed(
            self_test(place, _PROGRAM, "--tls", address), window="on xcb", keyring="SecretService", tls="reached"
        )
    with proofs.proof("A clip made in the window, by a screen reader"):
        _make_a_clip(tree, place)
    with proofs.proof("apt-get purge leaves nothing but the user's own"):
        (tree.root / _STORE).unlink()
        output(tree.as_root(), "update-ca-certificates", "--fresh")
        _purge(tree, before)


def _no_python(tree: Tree) -> None:
    found = tree.pythons()
    need(not found, f"Python is in the tree: {', '.join(found)}")


def _satisfy(tree: Tree, deb: Path) -> None:
    """Install what the .deb depends on and recommends, so that afterwards nothing but itself comes and goes."""
    bare = tree.packages()
    tree.apt("update")
    fields = [output(Place((), os.environ), "dpkg-deb", "-f", str(deb), name) for name in ("Depends", "Recommends")]
    tree.apt("satisfy", *(text.strip() for text in fields if text.strip()))
    brought = tree.packages()
    say(f"   {len(brought) - len(bare)} packages beside the {len(bare)} of the bare tree")
    lacking = [package for program, package in _DESKTOP.items() if not shutil.which(program, path=_paths(tree))]
    lacking += [] if _ACCESSIBILITY in brought else [_ACCESSIBILITY]
    if lacking:
        say(f"   installed for the proof alone, the package doesn't ask for it: {', '.join(lacking)}")
        tree.apt("install", *lacking)
    _no_python(tree)


def _paths(tree: Tree) -> str:
    return ":".join(str(tree.root / folder) for folder in ("usr/bin", "usr/sbin", "bin", "sbin"))


def _install(tree: Tree, deb: Path) -> None:
    before = tree.packages()
    inside = tree.root / "root" / deb.name
    shutil.copy(deb, inside)
    tree.apt("install", f"/root/{deb.name}")
    inside.unlink()
    came = sorted(set(tree.packages()) - set(before))
    need(came == [_NAME], f"these came: {', '.join(came)}")
    link = tree.root / _PROGRAM.lstrip("/")
    need(link.is_symlink(), f"{_PROGRAM} is no symbolic link")
    target = os.path.normpath(f"/usr/bin/{link.readlink()}")
    need((tree.root / target.lstrip("/")).is_file(), f"{_PROGRAM} leads to {target}, where nothing is")
    _no_python(tree)
    size = int(output(tree.as_root(), "dpkg-query", "-W", "-f", "${Installed-Size}", _NAME)) / 1000
    say(f"   {_PROGRAM} leads to {target}; {size:.0f} MB installed, {deb.stat().st_size / 1e6:.1f} MB to fetch")


@contextmanager
def _desktop(tree: Tree) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """Where the user's programs run, with a screen, a bus and an open keyring; and the way to their island."""
    with (
        tempfile.TemporaryDirectory(prefix="proof-", dir="/tmp") as folder,
        private_session() as screen,
        island() as alone,
    ):
        need(alone, "no network namespace may be made here")
        shared = Path(folder)
        os.chown(shared, tree.user, tree.user)
        tree.share(shared)
        tree.share(Path("/tmp/.X11-unix"))  # noqa: S108 - where X has it
        bus = f"unix:path={shared}/bus"
        env = {"DISPLAY": screen["DISPLAY"], "XDG_RUNTIME_DIR": folder, "DBUS_SESSION_BUS_ADDRESS": bus}
        at_home = tree.as_user((), env)
        with _bus(at_home, bus), keyring(at_home):
            yield tree.as_user(alone, {**env, "QT_QPA_PLATFORM": "xcb"}), alone


@contextmanager
def _bus(place: Place, address: str) -> Iterator[None]:
    command = [*place.wrap, "dbus-daemon", "--session", "--nofork", "--print-address", f"--address={address}"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=dict(place.env), stdout=subprocess.PIPE, stderr=quiet, stdin=quiet) as bus:
        assert bus.stdout is not None
        need(bus.stdout.readline(), "the session bus did not start")
        try:
            yield
        finally:
            bus.terminate()


def _make_a_clip(tree: Tree, place: Place) -> None:
    with spoken_window.opened(place, tree.user, _PROGRAM, "--demo") as window:
        name = window.make_a_clip()
    library = tree.home / ".local" / "share" / "Seedance" / "demo library"
    films = [film for film in library.rglob("*.mp4") if "demo-gateway" not in film.relative_to(library).parts]
    need(len(films) == 1, f"{len(films)} films in {library}")
    with films[0].open("rb") as film:
        need(film.read(12)[4:8] == b"ftyp", f"{films[0].name} is no MP4")
    need(films[0].stat().st_uid == tree.user, f"{films[0].name} is not the user's own")
    say(f"   “{name}”\n   {films[0].relative_to(tree.home)}, {films[0].stat().st_size / 1000:.0f} kB")


def _purge(tree: Tree, before: dict[str, str]) -> None:
    tree.apt("purge", _NAME)
    after = traces.files(tree.root, apart=[_relative(tree, tree.home)])
    left = traces.differences(before, after)
    need(not left, f"{len(left)} traces: " + "; ".join(left[:40]))
    own, strange = [], []
    others: set[str] = set()
    for path in sorted(path for path in tree.home.rglob("*") if path.is_file()):
        name = _relative(tree, path).removeprefix(f"{_relative(tree, tree.home)}/")
        if set(_OWN) & set(Path(name).parts):
            own.append(name)
        elif found := [place for place in _OTHERS if name.startswith(place)]:
            others.update(found)
        elif not name.startswith((".bash", ".profile")):
            strange.append(name)
    need(not strange, f"in the user's home: {', '.join(strange)}")
    need(any(name.endswith(".mp4") for name in own), "the user's own clip is gone")
    say(f"   {len(before)} paths of the tree as before; in the home {len(own)} files of the user's library,")
    say(f"   preferences and logs, and what other programs keep there ({', '.join(sorted(others))})")


def _relative(tree: Tree, path: Path) -> str:
    return path.relative_to(tree.root).as_posix()


if __name__ == "__main__":
    try:
        sys.exit(prove(Tree(Path(sys.argv[1])), Path(sys.argv[2])))
    except Stop as stop:
        sys.exit(f"\n{stop}")
