"""Going on from a clip: the very frame as an image that names its parent, as an exact start or with the same cast."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from seedance_desktop.domain import mentions
from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.errors import BadClip, Problem, Refused
from seedance_desktop.domain.family import Descent
from seedance_desktop.domain.recipe import Draft, Recipe, Reference, Use, check
from tests.media.making import clip as film
from tests.media.making import number_in, saved
from tests.studio.conftest import Bench


async def parent(bench: Bench, tmp_path: Path, references: Sequence[Reference] = (), prompt: str = "At sea") -> Clip:
    """A clip whose frames carry their numbers, made with images."""
    file = film(tmp_path / "film.mp4", frames=30, size=(640, 360))
    ended = await bench.studio.jobs.over(bench.studio.jobs.import_clips([file]))
    [clip] = await bench.library.get(ended.clips)
    recipe = Recipe(prompt, tuple(references), Use.REFERENCES, "1:1", 10, "480p")
    clip = replace(clip, recipe=recipe, project="Pier", shot="7")
    await bench.library.save(clip, record=True)
    return clip


async def cast(bench: Bench, count: int) -> list[Reference]:
    pictures = bench.studio.pictures
    found = []
    for number in range(count):
        one = await pictures.take_in(saved(Image.new("RGB", (320, 320), (number * 20, 0, 0)), "PNG"))
        await pictures.name(one.hash, f"cast {number}")
        found.append(replace(one, name=f"cast {number}"))
    return found


async def test_an_exact_start_is_the_frame_alone(bench: Bench, tmp_path: Path) -> None:
    two = await cast(bench, 2)
    clip = await parent(bench, tmp_path, two, "Image 1 meets Image 2 at sea")
    continued = await bench.studio.continuing.draft_from(clip.id, 17, exact=True)
    [frame] = continued.draft.recipe.references
    assert (frame.clip, frame.frame, frame.width, frame.height, frame.suffix) == (clip.id, 17, 640, 360, ".png")
    with Image.open(bench.folder / "references" / frame.file) as image:
        assert number_in(image) == 17
    assert continued.draft == Draft(
        replace(
            clip.recipe, prompt="cast 0 meets cast 1 at sea", references=(frame,), use=Use.FIRST_FRAME
        ), 1, "Pier", "7",
    )  # fmt: skip
    assert continued.left_out == tuple(two)
    assert continued.said is not None
    assert (continued.said.code, continued.said.fact("names")) == ("continued-without-references", "cast 0, cast 1")
    check(continued.draft)
    [child] = await bench.studio.generate(continued.draft, bench.far.address)
    await bench.stage(child, Stage.READY)
    family = await bench.library.family(clip.id)
    assert family.edges == (Descent(clip.id, child.id, 17, exact=True),)
    record = json.loads((bench.folder / "records" / f"{child.name}.json").read_bytes())
    assert (record["recipe"]["references"][0]["clip"], record["recipe"]["references"][0]["frame"]) == (clip.id, 17)


async def test_the_cast_comes_along_with_the_frame(bench: Bench, tmp_path: Path) -> None:
    two = await cast(bench, 2)
    clip = await parent(bench, tmp_path, two, "图片2 走向 图片1")
    continued = await bench.studio.continuing.draft_from(clip.id, -1, exact=False)
    recipe = continued.draft.recipe
    assert recipe.references[:2] == tuple(two)
    assert (recipe.references[2].clip, recipe.references[2].frame, recipe.use) == (clip.id, 29, Use.REFERENCES)
    assert (continued.left_out, continued.said) == ((), None)
    assert check(continued.draft).recipe.prompt == "图片2 走向 图片1"


async def test_of_nine_the_oldest_goes_and_the_prompt_stays_right(bench: Bench, tmp_path: Path) -> None:
    nine = await cast(bench, 9)
    clip = await parent(bench, tmp_path, nine, "Image 1 and Image 9")
    continued = await bench.studio.continuing.draft_from(clip.id, 3, exact=False)
    assert continued.left_out == (nine[0],)
    assert continued.said is not None
    assert (continued.said.code, continued.said.fact("names")) == ("continued-without-oldest", "cast 0")
    assert len(continued.draft.recipe.references) == 9
    assert not mentions.missing(continued.draft.recipe.prompt, [one.key for one in continued.draft.recipe.references])
    assert check(continued.draft).recipe.prompt == "cast 0 and Image 8"
    earlier = [*nine[:4], replace(nine[4], clip=5, frame=120), *nine[5:]]
    await bench.library.save(replace(clip, recipe=replace(clip.recipe, references=tuple(earlier))), record=True)
    again = await bench.studio.continuing.draft_from(clip.id, 3, exact=False)
    assert again.left_out == (earlier[4],), "the frame that it came from itself"


async def test_what_has_no_frame_cannot_be_continued(bench: Bench, tmp_path: Path) -> None:
    clip = await parent(bench, tmp_path)
    with pytest.raises(BadClip):
        await bench.studio.continuing.draft_from(clip.id, 400)
    (bench.folder / clip.file).unlink()
    with pytest.raises(Problem) as raised:
        await bench.studio.continuing.draft_from(clip.id)
    assert raised.value.reason.code == "clip-file-missing"
    await bench.studio.pause(paused=True)
    [planned] = await bench.generate()
    for number in (planned.id, 12345):
        with pytest.raises(Refused):
            await bench.studio.continuing.draft_from(number)
