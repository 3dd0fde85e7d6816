"""What the window's program does with wishes that meet: drafts exchanged, drops at once, answers that come too late."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from seedance_desktop.app.clips import Clips
from seedance_desktop.app.context import Context
from seedance_desktop.app.images import Images
from seedance_desktop.app.memory import Memory
from seedance_desktop.app.review import Review
from seedance_desktop.app.shelf import ShelfData
from seedance_desktop.bootstrap import Options
from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.errors import DiskProblem
from seedance_desktop.domain.memory import KeptDraft, Preset
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.recipe import Draft, Recipe, Reference
from seedance_desktop.library import Library
from seedance_desktop.library.memory import Memory as Kept
from tests.media.making import clip as film

IMAGE = Reference("Mara", "a" * 64, ".png")


def of(words: str, *images: Reference) -> Draft:
    return Draft(Recipe(words, images))


class Typing:
    """A composer without widgets: what stands in it, and what was typed and not yet kept."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.here, self.waits, self.arrivals = Draft(), False, list[str]()
        self.memory: Any = SimpleNamespace(set_drafts=lambda *_: None, set_presets=lambda _: None)
        self.strip: Any = SimpleNamespace(references=())

    def type(self, words: str) -> None:
        self.here, self.waits = of(words, *self.here.recipe.references), True

    def flush(self) -> None:
        if self.waits:
            self.waits = False
            self._context.wishes.draft_changed.emit(self.here)

    def draft(self) -> Draft:
        return self.here

    def set_draft(self, draft: Draft, _thumbnails: dict[str, bytes], *, undoable: bool = False) -> None:
        self.here, self.waits = draft, undoable

    def coming(self, done: int, total: int) -> None:
        self.arrivals.append(f"{done}/{total}")

    def add_references(self, entries: list[tuple[Reference, bytes]]) -> None:
        self.arrivals += [reference.name for reference, _ in entries]

    def images_refused(self, said: list[str]) -> None:
        self.arrivals += said


class Pictures:
    """Small pictures that take their time; meanwhile something happens."""

    def __init__(self) -> None:
        self.meanwhile: Callable[[], object] = lambda: None

    async def small(self, _reference: Reference) -> bytes:
        await asyncio.sleep(0)
        self.meanwhile()
        return b""

    async def expand(self, given: list[str]) -> list[str]:
        return given

    async def gather(self, given: list[str]) -> AsyncIterator[Reference]:
        for one in given:
            await asyncio.sleep(0)
            self.meanwhile()
            yield replace(IMAGE, name=one)


class Program:
    """The wishes, what answers them, and a library that can be exchanged."""

    def __init__(self) -> None:
        self.context = Context(None, Options(), Preferences())  # type: ignore[arg-type]
        self.composer, self.pictures = Typing(self.context), Pictures()
        self.said: list[str] = []
        window: Any = SimpleNamespace(composer=self.composer, toast=self.said.append)
        self.context.window = window
        self.memory = Memory(self.context)
        self.context.wishes.draft_changed.connect(self.memory.keep_draft)

    async def open(self, library: Library) -> Kept:
        parts = SimpleNamespace(library=library)
        house: Any = SimpleNamespace(studio=SimpleNamespace(parts=parts, pictures=self.pictures), gateway="g")
        self.context.house = house
        await self.memory.begin()
        return library.memory

    async def leave(self) -> None:
        self.memory.leave()
        await self.context.finish_tasks()
        self.context.house = None


@pytest.fixture
def program(qapp: QApplication) -> Program:
    assert qapp.instance(), "timers need one"
    return Program()


@pytest.fixture
async def libraries(tmp_path: Path) -> AsyncIterator[tuple[Library, Library]]:
    both = Library.open(tmp_path / "one"), Library.open(tmp_path / "two")
    yield both
    for one in both:
        one.close()


async def words(kept: Kept) -> dict[int, str]:
    return {one.number: one.draft.recipe.prompt for one in await kept.drafts()}


async def test_what_is_typed_while_another_draft_opens_is_kept_in_its_own(
    program: Program, libraries: tuple[Library, Library]
) -> None:
    kept = libraries[0].memory
    first = await kept.keep_draft(KeptDraft(0, of("first")))
    second = await kept.keep_draft(KeptDraft(0, of("second", IMAGE)))
    await kept.set_current(first.number)
    await program.open(libraries[0])

    def late() -> None:
        program.composer.type("first, and more")
        program.pictures.meanwhile = program.composer.flush  # as its timer does, with another word after that
        program.composer.type("first, and more to the end")

    program.pictures.meanwhile = late
    program.memory.open_draft(second.number)
    await program.context.finish_tasks()
    assert program.composer.here.recipe.prompt == "second"
    assert await words(kept) == {first.number: "first, and more to the end", second.number: "second"}
    program.composer.type("second, and more")
    program.composer.flush()
    await program.context.finish_tasks()
    assert (await words(kept))[second.number] == "second, and more"


async def test_a_draft_typed_before_the_library_is_open_stays(
    program: Program, libraries: tuple[Library, Library]
) -> None:
    old = await libraries[0].memory.keep_draft(KeptDraft(0, of("yesterday")))
    await libraries[0].memory.set_current(old.number)
    program.composer.type("a thought at once")
    kept = await program.open(libraries[0])
    assert program.composer.here.recipe.prompt == "a thought at once"
    assert sorted((await words(kept)).values()) == ["a thought at once", "yesterday"]
    assert await kept.current() != old.number
    assert len(program.said) == 1, "it is said where yesterday's is"


