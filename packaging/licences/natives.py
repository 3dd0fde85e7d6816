"""Whose the native libraries of the built program are: finds them, and each in the table that is kept by hand."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from steps import Stop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TABLE = Path(__file__).with_name("native_libraries.toml")
_NATIVE = re.compile(r"\.(so(\.[\d.]+)?|dylib|dll)$")
# A module of Python's own form belongs to the package that it came with; everything else native is a library.
_MODULE = re.compile(r"\.(cpython-[^/]+|abi3)\.so$|\.pyd$|/lib-dynload/|(^|/)(lib)?(pyside6(qml)?|shiboken6)\.abi3\.")
_FRAMEWORK = re.compile(r"/([^/]+)\.framework/(?:Versions/[^/]+/)?\1$")
_WHEELS_MARK = re.compile(r"-[0-9a-f]{8,}$")


@dataclass(frozen=True)
class Library:
    """One entry of the table; `inside` is the start of the paths that it is for, `version` a pattern or a name."""

    name: str
    licence: str
    homepage: str
    texts: tuple[str, ...]
    files: tuple[str, ...] = ()
    inside: str = ""
    version: str = ""
    source: str = ""

    def holds(self, path: str) -> bool:
        """Whether the file with this path in `_internal` belongs to it."""
        stem = stem_of(path)
        here = re.match(self.inside, path) is not None
        return here and any(re.fullmatch(pattern, stem, re.IGNORECASE) for pattern in self.files)

    def version_in(self, file: Path) -> str:
        """The version that one of its files tells itself, or nothing."""
        found = re.search(self.version.encode(), file.read_bytes()) if "(" in self.version else None
        return found[1].decode() if found else ""


@dataclass(frozen=True)
class Package:
    """What the metadata of a Python package lacks or has wrong."""

    licence: str = ""
    texts: tuple[str, ...] = ()


@cache
def table() -> tuple[list[Library], list[Library], dict[str, Package]]:
    """The libraries, the parts without a file of their own, and what we add to the metadata of packages."""
    kept = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    added = [(one["names"], Package(one.get("licence", ""), tuple(one.get("texts", ())))) for one in kept["package"]]
    packages = {name: package for names, package in added for name in names}
    return [_library(one) for one in kept["library"]], [_library(one) for one in kept["part"]], packages


def _library(kept: dict[str, Any]) -> Library:
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in kept.items()}
    return Library(**fields)


def stem_of(path: str) -> str:
    """What a library is called, whatever the system: `avcodec` for `libavcodec-5e6b81c2.so.62` and `avcodec-62.dll`."""
    if framework := _FRAMEWORK.search(f"/{path}"):
        return framework[1]
    name = path.rsplit("/", 1)[-1]
    stem = re.sub(r"(\.abi3)?\.(so(\.[\d.]+)?|dylib|dll)$", "", name)
    stem = _WHEELS_MARK.sub("", re.sub(r"^lib", "", stem))
    return re.sub(r"(\.\d+)+$", "", stem) if name.endswith(".dylib") else _without_number(stem, name)


def _without_number(stem: str, name: str) -> str:
    """FFmpeg's and x264's DLLs carry a number that the others' names end with themselves."""
    return re.sub(r"^((?:av|sw)[a-z]+|x26[45]|opus|vpx|mp3lame|opencore-amr..|iconv|de265)-\d+$", r"\1", stem)


def found_in(inside: Path) -> Iterator[str]:
    """The paths of all native libraries below the program's `_internal`; links to others are left out."""
    for path in sorted(inside.rglob("*")):
        name = path.relative_to(inside).as_posix()
        if path.is_file() and not path.is_symlink() and is_library(name):
            yield name


def is_library(path: str) -> bool:
    """Whether a path in `_internal` is that of a native library, and not of a module of some Python package."""
    return bool(_NATIVE.search(path) or _FRAMEWORK.search(f"/{path}")) and not _MODULE.search(path)


def sorted_out(names: Iterable[str]) -> dict[Library, list[str]]:
    """Each library of the table with those of these files that are its own.

    Raises:
        Stop: a file is in no entry: nobody has looked at its licence yet.
    """
    libraries, _, _ = table()
    owners: dict[Library, list[str]] = {}
    unknown = []
    for name in names:
        owner = next((library for library in libraries if library.holds(name)), None)
        if owner is None:
            unknown.append(name)
        else:
            owners.setdefault(owner, []).append(name)
    if unknown:
        raise Stop(f"Whose are these? Look up their licences and add them to {TABLE.name}: {', '.join(unknown)}.")
    return owners
