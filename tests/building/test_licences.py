"""Licences of what is built: every native library is somebody's, every text is there, the duties are met."""

from __future__ import annotations

import json
import re
import shutil
import sys
from importlib import metadata
from pathlib import Path

import pytest

from bundle import making
from licences import listing, natives
from seedance_desktop.domain.components import Component
from steps import Stop

LIBRARIES, PARTS, PACKAGES = natives.table()
# What the wheels of the three systems bring: `pip download --platform …` of av, pillow, pillow-heif, PySide6.
NAMES = {
    "av.libs/libavcodec-5e6b81c2.so.62.28.102": "FFmpeg (of PyAV)",
    "av.libs/avcodec-62-984de33114b7fa384296817dec999c9d.dll": "FFmpeg (of PyAV)",
    "av/.dylibs/libavcodec.62.28.102.dylib": "FFmpeg (of PyAV)",
    "PySide6/Qt/lib/libavcodec.so.61": "FFmpeg (of Qt's player)",
    "PySide6/avcodec-61.dll": "FFmpeg (of Qt's player)",
    "PySide6/Qt/lib/libavcodec.61.19.101.dylib": "FFmpeg (of Qt's player)",
    "PySide6/Qt/lib/libQt6Core.so.6": "Qt",
    "PySide6/Qt/lib/libQt6FFmpegStub-va-x11.so.2": "Qt",
    "PySide6/Qt6Core.dll": "Qt",
    "PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore": "Qt",
    "PySide6/Qt/plugins/platforms/libqxcb.so": "Qt",
    "PySide6/plugins/styles/qmodernwindowsstyle.dll": "Qt",
    "PySide6/Qt/plugins/multimedia/libdarwinmediaplugin.dylib": "Qt",
    "PySide6/Qt/plugins/wayland-shell-integration/libxdg-shell.so": "Qt",
    "PySide6/Qt/lib/libicudata.so.73": "ICU",
    "PySide6/opengl32sw.dll": "Mesa's software renderer",
    "PySide6/msvcp140_codecvt_ids.dll": "Microsoft's C and C++ runtime",
    "shiboken6/vcruntime140_1.dll": "Microsoft's C and C++ runtime",
    "VCRUNTIME140.dll": "Microsoft's C and C++ runtime",
    "api-ms-win-crt-runtime-l1-1-0.dll": "Microsoft's C and C++ runtime",
    "av.libs/libx264-165-f3a909470ddc2d85ed21eda3d0fb7954.dll": "x264",
    "av/.dylibs/libx264.165.dylib": "x264",
    "av.libs/libx265-efe48a158520a59ef99c0a0b3eb835ae.dll": "x265",
    "libx265-217-276e7d75772a32bd086b54d54e01fd11.dll": "x265",
    "pillow_heif/.dylibs/libx265.217.dylib": "x265",
    "pillow_heif.libs/libde265-91206b2b.so.0.2.3": "libde265",
    "libde265-0-da04b6b2448c39c0b7f218769dedb2f1.dll": "libde265",
    "libheif-18c57b017b404cb1ef96dee8a6eef027.dll": "libheif",
    "av.libs/libSvtAv1Enc-9393c086.so.4.1.0": "SVT-AV1",
    "av.libs/libopencore-amrnb-0-b8933128305cd084d40426d0d2c0d9ef.dll": "OpenCORE AMR",
    "av.libs/libmp3lame-0-da02696cc34a9bbc1d1d4f67a85cfbef.dll": "LAME",
    "av.libs/libopus-0-4369edc456631a3cc933d7918747e5d2.dll": "Opus",
    "av.libs/libvpx-1-d869f8b2cb42d58b35545ffbfb0f7509.dll": "libvpx",
    "av.libs/libiconv-2-6ce5f4ff92ada49d6f23a8e413455502.dll": "GNU libiconv",
    "av.libs/libgcc_s_seh-1-4c0a762e4178b574f72d1ef1f8bb5fc9.dll": "GCC's runtime libraries",
    "av.libs/libstdc++-6-2d5c346d47ad531ef9f5185db0e8cef3.dll": "GCC's runtime libraries",
    "av.libs/libwinpthread-1-02332fab016bf884a2a7a7b2ece22ffe.dll": "winpthreads",
    "av.libs/zlib1-79e0c4f9db71cb511398c504b832d395.dll": "zlib",
    "PIL/.dylibs/libz.1.3.1.zlib-ng.dylib": "zlib",
    "PIL/.dylibs/libpng16.16.dylib": "libpng",
    "PIL/.dylibs/liblcms2.2.dylib": "Little CMS",
    "PIL/.dylibs/libopenjp2.2.5.4.dylib": "OpenJPEG",
    "pillow.libs/libjpeg-6dc8d115.so.62.4.0": "libjpeg-turbo",
    "libssl.so.3": "OpenSSL",
    "libcrypto-3.dll": "OpenSSL",
    "libcrypto-3-x64.dll": "OpenSSL",
    "libssl.3.dylib": "OpenSSL",
    "libffi-8.dll": "libffi",
    "libsqlite3.so.0": "SQLite",
    "sqlite3.dll": "SQLite",
    "libpython3.11.so.1.0": "Python",
    "python311.dll": "Python",
    "python3.dll": "Python",
    "Python.framework/Versions/3.12/Python": "Python",
    "libxcb-cursor.so.0": "XCB utilities",
    "libxkbcommon-x11.so.0": "libxkbcommon",
}


