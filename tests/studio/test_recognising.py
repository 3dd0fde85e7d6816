"""A file from outside is known for the clip that it is, wherever it lies; the rest is told apart."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from seedance_desktop.studio.recognising import part, recognise
from tests.media.making import clip as film
from tests.studio.conftest import Bench


@pytest.fixture
def shoot(tmp_path: Path) -> Path:
    folder = tmp_path / "shoot"
    folder.mkdir()
    film(folder / "one.mp4", frames=24)
    film(folder / "two.mp4", frames=25)
    return folder


async def test_a_clip_is_known_by_its_bytes_until_it_is_thrown_away(bench: Bench, shoot: Path) -> None:
    one, two = shoot / "one.mp4", shoot / "two.mp4"
    ended = await bench.studio.jobs.over(bench.studio.jobs.import_clips([one]))
    [clip] = await bench.library.get(ended.clips)
    inside = bench.library.folders.file_of(clip)
    moved = Path(shutil.copy(one, shoot / "another name.mp4"))
    changed = shoot / "as long.mp4"
    changed.write_bytes(one.read_bytes()[:-1] + b"!")
    files = [one, inside, moved, two, changed, shoot / "gone.mp4"]
    found = await recognise(bench.library, files)
    assert {file: known.id for file, known in found.items()} == dict.fromkeys((one, inside, moved), clip.id)
    await bench.studio.keeping.trash([clip.id])
    assert await recognise(bench.library, files) == {}


def test_videos_and_folders_of_them_are_told_from_images(shoot: Path, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "a.jpg").touch()
    gone, image = tmp_path / "gone.MOV", photos / "a.jpg"
    assert part([image, shoot, gone, photos, tmp_path / "x"]) == ([shoot, gone], [image, photos, tmp_path / "x"])
