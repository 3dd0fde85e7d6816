"""Variations, folders and links on the command line: what is said before, what is sent, and what is refused."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from PIL import Image

from tests.faults.gateway import FaultGateway

from .conftest import Start

PROMPT = "雨夜: a paper boat under neon, slow dolly in"


def test_variations_are_said_with_their_price_and_made_each(far: FaultGateway, command: Start) -> None:
    far.words = ("completed",)
    run = command("generate", "A boat at {dawn|noon|dusk}", "--takes", "2", "--json", "--resolution", "480p")
    assert run.end() == 0, run.tell()
    assert run.err.splitlines()[0] == "3 variations × 2 takes = 6 clips · $1.68"
    prompts = [task.body["content"][0]["text"] for task in far.charges]
    assert prompts == [f"A boat at {light}" for light in ("dawn", "noon", "dusk") for _ in range(2)]
    assert run.stages().count("ready") == 6
    assert len(far.posts) == 6


def test_a_folder_and_a_link_are_images_like_any_other(
    far: FaultGateway, command: Start, photo: Path, library: Path, start: Start
) -> None:
    far.words = ("completed",)
    folder = photo.parent / "shoot"
    folder.mkdir()
    for number in (10, 2):
        Image.new("RGB", (400, 300 + number)).save(folder / f"frame {number}.png")
    (folder / "notes.txt").write_text("no image")
    link = "https://127.0.0.1:9/fox.png"
    run = command("generate", PROMPT, "--image", str(folder), "--image", link, "--json")
    assert run.end() == 0, run.tell()
    images = far.charges[0].body["content"][1:]
    assert [image["role"] for image in images] == ["reference_image"] * 3
    sizes = []
    for image in images[:2]:
        with Image.open(io.BytesIO(base64.b64decode(image["image_url"]["url"].partition(",")[2]))) as sent:
            sizes.append(sent.size)
    assert sizes == [(400, 302), (400, 310)]
    assert images[2]["image_url"]["url"] == link, "it goes as the link it is, and is not fetched"
    assert len([file for file in (library / "references").iterdir() if file.suffix == ".png"]) == 2
    shown = start("show", run.lines[-1]["clip"])
    assert shown.end() == 0
    assert "frame 2, frame 10, fox.png" in shown.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["A boat", "--image", "{empty}"], "empty holds no images: choose another folder."),
        (["A boat", "--image", ""], '"" is not there any more: choose the image again.'),
        (["A boat", "--image", "data:image/png;base64,AAAA"], "image is not an image that can be read"),
        (["A {a|b|c} {d|e|f} {g|h|i}", "--takes", "3"], "81 clips from one click are too many: at most 64."),
        (["{|boat}", "--takes", "2"], "The prompt is empty: describe the shot first."),
    ],
)
def test_what_cannot_be_asked_is_4_before_anything_is_sent(
    far: FaultGateway, command: Start, tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "empty").mkdir()
    run = command("generate", *(one.replace("{empty}", str(tmp_path / "empty")) for one in arguments), "--json")
    assert run.end() == 4, run.tell()
    assert run.err.strip().splitlines() == [run.err.strip()]
    assert said in run.err
    assert (run.out, far.posts) == ("", [])
