"""The body of a submit, to the letter (GATEWAY.md, "What the client sends")."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

import pytest

from seedance_desktop.domain.recipe import Recipe, Reference, Use
from seedance_desktop.gateway.wire import Image, body

MODEL = "doubao/doubao-seedance-2-0-260128"
PNG = Image("image/PNG", b"\x89PNG bytes")
LINK = Image(link="https://pictures.example/a.jpg?x=1")


def sent(recipe: Recipe, *images: Image) -> dict[str, Any]:
    read = json.loads(body(recipe, images))
    assert isinstance(read, dict)
    return read


def recipe(use: Use = Use.FIRST_FRAME) -> Recipe:
    return Recipe("Image 1 walks", use=use)


def test_every_field_is_explicit() -> None:
    assert sent(Recipe("雨夜, “rain”\n", ratio="9:16", duration=10, resolution="720p")) == {
        "model": MODEL,
        "content": [{"type": "text", "text": "雨夜, “rain”\n"}],
        "ratio": "9:16",
        "duration": 10,
        "resolution": "720p",
    }


def test_the_defaults_are_sent_too() -> None:
    read = sent(Recipe("x"))
    assert (read["ratio"], read["duration"], read["resolution"]) == ("16:9", 5, "1080p")
    assert type(read["duration"]) is int


def test_one_first_frame_has_no_role_and_its_type_is_in_lower_case() -> None:
    url = "data:image/png;base64," + b64encode(PNG.data).decode()
    assert sent(recipe(), PNG)["content"][1:] == [{"type": "image_url", "image_url": {"url": url}}]


def test_a_link_is_sent_as_it_is() -> None:
    assert sent(recipe(), LINK)["content"][1]["image_url"] == {"url": LINK.link}


def test_first_and_last_frame_stand_beside_image_url() -> None:
    items = sent(recipe(Use.FIRST_LAST), PNG, LINK)["content"][1:]
    assert [item["role"] for item in items] == ["first_frame", "last_frame"]
    assert items[1]["image_url"]["url"] == LINK.link


@pytest.mark.parametrize("count", [1, 2, 9])
def test_every_reference_image_says_so(count: int) -> None:
    items = sent(recipe(Use.REFERENCES), *[PNG] * count)["content"][1:]
    assert [item["role"] for item in items] == ["reference_image"] * count


def test_the_text_comes_first_and_the_images_in_the_order_of_the_strip() -> None:
    links = [Image(link=f"https://pictures.example/{number}.png") for number in range(9)]
    content = sent(recipe(Use.REFERENCES), *links)["content"]
    assert content[0]["type"] == "text"
    assert [item["image_url"]["url"] for item in content[1:]] == [image.link for image in links]


def test_nothing_of_the_library_goes_over_the_wire() -> None:
    named = Recipe("x", (Reference("Mara", "abc", ".png"),))
    assert "Mara" not in body(named, [PNG]).decode()


@pytest.mark.parametrize("size", [0, 1, 196_607, 196_608, 196_609, 1_000_000])
def test_an_image_of_any_size_arrives_whole(size: int) -> None:
    data = bytes(number * 31 % 256 for number in range(size))
    url = sent(recipe(), Image("image/jpeg", data))["content"][1]["image_url"]["url"]
    assert url == "data:image/jpeg;base64," + b64encode(data).decode()


def test_what_a_prompt_says_never_moves_an_image() -> None:
    prompt = 'a;base64, b "}], {" \\ \0'
    read = sent(Recipe(prompt, use=Use.FIRST_LAST), PNG, LINK)
    assert read["content"][0]["text"] == prompt
    assert [item["image_url"]["url"][:8] for item in read["content"][1:]] == ["data:ima", "https://"]
