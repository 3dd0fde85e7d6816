"""One zip for whoever helps: written whole or not at all, and cleaned once more of what is nobody's business."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from seedance_desktop.domain.address import origin
from seedance_desktop.domain.errors import DiskProblem
from seedance_desktop.domain.naming import DEFAULT_TEMPLATE
from seedance_desktop.domain.preferences import Preferences

from . import log, private, stacks

Member = tuple[str, Callable[[], str]]
"""A name in the zip, and what makes its text; it is called in the thread that writes."""

_STAMP = r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ "
_NEW_HEAD = re.compile(_STAMP + r"\d+ [\w.]+: ")
_OLD_HEAD = re.compile(_STAMP + r"[\w.]+: ")  # of versions that kept errors' own texts
_FRAME = re.compile(r'^  File "[^"\n]+", line \d+, in [\w.<>]+$')
_LARGEST = 5_000_000  # characters of one member


class Stopped(Exception):
    """The creator stopped it; nothing is left of the file."""


def save(target: Path, members: Sequence[Member], going_on: Callable[[int], bool]) -> None:
    """Write the zip `target` (blocking). `going_on` hears how many members are done; False stops with `Stopped`.

    A member whose text can't be made says so in its place. Keys are taken out of all. Raises `DiskProblem`.
    """
    unfinished = target.with_name(f"{target.name}.part")
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            for done, (name, make) in enumerate(members):
                if not going_on(done):
                    raise Stopped
                text = private.redact(_text(make))[:_LARGEST]
                archive.writestr(name, text.encode("utf-8", "replace"))  # a folder's name may be no text
        if not going_on(len(members)):
            raise Stopped
        unfinished.replace(target)
    except OSError as error:
        raise DiskProblem.of(error, str(target.parent)) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def logs(folder: Path) -> Iterator[Member]:
    """The log, its older files, and the crash reports."""
    for path in sorted(folder.glob(f"{log.FILE}*")):
        yield f"log/{path.name}", lambda path=path: cleaned(_read(path))  # type: ignore[misc]
    for path in sorted((folder / "crashes").glob("*-*.txt")):
        yield f"crashes/{path.name.replace('.new.', '.')}", lambda path=path: private.clean(_read(path))  # type: ignore[misc]


def cleaned(text: str) -> str:
    """A log once more without keys and homes; of lines that an older version wrote, only their shape."""
    lines = []
    ours = False
    for line in text.splitlines():
        old = _OLD_HEAD.match(line)
        if _NEW_HEAD.match(line):
            ours = True
        elif old:
            ours = False
            line = old[0] + private.shape(line[old.end() :])
        elif not ours:
            line = stacks.shorten_all(line) if _FRAME.match(line) else private.shape(line)
        lines.append(private.clean(line))
    return "\n".join(lines) + "\n"


def preferences(kept: Preferences) -> dict[str, Any]:
    """The preferences without what names people, projects, folders and pages of the gateway; JSON-ready."""
    told = kept.to_dict()
    told["gateway"] = origin(kept.gateway)
    told["insecure_gateways"] = [origin(one) for one in kept.insecure_gateways]
    told["library"] = "chosen" if kept.library else "default"
    told["file_names"] = "default" if kept.file_names == DEFAULT_TEMPLATE else "chosen"
    told["project_budgets"] = f"{len(kept.project_budgets)} projects"
    told["proxy_address"] = "given" if kept.proxy_address else ""
    return told


def _text(make: Callable[[], str]) -> str:
    try:
        return make()
    except Exception as error:  # noqa: BLE001 - the rest helps all the same
        return f"This could not be read: {stacks.name_of(error)}\n"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
