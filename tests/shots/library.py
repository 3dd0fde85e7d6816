"""The library of the pictures: real clips, made once by the real studio at the built-in gateway, and images."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from pathlib import Path

from seedance_desktop import bootstrap
from seedance_desktop.domain import resources
from seedance_desktop.domain.catalogue import DEMO
from seedance_desktop.domain.clip import Clip, Flag, Stage, Verdict
from seedance_desktop.domain.kept_images import Prepared
from seedance_desktop.domain.news import ClipSaved, News
from seedance_desktop.domain.pacing import Pace
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.recipe import Draft, Recipe, Reference
from seedance_desktop.domain.shelf import Query
from seedance_desktop.studio.studio import Studio

# Prompt, shot, ratio, stars, flag. Words choose the scene; the first is the one on the stage.
SCENES = (
    ("The lighthouse keeper waits at blue hour, waves roll in, slow push in, 35 mm", "12B", "16:9", 4, Flag.PICK),
    ("First boat out, calm sea at dawn", "12A", "16:9", 3, Flag.NONE),
    ("Northern lights over a still lake, long exposure, stars turn", "7", "16:9", 5, Flag.PICK),
    ("Rain on the avenue, neon city at night, slow dolly in", "3C", "9:16", 2, Flag.NONE),
    ("海边的灯塔, 蓝调时刻, 镜头缓缓推近", "12C", "16:9", 4, Flag.PICK),
    ("Morning over six ridges, mist in the valleys, drone forward", "4B", "16:9", 3, Flag.NONE),
    ("Storm red over the bay, a boat rides the waves", "11", "16:9", 1, Flag.REJECT),
    ("Alone in the dunes at last light, heat shimmers", "4A", "16:9", 5, Flag.PICK),
    ("Balloons over Cappadocia at first light", "9", "1:1", 0, Flag.NONE),
    ("City towers, dusk into night, time-lapse", "3D", "16:9", 4, Flag.NONE),
)
NAMES = (
    "Tower",
    "Keeper’s boat",
    "Aurora",
    "Avenue in the rain, seen from the third floor",
    "灯塔",
    "Six ridges",
    "Storm",
    "Dunes",
    "Balloons",
    "Towers",
)


@dataclass(frozen=True, slots=True)
class Given:
    """What the pictures are made of: clips in the order of `SCENES`, images, and what would be sent for these."""

    folder: Path
    clips: list[Clip]
    images: list[Reference]
    prepared: list[Prepared]


async def make_library(folder: Path) -> Given:
    """A library with a clip a scene, made where it isn't there yet, and the clips' posters as images."""
    options = bootstrap.Options(library=str(folder), demo=True)
    house = await bootstrap.open_house(options, "command", pace=Pace(poll=0.5))
    try:
        await house.studio.open()
        clips = await _clips(house.studio)
        sources = [resources.folder() / "demo" / "lighthouse.jpg", *(folder / clip.poster for clip in clips[1:])]
        images = [await house.studio.pictures.take_in(source) for source in sources]
        images = [replace(image, name=name) for image, name in zip(images, NAMES, strict=True)]
        prepared = [one for one in await house.studio.pictures.prepare(images[:9]) if isinstance(one, Prepared)]
        return Given(folder, clips, images, prepared)
    finally:
        await house.close()


async def _clips(studio: Studio) -> list[Clip]:
    settled = asyncio.Event()

    def hear(news: News) -> None:
        if isinstance(news, ClipSaved) and news.clip.stage.settled:
            settled.set()

    studio.listen(hear)
    wanted = [] if await studio.find(Query()) else list(reversed(SCENES))
    for prompt, shot, ratio, _stars, _flag in wanted:
        recipe = Recipe(prompt, ratio=ratio, resolution="720p" if ratio == "16:9" else "480p")
        await studio.generate(Draft(recipe, 1, "Lighthouse film", shot), DEMO)
    while await studio.parts.library.under_way():
        await settled.wait()
        settled.clear()
    order = [one[0] for one in SCENES]
    for clip in await studio.parts.library.get(await studio.find(Query())):
        _prompt, _shot, _ratio, stars, flag = SCENES[order.index(clip.recipe.prompt)]
        await studio.keeping.judge(clip.id, stars, flag)
    clips = await studio.parts.library.get(await studio.find(Query()))
    return sorted(clips, key=lambda clip: order.index(clip.recipe.prompt))


def in_the_making(clip: Clip, image: Reference) -> list[Clip]:
    """One clip in each stage, as the studio would say it."""
    now = time.time_ns() // 1_000_000
    plain = replace(clip, file="", poster="", footage=None, stars=0, flag=Flag.NONE, task="", charged=Verdict.NO)
    base = replace(plain, rendering=False, started=0, accepted=0)

    def one(number: int, prompt: str, stage: Stage, **more: object) -> Clip:
        recipe = replace(clip.recipe, prompt=prompt, references=(image,) if number % 2 else ())
        made = replace(base, id=number, click=number, recipe=recipe, made=now, shot="", stage=stage)
        return replace(made, **more)  # type: ignore[arg-type]

    unsure = Reason.of("cut-off")
    refused = Reason.of("content-refused", message="the prompt may contain sensitive information", raw="{}")
    yes = {"task": "task_8f2a", "charged": Verdict.YES, "accepted": now - 130_000}
    return [
        one(11, "Fog rolls over the pass", Stage.UNSURE, charged=Verdict.UNSURE, sent=now - 900_000, reason=unsure),
        one(12, "The keeper climbs the stairs", Stage.PLANNED, send_after=now + 2_400, shot="12B"),
        one(13, "Balloons at first light", Stage.WAITING, rendering=True, started=now - 84_000, shot="9", **yes),
        one(14, "Jellyfish, slow drift", Stage.WAITING, **yes),
        one(15, "Cabin after the first snow", Stage.FETCHING, link="x", **yes),
        one(16, "A crowd in the square", Stage.FAILED, reason=refused),
    ]
