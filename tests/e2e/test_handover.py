"""Out of the house and in, in the real window: joined with a timeline and a list, cancelled in the middle, dropped."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from seedance_desktop.media import clips, frames
from tests.media.making import clip as film
from tests.media.making import drawn, number_of

from .conftest import Start
from .desktop import Window
from .test_composer import drag, other_program
from .windows import Open, close, with_a_reader

pytestmark = with_a_reader

FRAMES = 24


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where things are handed over to; it isn't there yet."""
    return tmp_path / "to the editor"


def fill(start: Start, *files: Path) -> None:
    """These videos into the library, before the window opens."""
    run = start("import", *map(str, files))
    assert run.end() == 0, run.tell()


def ask_to_hand_over(window: Window, cards: int, folder: Path) -> None:
    """All cards, by the keyboard, up to the dialog with its folder."""
    window.until(lambda: len(window.items("Library")) == cards)
    library = window.find("Library", "list")
    library.select(0)
    library.click()
    window.until(lambda: "focused" in library.states or "enabled" in window.find("Play").states)
    window.keys("key", "ctrl+a")
    window.keys("key", "ctrl+e")
    window.find("Folder to hand over to", "text").write(str(folder))


def long_film(file: Path) -> Path:
    """A clip that is quickly made, and takes seconds to be encoded for an editor."""
    size = (1920, 1080)
    return film(file, size=size, pictures=[drawn(1, size)] * 150, options={"preset": "ultrafast"})


def everything_in(folder: Path) -> list[str]:
    """The names of all files there, hidden ones too."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_two_clips_are_joined_with_a_timeline_and_a_list(
    real: Open, start: Start, tmp_path: Path, folder: Path
) -> None:
    fill(start, film(tmp_path / "one.mp4", frames=FRAMES), film(tmp_path / "two.mov", frames=FRAMES + 12))
    window = real()
    ask_to_hand_over(window, 2, folder)
    window.find("File names", "text").write("Scene {number}")
    for switch in ("Join into one file", "OpenTimelineIO timeline"):
        window.find(switch, "check box").press()
    window.find("CSV", "radio button").press()
    window.find("First file: Scene 1 +1.mp4", "label")
    rows = window.items("Clips to hand over")
    window.keys("key", "Return")
    window.find("2 clips handed over", "label", begins=True)

    names = everything_in(folder)
    assert [Path(name).suffix for name in names if name != "Scene 1 +1.mp4"] == [".csv", ".otio"]
    joined = folder / "Scene 1 +1.mp4"
    timeline = clips.timeline(joined)
    numbers = [number_of(one) for one in frames.frames(joined, 0, len(timeline.times) - 1, timeline)]
    first, second = (range(FRAMES + 12), range(FRAMES)) if "1.5 s" in rows[0] else (range(FRAMES), range(FRAMES + 12))
    assert numbers == [*first, *second], "all pictures of both, in the order shown"
    listed = list(csv.DictReader((folder / names[0]).read_text("utf-8-sig").splitlines()))
    assert [row["file"] for row in listed] == [joined.name] * 2
    otio = json.loads((folder / names[1]).read_text("utf-8"))
    assert otio["OTIO_SCHEMA"].startswith("Timeline")

    window.focus()
    window.keys("key", "Delete")
    window.find("2 clips moved to the trash · 2 of them were handed over", "label")
    window.keys("key", "ctrl+z")
    window.until(lambda: len(window.items("Library")) == 2)
    window.find("Library", "list").select(0)
    window.keys("key", "ctrl+e")
    assert window.find("Folder to hand over to", "text").text == str(folder), "it is remembered"
    window.keys("key", "Escape")
    close(window)


def test_cancelled_or_closed_in_the_middle_nothing_half_is_left(
    real: Open, start: Start, tmp_path: Path, folder: Path, library: Path
) -> None:
    fill(start, long_film(tmp_path / "long.mp4"))
    kept = everything_in(library / "clips")
    window = real()
    ask_to_hand_over(window, 1, folder)
    window.find("ProRes 422 HQ", "radio button").press()
    window.find("Hand over 1 clip", "push button").press()
    window.find("Handing over 1 of 1", "label", begins=True)
    window.find("Cancel", "push button").press()
    window.find("Handing over cancelled · no file of it is left", "label")
    assert not window.has("Handing over 1 of 1", "label", begins=True)
    assert everything_in(folder) == []

    window.focus()
    window.keys("key", "ctrl+e")
    window.find("Hand over 1 clip", "push button").press()
    window.find("Handing over 1 of 1", "label", begins=True)
    window.click_close()
    window.find("Close anyway", "push button").press()
    assert window.program.end() == 0
    assert everything_in(folder) == []
    assert everything_in(library / "clips") == kept


def test_a_video_dropped_on_the_cards_comes_in(
    real: Open, start: Start, session: dict[str, str], tmp_path: Path, library: Path
) -> None:
    fill(start, film(tmp_path / "one.mp4", frames=FRAMES))
    dropped = film(tmp_path / "雨夜.mov", frames=FRAMES + 12)
    window = real()
    window.until(lambda: len(window.items("Library")) == 1)
    with other_program(window, session, "drag", "1500", "100", str(dropped), str(tmp_path / "one.mp4")):
        drag(window, (1600, 200), window.find("Library", "list"))
        assert window.find("Copy into the library", "radio button").states.count("checked") == 1
        window.find("Import", "push button").press()
        window.find("1 clip imported · 1 was there already", "label")
    window.until(lambda: len(window.items("Library")) == 2)
    assert sorted(Path(name).suffix for name in everything_in(library / "clips")) == [".mov", ".mp4"]
    copied = next((library / "clips").glob("*.mov"))
    assert copied.read_bytes() == dropped.read_bytes()
    assert window.items("References") == [], "the composer has no part in it"

    with other_program(window, session, "drag", "1500", "100", str(film(tmp_path / "c.webm", codec="libvpx-vp9"))):
        drag(window, (1600, 200), window.find("Library", "list"))
        window.find("Reference where they lie", "radio button").press()
        window.find("Import", "push button").press()
        window.find("1 clip imported", "label")
    window.until(lambda: len(window.items("Library")) == 3)
    assert len(everything_in(library / "clips")) == 2, "it stays where it lies"
    close(window)
