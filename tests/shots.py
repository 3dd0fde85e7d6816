"""Pictures of every view of the real window, dark and light: `python -m tests.shots [folder]`, to be looked at.

The clips are real ones: made once by the real studio at the built-in gateway, into a library beside the pictures.
"""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from seedance_desktop import bootstrap
from seedance_desktop.app.program import make_application
from seedance_desktop.domain import resources
from seedance_desktop.domain.catalogue import DEMO
from seedance_desktop.domain.clip import Clip, Flag, Stage, Verdict
from seedance_desktop.domain.frames import FramesWanted
from seedance_desktop.domain.kept_images import KeptImage
from seedance_desktop.domain.mentions import Mention
from seedance_desktop.domain.news import ClipSaved, Fetched, Health, News
from seedance_desktop.domain.pacing import Pace
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.recipe import Draft, Recipe, Reference
from seedance_desktop.domain.shelf import Query
from seedance_desktop.domain.trouble import Halt, Trouble
from seedance_desktop.media import clips as films
from seedance_desktop.media import filmstrips, frames, images
from seedance_desktop.ui import theme
from seedance_desktop.ui.settings import Settings
from seedance_desktop.ui.shelf import ClipList
from seedance_desktop.ui.window import MainWindow
from seedance_desktop.ui.wishes import Wishes

FOLDER = Path("/tmp/seedance-shots")
GATEWAY = "https://gateway.example.com"
WIDE, NARROW = (1440, 900), (1024, 700)
PAGES = ("account", "library", "generating", "network", "appearance", "notifications")
PATIENCE = 20.0

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
PROMPT = (
    "The keeper climbs the last stairs of {tower}. {{Blue hour|First light}}, the lamp turns slowly, spray drifts past "
    "the gallery. Slow push in, 35 mm."
)


async def make_library(folder: Path) -> tuple[list[Clip], Reference]:
    """A library with a clip a scene, made where it isn't there yet; its clips, newest first, and one reference."""
    options = bootstrap.Options(library=str(folder), demo=True)
    house = await bootstrap.open_house(options, "command", pace=Pace(poll=0.5))
    studio = house.studio
    try:
        settled = asyncio.Event()

        def hear(news: News) -> None:
            if isinstance(news, ClipSaved) and news.clip.stage.settled:
                settled.set()

        studio.listen(hear)
        await studio.open()
        image = await studio.pictures.take_in(resources.folder() / "demo" / "lighthouse.jpg")
        wanted = [] if await studio.find(Query()) else list(reversed(SCENES))
        for prompt, shot, ratio, _stars, _flag in wanted:
            recipe = Recipe(prompt, ratio=ratio, resolution="720p" if ratio == "16:9" else "480p")
            await studio.generate(Draft(recipe, 1, "Lighthouse film", shot), DEMO)
        while await studio.parts.library.under_way():
            await settled.wait()
            settled.clear()
        for clip in await studio.parts.library.get(await studio.find(Query())):
            stars, flag = next((one[3], one[4]) for one in SCENES if one[0] == clip.recipe.prompt)
            await studio.keeping.judge(clip.id, stars, flag)
        clips = await studio.parts.library.get(await studio.find(Query()))
        order = [one[0] for one in SCENES]
        return sorted(clips, key=lambda clip: order.index(clip.recipe.prompt)), replace(image, name="Tower")
    finally:
        await house.close()


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


class Studio:
    """Grants the window's wishes from values, at once: what is seen is all real, only nothing is made."""

    def __init__(self, folder: Path, clips: list[Clip], image: Reference) -> None:
        """Over the library in `folder`."""
        self.folder, self.image = folder, image
        self.clips = {clip.id: clip for clip in clips}
        self.small = images.thumbnail(folder / "references" / image.file, (480, 256))

    @contextmanager
    def window(self, size: tuple[int, int], *, empty: bool = False) -> Iterator[MainWindow]:
        """A window of that size, filled, in the theme of now."""
        wishes, model = Wishes(), ClipList()
        preferences = Preferences(gateway=GATEWAY, monthly_budget=5000)
        window = MainWindow(wishes, model, preferences, self.folder)
        model.wanted.connect(lambda ids: model.rows([self.clips[one] for one in ids if one in self.clips]))
        wishes.open_clip.connect(lambda number: self._open(window, number))
        wishes.frames_wanted.connect(lambda wanted: self._frames(window, wanted))
        wishes.filmstrip_wanted.connect(lambda number, count: self._filmstrip(window, number, count))
        window.resize(*size)
        window.set_library(self.folder)
        window.set_gateway(GATEWAY)
        window.key_state(GATEWAY, "none" if empty else "kept", "")
        ids = array("q", [] if empty else list(self.clips))
        model.set_ids(ids)
        window.shelf.set_counts(len(ids))
        window.shelf.images.set_images([] if empty else [self._kept()])
        window.set_spend(0 if empty else 1204, preferences.monthly_budget)
        theme.finish(application())
        window.show()
        yield window
        window.shut()
        application().sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _open(self, window: MainWindow, number: int | None) -> None:
        if number is not None:
            clip = self.clips[number]
            file = self.folder / clip.file
            window.stage.open(clip, file, films.timeline(file))

    def _frames(self, window: MainWindow, wanted: FramesWanted) -> None:
        window.stage.frames(list(frames.frames(Path(wanted.file), wanted.first, wanted.last)), wanted.file)

    def _filmstrip(self, window: MainWindow, number: int, count: int) -> None:
        pictures = filmstrips.filmstrip(self.folder / self.clips[number].file, count, 112)
        window.stage.set_filmstrip(number, pictures)

    def _kept(self) -> KeptImage:
        one = self.image
        return KeptImage(one.hash, one.suffix, one.name, one.width, one.height, added=0, uses=1)

    def fill(self, window: MainWindow) -> None:
        """A draft in the composer, clips in every stage, a clip that plays."""
        named = PROMPT.format(tower=Mention(self.image.key, self.image.name))
        recipe = Recipe(named, (self.image,), resolution="1080p")
        window.composer.set_draft(Draft(recipe, 2, "Lighthouse film", "12B"), {self.image.hash: self.small})
        first = next(clip for clip in self.clips.values() if clip.recipe.prompt == SCENES[0][0])
        window.shelf.select(first.id)
        self._open(window, first.id)
        window.clips_in_the_making(in_the_making(first, self.image))
        window.making.set_typical(150.0)
        window.hear(Fetched(15, 5_100_000, 8_200_000))
        window.hear(Health(online=True, in_flight=2))
        window.composer.focus_prompt()
        seen: list[int] = []
        window.stage.deck.pictured.connect(lambda _picture, number: seen.append(number))
        window.stage.transport.loop.click()
        window.stage.deck.play()
        until(lambda: seen and seen[-1] > 40)


