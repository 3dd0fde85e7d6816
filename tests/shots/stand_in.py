"""A library for pictures that nobody looks at: the clips of `SCENES`, all with one short film, made in a moment."""

from __future__ import annotations

import hashlib
import shutil
from fractions import Fraction
from pathlib import Path

import av

from seedance_desktop.domain import resources
from seedance_desktop.domain.clip import Clip, Footage, Stage, Verdict
from seedance_desktop.domain.kept_images import Prepared
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.recipe import Recipe, Reference

from .library import NAMES, SCENES, Given

_MADE = 1_795_300_000_000  # in November 2026
_FRAMES, _FPS = 121, 24
_SIZES = {"16:9": (1280, 720), "9:16": (496, 864), "1:1": (640, 640)}


def make(folder: Path) -> Given:
    """The library in `folder`."""
    for name in ("clips", "references", "posters"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    _film(folder / "clips" / "film.mp4")
    shutil.copy(resources.folder() / "demo" / "lighthouse.jpg", folder / "posters" / "poster.jpg")
    images = [_image(folder, name) for name in NAMES]
    return Given(folder, [_clip(number) for number in range(len(SCENES))], images, [_prepared(one) for one in images])


def _clip(number: int) -> Clip:
    prompt, shot, ratio, stars, flag = SCENES[number]
    made = _MADE - number * 3_600_000
    return Clip(
        100 + number,
        Recipe(prompt, ratio=ratio, resolution="720p" if ratio == "16:9" else "480p"),
        made,
        "demo",
        Money(28),
        click=100 + number,
        project="Lighthouse film",
        shot=shot,
        stage=Stage.READY,
        charged=Verdict.YES,
        done=made + 90_000,
        task=f"task_{number}",
        file="clips/film.mp4",
        poster="posters/poster.jpg",
        footage=Footage(*_SIZES[ratio], _FRAMES, _FPS, _FRAMES / _FPS, 4_200_000, "h264"),
        stars=stars,
        flag=flag,
    )


def _film(file: Path) -> None:
    with av.open(str(file), "w") as container:
        stream = container.add_stream("libx264", rate=_FPS)
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
        for number in range(_FRAMES):
            frame = av.VideoFrame(160, 90, "yuv420p")
            for plane in frame.planes:
                plane.update(bytes([40 + number]) * plane.buffer_size)
            frame.pts, frame.time_base = number, Fraction(1, _FPS)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _image(folder: Path, name: str) -> Reference:
    hash_ = hashlib.sha256(name.encode()).hexdigest()
    shutil.copy(resources.folder() / "demo" / "lighthouse.jpg", folder / "references" / f"{hash_}.jpg")
    return Reference(name, hash_, ".jpg", width=1920, height=1080)


def _prepared(image: Reference) -> Prepared:
    data = (resources.folder() / "demo" / "lighthouse.jpg").read_bytes()
    return Prepared(image, data, "image/jpeg", 1280, 720, ".heic", 7_300_000, 1920, 1080, changed=True, filled=True)
