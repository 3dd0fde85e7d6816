"""What the program needs from Linux beside Python: finds what is missing, installs it or says how."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from steps import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SYSTEM_PYTHON = "/usr/bin/python3"  # the one that the distribution's own Python packages are for


@dataclass(frozen=True)
class Package:
    """One thing by the names of the three families: Debian's apt, Fedora's dnf, Arch's pacman."""

    apt: str
    dnf: str
    pacman: str


# What Qt's libraries and plugins name in their own headers (`readelf -d`) and don't bring with them: the
# window, the player, X11 and Wayland. Looked for by opening them, since a package's name says little.
WINDOW = {
    "libEGL.so.1": Package("libegl1", "libglvnd-egl", "libglvnd"),
    "libGL.so.1": Package("libgl1", "libglvnd-glx", "libglvnd"),
    "libX11-xcb.so.1": Package("libx11-xcb1", "libX11-xcb", "libx11"),
    "libX11.so.6": Package("libx11-6", "libX11", "libx11"),
    "libXext.so.6": Package("libxext6", "libXext", "libxext"),
    "libXrandr.so.2": Package("libxrandr2", "libXrandr", "libxrandr"),
    "libbrotlicommon.so.1": Package("libbrotli1", "libbrotli", "brotli"),
    "libbrotlidec.so.1": Package("libbrotli1", "libbrotli", "brotli"),
    "libbz2.so.1": Package("libbz2-1.0", "bzip2-libs", "bzip2"),
    "libdbus-1.so.3": Package("libdbus-1-3", "dbus-libs", "dbus"),
    "libdrm.so.2": Package("libdrm2", "libdrm", "libdrm"),
    "libfontconfig.so.1": Package("libfontconfig1", "fontconfig", "fontconfig"),
    "libfreetype.so.6": Package("libfreetype6", "freetype", "freetype2"),
    "libgio-2.0.so.0": Package("libglib2.0-0", "glib2", "glib2"),
    "libglib-2.0.so.0": Package("libglib2.0-0", "glib2", "glib2"),
    "libgobject-2.0.so.0": Package("libglib2.0-0", "glib2", "glib2"),
    "libgssapi_krb5.so.2": Package("libgssapi-krb5-2", "krb5-libs", "krb5"),
    "libgthread-2.0.so.0": Package("libglib2.0-0", "glib2", "glib2"),
    "libpulse.so.0": Package("libpulse0", "pulseaudio-libs", "libpulse"),
    "libstdc++.so.6": Package("libstdc++6", "libstdc++", "gcc-libs"),
    "libwayland-client.so.0": Package("libwayland-client0", "libwayland-client", "wayland"),
    "libwayland-cursor.so.0": Package("libwayland-cursor0", "libwayland-cursor", "wayland"),
    "libwayland-egl.so.1": Package("libwayland-egl1", "libwayland-egl", "wayland"),
    "libxcb-cursor.so.0": Package("libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    "libxcb-glx.so.0": Package("libxcb-glx0", "libxcb", "libxcb"),
    "libxcb-icccm.so.4": Package("libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    "libxcb-image.so.0": Package("libxcb-image0", "xcb-util-image", "xcb-util-image"),
    "libxcb-keysyms.so.1": Package("libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    "libxcb-randr.so.0": Package("libxcb-randr0", "libxcb", "libxcb"),
    "libxcb-render-util.so.0": Package("libxcb-render-util0", "xcb-util-renderutil", "xcb-util-renderutil"),
    "libxcb-render.so.0": Package("libxcb-render0", "libxcb", "libxcb"),
    "libxcb-shape.so.0": Package("libxcb-shape0", "libxcb", "libxcb"),
    "libxcb-shm.so.0": Package("libxcb-shm0", "libxcb", "libxcb"),
    "libxcb-sync.so.1": Package("libxcb-sync1", "libxcb", "libxcb"),
    "libxcb-util.so.1": Package("libxcb-util1", "xcb-util", "xcb-util"),
    "libxcb-xfixes.so.0": Package("libxcb-xfixes0", "libxcb", "libxcb"),
    "libxcb-xkb.so.1": Package("libxcb-xkb1", "libxcb", "libxcb"),
    "libxcb.so.1": Package("libxcb1", "libxcb", "libxcb"),
    "libxkbcommon-x11.so.0": Package("libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
    "libxkbcommon.so.0": Package("libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    "libzstd.so.1": Package("libzstd1", "libzstd", "zstd"),
}

# Programs that the proof of what was built starts: a screen, a bus, a keyring, a network of its own.
PROOF_PROGRAMS = {
    "Xvfb": Package("xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb"),
    "dbus-daemon": Package("dbus", "dbus-daemon", "dbus"),
    "dbus-send": Package("dbus", "dbus-tools", "dbus"),
    "gnome-keyring-daemon": Package("gnome-keyring", "gnome-keyring", "gnome-keyring"),
    "ip": Package("iproute2", "iproute", "iproute2"),
    "unshare": Package("util-linux", "util-linux-core", "util-linux"),
}
# Programs that the tests start beside those: a second opinion on films, a keyboard.
TEST_PROGRAMS = PROOF_PROGRAMS | {
    "dbus-run-session": Package("dbus", "dbus-daemon", "dbus"),
    "ffmpeg": Package("ffmpeg", "ffmpeg-free", "ffmpeg"),
    "xdotool": Package("xdotool", "xdotool", "xdotool"),
}
# Programs that building the packages takes: what reads and strips libraries, and what packs.
BUILDING_PROGRAMS = {
    "objdump": Package("binutils", "binutils", "binutils"),
    "strip": Package("binutils", "binutils", "binutils"),
    "xz": Package("xz-utils", "xz", "xz"),
}
_ACCESSIBILITY_BUS = Package("at-spi2-core", "at-spi2-core", "at-spi2-core")
_ACCESSIBILITY_PYTHON = Package("python3-pyatspi", "python3-pyatspi", "python-atspi")
_CHINESE_FONT = Package("fonts-noto-cjk", "google-noto-sans-cjk-fonts", "noto-fonts-cjk")


def provide(*, tests: bool = False, building: bool = False, proof: bool = False) -> None:
    """Install what this Linux lacks for the window, and for the tests, the building or the proof of packages if asked.

    Never fails: without the rights it prints the one command to run, and the caller goes on, since the
    command line needs none of it.
    """
    if not sys.platform.startswith("linux"):
        return
    missing = missing_packages(tests=tests, building=building, proof=proof)
    if not missing:
        return
    names = ", ".join(sorted({package.apt for package in missing}))
    if _may_use_apt():
        say(f"Installing system packages: {names}")
        _apt_install(sorted({package.apt for package in missing}))
        missing = missing_packages(tests=tests, building=building, proof=proof)
    if missing:
        say(f"This system lacks parts that {_needing(tests, building, proof)}. One command installs them:\n")
        say(f"    {command_for(missing)}\n")
        if not (building or proof):
            say("Going on without them: the command line doesn't need them.")


def _needing(tests: bool, building: bool, proof: bool) -> str:
    wanted = {"the tests": tests, "building": building, "the proof of what was built": proof}
    others = [who for who, asked in wanted.items() if asked]
    return " or ".join(["the window", *others]) + (" need" if others else " needs")


def missing_packages(*, tests: bool = False, building: bool = False, proof: bool = False) -> list[Package]:
    """What isn't there: libraries that can't be opened and, where asked for, programs that aren't found."""
    missing = [package for library, package in WINDOW.items() if not _opens(library)]
    programs = {
        **(BUILDING_PROGRAMS if building else {}),
        **(PROOF_PROGRAMS if proof else {}),
        **(TEST_PROGRAMS if tests else {}),
    }
    missing += [package for program, package in programs.items() if not shutil.which(program)]
    missing += _missing_python_library() if building else ()
    missing += _missing_test_parts() if tests else ()
    return missing


def window_can_open() -> bool:
    """Whether everything is there that the window needs of this Linux; elsewhere it always is."""
    return not sys.platform.startswith("linux") or not missing_packages(tests=False)


def _opens(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _missing_python_library() -> Iterable[Package]:
    """A distribution's own Python is one program; the built one needs Python as a library."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if os.path.realpath(sys.executable).startswith("/usr/bin/") and not _opens(f"libpython{version}.so.1.0"):
        yield Package(f"libpython{version}", f"python{version}-libs", "python")


def _missing_test_parts() -> Iterable[Package]:
    if not any(Path(folder, "at-spi-bus-launcher").exists() for folder in _LAUNCHERS):
        yield _ACCESSIBILITY_BUS
    look = "import importlib.util, sys; sys.exit(not importlib.util.find_spec('pyatspi'))"
    if not Path(SYSTEM_PYTHON).exists() or subprocess.run([SYSTEM_PYTHON, "-c", look], check=False).returncode:
        yield _ACCESSIBILITY_PYTHON
    if not any(Path("/usr/share/fonts").rglob("*CJK*")):
        yield _CHINESE_FONT


_LAUNCHERS = ("/usr/libexec", "/usr/lib/at-spi2-core", "/usr/lib", "/usr/libexec/at-spi2")


def command_for(packages: Sequence[Package]) -> str:
    """The one command to run here, by the package manager that this system has."""
    if shutil.which("dnf"):
        return "sudo dnf install -y " + " ".join(sorted({package.dnf for package in packages}))
    if shutil.which("pacman"):
        return "sudo pacman -S --needed --noconfirm " + " ".join(sorted({package.pacman for package in packages}))
    return "sudo apt-get update && sudo apt-get install -y " + " ".join(sorted({package.apt for package in packages}))


def install_python_venv() -> bool:
    """Install Debian's `venv` for this Python, where this Python is Debian's own and we may."""
    if not _may_use_apt() or not os.path.realpath(sys.executable).startswith("/usr/bin/"):
        return False
    name = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    say(f"Installing the system package {name}.")
    return _apt_install([name])


def _may_use_apt() -> bool:
    return shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


def _apt_install(names: Sequence[str]) -> bool:
    """Install packages without asking; if one of them isn't known here, the others all the same."""
    if _apt("install", *names, quiet=True):  # a fresh machine may not even have lists
        return True
    say("Bringing apt's lists up to date.")
    _apt("update")
    if _apt("install", *names):
        return True
    one_by_one = [_apt("install", name) for name in names]
    return all(one_by_one)


def _apt(verb: str, *names: str, quiet: bool = False) -> bool:
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    options = ["-qq", "-o", "DPkg::Lock::Timeout=300"]
    install = ["-y", "--no-install-recommends"] if verb == "install" else []
    command = ["apt-get", *options, verb, *install, *names]
    silence = subprocess.DEVNULL  # errors come by the other pipe
    errors = silence if quiet else None
    return subprocess.run(command, env=env, stdin=silence, stdout=silence, stderr=errors, check=False).returncode == 0


if __name__ == "__main__":  # for build machines, where only this part may run as root
    provide(tests=True, building=True)
