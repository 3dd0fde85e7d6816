"""The Linux packages, made of a small stand-in for PyInstaller's folder and read back by Debian's own tools."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import shutil
import stat
import subprocess
import sys
import tarfile
from configparser import ConfigParser
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from bundle.elf_needs import Needs, outside
from linux import packages
from linux.debian import depends, installed_size
from release import changelog, source
from steps import ROOT, Stop

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="packages for Linux are made on Linux"),
    pytest.mark.skipif(not shutil.which("objdump"), reason="objdump (binutils) is missing here"),
]
needs_dpkg = pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="dpkg-deb is missing here")
MOMENT = 1_795_000_000  # 2026-11-18
VERSION = "9.8.7"
USR = "./usr"
COMPONENTS = [
    {"name": "FFmpeg", "version": "8.1", "licence": "LGPL-2.1-or-later", "homepage": "", "files": []},
    {"name": "Brotli", "version": "", "licence": "MIT", "homepage": "", "files": []},
]


@dataclass(frozen=True)
class Built:
    """What was made, and the Debian package unpacked."""

    folder: Path
    files: dict[str, Path]
    entries: dict[str, tarfile.TarInfo]
    content: dict[str, bytes]

    def text(self, path: str) -> str:
        return self.content[f"{USR}/{path}"].decode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program as PyInstaller leaves it, on a machine with a strict umask and odd modes."""
    program = tmp_path_factory.mktemp("dist") / "seedance-desktop"
    licences = program / "_internal" / "licences"
    licences.mkdir(parents=True)
    (licences / "components.json").write_text(json.dumps(COMPONENTS))
    (licences / "LICENSE").write_text("marked as a program in its wheel")
    (licences / "LICENSE").chmod(0o755)
    (program / "seedance-desktop").write_text('#!/bin/sh\necho "started as $0 with $*"\n')
    (program / "seedance-desktop").chmod(0o700)
    library = program / "_internal" / "libpart.so.1"
    shutil.copy("/bin/true", library)
    library.chmod(0o755)
    (program / "_internal" / "libpart.so").symlink_to("libpart.so.1")
    program.chmod(0o700)
    return program


@pytest.fixture(scope="module")
def built(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    target = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(MOMENT))
        patch.delenv("SEEDANCE_APPIMAGETOOL", raising=False)
        files = {path.suffix: path for path in packages.make(folder, VERSION, target)}
    data = subprocess.run(["dpkg-deb", "--fsys-tarfile", files[".deb"]], capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        entries = {entry.name: entry for entry in tar.getmembers()}
        content = {name: tar.extractfile(entry).read() for name, entry in entries.items() if entry.isreg()}  # type: ignore[union-attr]
    return Built(folder, files, entries, content)


def field(package: Path, name: str) -> str:
    return subprocess.run(
        ["dpkg-deb", "--field", package, name], capture_output=True, check=True, text=True
    ).stdout.strip()


@needs_dpkg
def test_the_package_says_what_it_is(built: Built) -> None:
    package = built.files[".deb"]
    architecture = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True)
    assert package.name == f"seedance-desktop_{VERSION}_{architecture.stdout.strip()}.deb"
    assert field(package, "Version") == VERSION
    assert field(package, "Architecture") == architecture.stdout.strip()
    assert "@" not in field(package, "Depends") + field(package, "Recommends") + field(package, "Description")
    assert field(package, "Depends").startswith("libc6 (>= 2.")
    assert 100 < int(field(package, "Installed-Size")) < 1000


@needs_dpkg
def test_the_command_is_a_link_to_the_program_in_its_own_folder(built: Built) -> None:
    link = built.entries[f"{USR}/bin/seedance-desktop"]
    assert (link.issym(), link.linkname) == (True, "../lib/seedance-desktop/seedance-desktop")
    inner = built.entries[f"{USR}/lib/seedance-desktop/_internal/libpart.so"]
    assert (inner.issym(), inner.linkname) == (True, "libpart.so.1")


@needs_dpkg
def test_nothing_is_the_builders_own(built: Built) -> None:
    program = f"{USR}/lib/seedance-desktop/seedance-desktop"
    for name, entry in built.entries.items():
        assert (entry.uid, entry.gid, entry.mtime) == (0, 0, MOMENT), name
        wanted = 0o777 if entry.issym() else 0o755 if entry.isdir() or name == program else 0o644
        assert oct(entry.mode & 0o7777) == oct(wanted), name


