"""Gathers the licences of everything in the built program: a list, and the text of each, in `_internal/licences`."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from bundle import making
from environment import PACKAGE
from licences import natives
from release import source
from steps import ROOT, Stop, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TEXTS = Path(__file__).with_name("texts")
COPYING = "COPYING"
HOME = "https://pypi.org/project/"
_LONGEST_NAME = 100  # some put the whole licence where its name belongs
_SPDX = {"MIT License": "MIT", "Apache 2.0 License": "Apache-2.0", "Apache Software License": "Apache-2.0"}
_COPYLEFT = re.compile(r"\b[AL]?GPL-|MPL-")
_TEXT = re.compile(r"(^|/)(licen[cs]es?|copying|notice|copyright|authors)([-._ ][^/]*)?$|/licenses/", re.IGNORECASE)


@dataclass(frozen=True)
class Component:
    """One part as the list has it; `source` is where its source is, `files` the names of its texts, `package` whether
    it came from a Python package index."""

    name: str
    version: str
    licence: str
    homepage: str
    files: tuple[str, ...]
    source: str = ""
    package: bool = False


def write(folder: Path) -> list[Component]:
    """Write `components.json`, the texts and the notice into the program's folder; what is bundled, by name.

    Raises:
        Stop: a part has no text, or nobody knows whose it is.
    """
    inside = inside_of(folder)
    target = _place_in(folder)
    texts = Texts(target)
    every = [_program(texts), *_packages(texts), *_libraries(inside, texts)]
    found = sorted(every[1:], key=lambda one: one.name.casefold())
    components = [every[0], *found]
    if bare := [one.name for one in components if not one.files or not one.licence]:
        raise Stop(f"Their licence or its text is missing: {', '.join(bare)}.")
    if sourceless := [one.name for one in components if _COPYLEFT.search(one.licence) and not one.source]:
        raise Stop(f"Where their source is, which their licence asks for, is missing: {', '.join(sourceless)}.")
    kept = [asdict(one) for one in components]
    (target / "components.json").write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (target / "NOTICE.txt").write_text(_notice(components), encoding="utf-8")
    say(f"{len(components)} components with their licences")
    return components


def inside_of(folder: Path) -> Path:
    """Where the built program keeps its parts: what PyInstaller calls the contents directory."""
    return folder / "Contents" / "Frameworks" if folder.suffix == ".app" else folder / "_internal"


def _place_in(folder: Path) -> Path:
    """The empty folder for the texts. In a macOS bundle only `Resources` may hold texts; a link leads there."""
    inside = inside_of(folder)
    target = inside.with_name("Resources") / "licences" if folder.suffix == ".app" else inside / "licences"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    link = inside / "licences"
    if link != target:
        link.unlink(missing_ok=True)
        link.symlink_to(Path("..", "Resources", "licences"))
    return target


def site_packages() -> Path:
    """Where the packages are that the program was built from."""
    return next(path for path in PACKAGE.folder.rglob("site-packages") if path.is_dir())


def collected() -> list[Path]:
    """Every file that PyInstaller took, as the spec wrote them down."""
    names = json.loads((making.BUILD / "work" / "seedance" / "collected.json").read_text(encoding="utf-8"))
    return [Path(name) for name in names]


class Texts:
    """The folder of texts: each is written once, under a name of its own."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._distributions = {plain(one.metadata["Name"]): one for one in distributions()}

    def of_ours(self, name: str) -> str:
        """A text that we keep, or `package:file` from a package's metadata; its name in the folder."""
        package, _, file = name.rpartition(":")
        if package:
            found = self.of_package(self._distributions[package])
            return next(one for one in found if one.endswith(file))
        kept = ROOT / "LICENSE" if name == COPYING else TEXTS / name
        shutil.copy(kept, self._target / name)
        return name

    def of_package(self, distribution: metadata.Distribution) -> tuple[str, ...]:
        """The texts that a package brings, or ours for it."""
        name = plain(distribution.metadata["Name"])
        found = []
        for path in distribution.files or ():
            if ".dist-info/" in str(path) and _TEXT.search(str(path)) and not path.suffix.startswith(".py"):
                kept = f"{name}-{path.name}"
                shutil.copy(str(path.locate()), self._target / kept)
                found.append(kept)
        return tuple(dict.fromkeys(found)) or tuple(map(self.of_ours, _added(distribution.metadata).texts))


