"""The one QApplication: its names on every desktop, its icon, and the files that macOS hands to it."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication

from seedance_desktop.domain import resources

ON_DISK = "seedance-desktop"
"""The name of the executable, the desktop file, the icon and the window class: docks group windows by it."""
SPOKEN = "Seedance"
"""What a screen reader calls the program. D-Bus paths are made of it too, which have no hyphens."""
IN_FULL = "Seedance Desktop"
WINDOWS_ID = "Seedance.Desktop"
_MUTEX = "SeedanceDesktop"  # the installer looks for it, so as not to replace a program that runs
_ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256)  # larger ones are for launchers: a window's icon lies in every dock


class Application(QApplication):
    """`given` is what the system has asked for to be opened, until it is taken; `opened` says that there is some."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__([ON_DISK])  # not how it was started: `python -m` would be another window class
        self.given: list[str] = []
        self.setApplicationName(ON_DISK)
        self.setDesktopFileName(ON_DISK)
        self.setQuitOnLastWindowClosed(False)

    def event(self, event: QEvent) -> bool:
        """Hear of files and links that are dropped on the icon in the dock, from before the first window on."""
        if event.type() is QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent):
            self.given.append(event.file() or event.url().toString())
            self.opened.emit()
            return True
        return super().event(event)

    def finish(self) -> None:
        """What needn't be there for the first paint: the icon at every size; and the spoken name.

        The class of X11's windows is made of the application's name when the first is shown, and stays.
        """
        self.setApplicationName(SPOKEN)
        self.setWindowIcon(icon())


def icon() -> QIcon:
    """The program's icon, at every size that windows and docks show."""
    found = QIcon()
    for size in _ICON_SIZES:
        found.addFile(str(resources.folder() / "application" / f"seedance-{size}.png"))
    return found


def introduce() -> None:
    """Say on Windows who this process is, before it has a window: taskbar and notifications go by it."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(WINDOWS_ID)
        ctypes.windll.kernel32.CreateMutexW(None, False, _MUTEX)  # held until the process ends