@needs_dpkg
def test_the_sums_are_those_of_the_files(built: Built, tmp_path: Path) -> None:
    subprocess.run(["dpkg-deb", "--control", built.files[".deb"], tmp_path / "control"], check=True)
    listed = {line[34:]: line[:32] for line in (tmp_path / "control" / "md5sums").read_text().splitlines()}
    assert listed == {name[2:]: hashlib.md5(data).hexdigest() for name, data in built.content.items()}
    assert {path.name for path in (tmp_path / "control").iterdir()} == {"control", "md5sums"}, (
        "dpkg's triggers do the rest"
    )


@needs_dpkg
def test_every_icon_has_the_size_of_its_folder(built: Built) -> None:
    icons = f"{USR}/share/icons/hicolor"
    for size in (16, 22, 24, 32, 48, 64, 128, 256, 512):
        with Image.open(io.BytesIO(built.content[f"{icons}/{size}x{size}/apps/seedance-desktop.png"])) as picture:
            assert picture.size == (size, size)
    assert b"<svg" in built.content[f"{icons}/scalable/apps/seedance-desktop.svg"]
    assert b"<svg" in built.content[f"{icons}/symbolic/apps/seedance-desktop-symbolic.svg"]


def entry_of(text: str) -> ConfigParser:
    parser = ConfigParser(interpolation=None, delimiters="=")
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    return parser


@needs_dpkg
def test_the_desktop_finds_the_window_and_the_links(built: Built) -> None:
    entry = entry_of(built.text("share/applications/seedance-desktop.desktop"))
    main = entry["Desktop Entry"]
    assert (main["Name"], main["Icon"], main["Exec"]) == ("Seedance Desktop", "seedance-desktop", "seedance-desktop %U")
    assert main["StartupWMClass"] == "seedance-desktop"
    assert main["MimeType"] == "x-scheme-handler/seedance;"
    assert all(main[f"{key}[zh_CN]"] for key in ("Comment", "GenericName", "Keywords"))
    assert main["Actions"] == "demo;"
    assert entry["Desktop Action demo"]["Exec"] == "seedance-desktop --demo"


@needs_dpkg
def test_videos_may_be_opened_with_it_and_never_are_by_default(built: Built) -> None:
    names = [name.rsplit("/", 1)[1] for name in built.content if "/applications/" in name]
    video = [name for name in names if "video/" in built.text(f"share/applications/{name}")]
    assert video == ["zz-seedance-desktop-videos.desktop"], "desktops take the first by name"
    main = entry_of(built.text(f"share/applications/{video[0]}"))["Desktop Entry"]
    assert main["MimeType"] == "video/mp4;video/quicktime;video/webm;"
    assert (main["NoDisplay"], main["InitialPreference"]) == ("true", "0")


@needs_dpkg
def test_the_documents_are_there(built: Built) -> None:
    text = built.text("share/doc/seedance-desktop/copyright")
    assert text.startswith("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/")
    assert "\n FFmpeg 8.1: LGPL-2.1-or-later\n Brotli: MIT\n" in text
    changes = gzip.decompress(built.content[f"{USR}/share/doc/seedance-desktop/changelog.gz"]).decode()
    assert changes.startswith(f"seedance-desktop ({VERSION}) unstable; urgency=medium\n\n  * ")
    assert all(len(line) <= 80 for line in changes.splitlines() if not line.startswith(" -- "))
    page = gzip.decompress(built.content[f"{USR}/share/man/man1/seedance-desktop.1.gz"]).decode()
    assert f'"2026-11-18" "Seedance Desktop {VERSION}"' in page


@needs_dpkg
def test_the_same_program_gives_the_same_package(
    built: Built, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(MOMENT))
    before = os.umask(0o077)
    try:
        again = {path.suffix: path.read_bytes() for path in packages.make(folder, VERSION, tmp_path)}
    finally:
        os.umask(before)
    assert again == {suffix: path.read_bytes() for suffix, path in built.files.items()}
    assert not list(tmp_path.glob(".*")), "no work folder stays"


