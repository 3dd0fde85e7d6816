"""A window that is filled with values at once, as the program would fill it: only nothing is made."""

from __future__ import annotations

import threading
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from seedance_desktop.app.program import make_application
from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.frames import FramesWanted
from seedance_desktop.domain.kept_images import KeptImage
from seedance_desktop.domain.mentions import Mention
from seedance_desktop.domain.news import Fetched, Health
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.recipe import Draft, Recipe
from seedance_desktop.media import clips as films
from seedance_desktop.media import filmstrips, frames, images
from seedance_desktop.ui import theme
from seedance_desktop.ui.shelf import ClipList
from seedance_desktop.ui.window import MainWindow
from seedance_desktop.ui.wishes import Wishes

from .library import Given, in_the_making

GATEWAY = "https://gateway.example.com"
PATIENCE = 20.0
PROMPT = (
    "The keeper climbs the last stairs of {tower}. {{Blue hour|First light}}, the lamp turns slowly, spray drifts past "
    "the gallery. Slow push in, 35 mm."
)
_ROUNDS = 6  # of events: what a layout asks of the one round it comes a round later
_pace = {"share": 1.0}
_TAGS = (("cast",), ("boat", "sea"), ("night",), (), ("coast", "night"))


class Bench:
    """Grants the wishes of its windows; `wishes` are those of the latest one."""

    def __init__(self, given: Given) -> None:
        """Over that library."""
        self.given, self.folder = given, given.folder
        self.clips = {clip.id: clip for clip in given.clips}
        self.small = {
            one.hash: images.thumbnail(self.folder / "references" / one.file, (480, 256)) for one in given.images
        }
        self.wishes = Wishes()

    @property
    def first(self) -> Clip:
        """The clip on the stage."""
        return self.given.clips[0]

    @contextmanager
    def window(self, size: tuple[int, int], *, empty: bool = False) -> Iterator[MainWindow]:
        """A window of that size with the library in it, in the theme of now."""
        wishes, model = Wishes(), ClipList()
        self.wishes = wishes
        preferences = Preferences(gateway=GATEWAY, monthly_budget=5000)
        window = MainWindow(wishes, model, preferences, self.folder)
        model.wanted.connect(lambda ids: model.rows([self.clips[one] for one in ids if one in self.clips]))
        wishes.open_clip.connect(lambda number: self.open(window, number))
        wishes.frames_wanted.connect(lambda wanted: self._frames(window, wanted))
        wishes.filmstrip_wanted.connect(lambda number, count: self._filmstrip(window, number, count))
        window.resize(*size)
        window.set_library(self.folder)
        window.set_gateway(GATEWAY)
        window.key_state(GATEWAY, "none" if empty else "kept", "")
        self.show_clips(window, [] if empty else self.given.clips)
        window.shelf.images.set_images([] if empty else self.kept())
        window.shelf.images.set_tags([] if empty else ["boat", "cast", "coast", "night", "sea"])
        window.composer.set_images(self.kept(), self.folder)
        window.set_projects(["Lighthouse film", "Night train"])
        window.shelf.set_tags(["night", "sea", "hero", "needs sound"])
        window.set_spend(0 if empty else 1204, preferences.monthly_budget)
        theme.finish(application())
        window.show()
        window.activateWindow()
        yield window
        window.shut()
        application().sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def show_clips(self, window: MainWindow, clips: list[Clip], standing_for: int | None = None) -> None:
        """These on the shelf."""
        self.clips |= {clip.id: clip for clip in clips}
        window.shelf.grid.clips.set_ids(array("q", [clip.id for clip in clips]))
        window.shelf.set_counts(len(clips), standing_for)

    def kept(self, count: int = 10) -> list[KeptImage]:
        """So many images of the library; those past the first ten are the same again."""
        made = []
        for number in range(count):
            one = self.given.images[number % 10]
            name = one.name if number < 10 else f"{one.name} {number // 10 + 1}"
            hash_ = one.hash if number < 10 else f"{one.hash[:-4]}{number:04}"
            poster = self.folder / "posters" / f"{hash_}.jpg"
            if not poster.exists():
                poster.write_bytes(self.small[one.hash])
            tags = _TAGS[number % len(_TAGS)]
            uses = (14, 3, 1, 0, 120)[number % 5]
            made.append(KeptImage(hash_, one.suffix, name, one.width, one.height, 0, tags, uses))
        return made

    def compose(self, window: MainWindow, prompt: str, count: int = 1, **settings: object) -> None:
        """A draft with so many images; `{0}` in the prompt names the first."""
        chosen = tuple(self.given.images[:count])
        marks = [str(Mention(one.key, one.name)) for one in self.given.images]
        recipe = replace(Recipe(prompt.format(*marks, tower=marks[0]), chosen, resolution="1080p"), **settings)  # type: ignore[arg-type]
        window.composer.set_draft(Draft(recipe, 2, "Lighthouse film", "12B"), self.small)
        window.composer.set_prepared([one for one in self.given.prepared if one.reference in chosen])
        window.composer.focus_prompt()

    def fill(self, window: MainWindow) -> None:
        """A draft in the composer, clips in every stage, a clip on the stage."""
        self.compose(window, PROMPT)
        window.shelf.select(self.first.id)
        self.open(window, self.first.id)
        window.clips_in_the_making(in_the_making(self.first, self.given.images[0]))
        window.making.set_typical(150.0)
        window.hear(Fetched(15, 5_100_000, 8_200_000))
        window.hear(Health(online=True, in_flight=2))
        window.stage.transport.loop.click()
        self.seek(window, 40)
        until(lambda: window.shelf.grid.clips.kept(self.first.id))
        settle(1.0)  # posters and the strip are read elsewhere

    def seek(self, window: MainWindow, number: int) -> None:
        """Go to a frame, and be seen there."""
        seen: list[int] = []
        window.stage.deck.pictured.connect(lambda _picture, at: seen.append(at))
        window.stage.deck.seek(number)
        until(lambda: number in seen)

    def open(self, window: MainWindow, number: int | None) -> None:
        """That clip on the stage."""
        if number is not None:
            clip = self.clips[number]
            file = self.folder / clip.file
            window.stage.open(clip, file, films.timeline(file))

    def compare(self, window: MainWindow, clips: list[Clip]) -> None:
        """These beside each other, with all takes of their shot below."""
        self.clips |= {clip.id: clip for clip in clips}
        files = [self.folder / clip.file for clip in clips]
        window.compare.open([(clip, file, films.timeline(file)) for clip, file in zip(clips, files, strict=True)])

    def _frames(self, window: MainWindow, wanted: FramesWanted) -> None:
        made = list(frames.frames(Path(wanted.file), wanted.first, wanted.last))
        window.stage.frames(made, wanted.file)
        window.compare.frames(made, wanted.file)

    def _filmstrip(self, window: MainWindow, number: int, count: int) -> None:
        pictures = filmstrips.filmstrip(self.folder / self.clips[number].file, count, 112)
        window.stage.set_filmstrip(number, pictures)
        window.compare.set_filmstrip(number, pictures)


def application() -> QApplication:
    """The one there is."""
    return make_application()


def until(true: Callable[[], object], patience: float = PATIENCE) -> None:
    """Let Qt work until something is so. (There is no loop of ours here that a nested one could hurt.)"""
    end, pause = time.monotonic() + patience, threading.Event()
    while not true() and time.monotonic() < end:
        application().processEvents()
        pause.wait(0.005 * _pace["share"])


def hurry(share: float) -> None:
    """Wait only for this share of every time that is given: for those who don't look at the picture itself."""
    _pace["share"] = share


def settle(seconds: float = 0.4) -> None:
    """Let posters arrive and animations end."""
    end, rounds = time.monotonic() + seconds * _pace["share"], count()
    until(lambda: next(rounds) >= _ROUNDS and time.monotonic() > end)
