"""The composer of the real window: from an idea to paid clips by keyboard, by a screen reader, and with the mouse."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.faults.gateway import FaultGateway
from tests.media import gallery
from tests.media.making import photo as made_photo
from tests.media.making import saved

from .desktop import Control, Window
from .program import ROOT, Program
from .windows import Open, close, with_a_reader

pytestmark = with_a_reader


@pytest.fixture
def portrait(tmp_path: Path) -> Path:
    """An image that goes out byte for byte as it is."""
    file = tmp_path / "Mara.png"
    file.write_bytes(saved(made_photo((480, 640)), "PNG"))
    return file


@contextmanager
def other_program(window: Window, session: dict[str, str], *arguments: str) -> Iterator[None]:
    """Another program beside the window, while it is needed."""
    command = [sys.executable, "-m", "tests.e2e.other_program", *arguments]
    env = {**session, "QT_QPA_PLATFORM": "xcb", "PATH": "/usr/bin:/bin"}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=env, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n", "the other program does not start"
        yield
        other.stdin.close()
        assert other.wait(20) == 0
    assert window.program.process.poll() is None


def contents(far: FaultGateway) -> list[list[dict[str, Any]]]:
    """What each submit held."""
    return [json.loads(post.body)["content"] for post in far.posts]


def data(item: dict[str, Any]) -> bytes:
    """The bytes of an image of a submit."""
    head, _, body = item["image_url"]["url"].partition(",")
    assert head.startswith("data:image/")
    return base64.b64decode(body)


def hand_over(window: Window, session: dict[str, str], far: FaultGateway, image: Path) -> None:
    """The program is started once more with an image, as a file manager's "Open with" does."""
    second = Program([str(image)], {**session, "QT_QPA_PLATFORM": "xcb", "SEEDANCE_GATEWAY": far.address})
    try:
        assert second.end(20) == 0
    finally:
        second.clean()
    window.until(lambda: window.items("References"))


def test_the_whole_composer_by_keyboard_alone(
    real: Open, far: FaultGateway, session: dict[str, str], portrait: Path, library: Path
) -> None:
    far.words = ("completed",)
    first = real()
    prompt = first.find("Prompt", "text")
    first.until(lambda: "focused" in prompt.states)
    hand_over(first, session, far, portrait)
    name_an_image(first, "mar")
    type_(first, " walks at {dusk|dawn}")
    first.find("Generate 2 clips · $0.56", "push button")
    undo_and_redo(first)
    first.keys("key", "ctrl+Return")
    first.until(lambda: first.items("Library") and not first.items("In the making"), 40)
    assert_sent(far, ["Image 1 walks at dawn", "Image 1 walks at dusk"], portrait)

    new_draft(first)
    type_(first, "Another idea")
    back_to_the_old_draft(first)
    new_draft(first)
    an_old_prompt(first, "dawn")
    new_draft(first)
    name_an_image(first, "mar")  # from the library into the strip and the prompt
    first.until(lambda: first.items("References") == ["Image 1: Mara"])
    type_(first, " sleeps")
    first.until(lambda: any(b" sleeps" in file.read_bytes() for file in library.glob("library.sqlite*")))
    first.kill()

    again = real()
    again.until(lambda: again.items("References") == ["Image 1: Mara"])
    assert again.find("Prompt", "text").text.endswith(" sleeps")
    again.find("Mara goes out as Image 1", "label")  # the chip is bound to its image
    assert len(far.posts) == len(far.charges) == 2
    close(again)


def type_(window: Window, text: str) -> None:
    """On the keyboard."""
    window.keys("type", "--delay", "2", text)
    window.until(lambda: window.find("Prompt", "text").text.endswith(text.split("@", maxsplit=1)[0]))


def name_an_image(window: Window, letters: str) -> None:
    """`@`, letters of its name, Enter."""
    window.keys("type", "--delay", "2", f"@{letters}")
    window.find("Images to name", "list")
    window.keys("key", "Return")
    window.until(lambda: not window.has("Images to name"))


def new_draft(window: Window) -> None:
    """Ctrl+N."""
    window.keys("key", "ctrl+n")
    window.until(lambda: not window.items("References") and not window.find("Prompt", "text").text)


def assert_sent(far: FaultGateway, prompts: list[str], image: Path) -> None:
    """These prompts, each once and charged once, with that image as it is."""
    sent = contents(far)
    assert sorted(one[0]["text"] for one in sent) == prompts
    assert [data(one) for _, one in sent] == [image.read_bytes()] * len(prompts)
    assert len(far.charges) == len(prompts)


def an_old_prompt(window: Window, words: str) -> None:
    """Ctrl+R, words, Enter."""
    window.keys("key", "ctrl+r")
    window.find("Search prompts", "text")
    window.keys("type", "--delay", "2", words)
    window.until(lambda: len(window.items("Prompts")) == 1)
    window.keys("key", "Return")
    window.until(lambda: words in window.find("Prompt", "text").text)


