"""The built program's contents: what goes in, what stays out, and that every library finds what it links to."""

from __future__ import annotations

import ast
import os
import runpy
import shutil
import sys
from pathlib import Path

import PySide6
import pytest

import system_libraries
from bundle import contents, links, making
from seedance_desktop.media import pictures
from steps import ROOT, Stop

QT = Path(PySide6.__file__).parent / "Qt"
SOURCES = sorted((ROOT / "seedance_desktop").rglob("*.py"))
linux = pytest.mark.skipif(
    not sys.platform.startswith("linux") or not shutil.which("objdump"), reason="reads ELF files"
)
IN_QT = "PySide6/Qt"


def wanted(place: str, source: str = "/e/site-packages/x", system: str = "linux") -> bool:
    return contents.wanted(place, source, system=system)


@pytest.mark.parametrize(
    "place",
    [
        f"{IN_QT}/lib/libQt6Quick.so.6",  # the player's plugin links to it, and to the next
        f"{IN_QT}/lib/libQt6Qml.so.6",
        f"{IN_QT}/lib/libQt6Concurrent.so.6",
        f"{IN_QT}/lib/libavcodec.so.61",
        f"{IN_QT}/plugins/multimedia/libffmpegmediaplugin.so",
        f"{IN_QT}/plugins/platforms/libqxcb.so",
        f"{IN_QT}/plugins/platforms/libqwayland.so",
        f"{IN_QT}/plugins/platforms/libqoffscreen.so",
        f"{IN_QT}/plugins/platformthemes/libqxdgdesktopportal.so",
        f"{IN_QT}/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        f"{IN_QT}/plugins/tls/libqopensslbackend.so",
        f"{IN_QT}/translations/qtbase_zh_CN.qm",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6\\plugins\\multimedia\\ffmpegmediaplugin.dll",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/translations/qtbase_zh_CN.qm",
        "pillow_heif.libs/libx265-4883ecb5.so.217",
        "seedance_desktop/_resources/translations/zh_CN/LC_MESSAGES/seedance.mo",
    ],
)
def test_what_the_program_needs_goes_in(place: str) -> None:
    assert wanted(place)


@pytest.mark.parametrize(
    "place",
    [
        f"{IN_QT}/lib/libQt6Pdf.so.6",
        f"{IN_QT}/lib/libQt6VirtualKeyboard.so.6",
        f"{IN_QT}/plugins/imageformats/libqpdf.so",
        f"{IN_QT}/plugins/platformthemes/libqgtk3.so",
        f"{IN_QT}/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        f"{IN_QT}/plugins/platforms/libqminimalegl.so",
        f"{IN_QT}/plugins/qmltooling/libqmldbg_debugger.so",
        f"{IN_QT}/translations/qtbase_de.qm",
        f"{IN_QT}/translations/designer_zh_CN.qm",
        "PySide6/Qt6Pdf.dll",
        "PySide6/QtConcurrent.abi3.so",
    ],
)
def test_what_nobody_needs_stays_out(place: str) -> None:
    assert not wanted(place)


def test_links_go_where_their_aim_goes() -> None:
    assert contents.wanted("libQt6Core.so.6", f"{IN_QT}/lib/libQt6Core.so.6", "SYMLINK", system="linux")
    assert not contents.wanted("libQt6Pdf.so.6", f"{IN_QT}/lib/libQt6Pdf.so.6", "SYMLINK", system="linux")


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("libssl.so.3", True),
        ("libpython3.11.so.1.0", True),
        ("libxcb-cursor.so.0", True),
        ("libxkbcommon-x11.so.0", True),
        ("libxcb.so.1", False),
        ("libstdc++.so.6", False),
        ("libgtk-3.so.0", False),
        ("libfontconfig.so.1", False),
    ],
)
def test_few_libraries_of_the_building_system_go_in(name: str, there: bool) -> None:
    assert wanted(name, f"/usr/lib/x86_64-linux-gnu/{name}") is there
    assert contents.wanted(name, f"/usr/lib/{name}", system="darwin")


def test_what_the_source_imports_by_a_name_in_a_string_is_named() -> None:
    named = set(contents.BY_NAME)
    assert {module for module, _ in pictures._PLUGINS.values()} <= named
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module") and node.args:
                check_import(source, node.args[0], named)


def check_import(source: Path, name: ast.expr, named: set[str]) -> None:
    """Modules of ours are all there, and those of PySide6 are imported elsewhere too."""
    if not isinstance(name, ast.Constant):
        assert source.name == "pictures.py", f"{source}: what may {ast.unparse(name)} be?"
        return
    module = str(name.value)
    known = module.startswith((".", "seedance_desktop", "PySide6.")) or module in named
    in_qt, on_linux = module == "shibokensupport.feature", module == "secretstorage"
    assert known or in_qt or on_linux, f"{source}: {module} is not in contents.BY_NAME"