def test_the_portable_archive_runs_from_where_it_is_unpacked(folder: Path, tmp_path: Path) -> None:
    archive = packages.portable(folder, VERSION, "x86_64", MOMENT, tmp_path)
    assert archive.name == f"seedance-desktop-{VERSION}-linux-x86_64.tar.xz"
    with tarfile.open(archive) as tar:
        assert {(entry.uid, entry.gid, entry.mtime) for entry in tar.getmembers()} == {(0, 0, MOMENT)}
        tar.extractall(tmp_path / "unpacked", filter="tar")
    [top] = (tmp_path / "unpacked").iterdir()
    assert top.name == archive.name.removesuffix(".tar.xz")
    ran = subprocess.run([top / "seedance-desktop", "--demo"], capture_output=True, text=True, check=True)
    assert ran.stdout == f"started as {top}/seedance-desktop with --demo\n"
    note = (top / "README.txt").read_text()
    assert f"Seedance Desktop {VERSION} for Linux" in note
    assert "@" not in note
    assert (top / "share" / "applications" / "seedance-desktop.desktop").is_file()
    assert stat.S_IMODE((top / "_internal" / "libpart.so.1").stat().st_mode) & 0o111 == 0


STAND_IN = """#!/bin/sh
[ "$1" = --no-appstream ] && [ "$ARCH" ] && [ "$VERSION" = 9.8.7 ] || exit 3
cd "$2" && ls -A > "$3" && ./AppRun --demo >> "$3" && head -1 seedance-desktop.desktop >> "$3"
"""


def test_the_appimage_is_made_where_its_tool_is(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = tmp_path / "appimagetool"
    tool.write_text(STAND_IN)
    tool.chmod(0o755)
    monkeypatch.setenv("SEEDANCE_APPIMAGETOOL", str(tool))
    made = packages.make(folder, VERSION, tmp_path / "out")
    [image] = [path for path in made if path.suffix == ".AppImage"]
    lines = image.read_text().splitlines()
    assert lines[:5] == [".DirIcon", "AppRun", "seedance-desktop.desktop", "seedance-desktop.png", "usr"]
    assert lines[5:] == ["started as ./AppRun with --demo", "[Desktop Entry]"]
    assert os.access(image, os.X_OK)
    monkeypatch.setenv("SEEDANCE_APPIMAGETOOL", "/bin/false")
    with pytest.raises(Stop, match="appimagetool"):
        packages.make(folder, VERSION, tmp_path / "out")


def test_a_missing_tool_is_told_in_one_line(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("objdump", "xz"):
        (tools / name).symlink_to(str(shutil.which(name)))
    monkeypatch.setenv("PATH", str(tools))
    monkeypatch.delenv("SEEDANCE_APPIMAGETOOL", raising=False)
    assert [path.suffix for path in packages.make(folder, VERSION, tmp_path / "out")] == [".xz"]
    said = capsys.readouterr().out.splitlines()
    assert [line.split(" is left out")[0] for line in said] == ["The AppImage", "The Debian package"]


def test_the_needs_are_read_from_the_headers(folder: Path, tmp_path: Path) -> None:
    needs = outside(folder)
    assert "libc.so.6" in needs.libraries
    assert needs.glibc >= (2, 2)
    shutil.copytree(folder, tmp_path / "whole")
    (tmp_path / "whole" / "_internal" / "libc.so.6").write_bytes(b"bundled")
    assert "libc.so.6" not in outside(tmp_path / "whole").libraries, "what is bundled is no need"


def test_needs_become_packages_of_every_generation() -> None:
    libraries = frozenset({"libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2", "libEGL.so.1", "libglib-2.0.so.0"})
    found = depends(Needs(libraries, (2, 34)))
    assert found[0] == "libc6 (>= 2.34)"
    assert "libegl1" in found
    assert "libglib2.0-0 | libglib2.0-0t64" in found
    assert {"libdbus-1-3", "xkb-data", "ca-certificates"} <= set(found), "what no header tells of"
    with pytest.raises(Stop, match=r"libunheard\.so\.3"):
        depends(Needs(frozenset({"libunheard.so.3"}), (2, 34)))


def test_installed_size_counts_whole_kib(tmp_path: Path) -> None:
    (tmp_path / "usr" / "a").mkdir(parents=True)
    (tmp_path / "usr" / "a" / "file").write_bytes(b"x" * 1025)
    (tmp_path / "usr" / "link").symlink_to("a")
    assert installed_size(tmp_path / "usr") == 1 + 1 + 2 + 1


def test_the_moment_is_the_last_commits_unless_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000001")
    assert source.moment() == 1_795_000_001
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert source.moment() == int(said)
    monkeypatch.setattr(source, "_git", lambda: False)
    assert source.moment() == int(changelog.CHANGELOG.stat().st_mtime)
