"""The first thing that the built program does: its children shall start as if the user had started them."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def _free_the_children() -> None:
    """Take back what PyInstaller's start wrote into the environment; this process has read it already.

    With its LD_LIBRARY_PATH the browser or player that we open would load our libraries instead of its own, and with
    its own notes our own executable, started again, would believe itself a part of this one.
    """
    for name in [name for name in os.environ if name.startswith("_PYI_")]:
        del os.environ[name]
    for name in ("LD_LIBRARY_PATH", "LIBPATH"):
        before = os.environ.pop(f"{name}_ORIG", None)
        if before is not None:
            os.environ[name] = before
        else:
            os.environ.pop(name, None)


def _use_the_desktops_dialogs() -> None:
    """Choose files in the desktop's own dialog where it has one for every program (xdg-desktop-portal), else in Qt's.

    Qt's GTK theme is not bundled: it would load the system's GTK, and all that it needs, into this process.
    """
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    service = "dbus-1/services/org.freedesktop.portal.Desktop.service"
    if "DBUS_SESSION_BUS_ADDRESS" in os.environ and any(Path(one, service).is_file() for one in shared.split(":")):
        os.environ.setdefault("QT_QPA_PLATFORMTHEME", "xdgdesktopportal")


if sys.platform.startswith("linux"):
    _free_the_children()
    _use_the_desktops_dialogs()