def test_nothing_that_the_source_imports_is_kept_out() -> None:
    imported = set()
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {one.name for one in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    assert len(imported) > 100
    assert not imported & set(contents.UNWANTED_MODULES)


def linked(path: Path, to: Path) -> None:
    """The same file under another name; a copy where that lies on another disk."""
    try:
        path.hardlink_to(to)
    except OSError:
        shutil.copyfile(to, path)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A folder like PyInstaller's, of the player's plugin and what it links to."""
    folder = tmp_path / "seedance-desktop"
    lib, plugins = (folder / "_internal" / "PySide6" / "Qt" / name for name in ("lib", "plugins/multimedia"))
    lib.mkdir(parents=True)
    plugins.mkdir(parents=True)
    linked(plugins / "player.so", QT / "plugins" / "multimedia" / "libffmpegmediaplugin.so")
    missing = [plugins / "player.so"]
    while missing:
        for name in links.links_of(missing.pop()).needed:
            if (QT / "lib" / name).exists() and not (lib / name).exists():
                linked(lib / name, (QT / "lib" / name).resolve())
                missing.append(lib / name)
    return folder


@linux
def test_a_whole_program_finds_its_links(program: Path) -> None:
    assert links.check(program) > 10


@linux
def test_a_player_that_would_silently_not_be_there_stops_the_build(program: Path) -> None:
    (program / "_internal/PySide6/Qt/lib/libQt6Quick.so.6").unlink()
    with pytest.raises(Stop, match=r"multimedia/player\.so: libQt6Quick\.so\.6"):
        links.check(program)


@linux
def test_a_library_that_nobody_named_stops_the_build(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(system_libraries.WINDOW, "libEGL.so.1")
    with pytest.raises(Stop, match=r"player\.so: libEGL\.so\.1"):
        links.check(program)


@linux
def test_a_file_that_no_system_can_load_stops_the_build(program: Path) -> None:
    player = program / "_internal/PySide6/Qt/plugins/multimedia/player.so"
    bytes_of = bytearray(player.read_bytes())
    player.unlink()
    shift_a_segment(bytes_of)
    player.write_bytes(bytes_of)
    with pytest.raises(Stop, match=r"No system would load these files: player\.so\."):
        links.check(program)


def shift_a_segment(elf: bytearray) -> None:
    """Do to an ELF file what `strip` does to some that `patchelf` has changed: a part begins off its page."""
    headers, size, count = int.from_bytes(elf[32:40], "little"), elf[54], elf[56]
    for at in range(headers, headers + size * count, size):
        if int.from_bytes(elf[at : at + 4], "little") == 1 and any(elf[at + 8 : at + 16]):  # LOAD, not the first
            elf[at + 8] ^= 0x40
            return
    raise AssertionError("no part to shift")


@linux
def test_stripping_keeps_what_it_would_damage(program: Path) -> None:
    before = links.check(program)
    for file in program.rglob("*.so*"):  # the developers' own files may be linked to
        content = file.read_bytes()
        file.unlink()
        file.write_bytes(content)
    making.strip(program)
    assert links.check(program) == before


def test_the_size_is_limited_and_links_count_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "big.bin").write_bytes(bytes(2_000_000))
    (tmp_path / "link.bin").symlink_to("big.bin")
    assert making.weigh(tmp_path) == 2_000_000
    monkeypatch.setattr(making, "ON_DISK", 1)
    with pytest.raises(Stop, match=r"too big.*big\.bin 2"):
        making.weigh(tmp_path)


def test_packages_are_limited_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "seedance.tar.xz"
    package.write_bytes(bytes(2_000_000))
    making.weigh_packages([package])
    monkeypatch.setattr(making, "COMPRESSED", 1)
    with pytest.raises(Stop, match=r"seedance\.tar\.xz"):
        making.weigh_packages([package])


def test_the_new_program_takes_the_place_of_the_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "BUILD", tmp_path / "build")
    monkeypatch.setattr(making, "DIST", tmp_path / "dist")
    for content in ("old", "new"):
        made = tmp_path / "build" / "bundle" / "seedance-desktop"
        made.mkdir(parents=True)
        (made / "mark").write_text(content)
        final = making.publish(made)
        assert (final / "mark").read_text() == content
    assert sorted(path.name for path in (tmp_path / "build").iterdir()) == ["bundle"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="its first act is for Linux")
def test_children_start_as_if_the_user_had_started_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env = {
        "LD_LIBRARY_PATH": "/opt/seedance/_internal:/opt/mine",
        "LD_LIBRARY_PATH_ORIG": "/opt/mine",
        "_PYI_ARCHIVE_FILE": "/opt/seedance/seedance-desktop",
        "HOME": "/home/me",
    }
    assert started(env, monkeypatch) == {"LD_LIBRARY_PATH": "/opt/mine", "HOME": "/home/me"}
    assert started({"LD_LIBRARY_PATH": "/opt/seedance/_internal"}, monkeypatch) == {}
    service = tmp_path / "dbus-1" / "services" / "org.freedesktop.portal.Desktop.service"
    desktop = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/x", "XDG_DATA_DIRS": f"/nowhere:{tmp_path}"}
    assert started(desktop, monkeypatch) == desktop
    service.parent.mkdir(parents=True)
    service.touch()
    assert started(desktop, monkeypatch) == desktop | {"QT_QPA_PLATFORMTHEME": "xdgdesktopportal"}
    assert started(desktop | {"QT_QPA_PLATFORMTHEME": "kde"}, monkeypatch)["QT_QPA_PLATFORMTHEME"] == "kde"


def started(env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment after the built program's first act in it."""
    changed = dict(env)
    monkeypatch.setattr(os, "environ", changed)
    try:
        runpy.run_path(str(ROOT / "packaging" / "bundle" / "at_start.py"))
    finally:
        monkeypatch.undo()
    return changed
