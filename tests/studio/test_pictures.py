"""Images through the one door into a library: what is kept, what is said, and that the preview is what is sent."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from seedance_desktop.domain.clip import Stage
from seedance_desktop.domain.errors import BadClip, BadImage, Problem, Refused
from seedance_desktop.domain.kept_images import ImageQuery, Prepared
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.recipe import Draft, Recipe, Reference, Use
from seedance_desktop.gateway import Gateway
from seedance_desktop.media import recipes
from seedance_desktop.studio.sources import Source
from tests.faults.script import Fault, Reply, page
from tests.media.making import clip as film
from tests.media.making import number_in, photo, saved
from tests.studio.conftest import Bench


def picture(colour: tuple[int, int, int] = (200, 30, 30), size: tuple[int, int] = (640, 360)) -> bytes:
    return saved(Image.new("RGB", size, colour), "PNG")


@pytest.fixture
async def net(bench: Bench, home: Path) -> AsyncIterator[Bench]:
    """A bench whose gateway takes loopback for a public address."""
    gateway = Gateway.build(Preferences(), public=lambda _address: True)
    bench.studio.parts.gateway = gateway
    yield bench
    await gateway.close()


async def gathered(bench: Bench, *given: Source | Problem) -> list[Reference | Problem]:
    return [one async for one in bench.studio.pictures.gather(given)]


def codes(found: Sequence[object]) -> list[str]:
    return [one.reason.code for one in found if isinstance(one, Problem)]


async def test_an_original_is_kept_once_with_its_row_and_its_small_picture(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "Mara am See.png"
    file.write_bytes(picture(size=(900, 700)))
    first = await bench.studio.pictures.take_in(file)
    assert first == replace(first, name="Mara am See", suffix=".png", width=900, height=700, url="", as_link=False)
    original = bench.folder / "references" / first.file
    assert original.read_bytes() == file.read_bytes()
    [kept] = await bench.library.images.find(ImageQuery())
    assert (kept.reference, kept.uses, kept.added > 0) == (first, 0, True)
    with Image.open(bench.folder / kept.poster) as small:
        assert small.size == (411, 320)
    written = original.stat().st_mtime_ns
    (bench.folder / kept.poster).unlink()
    again = await bench.studio.pictures.take_in(file.read_bytes())
    assert again == first, "what is known keeps its name"
    assert (bench.folder / kept.poster).exists()
    assert original.stat().st_mtime_ns == written


async def test_names_tags_and_the_trash_are_the_creators(bench: Bench) -> None:
    one = await bench.studio.pictures.take_in(picture())
    assert one.name == "image"
    await bench.studio.pictures.name(one.hash, "  Mara ")
    await bench.studio.pictures.tag([one.hash], ["faces"])
    await bench.studio.pictures.trash([one.hash])
    assert await bench.library.images.find(ImageQuery()) == []
    assert (await bench.studio.pictures.take_in(picture())).name == "Mara"
    [kept] = await bench.library.images.find(ImageQuery(tag="faces"))
    await bench.studio.pictures.trash([kept.hash])
    await bench.studio.pictures.restore([kept.hash])
    assert [image.name for image in await bench.library.images.find(ImageQuery())] == ["Mara"]


async def test_what_is_no_image_is_said_one_by_one_and_leaves_nothing(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "page.jpg").write_bytes(b"<!DOCTYPE html><html></html>")
    (tmp_path / "cut.png").write_bytes(picture()[:200])
    (tmp_path / "clip.mp4").write_bytes(bench.far.clip)
    given = [str(tmp_path / name) for name in ("page.jpg", "cut.png", "gone.png", "clip.mp4")]
    found = await gathered(bench, *given, b"", picture(), "data:image/png;base64,!!!!")
    assert codes(found) == [
        "image-is-page",
        "image-damaged",
        "image-missing",
        "image-unreadable",
        "image-empty",
        "image-unreadable",
    ]
    assert isinstance(found[5], Reference)
    assert [file.suffix for file in (bench.folder / "references").iterdir() if file.suffix != ".json"] == [".png"]
    assert len(list((bench.folder / "posters").iterdir())) == 1


async def test_a_folder_of_two_hundred_comes_in_whole_and_in_order(bench: Bench, tmp_path: Path) -> None:
    folder = tmp_path / "shoot"
    folder.mkdir()
    for number in range(200):
        (folder / f"frame {number}.png").write_bytes(picture((number, 9, 9), (320, 320)))
    expanded = await bench.studio.pictures.expand([str(folder)])
    assert len(expanded) == 200
    found = await gathered(bench, *expanded)
    assert [one.name for one in found if isinstance(one, Reference)] == [f"frame {number}" for number in range(200)]
    assert len(await bench.library.images.find(ImageQuery())) == 200


async def test_a_link_is_fetched_and_kept_with_where_it_came_from(net: Bench) -> None:
    net.far.next("downloads", Fault(Reply(200, picture())), Fault(page()))
    link = f"{net.far.clips}/art/Mara%20am%20See.png?size=l"
    found = await net.studio.pictures.take_in(link)
    assert (found.name, found.url, found.as_link, found.link) == ("Mara am See.png", link, False, "")
    assert (net.folder / "references" / found.file).read_bytes() == picture()
    assert codes(await gathered(net, link)) == ["image-is-page"]
    assert net.far.keys["clips"] == {""}


async def test_a_private_link_is_refused_and_none_is_fetched_for_the_wire(bench: Bench) -> None:
    link = f"{bench.far.clips}/x.png"
    assert codes(await gathered(bench, link)) == ["image-link-private"]
    linked = bench.studio.pictures.linked(f" {link}\n")
    assert (linked.link, linked.hash, linked.name) == (link, "", "x.png")
    for wrong in ("ftp://x.org/a.png", "/etc/passwd", "data:image/png;base64,AAAA"):
        with pytest.raises(BadImage):
            bench.studio.pictures.linked(wrong)
    with pytest.raises(BadImage):
        await bench.studio.pictures.take_in("fox.png")
    assert not bench.far.gets


async def test_a_data_link_is_what_is_in_it(bench: Bench) -> None:
    data = picture()
    plain = base64.b64encode(data).decode()
    spelled = "".join(f"%{byte:02X}" for byte in data)
    links = [
        f"data:image/png;base64,{plain}",
        f"DATA:image/png;charset=utf-8; Base64,{plain.rstrip('=').replace('+', '%2B')}",
        f"data:image/jpeg;base64,{plain[:76]}\r\n{plain[76:]}",
        f"data:,{spelled}",
    ]
    found = await gathered(bench, *links)
    assert len({one.hash for one in found if isinstance(one, Reference)}) == 1
    assert all(isinstance(one, Reference) and (one.name, one.url) == ("image", "") for one in found)
    assert codes(await gathered(bench, "data:image/png;base64", "data:text/html,<html>", "data:,")) == [
        "image-unreadable",
        "image-is-page",
        "image-empty",
    ]


async def test_a_frame_comes_in_exact_and_is_called_after_its_shot(bench: Bench, tmp_path: Path) -> None:
    film(tmp_path / "film.mp4", frames=30, size=(480, 320))
    bench.far.clip = (tmp_path / "film.mp4").read_bytes()
    [clip] = await bench.generate(prompt="a fox in the snow at night")
    ready = await bench.stage(clip, Stage.READY)
    take = bench.studio.pictures.frame
    last, third = await take(ready.id, -1), await take(ready.id, 3)
    assert [last.name, third.name] == ["a fox in the snow 29", "a fox in the snow 3"]
    for reference, number in ((last, 29), (third, 3)):
        assert (reference.suffix, reference.width, reference.height) == (".png", 480, 320)
        with Image.open(bench.folder / "references" / reference.file) as image:
            assert number_in(image) == number
    with pytest.raises(BadClip):
        await take(ready.id, 30)
    with pytest.raises(Refused):
        await take(1, 0)
    (bench.folder / ready.file).unlink()
    with pytest.raises(Problem) as raised:
        await take(ready.id, 3)
    assert raised.value.reason.code == "clip-file-missing"


async def sent(bench: Bench, references: list[Reference], use: Use) -> list[str]:
    """What went over the wire for each image."""
    [clip] = await bench.studio.generate(Draft(Recipe("x", tuple(references), use)), bench.far.address)
    await bench.until(lambda: bench.clips[clip.id].stage.settled)
    assert bench.clips[clip.id].charged.value == "yes", bench.clips[clip.id]
    return [item["image_url"]["url"] for item in bench.far.charges[-1].body["content"][1:]]


async def test_what_is_previewed_is_what_is_sent_to_the_byte(bench: Bench, tmp_path: Path) -> None:
    take = bench.studio.pictures.take_in
    noise = Image.effect_noise((2400, 1800), 90).convert("RGB")
    references = [
        await take(saved(photo(), "PNG")),
        await take(saved(noise, "JPEG", quality=97)),
        replace(await take(saved(noise, "PNG", compress_level=1)), part=(0.25, 0.0, 0.5, 1.0)),
        await take(saved(Image.new("RGBA", (500, 400), (9, 9, 200, 90)), "PNG")),
    ]
    ready = await bench.studio.pictures.prepare(references)
    urls = await sent(bench, references, Use.REFERENCES)
    for reference, one, url in zip(references, ready, urls, strict=True):
        assert isinstance(one, Prepared)
        assert one.reference == reference
        assert url == f"data:{one.mime};base64,{base64.b64encode(one.data).decode()}"
        with Image.open(io.BytesIO(one.data)) as image:
            assert image.size == (one.width, one.height)
        assert one.before_size == (bench.folder / "references" / reference.file).stat().st_size
        assert (one.before_width, one.before_height) == (reference.width, reference.height)
    assert len("".join(urls)) <= 8_000_000
    cropped, glass = ready[2], ready[3]
    assert isinstance(cropped, Prepared)
    assert isinstance(glass, Prepared)
    assert cropped.width < cropped.height
    assert (glass.filled, glass.changed) == (True, True)


async def test_a_link_goes_as_the_link_it_is_even_where_its_bytes_are_kept(net: Bench) -> None:
    net.far.next("downloads", Fault(Reply(200, picture())))
    link = f"{net.far.clips}/fox.png"
    kept = await net.studio.pictures.take_in(link)
    bare = net.studio.pictures.linked(link)
    both = [replace(kept, as_link=True), bare]
    ready = await net.studio.pictures.prepare([*both, kept])
    assert [isinstance(one, Prepared) and (one.data == b"", one.mime) for one in ready] == [
        (True, ""),
        (True, ""),
        (False, "image/png"),
    ]
    (net.folder / "references" / kept.file).unlink()
    assert await sent(net, both, Use.FIRST_LAST) == [link, link]
    assert codes(await net.studio.pictures.prepare([kept])) == ["image-missing"]


async def test_small_pictures_have_their_box_and_are_made_again(bench: Bench) -> None:
    pictures = bench.studio.pictures
    found = await pictures.take_in(picture(size=(640, 1280)))
    with Image.open(io.BytesIO(await pictures.thumbnail(found, (480, 256)))) as small:
        assert small.size == (128, 256)
    link = pictures.linked("https://example.org/a.png")
    assert await pictures.thumbnail(link, (480, 256)) == await pictures.small(link) == b""
    [kept] = await bench.library.images.get([found.hash])
    poster = bench.folder / kept.poster
    own = poster.read_bytes()
    assert await pictures.small(found) == own
    poster.unlink()
    assert await pictures.small(found) == own
    await pictures.mend([kept, replace(kept, hash="0" * 64)])
    with Image.open(poster) as small:
        assert small.size == (160, 320)
    poster.unlink()
    (bench.folder / "references" / found.file).write_bytes(b"damaged")
    await pictures.mend([kept])
    assert not poster.exists()


# Recipes out of clips


async def test_a_clip_of_ours_brings_its_recipe_back_with_the_images_that_are_here(bench: Bench) -> None:
    take = bench.studio.pictures.take_in
    here, gone = await take(picture()), await take(picture((9, 200, 9)))
    part = (0.0, 0.0, 0.5, 1.0)
    recipe = Recipe("Image 1 meets Image 2", (replace(here, part=part), gone), Use.FIRST_LAST, "9:16", 10, "480p")
    [clip] = await bench.studio.generate(Draft(recipe), bench.far.address)
    await bench.until(lambda: bench.clips[clip.id].stage.settled)
    await bench.studio.pictures.name(here.hash, "Mara")
    file = bench.folder / bench.clips[clip.id].file
    (bench.folder / "references" / gone.file).unlink()
    found = await bench.studio.pictures.recipe_in(file)
    assert found == replace(recipe, references=(replace(here, name="Mara", part=part), gone))
    with pytest.raises(BadImage) as raised:
        await bench.studio.generate(Draft(found), bench.far.address)
    assert raised.value.reason.code == "image-missing"


async def test_the_recipe_of_a_stranger_brings_no_path_and_no_link(bench: Bench, tmp_path: Path) -> None:
    source = tmp_path / "source.mp4"
    source.write_bytes(bench.far.clip)

    async def read(recipe: Any) -> Recipe:
        target = tmp_path / "hostile.mp4"
        recipes.write(source, target, recipe, "title")
        return await bench.studio.pictures.recipe_in(target)

    images = [
        {"name": "a", "hash": "../../etc/passwd", "suffix": ".png", "url": "https://x.org/a"},
        {"name": "b", "hash": "a" * 64, "suffix": "/../x", "part": [0, 0, 9, 9], "as_link": True, "url": "http://x"},
        {"name": ["c"], "hash": 7},
        "d",
        None,
        *({"name": str(number)} for number in range(20)),
    ]
    strange = {"prompt": "fox", "references": images, "use": 3, "ratio": [1], "duration": True, "model": "m/other"}
    found = await read(strange)
    assert found == Recipe("fox", found.references, Use.REFERENCES)
    assert found.references[:2] == (Reference("a"), Reference("b", "a" * 64))
    assert len(found.references) == 9
    assert not any(one.link for one in found.references)
    for recipe in ({}, {"prompt": 3}, {"prompt": None}, {"prompt": "x" * 200_000}):
        with pytest.raises(Refused) as raised:
            await read(recipe)
        assert raised.value.reason.code == "video-without-recipe"
    assert (await read({"prompt": "fox", "references": 5, "use": "first-last"})) == Recipe("fox", use=Use.FIRST_LAST)
    with pytest.raises(Refused):
        await bench.studio.pictures.recipe_in(source)
    (tmp_path / "text.mp4").write_text(json.dumps(strange))
    with pytest.raises(BadClip):
        await bench.studio.pictures.recipe_in(tmp_path / "text.mp4")


async def test_what_is_no_longer_wanted_is_not_prepared_to_its_end(bench: Bench) -> None:
    found = [await bench.studio.pictures.take_in(picture((number, 0, 0))) for number in range(3)]
    answers = iter([True, True, False])
    assert await bench.studio.pictures.prepare(found, still_wanted=lambda: next(answers)) == []
    assert next(answers, None) is None, "asked before each"
    assert len(await bench.studio.pictures.prepare(found)) == 3
