"""The plain files of a library: where they lie, and how they are written so that a crash leaves whole ones."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.errors import DiskProblem, LibraryProblem


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of a library; every stored path is relative to `root`."""

    root: Path

    @property
    def database(self) -> Path:
        """The journal and index."""
        return self.root / "library.sqlite"

    @property
    def clips(self) -> Path:
        """Finished MP4s under readable names, and `.part` files on their way."""
        return self.root / "clips"

    @property
    def records(self) -> Path:
        """One JSON file a clip."""
        return self.root / "records"

    @property
    def references(self) -> Path:
        """Original reference images by content hash."""
        return self.root / "references"

    @property
    def posters(self) -> Path:
        """One JPEG a clip; can be made again."""
        return self.root / "posters"

    @property
    def backups(self) -> Path:
        """Copies of the database."""
        return self.root / "backups"

    def make(self) -> None:
        """Make what is missing and prove that it can be written; raises `LibraryProblem`."""
        try:
            for folder in (self.root, self.clips, self.records, self.references, self.posters, self.backups):
                folder.mkdir(parents=True, exist_ok=True)
            probe = self.root / f".writable-{os.getpid()}"
            probe.write_bytes(b"")
            probe.unlink()
        except OSError as error:
            raise LibraryProblem(
                "library-not-writable", folder=str(self.root), detail=error.strerror or str(error)
            ) from error

    def inside(self, relative: str) -> Path:
        """The path of a stored relative name; raises ValueError if it would lead out of the library."""
        path = (self.root / relative).resolve()
        if not path.is_relative_to(self.root.resolve()) or not relative:
            raise ValueError(relative)
        return path

    def video(self, relative: str) -> Path:
        """The path of a video among the clips, itself where it is a link; raises ValueError for any other name."""
        path = Path(relative)
        if path.parent != Path(self.clips.name) or path.name == "..":
            raise ValueError(relative)
        return self.clips / path.name

    def file_of(self, clip: Clip) -> Path:
        """Where a finished clip's video lies: in the library, or outside where it is only referenced."""
        return Path(clip.outside) if clip.outside else self.inside(clip.file)

    def free_clip_name(self, stem: str) -> str:
        """A relative name for a new MP4 that no file has yet (the stem holds the clip's id, so it is hardly taken)."""
        name, number = f"clips/{stem}.mp4", 2
        while (self.root / name).exists():
            name, number = f"clips/{stem} {number}.mp4", number + 1
        return name


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that its name holds either the old or the new bytes whole; raises `DiskProblem`."""
    write_all({path: data})


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write files of one folder, each whole or not at all; raises `DiskProblem`, and then some may be written.

    All bytes go out before the first is waited for, and the folder is waited for once: a third of the time.
    """
    if not files:
        return
    mark = secrets.token_hex(4)  # two threads may write one image
    temporaries = {path: path.with_name(f".{path.name}.{mark}.tmp") for path in files}
    folder = next(iter(files)).parent
    try:
        with ExitStack() as opened:
            for file in [_begin(opened, temporaries[path], data) for path, data in files.items()]:
                os.fsync(file.fileno())
        for path, temporary in temporaries.items():
            temporary.replace(path)
        sync_folder(folder)
    except OSError as error:
        for temporary in temporaries.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        raise DiskProblem.of(error, str(next(iter(files)) if len(files) == 1 else folder)) from error


def _begin(opened: ExitStack, temporary: Path, data: bytes) -> BinaryIO:
    file = opened.enter_context(temporary.open("wb"))
    file.write(data)
    file.flush()
    return file


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """`write_whole` of a readable JSON object."""
    write_whole(path, to_json(value))


def to_json(value: Mapping[str, Any]) -> bytes:
    """A JSON object as people read it."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def put_in_place(temporary: Path, target: Path) -> None:
    """Rename a finished file to its final name, surely on disk afterwards; raises `DiskProblem`."""
    try:
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise DiskProblem.of(error, str(target)) from error


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut, where the system knows how (not on Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