@pytest.mark.parametrize(("path", "name"), NAMES.items())
def test_each_library_is_somebodys(path: str, name: str) -> None:
    assert [library.name for library in natives.sorted_out([path])] == [name]


def test_a_library_that_nobody_knows_stops_the_build() -> None:
    with pytest.raises(Stop, match=r"Whose are these\?.*libnew-12345678\.so\.1\.$"):
        natives.sorted_out(["libssl.so.3", "av.libs/libnew-12345678.so.1"])


def test_every_library_of_the_developers_packages_is_known() -> None:
    folders = [path for path in Path(sys.prefix).rglob("*.libs") if path.is_dir()]
    names = [f"{folder.name}/{path.name}" for folder in folders for path in folder.iterdir()]
    assert names or not sys.platform.startswith("linux")
    natives.sorted_out(names)


def test_modules_of_python_are_their_packages() -> None:
    assert not natives.is_library("PIL/_imaging.cpython-311-x86_64-linux-gnu.so")
    assert not natives.is_library("PySide6/QtCore.abi3.so")
    assert not natives.is_library("PySide6/libpyside6.abi3.so.6.11")
    assert not natives.is_library("PySide6/QtCore.pyd")
    assert not natives.is_library("python3.11/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so")
    assert natives.is_library("libssl.so.3")


@pytest.mark.parametrize("library", [*LIBRARIES, *PARTS], ids=lambda library: library.name)
def test_each_entry_meets_the_duties_of_its_licence(library: natives.Library) -> None:
    for text in library.texts:
        assert ":" in text or text == listing.COPYING or (listing.TEXTS / text).is_file(), text
    assert library.texts
    assert library.homepage.startswith(("https://", "http://www.libpng"))
    if "GPL-" in library.licence:
        assert library.source.startswith("https://")
        assert {"COPYING", "GPL-2.0.txt", "LGPL-2.1.txt"} & set(library.texts)
    re.compile(library.version)


def test_no_text_is_kept_for_nothing() -> None:
    used = {text for texts in every_texts() for text in texts}
    base = {"GPL-2.0.txt", "Apache-2.0.txt", "MPL-2.0.txt", "CC0-1.0.txt"}  # others refer to them
    assert {path.name for path in listing.TEXTS.iterdir()} <= used | base


