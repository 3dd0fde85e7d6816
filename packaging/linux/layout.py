"""Lays the program out as Linux wants to find it below `/usr`: for the Debian package and the AppImage alike."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from release import changelog
from steps import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "seedance-desktop"
SOURCES = Path(__file__).resolve().parent / "files"
ICONS = ROOT / "resources" / "application"
# The sizes that the hicolor theme lists: 1024 is not among them, and the drawing itself serves it.
ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ENTRIES = (f"{NAME}.desktop", f"zz-{NAME}-videos.desktop")
_NEWEST_RELEASES = 8


def lay_out(folder: Path, version: str, moment: int, root: Path) -> None:
    """Fill `root/usr` with the program of `folder` and all that tells a desktop about it.

    `moment`, in seconds since 1970, is the time of every file. Modes are those of an installed system, whatever
    the umask: nothing is writable for others, and a file may be executed only if it is a program.
    """
    shutil.copytree(folder, root / "usr" / "lib" / NAME, symlinks=True)
    link = _under(root, "usr", "bin", NAME)
    link.symlink_to(Path("..", "lib", NAME, NAME))
    share = root / "usr" / "share"
    add_shared(share, version, moment)
    metainfo = _under(share, "metainfo", f"{NAME}.metainfo.xml")
    metainfo.write_text(metainfo_of(version, moment), encoding="utf-8")


def add_shared(share: Path, version: str, moment: int) -> None:
    """Desktop entries, icons and the man page below `share`, which is `/usr/share` or `~/.local/share`."""
    for name in ENTRIES:
        shutil.copy(SOURCES / name, _under(share, "applications", name))
    icons = share / "icons" / "hicolor"
    for size in ICON_SIZES:
        shutil.copy(ICONS / f"seedance-{size}.png", _under(icons, f"{size}x{size}", "apps", f"{NAME}.png"))
    shutil.copy(ICONS / "seedance.svg", _under(icons, "scalable", "apps", f"{NAME}.svg"))
    shutil.copy(ICONS / "seedance-symbolic.svg", _under(icons, "symbolic", "apps", f"{NAME}-symbolic.svg"))
    day = datetime.fromtimestamp(moment, UTC).date().isoformat()
    page = filled(f"{NAME}.1", VERSION=version, DATE=day)
    _under(share, "man", "man1", f"{NAME}.1.gz").write_bytes(packed(page))


def metainfo_of(version: str, moment: int) -> str:
    """The AppStream description with the newest releases of the changelog in it."""
    text = (SOURCES / f"{NAME}.metainfo.xml").read_text(encoding="utf-8")
    listed = ET.Element("releases")
    for release in changelog.read(version, moment)[:_NEWEST_RELEASES]:
        one = ET.SubElement(listed, "release", version=release.version, date=release.date.date().isoformat())
        if release.changes:
            changes = ET.SubElement(ET.SubElement(one, "description"), "ul")
            for change in release.changes:
                ET.SubElement(changes, "li").text = change
    ET.indent(listed, level=1)
    return text.replace("<releases/>", ET.tostring(listed, encoding="unicode"))


def components_of(folder: Path) -> list[dict[str, str]]:
    """What is bundled, as `_internal/licences/components.json` tells; nothing where a bundle carries no licences."""
    file = folder / "_internal" / "licences" / "components.json"
    return list(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else []


def filled(template: str, **values: str) -> str:
    """A text of `packaging/linux/files` with its `@NAME@` marks replaced."""
    text = (SOURCES / template).read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text


def packed(text: str) -> bytes:
    """Compressed as manual pages and changelogs are, always to the same bytes."""
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def make_plain(root: Path, moment: int) -> None:
    """Give everything below `root` the modes of an installed system and the time `moment`."""
    for path in [root, *everything(root)]:
        if not path.is_symlink():
            path.chmod(plain_mode(path))
        os.utime(path, (moment, moment), follow_symlinks=False)


def plain_mode(path: Path) -> int:
    """0755 for folders and programs, 0644 for all else, whatever a wheel's maker has marked as a program."""
    if path.is_dir():
        return 0o755
    marked = path.stat().st_mode & 0o100 and ".so" not in path.name
    return 0o755 if marked and _begins_as_program(path) else 0o644


def _begins_as_program(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4).startswith((b"\x7fELF", b"#!"))


def everything(root: Path) -> Iterator[Path]:
    """Every file, link and folder below `root`, always in the same order; links are not followed."""
    return iter(sorted(root.rglob("*")))


def _under(folder: Path, *parts: str) -> Path:
    path = folder.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
