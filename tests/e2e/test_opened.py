"""What a desktop opens with the program, at its start and while it runs: clips, videos from outside, images, links."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.gateway import FaultGateway

from .desktop import Window
from .program import Program, eventually
from .windows import Open, close, with_a_reader, write_prompt

pytestmark = with_a_reader
Hand = Callable[..., None]


@pytest.fixture
def hand(session: dict[str, str], far: FaultGateway) -> Hand:
    """Start the program once more, as a desktop entry does with what is to be opened."""

    def hand(*given: str) -> None:
        second = Program(given, {**session, "QT_QPA_PLATFORM": "xcb", "SEEDANCE_GATEWAY": far.address})
        try:
            assert second.end(20) == 0
        finally:
            second.clean()

    return hand


@pytest.fixture
def video(tmp_path: Path, mp4: bytes) -> Path:
    """A video of somebody else's, under a name that needs its encoding."""
    file = tmp_path / "夜 景" / "灯塔 #1 50%.mp4"
    file.parent.mkdir()
    file.write_bytes(mp4)
    return file


def import_it(window: Window) -> None:
    """Agree to what is asked, and wait until the video is on the stage."""
    window.find("Import", "push button").press()
    window.find("Notes", "text")
    assert len(window.items("Library")) == 1


def test_a_video_that_the_program_is_started_with_is_offered_and_shown(real: Open, video: Path) -> None:
    window = real(video.as_uri())
    window.find("灯塔 #1 50%.mp4", "label")
    import_it(window)
    assert window.find("Timeline", "slider").look()
    assert window.items("Library")[0].startswith("灯塔 #1 50%")
    close(window)


def test_what_is_opened_while_it_runs(real: Open, hand: Hand, video: Path, photo: Path, library: Path) -> None:
    window = real()
    write_prompt(window, "A quiet harbour")
    hand(str(video), photo.as_uri())
    window.until(lambda: window.items("References") == ["Image 1: photo"])
    import_it(window)
    copy = next((library / "clips").glob("*.mp4"))
    name = copy.stem.rsplit(" ", 1)[-1]

    moved = shutil.copy(copy, video.with_name("the same again.mp4"))
    for given in (str(copy), f"seedance:clip/{name}", moved):
        window.find("This month", "push button", begins=True).press()  # the ledger stands where the clip was
        window.until(lambda: not window.has("Notes", "text"))
        hand(given)
        window.until(lambda: window.has("Notes", "text"))
    assert len(window.items("Library")) == 1
    assert not window.has("Import", "push button")

    hand("seedance:clip/00000000")
    window.find("Clip 00000000 is not in this library: open the library that has it.", "label")
    hand("seedance:generate/now")
    window.find("seedance:generate/now is not a link to a clip: copy it again from the clip's menu.", "label")
    assert window.find("Prompt", "text").text == "A quiet harbour"
    close(window)


def test_several_starts_at_the_same_time_become_one_window(
    real: Open, session: dict[str, str], far: FaultGateway, photo: Path, library: Path
) -> None:
    """As Windows' file manager starts a program for each of the files that were chosen."""
    files = [photo.with_name(f"{number}.jpg") for number in range(3)]
    for number, file in enumerate(files):
        file.write_bytes(photo.read_bytes() + bytes(number))  # three images, as far as the library knows
    env = {**session, "QT_QPA_PLATFORM": "xcb", "SEEDANCE_GATEWAY": far.address}
    starts = [Program([str(file)], env) for file in files]
    try:
        eventually(lambda: sum(one.process.poll() is not None for one in starts) == 2)
        (left,) = [one for one in starts if one.process.poll() is None]
        assert [one.end() for one in starts if one is not left] == [0, 0]
        eventually(lambda: len(list((library / "references").glob("*.jpg"))) == 3)
        left.signal(signal.SIGTERM)
        assert left.end() == 0
    finally:
        for one in starts:
            one.clean()
    window = real()
    window.until(lambda: len(window.items("References")) == 3)
    close(window)
