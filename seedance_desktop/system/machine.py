"""What program this is and what it runs on, as a report tells it: no names of people, folders or computers."""

from __future__ import annotations

import sys

from seedance_desktop import __version__


def program() -> dict[str, str]:
    """What is known without asking anybody: for the very start."""
    python = ".".join(map(str, sys.version_info[:3]))
    frozen = bool(getattr(sys, "frozen", False))
    return {"version": __version__, "build": "installed program" if frozen else "from source", "python": python}


def system() -> dict[str, str]:
    """The operating system; it takes some milliseconds, so not at the very start."""
    import platform

    name = f"{platform.system()} {platform.release()} {platform.machine()}"
    if sys.platform == "linux":
        try:
            name += f", {platform.freedesktop_os_release().get('PRETTY_NAME', '')}"
        except OSError:
            pass  # a Linux that doesn't say which it is
    return {"system": name.rstrip(", ")}
