"""Review in the real window: looking, judging, finding, comparing and going on, by keyboard and by a screen reader."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.faults.gateway import FaultGateway
from tests.media.making import number_in

from . import takes
from .desktop import Window
from .test_composer import contents, data
from .test_window import assert_there
from .windows import Open, close, with_a_reader

pytestmark = with_a_reader

SETTINGS = "16:9, 5 s, 720p"
FIRST_FRAME = "Timecode 00:00:00:00 · frame 0"

# PRODUCT.md's names, as far as they belong to review.
LIBRARY = {
    "list": ["Library"],
    "text": ["Search library"],
    "radio button": ["All", "Picks", "Rejects", "Unflagged"],
    "combo box": ["Sort by"],
}
STAGE = {
    "image": ["Player"],
    "push button": ["Play", "Previous frame", "Next frame", "Set in", "Set out", "Full screen", "Grab frame"],
    "check box": ["Compare view", "Loop", "Mute"],
    "combo box": ["Speed"],
    "slider": ["Volume", "Timeline"],
    "label": [FIRST_FRAME],
}
RECIPE = {
    "push button": ["Use recipe", "Continue from last frame", "Show in folder", "Add tag"],
    "slider": ["Stars"],
    "check box": ["Pick", "Reject"],
    "list": ["Tags"],
    "text": ["Notes"],
}
COMPARE = {
    "check box": ["Compare view", "Pick A", "Reject A", "Pick B", "Reject B"],
    "image": ["Player A", "Player B"],
    "slider": ["Stars A", "Stars B", "Timeline"],
    "list": ["Takes of the shot"],
}


@pytest.fixture
def review(real: Open, library: Path) -> Open:
    """Open the window on a week's library."""
    takes.shelve(library, takes.week())
    return real


def test_a_shot_is_judged_by_keyboard_alone(review: Open) -> None:
    first = review()
    first.until(lambda: len(first.items("Library")) == 3)
    to_the_cards(first)
    first.keys("key", "End")
    first.find(f"{takes.KEEPER}, closer", "label")
    set_in_and_out(first)
    judge_and_take_back(first)
    tag_and_note(first)
    find_in_words(first)
    first.kill()

    again = review()
    again.until(lambda: len(again.items("Library")) == 3)
    assert again.items("Library")[-1].endswith("4 stars, pick, 3 takes")
    to_the_cards(again)
    again.keys("key", "End")
    again.find("Remove tag rain", "push button")
    again.until(lambda: again.find("Notes", "text").text == "Better light")
    again.find("13 – 61 · 2.04 s", "label")
    close(again)


def test_takes_are_compared_and_the_best_goes_on_by_keyboard_alone(
    review: Open, far: FaultGateway, library: Path, tmp_path: Path
) -> None:
    far.words = ("completed",)
    window = review()
    window.until(lambda: len(window.items("Library")) == 3)
    to_the_cards(window)
    window.keys("key", "End", "s")
    window.until(
        lambda: len(window.items("Library")) == 3 and all(takes.KEEPER in one for one in window.items("Library"))
    )
    compare(window)
    window.keys("key", "Escape")
    window.until(lambda: len(window.items("Library")) == 3 and takes.FOX in window.items("Library")[0])
    grab(window, tmp_path / "frame.png")
    go_on(window, far)
    trash_for_good(window, library)
    close(window)


def compare(window: Window) -> None:
    """C; the other side is judged; the next take comes onto it; there is no further one; and back."""
    window.keys("key", "c")
    window.find("Player B", "image")
    window.keys("key", "b", "5")
    window.until(lambda: window.find("Stars B", "slider").look()["value"] == 5)
    window.keys("key", "Right", "Right")
    at(window, "00:00:00:02 · frame 2")
    window.keys("key", "n")
    window.until(lambda: any(one.startswith("Take 1, on side B") for one in window.items("Takes of the shot")))
    window.keys("key", "x")
    window.find("Every take has been seen", "label")
    window.until(lambda: window.items("Takes of the shot")[0].endswith("reject"))
    assert window.has("Every take has been seen", "label"), "it isn't gone with the answer"
    window.keys("key", "Escape")
    window.find("Player", "image")


