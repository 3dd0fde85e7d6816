"""What a bug report needs to know of this installation: versions, system, screen; nothing about the user."""

from __future__ import annotations

import platform
import sys

import PySide6
from PySide6.QtCore import QSysInfo, qVersion
from PySide6.QtGui import QGuiApplication

from seedance_desktop import __version__
from seedance_desktop.words import tr

NAME = "Seedance Desktop"


def built_for() -> str:
    """For which system and processor this program is, or that it runs from its source."""
    if not getattr(sys, "frozen", False):
        return tr("Runs from source on {system}").format(system=_system())
    return tr("Built for {system}").format(system=_system())


def details() -> str:
    """All of it, a line each; in English, for it goes to developers."""
    screen = QGuiApplication.primaryScreen()
    size, scale = screen.size(), screen.devicePixelRatio()
    lines = [
        f"{NAME} {__version__} ({'built' if getattr(sys, 'frozen', False) else 'source'})",
        f"System: {QSysInfo.prettyProductName()}, {QSysInfo.kernelType()} {QSysInfo.kernelVersion()}",
        f"Processor: {QSysInfo.currentCpuArchitecture()}",
        versions(),
        f"Screen: {size.width()} × {size.height()} at {scale:g}, {QGuiApplication.platformName()}",
    ]
    return "\n".join(lines)


def versions() -> str:
    """Python, Qt and PySide."""
    return f"Python {platform.python_version()} · Qt {qVersion()} · PySide {PySide6.__version__}"


def _system() -> str:
    name = {"darwin": "macOS", "win32": "Windows", "linux": "Linux"}.get(sys.platform, sys.platform)
    return f"{name} ({QSysInfo.buildCpuArchitecture()})"