def application() -> QApplication:
    """The one there is."""
    return make_application()


def until(true: Callable[[], object], patience: float = PATIENCE) -> None:
    """Let Qt work until something is so. (There is no loop of ours here that a nested one could hurt.)"""
    end, pause = time.monotonic() + patience, threading.Event()
    while not true() and time.monotonic() < end:
        application().processEvents()
        pause.wait(0.005)


def settle(seconds: float = 0.5) -> None:
    """Let posters arrive and animations end."""
    end = time.monotonic() + seconds
    until(lambda: time.monotonic() > end)


class Camera:
    """Saves what it is shown, under the theme's name."""

    def __init__(self, folder: Path, studio: Studio, look: str) -> None:
        """In the theme `look`."""
        self._folder, self._studio, self._look = folder, studio, look

    def take(self, widget: QWidget, name: str) -> None:
        """One picture."""
        settle()
        file = self._folder / f"{name}-{self._look}.png"
        widget.grab().save(str(file))
        print(file)

    def every_view(self) -> None:
        """All of them."""
        with self._studio.window(WIDE, empty=True) as window:
            self.take(window, "first-run")
            window.key_state(GATEWAY, "kept", "")
            window.composer.focus_prompt()
            self.take(window, "empty")
        with self._studio.window(WIDE) as window:
            self._studio.fill(window)
            self.take(window, "make")
            self._go(window, "Review")
            self.take(window, "review")
            self._banners(window)
            self._dialogs(window)
        with self._studio.window(NARROW) as window:
            self._studio.fill(window)
            self.take(window, "small")
            window.rail.opened.emit()
            self.take(window, "small-library")
            self._go(window, "Review")
            self.take(window, "small-review")

    def _go(self, window: MainWindow, place: str) -> None:
        window.top.workspace_picked.emit(place.lower())

    def _banners(self, window: MainWindow) -> None:
        self._go(window, "Make")
        offline = Trouble(Halt.OFFLINE, Reason.of("offline", gateway="gateway.example.com"), GATEWAY)
        for trouble in (
            Trouble(Halt.DISK_FULL, Reason.of("disk-full")),
            Trouble(Halt.KEY_REFUSED, Reason.of("key-refused", gateway="gateway.example.com"), GATEWAY),
            offline,
        ):
            troubles = tuple(dict.fromkeys((trouble, offline)))
            window.hear(Health(troubles, online=False, paused=True))
            self.take(window, f"banner-{trouble.halt.value}")
        window.hear(Health(online=True))
        window.toast("“Alone in the dunes” is ready · charged $0.28")
        self.take(window, "toast")
        window.blocked("The library /media/drive/Seedance is in use by another Seedance (window, process 4711).")
        self.take(window, "blocked")
        window.set_library(self._studio.folder)
        window.show_closing(20)
        self.take(window, "closing")

    def _dialogs(self, window: MainWindow) -> None:
        for page in PAGES:
            window.open_settings(page)
            (dialog,) = window.findChildren(Settings)
            self.take(dialog, f"settings-{page}")
            dialog.close()
        asked = window.ask("2 takes may cost $0.56, more than $0.50. Send them?", "Generate 2 takes · $0.56", print)
        self.take(asked, "ask")
        asked.close()


def main(folder: Path) -> int:
    """Take all pictures into `folder`; `window.png` is the one for README and shops, in six bits a colour."""
    folder.mkdir(parents=True, exist_ok=True)
    clips, image = asyncio.run(make_library(folder / "library"))
    studio = Studio(folder / "library", clips, image)
    app = application()
    for look in ("dark", "light"):
        theme.apply(app, look)
        Camera(folder, studio, look).every_view()
    with Image.open(folder / "make-dark.png") as picture:
        picture.convert("RGB").point(lambda value: value & 0xFC | value >> 6).save(folder / "window.png", optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