async def test_what_is_typed_between_two_libraries_overwrites_no_draft(
    program: Program, libraries: tuple[Library, Library]
) -> None:
    one, two = libraries
    theirs = await two.memory.keep_draft(KeptDraft(0, of("theirs")))
    await two.memory.set_current(theirs.number)
    kept = await program.open(one)
    program.composer.type("ours")
    await program.leave()
    assert list((await words(kept)).values()) == ["ours"]
    program.composer.type("ours, late")
    program.composer.flush()
    there = await program.open(two)
    assert sorted((await words(there)).values()) == ["ours, late", "theirs"]
    await program.leave()
    await program.open(one)
    assert program.composer.here.recipe.prompt == "ours", "nothing was typed: what was kept is back"
    assert list((await words(kept)).values()) == ["ours"]


async def test_words_that_a_full_disk_did_not_take_are_kept_at_the_end(
    program: Program, libraries: tuple[Library, Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise DiskProblem("disk-full", where="", detail="")

    kept = await program.open(libraries[0])
    with monkeypatch.context() as patch:
        patch.setattr(Kept, "keep_draft", full)
        program.composer.type("the last words")
        program.composer.flush()
        await program.context.finish_tasks()
    assert len(program.said) == 1
    await program.leave()
    assert list((await words(kept)).values()) == ["the last words"]


async def test_words_typed_while_a_preset_comes_stay(program: Program, libraries: tuple[Library, Library]) -> None:
    kept = await program.open(libraries[0])
    await kept.keep_preset(Preset("wide", Recipe("", ratio="21:9")))
    program.composer.here = of("a lamp", IMAGE)
    program.pictures.meanwhile = lambda: program.composer.type("a lamp turns")
    program.memory.apply_preset("wide")
    await program.context.finish_tasks()
    assert program.composer.here.recipe.prompt == "a lamp turns"
    assert program.composer.here.recipe.ratio == "21:9"


async def test_two_drops_at_once_come_in_one_after_the_other(
    program: Program, libraries: tuple[Library, Library]
) -> None:
    await program.open(libraries[0])
    images = Images(program.context, program.memory)
    images.add(["a", "b"])
    images.add(["c"])
    await program.context.finish_tasks()
    images._again.stop()
    assert program.composer.arrivals == ["0/2", "a", "1/2", "b", "2/2", "2/0", "0/1", "c", "1/1", "1/0"]


async def test_the_end_does_not_wait_for_all_images_of_a_drop(
    program: Program, libraries: tuple[Library, Library]
) -> None:
    await program.open(libraries[0])
    images = Images(program.context, program.memory)
    images.add([str(number) for number in range(1000)])
    program.pictures.meanwhile = program.context.end
    await program.context.finish_tasks()
    images._again.stop()
    assert program.composer.arrivals == ["0/1000", "0", "1/1000", "1/0"]


class Reader:
    """A library's reader that lets something happen before it answers."""

    def __init__(self, clips: list[Clip], folder: Path) -> None:
        self.clips = clips
        self.meanwhile: Callable[[], object] = lambda: None
        self.folders = SimpleNamespace(file_of=lambda clip: folder / clip.file)

    async def get(self, ids: list[int]) -> list[Clip]:
        await asyncio.sleep(0)
        self.meanwhile()
        return [clip for clip in self.clips if clip.id in ids]

    async def takes(self, _clip: int) -> list[Clip]:
        return await self.get([clip.id for clip in self.clips])


class Compare:
    """Which clips it was opened with, and takes it was brought."""

    def __init__(self) -> None:
        self.is_open, self.opened, self.takes = False, list[list[int]](), 0

    def open(self, entries: list[tuple[Clip, Path, object]]) -> None:
        self.is_open = True
        self.opened.append([clip.id for clip, _file, _timeline in entries])

    def set_takes(self, _number: int, _takes: list[Clip]) -> None:
        self.takes += 1

    def close(self) -> None:
        self.is_open = False


async def test_compare_that_was_left_stays_shut_and_the_last_question_wins(program: Program, tmp_path: Path) -> None:
    film(tmp_path / "a.mp4", frames=4)
    clips = [Clip(n, Recipe("a"), n, "g", Money(1), stage=Stage.READY, file="a.mp4") for n in (1, 2, 3)]
    reader, compare = Reader(clips, tmp_path), Compare()
    house: Any = SimpleNamespace(studio=SimpleNamespace(parts=SimpleNamespace(library=reader)))
    window: Any = SimpleNamespace(compare=compare)
    program.context.house, program.context.window = house, window
    shelf = ShelfData(program.context)
    shelf.compare([1, 2])
    shelf.compare([1, 3])
    await program.context.finish_tasks()
    assert compare.opened == [[1, 3]]
    reader.meanwhile = compare.close
    shelf.compare([1, 2])
    shelf.bring_takes(1)
    await program.context.finish_tasks()
    assert (compare.opened, compare.takes) == ([[1, 3]], 0)
    shelf.bring_takes(1)
    await program.context.finish_tasks()
    assert compare.takes == 1


async def test_a_verb_between_two_libraries_is_said_not_to_be_done(program: Program) -> None:
    Clips(program.context).retry(1)
    Clips(program.context).try_now()
    Review(program.context, program.memory).note(1, "a note")
    Images(program.context, program.memory).trash(["a" * 64])
    ShelfData(program.context).open_library_folder()
    await program.context.finish_tasks()
    assert len(program.said) == 3, "a clip's verbs and the folder; an image's trash is seen not to be done"