def undo_and_redo(window: Window) -> None:
    """Over words, chip and image, back to nothing and again to everything."""
    prompt = window.find("Prompt", "text")
    whole = prompt.text
    for _ in range(20):
        if not window.items("References"):
            break
        window.keys("key", "ctrl+z")
    window.until(lambda: not window.items("References"))
    assert "walks" not in prompt.text
    for _ in range(20):
        if prompt.text == whole:
            break
        window.keys("key", "ctrl+shift+z")
    window.until(lambda: prompt.text == whole)
    assert window.items("References") == ["Image 1: Mara"]


def back_to_the_old_draft(window: Window) -> None:
    """By the list of drafts, which is reached from the prompt by Shift+Tab."""
    drafts = window.find("Draft: Another idea", "push button")
    for _ in range(10):
        if "focused" in drafts.states:
            break
        window.keys("key", "shift+Tab")
    window.keys("key", "space")
    window.find("Drafts", "list")
    window.keys("key", "Down", "Return")
    window.until(lambda: "walks at {dusk|dawn}" in window.find("Prompt", "text").text)
    window.until(lambda: window.items("References") == ["Image 1: Mara"])


def test_the_same_job_by_a_screen_reader(real: Open, far: FaultGateway, portrait: Path) -> None:
    far.words = ("completed",)
    window = real()
    prompt = window.find("Prompt", "text")
    window.until(lambda: "focused" in prompt.states)
    prompt.write("She turns round")
    for number, image in enumerate((portrait, portrait.with_name("Night.png")), 1):
        window.find("Add reference image", "push button").press()
        dialog = window.find("Add reference images", "dialog")
        image.exists() or image.write_bytes(saved(made_photo((640, 480)), "PNG"))
        dialog.find("File name:", "text").write(str(image))
        dialog.find("Open", "push button").press()
        window.until(lambda number=number: len(window.items("References")) == number)
    assert window.items("References") == ["Image 1: Mara", "Image 2: Night"]
    assert "checked" in window.find("First and last frame", "radio button").states
    window.find("Reference images", "radio button").press()
    rename_on_the_images_side(window, "Night", "The last night")
    window.until(lambda: window.items("References") == ["Image 1: Mara", "Image 2: The last night"])
    window.find("Remove Mara", "push button").press()
    window.until(lambda: window.items("References") == ["Image 1: The last night"])
    window.find("First frame", "radio button").press()
    window.find("Generate · $0.28", "push button").press()
    window.until(lambda: far.charges)
    window.until(lambda: not window.items("In the making"), 40)
    assert_sent(far, ["She turns round"], portrait.with_name("Night.png"))
    window.until(lambda: any(one.startswith("The last night") and "1 clip" in one for one in window.items("Images")))
    close(window)


def rename_on_the_images_side(window: Window, old: str, new: str) -> None:
    """Found by its name, chosen, renamed."""
    window.find("Images", "radio button").press()
    window.until(lambda: len(window.items("Images")) == 2)
    window.find("Search images", "text").write(old)
    window.until(lambda: len(window.items("Images")) == 1)
    window.find("Images", "list").select(0)
    name = window.find("Name of the image", "text")
    assert name.text == old
    name.write(new)
    name.click()
    window.keys("key", "Return")
    window.find("Search images", "text").write("")
    window.until(lambda: any(one.startswith(new) for one in window.items("Images")))


def test_files_are_dragged_from_another_program_and_an_image_is_pasted(
    real: Open, far: FaultGateway, session: dict[str, str], portrait: Path, tmp_path: Path
) -> None:
    window = real()
    prompt = window.find("Prompt", "text")
    window.until(lambda: "focused" in prompt.states)
    bad = [tmp_path / name for name in ("bomb.png", "cut short.jpg", "page.jpg")]
    for file in bad:
        file.write_bytes(gallery.NO_IMAGES[file.name]())
    with other_program(window, session, "drag", "1500", "100", *map(str, [*bad, portrait])):
        drag(window, (1600, 200), prompt)
        window.until(lambda: window.items("References") == ["Image 1: Mara"])
    said = window.find("bomb.png has 60000 × 60000 pixels", begins=True).name.splitlines()
    assert [line.split(" ")[0] for line in said] == ["bomb.png", "cut", "page.jpg"], "a sentence for each"
    window.find("Dismiss", "push button").press()

    with other_program(window, session, "copy", str(ROOT / "resources" / "demo" / "lighthouse.jpg")):
        prompt.click()
        window.keys("key", "ctrl+v")
        window.until(lambda: window.items("References") == ["Image 1: Mara", "Image 2: image"])
    assert prompt.text == ""
    assert not far.posts
    close(window)


def drag(window: Window, start: tuple[int, int], target: Control) -> None:
    """The mouse, pressed at a point of the screen, carries what is there onto a control and lets go."""
    x, y, width, height = target.look()["place"]
    window.keys("mousemove", *map(str, start), "mousedown", "1")
    for share in (0.1, 0.4, 0.7, 0.9, 1.0):
        to = [
            round(start[0] + share * (x + width / 2 - start[0])),
            round(start[1] + share * (y + height / 2 - start[1])),
        ]
        window.keys("mousemove", "--sync", *map(str, to))
    window.until(lambda: window.has("Prompt", "text"))
    window.keys("mouseup", "1")
