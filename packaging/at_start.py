"""The first thing that the built program does: its children shall start as if the user had started them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_THEME = "QT_QPA_PLATFORMTHEME"


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
    """Choose files in the desktop's own dialog where it offers one to every program (xdg-desktop-portal).

    Qt's GTK theme is not bundled: it would load the system's GTK into this process.
    """
    if _THEME in os.environ or "DBUS_SESSION_BUS_ADDRESS" not in os.environ:
        return
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    services = [Path(folder, "dbus-1/services/org.freedesktop.portal.Desktop.service") for folder in shared.split(":")]
    backends = [Path(folder, "xdg-desktop-portal/portals") for folder in shared.split(":")]
    if any(path.is_file() for path in services) and any(_choose_files(folder) for folder in backends):
        os.environ[_THEME] = "xdgdesktopportal"


def _choose_files(folder: Path) -> bool:
    """Whether one of a folder's portals has the dialog and is for this desktop."""
    desktops = {name.casefold() for name in os.environ.get("XDG_CURRENT_DESKTOP", "").split(":") if name}
    for portal in folder.glob("*.portal"):
        lines = portal.read_text(encoding="utf-8", errors="replace").splitlines()
        kept = {key.strip(): value for key, _, value in (line.partition("=") for line in lines)}
        used_in = {name.strip().casefold() for name in kept.get("UseIn", "").split(";")}
        if "org.freedesktop.impl.portal.FileChooser" in kept.get("Interfaces", "") and used_in & desktops:
            return True
    return False


if sys.platform.startswith("linux"):
    _free_the_children()
    _use_the_desktops_dialogs()
