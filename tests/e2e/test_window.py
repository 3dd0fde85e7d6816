"""The real window, driven by its spoken names as a screen reader does, against the built-in and the fault gateway."""

from __future__ import annotations

import re
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.faults.gateway import FaultGateway
from tests.faults.script import Fault, answer

from .desktop import Window
from .program import Program
from .windows import Open, close, with_a_reader, write_prompt

if TYPE_CHECKING:
    from .conftest import Start

Tree = list[dict[str, Any]]
FIRST_FRAME = "Timecode 00:00:00:00 · frame 0"

# PRODUCT.md's table of names, as far as it belongs to what is built.
TOP = {"radio button": ["Make", "Review"]}
COMPOSER = {
    "text": ["Prompt", "Project", "Shot"],
    "list": ["References"],
    "push button": ["Add reference image"],
    "radio button": [
        *("First frame", "First and last frame", "Reference images"),
        *("16:9", "9:16", "1:1", "5 s", "10 s", "480p", "720p", "1080p"),
    ],
    "spin button": ["Takes"],
}
LIBRARY = {
    "list": ["Library"],
    "text": ["Search library"],
    "radio button": ["All", "Picks", "Rejects", "Unflagged"],
    "combo box": ["Sort by"],
}
STAGE = {
    "image": ["Player"],
    "push button": ["Play", "Previous frame", "Next frame", "Full screen"],
    "check box": ["Loop", "Mute"],
    "combo box": ["Speed"],
    "slider": ["Volume", "Timeline"],
    "label": [FIRST_FRAME],
}
RECIPE = {
    "push button": ["Use recipe", "Show in folder"],
    "slider": ["Stars"],
    "check box": ["Pick", "Reject"],
}
SETTINGS = {
    "Account": {"password text": ["API key"], "push button": ["Check key"], "text": ["Gateway address"]},
    "Library": {"text": ["Library folder"]},
    "Generating": {"spin button": ["Generations at once"], "text": ["Monthly budget"]},
    "Appearance": {"panel": ["Theme", "Language"]},
    "Notifications": {"radio button": ["Notifications"], "check box": ["A clip is ready", "A clip fails"]},
}
OPERATED = {"push button", "radio button", "check box", "spin button", "slider", "combo box", "text", "list"}
# Compare view, Set in, Set out, Grab frame, Continue from last frame, Tags, Notes: of later issues.


pytestmark = with_a_reader


def assert_there(tree: Tree, *wanted: dict[str, list[str]]) -> None:
    """All these roles and names are on screen, and nothing that can be operated is without a name."""
    there = {(node["role"], node["name"]) for node in tree}
    asked = [(role, name) for one in wanted for role, names in one.items() for name in names]
    missing = [pair for pair in asked if pair not in there]
    assert not missing, f"{missing} not among {sorted(there)}"
    assert not [node for node in tree if node["role"] in OPERATED and not node["name"]]


def test_the_main_job_by_a_screen_reader(window: Open) -> None:
    demo = window("--demo")
    prompt = demo.find("Prompt", "text")
    demo.until(lambda: "lighthouse" in prompt.text)
    without_cards = {role: names for role, names in LIBRARY.items() if role != "list"}
    without_picture = {role: names for role, names in STAGE.items() if role != "image"}
    assert_there(demo.tree(), TOP, COMPOSER, without_cards, without_picture)
    assert "enabled" not in demo.find("Play").states, "without a clip the transport is there, disabled"

    prompt.write("A quiet harbour")
    prompt.click()
    demo.keys("key", "End")
    demo.keys("type", " at dawn")
    demo.until(lambda: prompt.text == "A quiet harbour at dawn")
    assert demo.items("References") == ["Image 1: Lighthouse"]
    for choice in ("First frame", "9:16", "5 s", "480p"):
        demo.find(choice, "radio button").press()
        assert "checked" in demo.find(choice, "radio button").states
    generate = demo.find("Generate", "push button", begins=True)
    assert generate.name == "Generate · $0.28"
    takes = demo.find("Takes", "spin button")
    takes.set_value(2)
    assert generate.name == "Generate 2 takes · $0.56"
    takes.set_value(1)
    generate.press()

    told = demo.until(lambda: demo.items("In the making"))[0]
    assert re.fullmatch(r"A quiet harbour at dawn, Planned, Sending in \d s, not charged", told)
    assert demo.has("Undo", "push button")
    assert demo.has("Pause queue", "push button")
    seen = [told]

    def arrived() -> list[str]:
        seen.extend(demo.items("In the making"))
        return demo.items("Library")

    assert demo.until(arrived, 60) == ["A quiet harbour at dawn, 9:16, 5 s, 480p, 0 stars, no flag"]
    for said in ("Queued at the gateway", "Rendering"):
        assert any(said in one and one.endswith("charged $0.28") for one in seen), seen

    look_at_it(demo)
    assert demo.ask("ask_too_far") > 100, "a reader that is late must not crash the window"
    judge_it(demo)
    demo.find("Prompt", "text").write("Something else")
    demo.find("Use recipe").press()
    demo.until(lambda: prompt.text == "A quiet harbour at dawn")
    look_at_the_settings(demo)
    close(demo)


