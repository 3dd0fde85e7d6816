"""Where the window stands on the screens: kept, taken up again, brought to the front."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from seedance_desktop.ui import theme


def geometry(window: QWidget) -> str:
    """Place and size, as text; `restore` reads it."""
    return window.saveGeometry().toBase64().toStdString()


def restore(window: QWidget, kept: object) -> None:
    """Take up what `geometry` said; the default size, as far as the screen has room, where it is none."""
    if isinstance(kept, str) and window.restoreGeometry(QByteArray.fromBase64(kept.encode())):
        return
    screen = QGuiApplication.primaryScreen().availableGeometry().size()
    width, height = theme.tokens()["size"]["window-default"]
    window.resize(min(width, screen.width()), min(height, screen.height()))


def bring_forward(window: QWidget) -> None:
    """To the front of all windows, also from the dock."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
