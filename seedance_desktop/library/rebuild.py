"""The library made again from what is left: the newest sound backup, the records, and the recipes inside the MP4s."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from seedance_desktop.domain.clip import Clip, Flag, Footage, Stage, Verdict, id_to_name, name_to_id, new_id
from seedance_desktop.domain.errors import Problem
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.recipe import Recipe

from . import rows
from .database import open_writer, sound, transaction
from .files import Folders
from .migrations import STEPS, version
from .rebuild_images import take_images
from .records import due, write_due, write_record

MakePoster = Callable[[Path, Path], bool]
"""Makes a poster (target) of an MP4 (source); False where it can't."""

LookInside = Callable[[Path], tuple[Footage, dict[str, Any] | None]]
"""What is truly in an MP4, and the recipe that it carries; raises `BadClip` for no playable video."""

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Rebuilt:
    """What came from where, and what could not be recovered (names for people)."""

    backup: str = ""
    from_backup: int = 0
    from_records: int = 0
    from_clips: int = 0
    submits: int = 0
    bad_records: list[str] = field(default_factory=list)
    bad_clips: list[str] = field(default_factory=list)
    without_recipe: list[str] = field(default_factory=list)
    missing_files: list[str] = field(default_factory=list)
    missing_images: list[str] = field(default_factory=list)
    set_aside: str = ""


def rebuild(
    folder: Path,
    look_inside: LookInside,
    make_poster: MakePoster,
    progress: Progress = lambda _done, _all: None,
) -> Rebuilt:
    """Make the database of `folder` again (blocking; the caller holds the lock). The old one is set aside, never lost.

    Raises `LibraryProblem` or `DiskProblem` where the folder can't be written.
    """
    folders = Folders(folder)
    folders.make()
    report = Rebuilt()
    report.set_aside = _set_aside(folders)
    _restore_backup(folders, report)
    with closing(open_writer(folders)) as connection, sound(folders), transaction(connection):
        report.from_backup = connection.execute("SELECT count(*) FROM clips").fetchone()[0]
        if report.backup != report.set_aside:
            connection.execute("DELETE FROM records_due")
            _hold_back_planned(connection, _take_records(connection, folders, report, set()))
        else:  # then nothing is older than it was, and what is due is older in its record
            _take_records(connection, folders, report, due(connection))
        _take_clips(connection, folders, look_inside, report, progress)
        bad, report.missing_images = take_images(connection, folders)
        report.bad_records += bad
        _note_missing(connection, folders, report)
        _make_posters(connection, folders, make_poster, progress)
        while write_due(connection, folders):
            continue
    return report


def _set_aside(folders: Folders) -> str:
    """Move the database and its log out of the way under a name with the time."""
    label = time.strftime("%Y-%m-%d-%H%M%S")
    aside = ""
    for ending in ("", "-wal", "-shm"):
        old = folders.database.with_name(folders.database.name + ending)
        if old.exists():
            kept = old.replace(folders.backups / f"library-set-aside-{label}.sqlite{ending}")
            aside = aside or kept.name
    return aside


def _restore_backup(folders: Folders, report: Rebuilt) -> None:
    """Begin with what was set aside just now if it is sound, else with the newest backup that is.

    None may be newer than this program. (What was set aside is the newest by its log, whatever the file's time says.)
    """
    found = sorted(
        folders.backups.glob("library-*.sqlite"),
        key=lambda path: (path.name == report.set_aside, path.stat().st_mtime),
        reverse=True,
    )
    for candidate in found:
        try:
            with closing(sqlite3.connect(f"{candidate.resolve().as_uri()}?mode=ro", uri=True)) as old:
                healthy = old.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
                if not healthy or not 0 < version(old) <= len(STEPS):
                    continue
                with closing(sqlite3.connect(folders.database)) as new:
                    old.backup(new)
        except sqlite3.DatabaseError:
            folders.database.unlink(missing_ok=True)
            continue
        report.backup = candidate.name
        return


