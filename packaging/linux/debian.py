"""Makes the Debian package of a tree that is laid out below `/usr`."""

from __future__ import annotations

import hashlib
import os
import re
import textwrap
from datetime import UTC
from email.utils import format_datetime
from typing import TYPE_CHECKING

import system_libraries
from bundle import elf_needs
from linux import layout
from linux.layout import NAME
from release import changelog
from steps import Stop, call

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from bundle.elf_needs import Needs

_BASE = {"libgcc_s.so.1": "libgcc-s1", "libz.so.1": "zlib1g"}
_GLIBC = re.compile(r"(ld-linux.*|lib(c|m|dl|rt|util|pthread|resolv|mvec)\.so\.\d)")
# Opened by name while the program runs, or read as files, so no ELF header tells of them: Qt's D-Bus; the
# keyboard's layouts; the names of composed characters; the fonts' settings; the authorities of TLS.
_UNSEEN = ("ca-certificates", "fontconfig-config", "libdbus-1-3", "libx11-data", "xkb-data")
# Since the move to 64-bit times these are called otherwise: Debian 13, Ubuntu 24.04 and later.
_RENAMED = {name: f"{name} | {name}t64" for name in ("libglib2.0-0", "libgtk-3-0", "libssl3", "libpng16-16")}
# We own no domain: an address that can't be anybody's. Who publishes packages sets Debian's own variables.
_NOBODY = ("The makers of Seedance Desktop", "maintainers@seedance-desktop.invalid")


def make(root: Path, version: str, architecture: str, moment: int, target: Path) -> Path:
    """Turn `root`, which holds `usr/`, into `target/seedance-desktop_<version>_<architecture>.deb`.

    The same tree and `moment` (seconds since 1970) give the same bytes. Raises `Stop` where a library is needed
    whose Debian package isn't known, or where dpkg-deb fails.
    """
    program = root / "usr" / "lib" / NAME
    _add_documents(root, version, moment, layout.components_of(program))
    control = root / "DEBIAN"
    control.mkdir()
    text = layout.filled(
        "control",
        VERSION=version,
        ARCHITECTURE=architecture,
        MAINTAINER=maintainer(),
        SIZE=str(installed_size(root / "usr")),
        DEPENDS=", ".join(depends(elf_needs.outside(program))),
    )
    (control / "control").write_text(text, encoding="utf-8")
    (control / "md5sums").write_text("".join(_sums(root)), encoding="utf-8")
    layout.make_plain(root, moment)
    package = target / f"{NAME}_{version}_{architecture}.deb"
    build = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(package)]
    if call(build, {**os.environ, "SOURCE_DATE_EPOCH": str(moment)}):
        raise Stop("dpkg-deb could not make the Debian package.")
    return package


def depends(needs: Needs) -> list[str]:
    """The Debian packages that bring what is needed, sorted, with the names of both generations of libraries."""
    packages = {_package_of(library) for library in needs.libraries if not _GLIBC.fullmatch(library)}
    packages.update(_UNSEEN)
    glibc = "libc6 (>= {}.{})".format(*needs.glibc)
    return [glibc, *(_RENAMED.get(package, package) for package in sorted(packages))]


def _package_of(library: str) -> str:
    known = {name: package.apt for name, package in system_libraries.WINDOW.items()} | _BASE
    if library not in known:
        raise Stop(
            f"The program needs {library}, and the name of its Debian package isn't known: add it to "
            f"packaging/system_libraries.py, or bundle the library."
        )
    return known[library]


def maintainer() -> str:
    """Name and address, from Debian's `DEBFULLNAME` and `DEBEMAIL` where they are set."""
    return f"{os.environ.get('DEBFULLNAME', _NOBODY[0])} <{os.environ.get('DEBEMAIL', _NOBODY[1])}>"


def installed_size(usr: Path) -> int:
    """What the package takes on disk, in KiB, counted as Debian's policy says: whole KiB a file, one a folder."""
    files = layout.everything(usr)
    return 1 + sum(1 if path.is_symlink() or path.is_dir() else -(-path.stat().st_size // 1024) for path in files)


def _add_documents(root: Path, version: str, moment: int, components: Iterable[dict[str, str]]) -> None:
    documents = root / "usr" / "share" / "doc" / NAME
    documents.mkdir(parents=True)
    copyright_ = layout.filled("copyright", COMPONENTS="\n".join(map(_component_line, components)) or " .")
    (documents / "copyright").write_text(copyright_, encoding="utf-8")
    (documents / "changelog.gz").write_bytes(layout.packed(changelog_of(version, moment)))
    overrides = root / "usr" / "share" / "lintian" / "overrides" / NAME
    overrides.parent.mkdir(parents=True)
    overrides.write_text(layout.filled("lintian-overrides"), encoding="utf-8")


def _component_line(component: dict[str, str]) -> str:
    name = f"{component['name']} {component['version']}".strip()  # some libraries don't tell their version
    return f" {name}: {component['licence']}"


def changelog_of(version: str, moment: int) -> str:
    """Our changelog in Debian's form."""
    return "\n".join(_entry(release) for release in changelog.read(version, moment))


def _entry(release: changelog.Release) -> str:
    wrapped = [
        textwrap.fill(change, 78, initial_indent="  * ", subsequent_indent="    ")
        for change in release.changes or ("New release.",)
    ]
    signed = f" -- {maintainer()}  {format_datetime(release.date.astimezone(UTC))}"
    head = f"{NAME} ({release.version}) unstable; urgency=medium"
    return "\n\n".join([head, "\n".join(wrapped), signed]) + "\n"


def _sums(root: Path) -> Iterable[str]:
    for path in layout.everything(root / "usr"):
        if path.is_file() and not path.is_symlink():
            digest = hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
            yield f"{digest}  {path.relative_to(root).as_posix()}\n"