def to(window: Window, name: str, role: str, key: str = "Tab") -> None:
    """With Tab, as far as it is."""
    control = window.find(name, role)
    for _ in range(80):
        if "focused" in control.states:
            return
        window.keys("key", key)
    raise AssertionError(f"Tab doesn't lead to {role} {name}")


def to_the_cards(window: Window) -> None:
    """From the search on."""
    window.keys("key", "ctrl+f")
    to(window, "Library", "list")


def at(window: Window, timecode: str) -> None:
    """Wait until this picture is on screen."""
    window.find(f"Timecode {timecode}", "label")


def set_in_and_out(window: Window) -> None:
    """Play, step, and choose a range; it starts and ends where it was set."""
    window.keys("key", "Return")
    window.find("Pause", "push button")
    window.keys("key", "k")
    window.find("Play", "push button")
    window.keys("key", "Home")
    at(window, "00:00:00:00 · frame 0")
    window.keys("key", *["Right"] * 14, "Left")
    at(window, "00:00:00:13 · frame 13")
    window.keys("key", "i", "shift+Right", "shift+Right")
    at(window, "00:00:02:13 · frame 61")
    window.keys("key", "o", "shift+i")
    at(window, "00:00:00:13 · frame 13")
    window.keys("key", "shift+o")
    at(window, "00:00:02:13 · frame 61")


def judge_and_take_back(window: Window) -> None:
    """Stars, pick and reject, each with undo; among the takes of the stack, on top of which no reject would stay."""
    to_the_cards(window)
    window.keys("key", "End", "s")
    closer = f"{takes.KEEPER}, closer"
    window.until(lambda: all(one.startswith(takes.KEEPER) for one in window.items("Library")))

    def card(ends: str) -> None:
        window.until(lambda: any(one.startswith(closer) and one.endswith(ends) for one in window.items("Library")))

    window.keys("key", "4")
    card("4 stars, no flag")
    window.keys("key", "x")
    card("4 stars, reject")
    window.keys("key", "ctrl+z")
    card("4 stars, no flag")
    window.keys("key", "2", "p")
    card("2 stars, pick")
    window.keys("key", "ctrl+z", "ctrl+z")
    card("4 stars, no flag")
    window.keys("key", "p")
    card("4 stars, pick")
    window.keys("key", "Escape")
    window.until(lambda: window.items("Library")[-1].endswith("4 stars, pick, 3 takes"))


def tag_and_note(window: Window) -> None:
    """Words that are typed judge nothing."""
    to(window, "Add tag", "push button")
    window.keys("key", "space")
    window.find("New tag", "text")
    window.keys("type", "rain")
    window.keys("key", "Return")
    window.find("Remove tag rain", "push button")
    window.keys("key", "Escape")
    to(window, "Notes", "text")
    window.keys("type", "Better light")
    window.keys("key", "Escape")
    assert window.items("Library")[-1].endswith("4 stars, pick, 3 takes")


def find_in_words(window: Window) -> None:
    """Filters and words, as they are typed; back to everything."""
    for words, prompts in {
        "stars:3": [takes.LIGHTS, f"{takes.KEEPER}, closer"],
        "tag:rain": [f"{takes.KEEPER}, closer"],
        "better": [f"{takes.KEEPER}, closer"],
        "fox": [takes.FOX],
    }.items():
        window.keys("key", "ctrl+f", "ctrl+a")
        window.keys("type", words)
        window.until(lambda prompts=prompts: [one.split(", 16:9")[0] for one in window.items("Library")] == prompts)
    window.keys("key", "ctrl+a", "BackSpace")
    window.until(lambda: len(window.items("Library")) == 3)