def _records(folders: Folders, report: Rebuilt) -> Iterator[dict[str, Any]]:
    for path in sorted(folders.records.glob("*.json")):
        try:
            record = json.loads(path.read_bytes())
            name_to_id(record["id"])
            Recipe.from_dict(record["recipe"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            report.bad_records.append(path.name)
            continue
        yield record


def _take_records(
    connection: sqlite3.Connection, folders: Folders, report: Rebuilt, known_better: set[int]
) -> set[str]:
    """The names of the clips that have a record that could be taken."""
    return {
        record["id"]
        for record in _records(folders, report)
        if name_to_id(record["id"]) not in known_better and _take_record(connection, folders, record, report)
    }


def _take_record(connection: sqlite3.Connection, folders: Folders, record: dict[str, Any], report: Rebuilt) -> bool:
    """Whether it could be taken. A record is at least as new as any backup: it is written before each submit, too."""
    try:
        clip = _clip_of(folders, record)
        rows.put(connection, clip)
        for submit in record.get("submits", []):
            _take_submit(connection, clip.id, submit)
            report.submits += 1
        rows.recount(connection, clip)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, sqlite3.Error):
        report.bad_records.append(f"{record['id']}.json")
        return False
    report.from_records += 1
    return True


def _hold_back_planned(connection: sqlite3.Connection, recorded: set[str]) -> None:
    """What stands as planned in an old copy may have been taken back or sent since then: none of it is sent by itself.

    With a record it was surely not sent; of a clip that only a backup knows, nobody knows.
    """
    for row in connection.execute("SELECT * FROM clips WHERE stage = 'planned'").fetchall():
        clip = rows.from_row(row)
        if clip.name in recorded:
            rows.put(connection, replace(clip, stage=Stage.FAILED, reason=Reason.of("planned-before-rebuild")))
        else:
            rows.begin_submit(connection, clip)
            rows.recount(connection, replace(clip, stage=Stage.UNSURE, reason=Reason.of("only-in-backup")))


def _file_in(folders: Folders, record: dict[str, Any]) -> str:
    """The video that a record names; a record may be anybody's, so what is no video among the clips is none."""
    try:
        folders.video(record.get("file", ""))
    except ValueError:
        return ""
    return str(record["file"])


def _clip_of(folders: Folders, record: dict[str, Any]) -> Clip:
    known = {name: record[name] for name in rows.PLAIN if name in record and name != "id"}
    footage, reason = record.get("footage"), record.get("reason")
    return Clip(
        **{"made": 0, "gateway": "", "place": known.get("made", 0), **known, "file": _file_in(folders, record)},
        id=name_to_id(record["id"]),
        recipe=Recipe.from_dict(record["recipe"]),
        price=Money(record["price"], record["currency"]),
        stage=Stage(record["stage"]),
        charged=Verdict(record["charged"]),
        rendering=bool(record.get("rendering")),
        footage=Footage(**footage) if footage else None,
        reason=Reason.of(reason["code"], **reason.get("facts", {})) if reason else None,
        flag=Flag(record.get("flag", "")),
        tags=tuple(record.get("tags", ())),
    )


def _take_submit(connection: sqlite3.Connection, clip: int, submit: dict[str, Any]) -> None:
    connection.execute(
        "INSERT INTO submits (clip, approved, gateway, price, currency, sent, task, verdict, reason, note) "
        "VALUES (:clip, :approved, :gateway, :price, :currency, :sent, :task, :verdict, :reason, :note) "
        "ON CONFLICT (clip, approved) DO UPDATE SET sent = excluded.sent, task = excluded.task, "
        "verdict = excluded.verdict, reason = excluded.reason, note = excluded.note",
        {"clip": clip, "task": "", "reason": "", "note": "", **submit, "verdict": Verdict(submit["verdict"]).value},
    )


def _take_clips(
    connection: sqlite3.Connection, folders: Folders, look_inside: LookInside, report: Rebuilt, progress: Progress
) -> None:
    """MP4s that no row knows come onto the shelf with the recipe that they carry."""
    known = {row[0] for row in connection.execute("SELECT file FROM clips WHERE file != ''")}
    found = [path for path in sorted(folders.clips.glob("*.mp4")) if f"clips/{path.name}" not in known]
    for number, path in enumerate(found, 1):
        progress(number, len(found))
        try:
            footage, carried = look_inside(path)
        except Problem:
            report.bad_clips.append(path.name)
            continue
        if carried is None:
            report.without_recipe.append(path.name)
        _shelve(connection, folders, path, footage, carried)
        report.from_clips += 1


def _shelve(
    connection: sqlite3.Connection, folders: Folders, path: Path, footage: Footage, carried: dict[str, Any] | None
) -> None:
    try:
        recipe = Recipe.from_dict(carried or {"prompt": path.stem})
    except (ValueError, KeyError, TypeError, AttributeError):
        recipe = Recipe(path.stem)
    number = _id_in(path)
    existing = rows.get(connection, number)
    if existing is not None and existing.file:
        number, existing = new_id(), None
    made = int(path.stat().st_mtime * 1000)
    clip = existing or Clip(id=number, recipe=recipe, made=made, gateway="", price=Money(0), charged=Verdict.UNSURE)
    shelved = replace(
        clip, stage=Stage.READY, file=f"clips/{path.name}", footage=footage, done=clip.done or made, reason=None
    )
    rows.put(connection, shelved)
    write_record(folders, shelved, rows.submits_of(connection, shelved.id))  # so that it keeps its id the next time


def _id_in(path: Path) -> int:
    """The id at the end of a readable name; a fresh one for a file that was renamed."""
    for word in reversed(path.stem.split()):
        try:
            return name_to_id(word)
        except ValueError:
            continue
    return new_id()


def _note_missing(connection: sqlite3.Connection, folders: Folders, report: Rebuilt) -> None:
    for row in connection.execute("SELECT id, file, outside FROM clips WHERE stage = 'ready'"):
        if not _source(folders, row).is_file():
            report.missing_files.append(row["outside"] or row["file"] or id_to_name(row["id"]))


def _make_posters(
    connection: sqlite3.Connection, folders: Folders, make_poster: MakePoster, progress: Progress
) -> None:
    missing = []
    for row in connection.execute("SELECT id, file, outside FROM clips WHERE stage = 'ready'").fetchall():
        poster = f"posters/{id_to_name(row['id'])}.jpg"
        if (folders.root / poster).is_file():
            connection.execute("UPDATE clips SET poster = ? WHERE id = ?", (poster, row["id"]))
        else:
            missing.append((_source(folders, row), poster, row["id"]))
    for number, (source, poster, clip) in enumerate(missing, 1):
        there = source.is_file() and make_poster(source, folders.root / poster)
        connection.execute("UPDATE clips SET poster = ? WHERE id = ?", (poster if there else "", clip))
        progress(number, len(missing))


def _source(folders: Folders, row: sqlite3.Row) -> Path:
    """Where a clip's video should be."""
    return Path(row["outside"]) if row["outside"] else folders.root / row["file"]
