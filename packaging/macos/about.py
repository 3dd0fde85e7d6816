"""What the macOS bundle says of itself: its Info.plist, and that in each language. PyInstaller's spec imports it."""

from __future__ import annotations

import importlib.metadata
import platform
import plistlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

IDENTIFIER = "app.seedance.desktop"
NAME = "Seedance Desktop"
OLDEST = "14.0"  # of PySide6 6.12, where no wheel tells

# By key, what macOS shows when it asks the user: English, Simplified Chinese.
TEXTS = {
    "NSDesktopFolderUsageDescription": (
        "To read the images and videos that you choose on your desktop, and to save exports there.",
        "用于读取您在桌面上选择的图片和视频，以及把导出的文件保存到桌面。",
    ),
    "NSDocumentsFolderUsageDescription": (
        "To read the images and videos that you choose in Documents, and to save exports there.",
        "用于读取您在“文稿”中选择的图片和视频，以及把导出的文件保存到其中。",
    ),
    "NSDownloadsFolderUsageDescription": (
        "To read the images and videos that you choose in Downloads, and to save exports there.",
        "用于读取您在“下载”中选择的图片和视频，以及把导出的文件保存到其中。",
    ),
    "NSRemovableVolumesUsageDescription": (
        "To use files and a library that you keep on a removable drive.",
        "用于使用您保存在可移动磁盘上的文件和素材库。",
    ),
    "NSNetworkVolumesUsageDescription": (
        "To use files and a library that you keep on a network drive.",
        "用于使用您保存在网络磁盘上的文件和素材库。",
    ),
    "NSLocalNetworkUsageDescription": (
        "To reach a gateway or proxy that you have set up in your own network.",
        "用于连接您在自己的网络中设置的网关或代理。",
    ),
}


def info_plist(version: str) -> dict[str, object]:
    """Everything in Info.plist that PyInstaller doesn't write by itself, for program version `version`.

    The program shows videos among the others in "Open With" and never offers itself first (rank "Alternate").
    """
    numbers = re.match(r"\d+(\.\d+)*", version)
    types = ["public.mpeg-4", "com.apple.m4v-video", "com.apple.quicktime-movie", "org.webmproject.webm"]
    return {
        "CFBundleDisplayName": NAME,
        "CFBundleName": NAME,
        "CFBundleIdentifier": IDENTIFIER,
        "CFBundleShortVersionString": version,
        "CFBundleVersion": numbers.group() if numbers else version,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", "zh-Hans"],
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Video",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",
                "LSItemContentTypes": types,
            }
        ],
        "CFBundleURLTypes": [
            {"CFBundleURLName": IDENTIFIER, "CFBundleTypeRole": "Viewer", "CFBundleURLSchemes": ["seedance"]}
        ],
        "UTImportedTypeDeclarations": [_WEBM],
        "LSApplicationCategoryType": "public.app-category.video",
        "LSMinimumSystemVersion": minimum_system(),
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": "GPL-3.0-or-later",
        "NSSupportsAutomaticGraphicsSwitching": True,
        **{key: english for key, (english, _) in TEXTS.items()},
    }


# macOS itself has no name for WebM on every version that we run on.
_WEBM = {
    "UTTypeIdentifier": "org.webmproject.webm",
    "UTTypeDescription": "WebM video",
    "UTTypeConformsTo": ["public.movie"],
    "UTTypeTagSpecification": {"public.filename-extension": ["webm"], "public.mime-type": ["video/webm"]},
}


def add_languages(app: Path) -> None:
    """Write the texts of `TEXTS` in each language into the bundle `app`, where macOS looks for them."""
    for number, language in enumerate(("en", "zh-Hans")):
        folder = app / "Contents" / "Resources" / f"{language}.lproj"
        folder.mkdir(parents=True, exist_ok=True)
        words = {key: texts[number] for key, texts in TEXTS.items()}
        (folder / "InfoPlist.strings").write_bytes(plistlib.dumps(words))


def minimum_system(distributions: Iterable[importlib.metadata.Distribution] | None = None) -> str:
    """The oldest macOS that every installed wheel runs on, as its tags say; `OLDEST` where none is for macOS."""
    found = importlib.metadata.distributions() if distributions is None else distributions
    needs = [need for need in (_need(one.read_text("WHEEL") or "") for one in found) if need]
    return ".".join(map(str, max(needs))) if needs else OLDEST


def _need(wheel: str) -> tuple[int, int] | None:
    """The lowest of the systems that one wheel names for this processor: it runs from there on."""
    tags = re.findall(rf"macosx_(\d+)_(\d+)_(?:universal2|{platform.machine()})", wheel)
    return min(((int(major), int(minor)) for major, minor in tags), default=None)