def grab(window: Window, file: Path) -> None:
    """The frame on screen, whole, into a file."""
    to_the_cards(window)
    window.keys("key", "Home")
    window.find(takes.FOX, "label")
    window.keys("key", "Return", "k", "Home", "Right", "Right", "Right")
    at(window, "00:00:00:03 · frame 3")
    window.keys("key", "ctrl+shift+g")
    window.find("Save frame 3", "dialog")
    window.focus("Save frame 3")
    window.keys("key", "ctrl+a")
    window.keys("type", str(file))
    window.keys("key", "Return")
    window.until(file.exists)
    window.focus()
    assert number_in(Image.open(file)) == 3


def go_on(window: Window, far: FaultGateway) -> None:
    """The last frame becomes the first frame of what is made next, byte for byte."""
    to_the_cards(window)
    to(window, "Continue from last frame", "push button")
    window.keys("key", "space")
    window.until(lambda: len(window.items("References")) == 1)
    assert "checked" in window.find("First frame", "radio button").states
    to(window, "Prompt", "text")
    window.keys("key", "ctrl+a")
    window.keys("type", "It turns round")
    window.keys("key", "ctrl+Return")
    window.until(lambda: far.posts)
    (content,) = contents(far)
    assert number_in(Image.open(io.BytesIO(data(content[1])))) == takes.FRAMES - 1


def trash_for_good(window: Window, library: Path) -> None:
    """Into the trash, back by undo, in again; in the trash its file is deleted."""
    file = library / "clips" / "take-5.mp4"
    window.until(lambda: len(window.items("Library")) == 4, 40)
    to_the_cards(window)
    for key in ("Delete", "ctrl+z", "Delete"):
        window.keys("key", "Home", "Right", key)
        window.until(lambda key=key: any(takes.FOX in one for one in window.items("Library")) is (key == "ctrl+z"))
    assert file.exists()
    to(window, "More", "push button", "shift+Tab")
    window.keys("key", "space", "Down", "Return")  # Show the trash
    to(window, "Empty trash", "push button")
    window.keys("key", "space")
    asked = window.find("Delete 1 clip for good?", "dialog", begins=True)
    assert "What they cost stays in the ledger." in asked.name
    window.keys("key", "Tab", "space")
    window.find("The trash is empty", "label")
    window.until(lambda: not file.exists())
    window.keys("key", "Escape")


def test_the_names_of_review_for_a_screen_reader(review: Open) -> None:
    window = review()
    window.find("Review", "radio button").press()
    window.until(lambda: len(window.items("Library")) == 3)
    assert window.items("Library") == [
        f"{takes.FOX}, {SETTINGS}, 0 stars, no flag",
        f"{takes.LIGHTS}, {SETTINGS}, shot 7, 4 stars, no flag",
        f"{takes.KEEPER}, closer, {SETTINGS}, shot 12B, 0 stars, no flag, 3 takes",
    ]
    window.find("Library", "list").select(2)
    window.find(FIRST_FRAME, "label")
    assert_there(window.tree(), LIBRARY, STAGE, RECIPE)
    window.find("Stars").set_value(3)
    window.until(lambda: "3 stars" in window.items("Library")[2])
    window.find("Notes", "text").write("Wait for the boat")
    window.find("Set in").press()
    for number in range(1, 4):
        window.find("Next frame").press()
        at(window, f"00:00:00:{number:02} · frame {number}")
    window.find("Set out").press()
    window.find("0 – 3 · 0.17 s", "label")
    window.find("Timeline", "slider").set_value(61)
    at(window, "00:00:02:13 · frame 61")

    window.find("Compare view", "check box").press()
    window.find("Player B", "image")
    assert_there(window.tree(), COMPARE)
    window.find("Pick B", "check box").press()
    window.until(lambda: "pick" in window.items("Takes of the shot")[1])
    window.find("Compare view", "check box").press()
    window.until(lambda: any("pick" in one for one in window.items("Library")))
    window.find("Search library", "text").write("boat")
    window.until(lambda: len(window.items("Library")) == 1)
    close(window)
