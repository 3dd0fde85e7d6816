"""Checks that the window opens on what screen there is, and is painted."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.ui import theme
from seedance_desktop.ui.shelf import ClipList
from seedance_desktop.ui.window import MainWindow
from seedance_desktop.ui.wishes import Wishes

from .fault import Fault, expect
from .files import colours

_LEAST_COLOURS = 8
_LOOK_EVERY = 0.02  # seconds


def choose_platform() -> None:
    """Draw to nowhere on a Linux without a display; otherwise Qt takes the real one."""
    if sys.platform.startswith("linux") and not _has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


async def window_opens() -> str:
    """The real window is shown, exposed and painted; under X11 its pixels are read back from the screen."""
    application, platform = QApplication.instance(), QGuiApplication.platformName()
    if not isinstance(application, QApplication):
        raise Fault("there is no application")
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    expect(chosen or not _has_display() or platform != "offscreen", "there is a display, and Qt does not use it")
    theme.apply(application, "dark")
    window = MainWindow(Wishes(), ClipList(), Preferences(), Path(tempfile.gettempdir()), demo=True)
    try:
        window.show()
        handle = window.windowHandle()
        await _until(handle.isExposed)
        picture = window.grab().toImage()
        expect(_is_on(picture), f"the window is blank: {len(colours(picture))} colours")
        if platform == "xcb":
            await _until(lambda: _is_on(window.screen().grabWindow(window.winId()).toImage()))
    finally:
        window.shut()
    return f"{picture.width()} x {picture.height()} on {platform}, {len(colours(picture))} colours"


def _is_on(picture: QImage) -> bool:
    """Whether a picture shows more than a blank window would."""
    return len(colours(picture)) >= _LEAST_COLOURS


async def _until(true: Callable[[], bool]) -> None:
    """Look again and again: the screen's own server works beside us, and tells nobody when it is done."""
    while not true():  # noqa: ASYNC110
        await asyncio.sleep(_LOOK_EVERY)


def _has_display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
