"""Makes libraries to measure with: many finished clips that share a few files, and clips under way."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image

from seedance_desktop.domain.clip import Clip, Flag, Footage, Stage, Verdict
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.recipe import Recipe
from seedance_desktop.library import rows
from seedance_desktop.library.database import daily_backup, open_writer, transaction
from seedance_desktop.library.files import Folders

from .ground import CACHE, ROOT

MANY, FEW = 100_000, 1_000
_FORMAT = 2  # raise it when what is made changes
_POSTERS = 24
_TAKES = 5  # of each shot
_BEGAN = 1_750_000_000_000
_PROMPTS = """
boat street dusk neon lighthouse harbour fox snow temple lantern desert train window rain glass city
rooftop orchid whale canyon violin market bicycle forest river mirror clock tower kite meadow storm
candle bridge dolly crane handheld macro slow pan tilt zoom wide close portrait golden blue misty quiet
bright
"""
_WORDS = _PROMPTS.split()
_RARE = "zeppelin"
SELF_TEST = ROOT / "resources" / "clips" / "self-test.mp4"


def finished(count: int) -> Path:
    """A library of so many finished clips, from the cache or made for it (a minute for 100,000)."""
    folder = CACHE / f"library-{count}-{_FORMAT}"
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        with_clips(folder, _finished(count))
        (folder / "made").write_text("")
    _today(folder)
    return folder


def with_clips(folder: Path, clips: Iterable[Clip]) -> Path:
    """A library in `folder` with these clips, and the files that they share."""
    folders = Folders(folder)
    folders.make()
    _files(folders)
    connection = open_writer(folders)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        with transaction(connection):
            for clip in clips:
                rows.put(connection, clip)
                if clip.task or clip.stage is Stage.READY:
                    rows.end_submit(connection, clip, Verdict.YES, clip.task, None)
    finally:
        connection.close()
    return folder


def copied(library: Path, target: Path, extra: Sequence[Clip]) -> Path:
    """A copy of a library with more clips in it."""
    shutil.copytree(library, target, ignore=shutil.ignore_patterns("backups", "*-wal", "*-shm"), dirs_exist_ok=True)
    with_clips(target, extra)
    _today(target)
    return target


def waiting(number: int, gateway: str, task: str) -> Clip:
    """A clip that is watched at the gateway."""
    now = _BEGAN + 400_000_000_000 + number
    return Clip(
        id=900_000_000 + number,
        recipe=Recipe(f"Under way, number {number}"),
        made=now,
        gateway=gateway,
        price=Money(28),
        click=900_000_000 + number,
        stage=Stage.WAITING,
        charged=Verdict.YES,
        approved=now,
        sent=now,
        accepted=now,
        task=task,
    )


def fetching(number: int, gateway: str, link: str) -> Clip:
    """A clip that is being downloaded."""
    return replace(waiting(number, gateway, f"task_{number}"), stage=Stage.FETCHING, link=link)


def _finished(count: int) -> Iterable[Clip]:
    dice = random.Random(7)
    footage = Footage(1280, 720, 121, 24.0, 121 / 24, 31_576, "h264", audio=True)
    for number in range(count):
        words = dice.sample(_WORDS, 12) + ([_RARE] if number % 5000 == 7 else [])
        made = _BEGAN + number * 60_000
        yield Clip(
            id=1_000 + number * 977,
            recipe=Recipe(" ".join(words)),
            made=made,
            gateway="https://gateway.example",
            price=Money(28),
            click=1_000 + (number - number % _TAKES) * 977,
            take=number % _TAKES + 1,
            takes=_TAKES,
            project=f"Project {number // _TAKES % 40}",
            shot=f"{number // _TAKES // 40:03}",
            stage=Stage.READY,
            charged=Verdict.YES,
            approved=made,
            sent=made,
            accepted=made,
            done=made + 90_000,
            task=f"task_{number}",
            file="clips/shared.mp4",
            poster=f"posters/shared-{number % _POSTERS}.jpg",
            footage=footage,
            stars=dice.randrange(6),
            flag=dice.choice((Flag.NONE, Flag.PICK, Flag.NONE, Flag.REJECT)),
            tags=("night",) if number % 7 == 0 else (),
        )


def _files(folders: Folders) -> None:
    if not (folders.clips / "shared.mp4").exists():
        shutil.copyfile(SELF_TEST, folders.clips / "shared.mp4")
    dice = random.Random(3)
    for number in range(_POSTERS):
        target = folders.posters / f"shared-{number}.jpg"
        if not target.exists():
            small = Image.new("RGB", (16, 9))
            small.putdata([tuple(dice.randrange(256) for _ in range(3)) for _ in range(16 * 9)])
            small.resize((640, 360), Image.Resampling.BICUBIC).save(target, quality=85)


def _today(folder: Path) -> None:
    """Today's backup, so that no start that is measured makes it."""
    folders = Folders(folder)
    connection = open_writer(folders)
    try:
        daily_backup(connection, folders.backups)
    finally:
        connection.close()