def look_at_it(window: Window) -> None:
    """Open the first clip of the library, step, play and stop."""
    window.find("Library", "list").select(0)
    window.find(FIRST_FRAME, "label")
    assert_there(window.tree(), STAGE, RECIPE, LIBRARY)
    _, _, width, height = window.find("Player").look()["place"]
    assert abs(width / height - 496 / 864) < 0.01, "the picture itself, without margins of its own"
    after = window.find("Next frame")
    window.until(lambda: "enabled" in after.states)
    after.press()
    window.find("Timecode 00:00:00:01 · frame 1", "label")
    window.find("Previous frame").press()
    window.find(FIRST_FRAME, "label")
    window.find("Play").press()
    pause = window.find("Pause", "push button")
    window.until(lambda: not window.has(FIRST_FRAME))
    pause.press()
    window.find("Play", "push button")


def judge_it(window: Window) -> None:
    """Stars and flags reach the card's name."""
    window.find("Stars").set_value(4)
    window.find("Pick", "check box").press()
    window.until(lambda: window.items("Library")[0].endswith("480p, 4 stars, pick"))
    window.find("Rejects", "radio button").press()
    window.until(lambda: not window.items("Library"))
    window.find("All", "radio button").press()
    window.until(lambda: window.items("Library"))
    window.find("Search library", "text").write("elephant")
    window.until(lambda: not window.items("Library"))
    window.find("Search library", "text").write("harb")
    window.until(lambda: window.items("Library"))


def look_at_the_settings(window: Window) -> None:
    """Every page has its controls."""
    window.find("Settings", "push button").press()
    dialog = window.find("Settings", "dialog")
    for page, wanted in SETTINGS.items():
        dialog.find(page, "radio button").press()
        dialog.find(page, "label")
        assert_there(dialog.tree(), wanted)
    window.find("Done").press()
    window.until(lambda: not window.has("Settings", "dialog"))


def test_first_run_a_key_for_this_session_and_the_clip_comes(window: Open, far: FaultGateway, home: Path) -> None:
    far.words = ("completed",)
    first = window("--gateway", far.address)
    first.find("Make your first clip", "label")
    assert_there(first.tree(), {"text": ["Gateway address"], "push button": ["Check and save", "Start the demo"]})
    assert first.find("Gateway address", "text").text == far.address
    generate = first.find("Generate", "push button", begins=True)
    write_prompt(first, "雨夜, a paper boat")
    assert "enabled" not in generate.states
    assert first.has("Add a key or start the demo first.", "label")

    key = first.find("API key")
    key.write("sk-hub-wrong")
    first.find("Check and save").press()
    first.find("127.0.0.1", "label", begins=True)
    first.until(lambda: any("does not accept the key" in name for name in first.names()))
    key.write(far.key)
    first.find("Check and save").press()
    session_only = first.find("Use for this session only", "push button")
    assert any("No system keyring answers" in name for name in first.names())
    session_only.press()
    first.until(lambda: "enabled" in generate.states)
    generate.press()
    first.until(lambda: first.items("Library"), 40)
    assert len(far.posts) == len(far.charges) == 1
    assert far.charges[0].body["content"] == [{"type": "text", "text": "雨夜, a paper boat"}]
    close(first)
    kept = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())
    assert far.key.encode() not in kept
    assert far.address.encode() not in (home / ".config" / "Seedance" / "window.json").read_bytes()
    assert not (home / ".config" / "Seedance" / "preferences.json").exists()


