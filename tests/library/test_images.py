"""The images of the library: kept once, named, tagged, counted, found in any script, and said beside the original."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seedance_desktop.domain.clip import Clip, Footage, Stage, new_id
from seedance_desktop.domain.errors import DiskProblem
from seedance_desktop.domain.kept_images import ImageQuery, ImageSort, KeptImage
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.recipe import Recipe, Use
from seedance_desktop.domain.shelf import Query, Sort
from seedance_desktop.library import Library
from seedance_desktop.library.files import Folders
from seedance_desktop.library.sidecars import read_sidecar, write_sidecar


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    opened = Library.open(tmp_path / "library")
    yield opened
    opened.close()


def image(number: int, name: str = "", **facts: object) -> KeptImage:
    kept = KeptImage(f"{number:064x}", ".jpg", name or f"image {number}", 800, 600, 1_000 + number)
    return replace(kept, **facts)  # type: ignore[arg-type]


def clip(*images: KeptImage, **facts: object) -> Clip:
    recipe = Recipe("x", tuple(one.reference for one in images), Use.REFERENCES)
    return replace(Clip(new_id(), recipe, 1_000, "g", Money(28)), **facts)  # type: ignore[arg-type]


async def names(library: Library, query: ImageQuery) -> list[str]:
    return [one.name for one in await library.images.find(query)]


async def test_an_image_comes_back_as_it_went(library: Library) -> None:
    one = image(1, "Mara", tags=("lead", "雨夜"), url="https://example.com/a.jpg")
    assert await library.images.add(one) == one
    assert await library.images.get([one.hash, "0" * 64]) == [one]
    assert read_sidecar(library.folders.references / f"{one.hash}.json") == one


async def test_the_same_content_keeps_its_name_tags_and_time(library: Library) -> None:
    one = image(1, "Mara", tags=("lead",), width=0, height=0)
    await library.images.add(one)
    await library.images.trash([one.hash], 5_000)
    again = await library.images.add(image(1, "IMG_0042", added=9_000, url="https://example.com/b.jpg"))
    assert again == replace(one, width=800, height=600, url="https://example.com/b.jpg")
    assert await library.images.find(ImageQuery()) == [again]
    assert read_sidecar(library.folders.references / f"{one.hash}.json") == again


async def test_adding_what_is_known_writes_nothing(library: Library) -> None:
    one = await library.images.add(image(1))
    beside = library.folders.references / f"{one.hash}.json"
    before = beside.stat().st_mtime_ns, beside.stat().st_ino
    await library.images.add(image(1))
    assert (beside.stat().st_mtime_ns, beside.stat().st_ino) == before
    beside.unlink()
    await library.images.add(image(1))
    assert read_sidecar(beside) == one, "a file that is missing is written again"


async def test_they_come_in_the_order_asked_for(library: Library) -> None:
    kept = [await library.images.add(image(number)) for number in (1, 2, 3)]
    asked = [kept[2].hash, kept[0].hash, kept[2].hash]
    assert await library.images.get(asked) == [kept[2], kept[0]]


async def test_names_and_tags_are_kept_clean_in_row_and_file(library: Library) -> None:
    one, two = [await library.images.add(image(number)) for number in (1, 2)]
    await library.images.name(one.hash, "  Mara\n at  dusk \ud800")
    await library.images.name(two.hash, " \n")
    await library.images.tag([one.hash, two.hash], ["sea", " night\nshoot ", "", "sea"])
    named, plain = await library.images.get([one.hash, two.hash])
    assert (named.name, plain.name) == ("Mara at dusk ?", "image 2")
    assert named.tags == plain.tags == ("sea", "night shoot")
    for kept in (named, plain):
        assert read_sidecar(library.folders.references / f"{kept.hash}.json") == kept
    await library.images.tag([one.hash], ["rain"])
    assert (await library.images.get([one.hash]))[0].tags == ("rain",)
    assert await library.images.tags() == ["night shoot", "rain", "sea"]


async def test_tags_in_the_order_of_the_alphabet_without_those_of_the_trash(library: Library) -> None:
    for number, tags in enumerate((("b", "Ä"), ("a", "雨"), ("C",), ("gone",))):
        await library.images.add(image(number, tags=tags))
    await library.images.trash([image(3).hash], 1)
    assert await library.images.tags() == ["a", "b", "C", "Ä", "雨"]


async def test_uses_are_the_clips_of_any_stage_outside_the_trash(library: Library) -> None:
    one, two = [await library.images.add(image(number)) for number in (1, 2)]
    twice = clip(one, one)  # the same picture as first and last frame is one use
    clips = [clip(one, two, stage=Stage.READY), twice, clip(one, stage=Stage.CANCELLED), clip(one, trashed=7)]
    await library.add(clips)
    assert [kept.uses for kept in await library.images.get([one.hash, two.hash])] == [3, 1]
    await library.save(replace(clips[0], trashed=8))
    await library.save(replace(clips[3], trashed=0))
    assert [kept.uses for kept in await library.images.get([one.hash, two.hash])] == [3, 0]
    assert await library.remove(twice)
    assert [kept.uses for kept in await library.images.find(ImageQuery())] == [0, 2]


async def test_a_recipe_that_sqlite_takes_for_no_json_uses_nothing(library: Library) -> None:
    one = await library.images.add(image(1))
    recipe = Recipe("x", (one.reference,), duration=float("nan"))  # type: ignore[arg-type]
    await library.add([clip(recipe=recipe, footage=Footage(1, 1, 1, 24.0, 1.0, 1))])
    assert [kept.uses for kept in await library.images.find(ImageQuery())] == [0]


async def test_the_clips_made_with_an_image(library: Library) -> None:
    one, two = [await library.images.add(image(number)) for number in (1, 2)]
    first, second, third = (clip(one, stage=Stage.READY, made=number) for number in (1, 2, 3))
    others = [clip(two, stage=Stage.READY), clip(one), clip(stage=Stage.READY)]
    await library.add([first, second, replace(third, trashed=5), *others])
    assert list(await library.find(Query(image=one.hash))) == [second.id, first.id]
    assert list(await library.find(Query("x", image=one.hash, sort=Sort.OLDEST))) == [first.id, second.id]
    assert list(await library.find(Query(image=one.hash, sort=Sort.LONGEST, most=1))) == [second.id]
    assert list(await library.find(Query(image=one.hash, trashed=True))) == [third.id]
    assert list(await library.find(Query("nowhere", image=one.hash))) == []


FOUND: list[tuple[str, set[str]]] = [
    ("", {"Mara", "雨夜街头", "Кошка", "IMG_10 (copy)", "Café"}),
    ("mara", {"Mara"}),
    ("雨", {"雨夜街头"}),
    ("街头", {"雨夜街头", "Mara"}),
    ("ＭＡＲＡ", {"Mara"}),
    ("кошка", {"Кошка"}),
    ("КОШ", {"Кошка"}),
    ("cafe\u0301", {"Café"}),
    ("img copy", {"IMG_10 (copy)"}),
    ("_1", {"IMG_10 (copy)"}),
    ("%", set()),
    ("street mara", {"Mara"}),
    ("ma\0ra", {"Mara"}),
    ("\ud800", {"Mara", "雨夜街头", "Кошка", "IMG_10 (copy)", "Café"}),
]


def said(value: object) -> str:
    """The same in every run, so that two processes may share the tests: a set has no order."""
    return ascii(sorted(value) if isinstance(value, set) else value)


@pytest.mark.parametrize(("text", "found"), FOUND, ids=said)
async def test_words_of_any_script(library: Library, text: str, found: set[str]) -> None:
    kept = ("Mara", "雨夜街头", "Кошка", "IMG_10 (copy)", "Café")
    for number, name in enumerate(kept):
        await library.images.add(image(number, name, tags=("街头", "street") if name == "Mara" else ()))
    assert set(await names(library, ImageQuery(text))) == found


@given(st.text(max_size=20), st.text(max_size=10))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
async def test_nothing_typed_breaks_the_search(library: Library, text: str, tag: str) -> None:
    await library.images.find(ImageQuery(text, tag))
    await library.images.get([tag])


async def test_orders_tags_and_the_trash(library: Library) -> None:
    for number, name in enumerate(("shot 10", "Shot 2", "apple", "thrown", "thrown later")):
        await library.images.add(image(number, name, tags=("sea",) if number < 2 else ()))
    await library.images.trash([image(3).hash], 100)
    await library.images.trash([image(4).hash], 200)
    await library.add([clip(image(2)), clip(image(2)), clip(image(0))])
    assert await names(library, ImageQuery()) == ["apple", "Shot 2", "shot 10"]
    assert await names(library, ImageQuery(sort=ImageSort.NAME)) == ["apple", "Shot 2", "shot 10"]
    assert await names(library, ImageQuery(sort=ImageSort.MOST_USED)) == ["apple", "shot 10", "Shot 2"]
    assert await names(library, ImageQuery(tag="sea")) == ["Shot 2", "shot 10"]
    assert await names(library, ImageQuery(tag="se")) == []
    assert await names(library, ImageQuery(trashed=True)) == ["thrown later", "thrown"]
    await library.images.restore([image(3).hash])
    assert await names(library, ImageQuery("thrown")) == ["thrown"]
    assert read_sidecar(library.folders.references / f"{image(4).hash}.json").trashed == 200


async def test_a_file_that_cannot_be_written_is_said_and_the_row_stays(library: Library) -> None:
    one = await library.images.add(image(1))
    library.folders.references.rename(library.folders.root / "elsewhere")
    with pytest.raises(DiskProblem):
        await library.images.name(one.hash, "Mara")
    assert await names(library, ImageQuery()) == ["Mara"]
    (library.folders.root / "elsewhere").rename(library.folders.references)


async def test_a_hash_leads_nowhere_else(library: Library) -> None:
    with pytest.raises(ValueError, match="outside"):
        await library.images.add(image(1, hash="../../outside"))
    assert await library.images.find(ImageQuery()) == []


GOOD = {"hash": "a" * 64, "suffix": ".png", "name": "Mara", "added": 5}
BAD: list[object] = [
    [],
    None,
    7,
    {},
    {**GOOD, "hash": "b" * 64},
    {**GOOD, "hash": None},
    {**GOOD, "suffix": "/../x"},
    {**GOOD, "suffix": ".json"},
    {**GOOD, "suffix": 1},
    {**GOOD, "name": None},
    {**GOOD, "name": ["x"]},
    {**GOOD, "added": "5"},
    {**GOOD, "added": True},
    {**GOOD, "added": 10**30},
    {**GOOD, "width": -1},
    {**GOOD, "height": 1.5},
    {**GOOD, "tags": "sea"},
    {**GOOD, "tags": [1]},
    {**GOOD, "tags": 1},
    {**GOOD, "url": 1},
]


@pytest.mark.parametrize("kept", BAD, ids=map(str, range(len(BAD))))
def test_a_hostile_file_is_not_believed(tmp_path: Path, kept: object) -> None:
    path = tmp_path / f"{'a' * 64}.json"
    path.write_text(json.dumps(kept))
    with pytest.raises(ValueError, match=r"a{64}|class"):
        read_sidecar(path)


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b'{"hash": "a', b"[" * 60_000, b'{"x": 1}' + b" " * 100_000, b'{"added": NaN}']
)
def test_rubbish_is_not_believed(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / f"{'a' * 64}.json"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=r"[a-z]"):
        read_sidecar(path)


def test_what_is_odd_but_harmless_is_cleaned(tmp_path: Path) -> None:
    path = tmp_path / f"{'a' * 64}.json"
    path.write_text(json.dumps({**GOOD, "name": "a\nb" + "c" * 200, "url": "file:///etc/passwd", "later": {"x": 1}}))
    read = read_sidecar(path)
    assert (read.name, read.url, read.width) == ("a b" + "c" * 77, "", 0)


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=80),
    st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=80), unique=True),
    st.integers(0, 1 << 50),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_any_file_comes_back_as_it_was_written(tmp_path: Path, name: str, tags: list[str], added: int) -> None:
    (tmp_path / "references").mkdir(exist_ok=True)
    kept = image(1, name, tags=tuple(tags), added=added, url="http://a.example/b")
    write_sidecar(Folders(tmp_path), kept)
    assert read_sidecar(tmp_path / "references" / f"{kept.hash}.json") == kept