def distributions() -> Iterable[metadata.Distribution]:
    """All packages of the environment that the program is built from."""
    return metadata.distributions(path=[str(site_packages())])


def plain(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _program(texts: Texts) -> Component:
    origin = "with the program, wherever it was got"
    return Component("Seedance Desktop", source.version(), "GPL-3.0-or-later", "", (texts.of_ours(COPYING),), origin)


def _packages(texts: Texts) -> Iterator[Component]:
    """The packages of which anything was taken, and PyInstaller, whose start is in the executable."""
    taken = {os.path.normcase(path) for path in collected()}
    for distribution in distributions():
        about = distribution.metadata
        inside = any(os.path.normcase(path.locate()) in taken for path in distribution.files or ())
        if inside or plain(about["Name"]) == "pyinstaller":
            files, licence = texts.of_package(distribution), licence_of(about)
            source = f"{HOME}{plain(about['Name'])}/{distribution.version}/#files"
            yield Component(about["Name"], distribution.version, licence, _homepage(about), files, source, package=True)


def _added(about: metadata.PackageMetadata) -> natives.Package:
    return natives.table()[2].get(plain(about["Name"]), natives.Package())


def licence_of(about: metadata.PackageMetadata) -> str:
    """An SPDX expression where the package has one, else what it calls its licence."""
    if ours := _added(about).licence:
        return ours
    said = [str(about[field]) for field in ("License-Expression", "License") if field in about]
    said += [one.rpartition(" :: ")[2] for one in about.get_all("Classifier") or () if one.startswith("License ::")]
    name = next((one for one in said if len(one) < _LONGEST_NAME and one != "UNKNOWN"), "")
    return _SPDX.get(name, name)


def _homepage(about: metadata.PackageMetadata) -> str:
    links = dict(one.split(", ", 1) for one in about.get_all("Project-URL") or () if ", " in one)
    named = {name.casefold(): link for name, link in links.items()}
    wanted = ("homepage", "home", "source", "source code", "repository", "github")
    found = next((named[name] for name in wanted if name in named), _old_homepage(about))
    return str(found) if str(found).startswith("https://") else f"{HOME}{plain(about['Name'])}/"


def _old_homepage(about: metadata.PackageMetadata) -> str:
    return next(iter(about.get_all("Home-page") or ()), "")


def _libraries(inside: Path, texts: Texts) -> Iterator[Component]:
    """The native libraries, and what is in no file of its own."""
    versions = {plain(one.metadata["Name"]): one.version for one in distributions()}
    versions["python"] = platform.python_version()
    owners = natives.sorted_out(natives.found_in(inside))
    for library in [*owners, *natives.table()[1]]:
        kept = tuple(map(texts.of_ours, library.texts))
        told = {library.version_in(inside / name) for name in owners.get(library, ())} or {""}
        known = versions.get(library.version)
        for version in [known] if known else sorted(told - {""}) or [""]:  # two wheels may bring two of them
            yield Component(library.name, version, library.licence, library.homepage, kept, library.source)


def _notice(components: Iterable[Component]) -> str:
    """What the GPL and the LGPL want said beside their texts."""
    lines = [
        f"    {one.name} {one.version}".rstrip() + f", {one.licence}\n        {one.source}"
        for one in components
        if _COPYLEFT.search(one.licence) and one.source
    ]
    return _WORDS + "\n".join(lines) + "\n"


_WORDS = """Seedance Desktop is free software under the GNU General Public License, version 3 or later (COPYING).
The parts that it is made of, each with its licence and the texts in this folder, are listed in components.json.

Nothing here is changed by us: every library is what its makers or the named packages built. Libraries under the GNU
Lesser General Public License, Qt and Qt for Python before all, are files of their own beside this folder; you may
replace each by another version that fits, and may study how they work together to do so.

The sources of exactly these versions are at the addresses below, free of charge. Should one of them no longer be there,
those who gave you this program owe you the sources for three years from then, for no more than the cost of copying.

"""