def test_killed_while_two_render_and_one_downloads_all_three_arrive(real: Open, far: FaultGateway) -> None:
    far.words = ("processing",)
    never = threading.Event()
    far.next("downloads", Fault(until=never))
    first = real()
    write_prompt(first, "A quiet harbour")
    first.find("Takes", "spin button").set_value(3)
    first.find("Generate", begins=True).press()
    first.until(lambda: len(far.charges) == 3)
    far.charges[0].words.append("completed")
    far.charges[0].words.popleft()
    first.until(lambda: sum("Rendering" in item for item in first.items("In the making")) == 2)
    assert first.has("Stop watching", "push button")
    first.until(lambda: far.lines["clips"] and any("Downloading" in item for item in first.items("In the making")))
    first.kill()
    never.set()

    for task in far.charges:
        task.words.append("completed")
    again = real()
    again.until(lambda: [item for item in again.items("Library") if item.endswith(", 3 takes")], 40)
    assert again.items("In the making") == []
    assert len(far.posts) == len(far.charges) == 3
    close(again)


def test_what_stops_says_why_what_it_costs_and_what_can_be_done(real: Open, far: FaultGateway) -> None:
    sensitive = {"error": {"code": "InputTextSensitiveContentDetected", "message": "the prompt is sensitive"}}
    quota = {"error": {"code": "insufficient_quota", "message": "the quota is used up"}}
    far.next("submits", Fault(cut_answer=0), Fault(reply=answer(sensitive, 400)), Fault(reply=answer(quota, 429)))
    window = real()
    write_prompt(window, "A quiet harbour")
    window.find("Takes", "spin button").set_value(3)
    window.find("Generate", begins=True).press()
    window.until(lambda: len([one for one in window.items("In the making") if "Failed" in one]) == 2, 40)
    items = window.items("In the making")
    assert sum("Charge unknown" in one and "Look in your account" in one for one in items) == 1
    assert sum("not charged" in one and "the prompt is sensitive" in one for one in items) == 1
    assert sum("not charged" in one and "the quota is used up" in one for one in items) == 1
    buttons = ["Send again", "I have its task ID", "Dismiss", "Retry", "Edit recipe", "Pause queue"]
    assert_there(window.tree(), {"push button": [*buttons, "1 charge unknown"]})
    window.find("Dismiss", "push button").press()
    window.until(lambda: len(window.items("In the making")) == 2)
    assert len(far.posts) == 3
    close(window)


def test_sigterm_while_a_post_is_out_waits_and_knows_the_charge(real: Open, far: FaultGateway, start: Start) -> None:
    answered = threading.Event()
    far.next("submits", Fault(until=answered))
    window = real()
    write_prompt(window, "A quiet harbour")
    window.find("Generate", begins=True).press()
    window.until(lambda: far.posts)
    window.program.signal(signal.SIGTERM)
    window.find("Waiting up to 20 s for the gateway's answer…", "label")
    answered.set()
    assert window.program.end() == 0
    listed = start("list", "--json")
    assert listed.end() == 0
    (clip,) = listed.lines
    assert clip | {"stage": "waiting", "charged": "yes", "task": "task_1"} == clip


def test_the_close_button_ends_it_and_the_draft_comes_back(real: Open) -> None:
    window = real()
    write_prompt(window, "A draft that is kept")
    window.find("9:16", "radio button").press()
    window.find("Shot", "text").write("S7")
    window.click_close()
    assert window.program.end() == 0
    again = real()
    prompt = again.find("Prompt", "text")
    again.until(lambda: prompt.text == "A draft that is kept")
    assert again.find("Shot", "text").text == "S7"
    assert "checked" in again.find("9:16", "radio button").states
    close(again)


def test_a_library_in_use_is_said_in_words(real: Open, far: FaultGateway, command: Start) -> None:
    far.words = ("processing",)
    holder = command("generate", "A quiet harbour", "--json")
    holder.until(lambda: "waiting" in holder.stages())
    window = real()
    window.find("The library does not open", "label")
    sentence = f"is in use by another Seedance (command, process {holder.process.pid}): close that one first."
    assert any(sentence in name for name in window.names())
    assert "enabled" not in window.find("Generate", begins=True).states
    holder.signal(signal.SIGTERM)
    assert holder.end() == 5
    far.charges[0].words.append("completed")
    window.find("Try again", "push button").press()
    window.until(lambda: window.items("Library"), 40)
    assert len(far.posts) == 1
    close(window)


def test_a_second_start_hands_its_image_to_the_first(
    real: Open, far: FaultGateway, session: dict[str, str], photo: Path
) -> None:
    first = real()
    write_prompt(first, "A quiet harbour")
    second = Program([str(photo)], {**session, "QT_QPA_PLATFORM": "xcb", "SEEDANCE_GATEWAY": far.address})
    try:
        assert second.end(20) == 0
    finally:
        second.clean()
    first.until(lambda: first.items("References") == ["Image 1: photo"])
    assert first.find("Prompt", "text").text == "A quiet harbour"
    close(first)
