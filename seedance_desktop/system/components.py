"""What this very installation is made of, with the texts of the licences: from the built program, or from source."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from seedance_desktop import __version__
from seedance_desktop.domain.components import Component

_OURS, _NAME, _LICENCE = "seedance-desktop", "Seedance Desktop", "GPL-3.0-or-later"
_TEXTS = re.compile(r"(^|/)(licen[cs]es?|copying|notices?|copyright)([-._ ][^/]*)?$", re.IGNORECASE)
_REQUIREMENT = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]*)\])?")
_EXTRA = re.compile(r"""extra\s*==\s*['"]([^'"]+)['"]""")
_LONGEST_NAME = 60  # some put the whole licence where its name belongs


def components() -> list[Component]:
    """The program first, then its parts by name; blocking, some 50 ms."""
    frozen = getattr(sys, "_MEIPASS", "")
    found = _bundled(Path(frozen) / "licences") if frozen else list(_installed(_OURS, frozenset(), set()))
    ours = [one for one in found if _plain(one.name) == _OURS]
    others = [one for one in found if _plain(one.name) != _OURS]
    text = Path(frozen) / "licences" / "COPYING" if frozen else Path(__file__).resolve().parents[2] / "LICENSE"
    homepage = ours[0].homepage if ours else ""
    files = tuple(one.files for one in ours if one.files)
    program = Component(_NAME, __version__, _LICENCE, homepage, files[0] if files else (str(text),))
    return [program, *sorted(others, key=lambda one: one.name.casefold())]


def licence_text(component: Component) -> str:
    """The texts of its licence one after the other; empty where there are none."""
    texts = []
    for name in component.files:
        path = Path(name)
        try:
            text = path.read_text(encoding="utf-8-sig", errors="replace").strip("\r\n")
        except OSError:
            continue
        texts.append(f"{path.name}\n\n{text}" if len(component.files) > 1 else text)
    return f"\n\n{'—' * 32}\n\n".join(texts)


def _bundled(folder: Path) -> list[Component]:
    """What the build wrote beside the texts."""
    try:
        kept = json.loads((folder / "components.json").read_bytes())
    except (OSError, ValueError):
        return []
    found = [Component.read(one) for one in kept] if isinstance(kept, list) else []
    return [
        Component(one.name, one.version, one.licence, one.homepage, tuple(str(folder / name) for name in one.files))
        for one in found
        if one is not None
    ]


def _installed(name: str, extras: frozenset[str], seen: set[tuple[str, frozenset[str]]]) -> Iterator[Component]:
    """A distribution and all that it needs, as far as it is installed."""
    if (_plain(name), extras) in seen:
        return
    known = any(_plain(name) == one for one, _ in seen)
    seen.add((_plain(name), extras))
    try:
        distribution = metadata.distribution(name)
    except metadata.PackageNotFoundError:  # needed on other systems
        return
    if not known:
        yield _described(distribution)
    for requirement in distribution.requires or ():
        part, _, marker = requirement.partition(";")
        extra, match = _EXTRA.search(marker), _REQUIREMENT.match(part)
        if match and (extra is None or extra[1] in extras):
            wanted = frozenset(one.strip() for one in (match[2] or "").split(",") if one.strip())
            yield from _installed(match[1], wanted, seen)


def _described(distribution: metadata.Distribution) -> Component:
    about = distribution.metadata
    files = tuple(str(distribution.locate_file(one)) for one in distribution.files or () if _TEXTS.search(str(one)))
    return Component(about["Name"], distribution.version, _licence(about), _homepage(about), files)


def _licence(about: metadata.PackageMetadata) -> str:
    said = [str(about[field]) for field in ("License-Expression", "License") if field in about]
    said += [one.rpartition(" :: ")[2] for one in about.get_all("Classifier") or () if one.startswith("License ::")]
    return next((one for one in said if len(one) <= _LONGEST_NAME and one != "UNKNOWN"), "")


def _homepage(about: metadata.PackageMetadata) -> str:
    links = dict(one.split(", ", 1) for one in about.get_all("Project-URL") or () if ", " in one)
    wanted = ("homepage", "home", "source", "repository", "source code", "github")
    named = {name.casefold(): link for name, link in links.items()}
    found = next((named[name] for name in wanted if name in named), (about.get_all("Home-page") or [""])[0])
    return str(found) if str(found).startswith("https://") else ""


def _plain(name: str) -> str:
    return re.sub(r"[-_. ]+", "-", name).lower()
