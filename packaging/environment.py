"""The project's virtual environments: each made, filled from the lock of its Python, kept while it fits."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pip_wheel
import system_libraries
from steps import ROOT, Stop, need, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LOCKS = ROOT / "packaging" / "locks"
OLDEST, NEWEST = (3, 11), (3, 13)
_LOOK = """
import importlib.util, sys
missing = [part for part in sys.argv[1:] if not importlib.util.find_spec(part)]
print(f"{sys.version_info[0]}.{sys.version_info[1]}", *missing)
"""
_PIP = ["install", "--quiet", "--disable-pip-version-check", "pip"]


def refuse_other_pythons(version: tuple[int, int]) -> None:
    """Raise Stop unless this Python is one of those that the program runs on."""
    if not OLDEST <= version <= NEWEST:
        fit = ", ".join(f"python3.{minor}" for minor in range(OLDEST[1], NEWEST[1] + 1))
        raise Stop(
            f"This is Python {version[0]}.{version[1]}; the program needs one of {fit}. Call this with one of them."
        )


@dataclass(frozen=True)
class Environment:
    """One virtual environment: where it is, the first part of its locks' names, and modules that it must have.

    An `editable` one also holds the program itself, so that changes to its source count at once, and is filled
    again in place; any other is made anew, so that it holds what its lock names and nothing else.
    """

    folder: Path
    kind: str
    parts: tuple[str, ...]
    editable: bool = False

    @property
    def python(self) -> Path:
        """Its Python."""
        return self.folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

    @property
    def name(self) -> str:
        """How it is called in what the developer reads."""
        return self.folder.relative_to(ROOT).as_posix()

    def lock(self) -> Path:
        """The lock for the Python that runs this."""
        return LOCKS / f"{self.kind}-{_ours()}.txt"

    def stamp(self) -> str:
        """What the environment is made of, as one line: it changes when it has to be filled again."""
        project = (ROOT / "pyproject.toml").read_bytes() if self.editable else b""
        parts = [self.lock().read_bytes(), project, _ours().encode(), str(ROOT).encode()]
        return hashlib.sha256(b"\0".join(parts)).hexdigest()

    def ensure(self) -> None:
        """Make it what the lock says. Takes no time when it already is.

        Raises:
            Stop: something could not be installed.
        """
        version, missing = self.look()
        kept = self.folder / ".seedance-stamp"
        fits = version == _ours() and not missing
        if fits and kept.is_file() and kept.read_text(encoding="utf-8") == self.stamp():
            say(f"The environment in {self.name} is up to date (Python {version}).")
            return
        if version != _ours() or not self.editable:
            self._make(version)
        if not self._has_pip():
            self._get_pip()
        self._fill()
        kept.write_text(self.stamp(), encoding="utf-8")
        say(f"The environment in {self.name} is ready.")

    def look(self) -> tuple[str, list[str]]:
        """The version of its Python ("" if it has none that runs) and which of its parts it lacks."""
        if not self.python.exists():
            return "", []
        command = [str(self.python), "-c", _LOOK, *self.parts]
        try:
            answer = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        except (OSError, subprocess.SubprocessError):
            return "", []
        version, *missing = answer.stdout.split()
        return version, missing

    def _make(self, old: str) -> None:
        if self.folder.exists():
            say(f"Making {self.name} again: it {self._fault(old)}.")
            shutil.rmtree(self.folder)
        else:
            say(f"Making a virtual environment in {self.name} with Python {_ours()}.")
        by_python = [_base_python(), "-m", "venv", "--without-pip", str(self.folder)]
        if _quiet(by_python) or any(_quiet(command) for command in self._other_makers()):
            return
        if system_libraries.install_python_venv() and _quiet(by_python):
            return
        raise Stop(f"This Python can't make virtual environments. Install its `venv`: {_venv_hint()}")

    def _fault(self, old: str) -> str:
        if old == _ours():
            return "holds something else than its lock says"
        return f"was made with Python {old}" if old else "doesn't work"

    def _other_makers(self) -> Iterator[list[str]]:
        virtualenv, uv = shutil.which("virtualenv"), shutil.which("uv")
        if virtualenv:
            yield [virtualenv, "--quiet", "--python", _base_python(), str(self.folder)]
        if uv:
            yield [uv, "venv", "--quiet", "--python", _base_python(), str(self.folder)]

    def _has_pip(self) -> bool:
        return _quiet([str(self.python), "-m", "pip", "--version"])

    def _get_pip(self) -> None:
        """Put pip into the environment, by whatever way this machine offers."""
        outside = [_base_python(), "-m", "pip", "--python", str(self.python), *_PIP]
        ways: list[tuple[str, Callable[[], bool]]] = [
            ("from Python itself (ensurepip)", self._by_ensurepip),
            ("with the pip outside", lambda: _quiet(outside)),
            ("with virtualenv or uv", self._by_other_tools),
            (
                "with the system's python-venv package",
                lambda: system_libraries.install_python_venv() and self._by_ensurepip(),
            ),
            ("from the package index", self._by_wheel),
        ]
        for name, way in ways:
            if way() and self._has_pip():
                say(f"Put pip into {self.name} {name}.")
                return
        raise Stop(f"There is no way to get pip here. {_venv_hint()}")

    def _by_ensurepip(self) -> bool:
        return _quiet([str(self.python), "-m", "ensurepip", "--default-pip"])

    def _by_other_tools(self) -> bool:
        virtualenv, uv = shutil.which("virtualenv"), shutil.which("uv")
        if virtualenv and _quiet([virtualenv, "--quiet", "--python", _base_python(), str(self.folder)]):
            return True
        return bool(uv) and _quiet([str(uv), "pip", "install", "--quiet", "--python", str(self.python), "pip"])

    def _by_wheel(self) -> bool:
        with tempfile.TemporaryDirectory() as folder:
            try:
                wheel = pip_wheel.fetch(Path(folder))
            except pip_wheel.NoPip as error:
                say(f"pip could not be fetched: {error}")
                return False
            return _quiet([str(self.python), f"{wheel}/pip", "install", "--quiet", "--no-index", str(wheel)])

    def _fill(self) -> None:
        pip = [str(self.python), "-m", "pip", "--disable-pip-version-check", "--no-input"]
        install = [*pip, "install", "--root-user-action=ignore", *([] if sys.stdout.isatty() else ["-qq"])]
        lock = self.lock()
        many = " (about 300 MB the first time)" if "PySide6" in self.parts else ""
        say(f"Installing the packages of {lock.relative_to(ROOT).as_posix()}{many}.")
        locked = ["--only-binary=:all:", "--require-hashes", "--requirement", str(lock)]
        need([*install, *locked], "The locked packages could not be installed")
        if self.editable:
            say("Installing the program itself, so that changes to its source count at once.")
            itself = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
            need([*install, *itself], "The program could not be installed")


DEVELOPERS = Environment(
    ROOT / ".venv", "python", ("PySide6", "httpx", "av", "pytest", "seedance_desktop"), editable=True
)
# What the program is built in and from: what it needs at run time, and PyInstaller.
PACKAGE = Environment(ROOT / "build" / "environment", "package", ("PySide6", "httpx", "av", "PyInstaller"))
# What writes the bill of materials; apart, so that nothing of it can be bundled.
BOM = Environment(ROOT / "build" / "bom", "bom", ("cyclonedx", "cyclonedx_py", "jsonschema"))
PYTHON = DEVELOPERS.python


def ensure() -> None:
    """Make the developers' environment what its lock says."""
    DEVELOPERS.ensure()


def _ours() -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def _base_python() -> str:
    """The Python behind this one, also when this script runs inside an environment."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


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