def every_texts() -> list[tuple[str, ...]]:
    return [*(one.texts for one in [*LIBRARIES, *PARTS]), *(one.texts for one in PACKAGES.values())]


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small program: of three packages, and Qt's widgets."""
    monkeypatch.setattr(making, "BUILD", tmp_path / "build")
    site = Path(str(metadata.distribution("httpx").locate_file(""))).resolve()
    monkeypatch.setattr(listing, "site_packages", lambda: site)
    taken = [site / "httpx" / "__init__.py", site / "qasync" / "__init__.py", "/elsewhere/httpx.py"]
    taken.append(site / "PySide6" / "QtCore.abi3.so" if sys.platform != "win32" else site / "PySide6" / "QtCore.pyd")
    listed = tmp_path / "build" / "work" / "seedance" / "collected.json"
    listed.parent.mkdir(parents=True)
    listed.write_text(json.dumps([str(path) for path in taken]))
    qt = tmp_path / "seedance-desktop" / "_internal" / "PySide6" / "Qt" / "lib"
    qt.mkdir(parents=True)
    (qt / "libQt6Widgets.so.6").write_bytes(b"\x7fELF")
    (qt / "libavutil.so.59").write_bytes(b"\x7fELF\0FFmpeg version 7.1.5\0")
    return tmp_path / "seedance-desktop"


def test_the_list_is_of_exactly_what_is_bundled(built: Path) -> None:
    found = listing.write(built)
    assert found[0].name == "Seedance Desktop"
    names = {one.name for one in found[1:]}
    assert names == {"httpx", "qasync", "PySide6_Essentials", "Qt", "FFmpeg (of Qt's player)", "Inter"}
    assert [one.name.casefold() for one in found[1:]] == sorted(name.casefold() for name in names)
    versions = {one.name: one.version for one in found}
    assert versions["httpx"] == metadata.version("httpx")
    assert versions["Qt"] == metadata.version("PySide6_Essentials")
    assert versions["FFmpeg (of Qt's player)"] == "7.1.5"


def test_the_program_reads_the_list_and_every_text_is_there(built: Path) -> None:
    listing.write(built)
    folder = built / "_internal" / "licences"
    kept = json.loads((folder / "components.json").read_text(encoding="utf-8"))
    for one in kept:
        component = Component.read(one)
        assert component is not None
        assert component.licence
        assert component.files
        for name in component.files:
            assert (folder / name).stat().st_size > 100, name
    named = {name for one in kept for name in one["files"]} | {"components.json", "NOTICE.txt"}
    assert {path.name for path in folder.iterdir()} == named
    assert "GNU GENERAL PUBLIC LICENSE" in (folder / listing.COPYING).read_text(encoding="utf-8")


def test_the_notice_says_what_may_be_replaced_and_where_the_sources_are(built: Path) -> None:
    listing.write(built)
    notice = (built / "_internal" / "licences" / "NOTICE.txt").read_text(encoding="utf-8")
    assert "replace" in notice
    assert "https://download.qt.io/official_releases/qt/" in notice
    assert "https://ffmpeg.org/releases/" in notice
    assert "httpx" not in notice


def test_a_part_without_a_text_stops_the_build(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(natives, "table", lambda: (LIBRARIES, PARTS, {}))
    with pytest.raises(Stop, match=r"missing: PySide6_Essentials\."):
        listing.write(built)


def test_on_a_mac_the_texts_are_resources_and_found_where_the_program_looks(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = built.with_name("Seedance.app")
    (app / "Contents" / "Resources").mkdir(parents=True)
    shutil.move(built / "_internal", app / "Contents" / "Frameworks")
    for _ in range(2):
        listing.write(app)
    assert (app / "Contents" / "Frameworks" / "licences").is_symlink()
    assert (app / "Contents" / "Frameworks" / "licences" / "COPYING").is_file()
    assert (app / "Contents" / "Resources" / "licences" / "components.json").is_file()
