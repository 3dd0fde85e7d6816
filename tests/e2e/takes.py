"""A library with a few real clips, as one has it after a week: shots with takes from several clicks, tags, stars."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from seedance_desktop.domain.clip import Clip, Footage, Stage, Verdict
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.recipe import Recipe
from seedance_desktop.library import rows
from seedance_desktop.library.database import open_writer, transaction
from seedance_desktop.library.files import Folders
from seedance_desktop.media import clips as films
from tests.media.making import clip

FRAMES, SIZE = 72, (640, 360)
KEEPER, LIGHTS, FOX = "The keeper waits", "Northern lights over a lake", "A fox in the snow"
_BEGAN = 1_780_000_000_000


def one(number: int, prompt: str, **more: object) -> Clip:
    """A finished clip, made `number` minutes after the first, from a click of its own; its file is its alone."""
    made = _BEGAN + number * 60_000
    footage = Footage(*SIZE, FRAMES, 24.0, FRAMES / 24, 1, "h264")
    settled = Clip(
        id=number,
        recipe=Recipe(prompt, ratio="16:9", duration=5, resolution="720p"),
        made=made,
        gateway="https://gateway.example",
        price=Money(28),
        click=number,
        stage=Stage.READY,
        charged=Verdict.YES,
        approved=made,
        sent=made,
        accepted=made,
        done=made + 90_000,
        task=f"task_{number}",
        file=f"clips/take-{number}.mp4",
        poster="posters/take.jpg",
        footage=footage,
    )
    return replace(settled, **more)  # type: ignore[arg-type]


def week() -> list[Clip]:
    """Three takes of shot 12B from two clicks, and two clips of other shots. The oldest comes first."""
    shot = {"project": "Lighthouse", "shot": "12B"}
    return [
        one(1, KEEPER, takes=2, **shot),
        one(2, KEEPER, click=1, take=2, takes=2, **shot),
        one(3, f"{KEEPER}, closer", **shot),
        one(4, LIGHTS, project="Lighthouse", shot="7", tags=("night",), stars=4),
        one(5, FOX),
    ]


def shelve(library: Path, clips: Iterable[Clip]) -> None:
    """Put these clips into the library, each with its file; every frame of a file carries its number."""
    folders = Folders(library)
    folders.make()
    film = clip(folders.clips / "film.mp4", frames=FRAMES, size=SIZE)
    films.poster(film, folders.posters / "take.jpg")
    connection = open_writer(folders)
    try:
        with transaction(connection):
            for made in clips:
                shutil.copyfile(film, library / made.file)
                rows.put(connection, made)
                rows.end_submit(connection, made, Verdict.YES, made.task, None)
    finally:
        connection.close()
    film.unlink()
