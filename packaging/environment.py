"""The project's own virtual environment: made, filled from the lock of its Python, kept while it fits."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pip_wheel
import system_libraries
from steps import ROOT, Stop, need, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
OLDEST, NEWEST = (3, 11), (3, 13)
_STAMP = VENV / ".seedance-stamp"
_LOOK = """
import importlib.util, sys
parts = ("PySide6", "httpx", "av", "pytest", "seedance_desktop")
missing = [part for part in parts if not importlib.util.find_spec(part)]
print(f"{sys.version_info[0]}.{sys.version_info[1]}", *missing)
"""


def ensure() -> None:
    """Make `.venv` what the lock says. Takes no time when it already is.

    Raises:
        Stop: something could not be installed.
    """
    version, missing = look()
    wanted = stamp()
    if version == _ours() and not missing and _STAMP.is_file() and _STAMP.read_text(encoding="utf-8") == wanted:
        say(f"The environment in {VENV.name} is up to date (Python {version}).")
        return
    if version != _ours():
        _make(version)
    if not _has_pip():
        _get_pip()
    _fill()
    _STAMP.write_text(wanted, encoding="utf-8")
    say(f"The environment in {VENV.name} is ready.")


def refuse_other_pythons(version: tuple[int, int]) -> None:
    """Raise Stop unless this Python is one of those that the program runs on."""
    if not OLDEST <= version <= NEWEST:
        fit = ", ".join(f"python3.{minor}" for minor in range(OLDEST[1], NEWEST[1] + 1))
        raise Stop(
            f"This is Python {version[0]}.{version[1]}; the program needs one of {fit}. Call this with one of them."
        )


def lock() -> Path:
    """The lock for the Python that runs this."""
    return ROOT / "packaging" / "locks" / f"python-{_ours()}.txt"


def stamp() -> str:
    """What the environment is made of, as one line: it changes when it has to be filled again."""
    parts = [
        lock().read_bytes(),
        (ROOT / "pyproject.toml").read_bytes(),
        _ours().encode(),
        str(ROOT).encode(),
    ]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def look() -> tuple[str, list[str]]:
    """The version of the environment's Python ("" if it has none that runs) and which main parts it lacks."""
    if not PYTHON.exists():
        return "", []
    try:
        answer = subprocess.run([PYTHON, "-c", _LOOK], capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return "", []
    version, *missing = answer.stdout.split()
    return version, missing


def _ours() -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def _base_python() -> str:
    """The Python behind this one, also when this script runs inside an environment."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def _make(old: str) -> None:
    if VENV.exists():
        was = f"it was made with Python {old}" if old else "it doesn't work"
        say(f"Making {VENV.name} again: {was}.")
        shutil.rmtree(VENV)
    else:
        say(f"Making a virtual environment in {VENV.name} with Python {_ours()}.")
    if _quiet([_base_python(), "-m", "venv", "--without-pip", str(VENV)]):
        return
    for command in _other_makers():
        if _quiet(command):
            return
    if system_libraries.install_python_venv() and _quiet([_base_python(), "-m", "venv", "--without-pip", str(VENV)]):
        return
    raise Stop(f"This Python can't make virtual environments. Install its `venv`: {_venv_hint()}")


def _other_makers() -> Iterator[list[str]]:
    virtualenv, uv = shutil.which("virtualenv"), shutil.which("uv")
    if virtualenv:
        yield [virtualenv, "--quiet", "--python", _base_python(), str(VENV)]
    if uv:
        yield [uv, "venv", "--quiet", "--python", _base_python(), str(VENV)]


def _has_pip() -> bool:
    return _quiet([str(PYTHON), "-m", "pip", "--version"])


def _get_pip() -> None:
    """Put pip into the environment, by whatever way this machine offers."""
    ways: list[tuple[str, Callable[[], bool]]] = [
        ("from Python itself (ensurepip)", _by_ensurepip),
        (
            "with the pip outside",
            lambda: _quiet([_base_python(), "-m", "pip", "--python", str(PYTHON), *_PIP]),
        ),
        ("with virtualenv or uv", _by_other_tools),
        ("with the system's python-venv package", _by_system_package),
        ("from the package index", _by_wheel),
    ]
    for name, way in ways:
        if way() and _has_pip():
            say(f"Put pip into {VENV.name} {name}.")
            return
    raise Stop(f"There is no way to get pip here. {_venv_hint()}")


_PIP = ["install", "--quiet", "--disable-pip-version-check", "pip"]


def _by_ensurepip() -> bool:
    return _quiet([str(PYTHON), "-m", "ensurepip", "--default-pip"])


def _by_other_tools() -> bool:
    virtualenv, uv = shutil.which("virtualenv"), shutil.which("uv")
    if virtualenv and _quiet([virtualenv, "--quiet", "--python", _base_python(), str(VENV)]):
        return True
    return bool(uv) and _quiet([str(uv), "pip", "install", "--quiet", "--python", str(PYTHON), "pip"])


def _by_system_package() -> bool:
    return system_libraries.install_python_venv() and _by_ensurepip()


def _by_wheel() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        try:
            wheel = pip_wheel.fetch(Path(folder))
        except pip_wheel.NoPip as error:
            say(f"pip could not be fetched: {error}")
            return False
        return _quiet([str(PYTHON), f"{wheel}/pip", "install", "--quiet", "--no-index", str(wheel)])


def _fill() -> None:
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    install = [*pip, "install", "--root-user-action=ignore", *([] if sys.stdout.isatty() else ["-qq"])]
    say(f"Installing the packages of {lock().relative_to(ROOT)} (about 300 MB the first time).")
    need(
        [*install, "--only-binary=:all:", "--require-hashes", "--requirement", str(lock())],
        "The locked packages could not be installed",
    )
    say("Installing the program itself, so that changes to its source count at once.")
    need(
        [*install, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
        "The program could not be installed",
    )


def _venv_hint() -> str:
    if shutil.which("apt-get"):
        return f"Run: sudo apt-get install python{_ours()}-venv"
    return "Install pip for this Python, or use a Python from python.org, and try again."


def _quiet(command: list[str]) -> bool:
    """Whether a command succeeds; what it says is of no interest, since there are other ways."""
    env = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    env.pop("PIP_REQUIRE_VIRTUALENV", None)
    try:
        subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True
