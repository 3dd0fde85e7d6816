"""What goes into the built program and what stays out of it; PyInstaller's spec reads it."""

from __future__ import annotations

import re
import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    Entry = tuple[str, str, str]  # of PyInstaller: place in the bundle, source, kind

# Every module of these, whoever imports it.
WHOLE = ["seedance_desktop"]
# What the source imports by a name in a string, which PyInstaller can't see.
BY_NAME = [
    *(f"PIL.{name}ImagePlugin" for name in ("Avif", "Bmp", "Gif", "Jpeg", "Png", "Tiff", "WebP")),
    "pillow_heif.as_plugin",
    "_cffi_backend",  # PyNaCl's own library imports it; only on Linux do others bring it
    *(["secretstorage"] if sys.platform.startswith("linux") else []),
]
UNWANTED_MODULES = [
    "PIL.ImageQt",
    "PIL._imagingtk",
    "PySide6.QtConcurrent",
    "PySide6.QtMultimediaWidgets",
    "pip",
    "pydoc",
    "setuptools",
    "tkinter",
]
# Qt's plugins, by kind. A kind that isn't named here is left out whole.
PLUGINS = {
    "iconengines": "svg",
    "imageformats": "gif|ico|jpeg|svg|webp|icns",
    "multimedia": "ffmpeg",
    "networkinformation": ".",
    "platforminputcontexts": "compose|ibus",
    "platforms": "xcb|wayland|offscreen|minimal(?!egl)|windows|cocoa",
    "platformthemes": "xdgdesktopportal",
    "styles": ".",
    "tls": ".",
    "wayland-decoration-client": ".",
    "wayland-graphics-integration-client": ".",
    "wayland-shell-integration": "xdg-shell",
    "xcbglintegrations": ".",
}
# Qt's libraries that only plugins link to which are left out.
UNWANTED_QT = re.compile(
    r"Qt6?(Pdf|VirtualKeyboard|EglFS|EglFs|WlShellIntegration|Concurrent\.abi3|MultimediaWidgets|WebEngine)"
)
TRANSLATIONS = re.compile(r"/(qtbase|qtmultimedia)_(zh_CN|en)\.qm$")
# Libraries of the building Linux that go into the bundle: those that Python itself is linked to, whose versions
# differ between systems, and small ones of Qt's that many desktops don't have. Everything else of the system
# (X11, Wayland, OpenGL, fonts, sound, glib, the C++ library) has to fit that system's own drivers and settings, and
# two of them in one process is trouble: it is named in `system_libraries.WINDOW` and comes from there.
FROM_SYSTEM = re.compile(
    r"lib(ssl|crypto|sqlite3|ffi|lzma|bz2|uuid|expat|mpdec|python3[.\d]*"
    r"|xcb-(cursor|icccm|image|keysyms|render-util|util)|xkbcommon(-x11)?)\.so"
)
_PLUGIN = re.compile(r"/plugins/([^/]+)/(?:lib)?q?([^/]+)$")
_LIBRARY = re.compile(r"lib[^/]*\.so(\.[\d.]+)?")


def trimmed(entries: Iterable[Entry], system: str = sys.platform) -> list[Entry]:
    """PyInstaller's table without what nobody needs."""
    return [entry for entry in entries if wanted(*entry, system=system)]


def wanted(place: str, source: str, kind: str = "BINARY", *, system: str = sys.platform) -> bool:
    """Whether one file goes into the bundle: `place` is its path there, `source` its path here or a link's aim."""
    path = PurePosixPath(place.replace("\\", "/"))
    aim = source.replace("\\", "/") if kind == "SYMLINK" else str(path)
    if UNWANTED_QT.search(PurePosixPath(aim).name) or UNWANTED_QT.search(str(path)):
        return False
    if "/translations/" in f"/{path}" and "PySide6" in path.parts:
        return bool(TRANSLATIONS.search(str(path)))
    if plugin := _PLUGIN.search(f"/{aim}" if "PySide6" in aim else ""):
        return bool(re.match(PLUGINS.get(plugin[1], "(?!)"), plugin[2]))
    if system.startswith("linux") and kind == "BINARY" and _is_from_system(path, source):
        return bool(FROM_SYSTEM.match(path.name))
    return not (path.name.startswith("_imagingtk") or "test" in path.parts)


def _is_from_system(path: PurePosixPath, source: str) -> bool:
    """PyInstaller puts libraries that it finds on the system to the top; those of wheels keep their places."""
    alone = len(path.parts) == 1 and _LIBRARY.fullmatch(path.name) is not None
    return alone and "site-packages" not in Path(source).parts
