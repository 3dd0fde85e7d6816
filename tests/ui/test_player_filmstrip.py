"""The filmstrip under the timeline, and the small picture under the pointer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.frames import FramesWanted, Timeline
from seedance_desktop.ui.stage.filmstrip import Filmstrip
from seedance_desktop.ui.stage.glimpse import Glimpse
from tests.media import making
from tests.ui.test_stage import WIDE, Bench
from tests.ui.test_stage_clips import Decoder, clip_of, make_clip, number_in, times

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less

COLOURS = ("red", "lime", "blue", "yellow")
_LEFT = Qt.MouseButton.LeftButton


class Skimmed(Bench):
    """A stage with every filmstrip that was wished for, and every frame."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__(qtbot)
        self.strips: list[tuple[int, int]] = []
        self.frames: list[FramesWanted] = []
        self.wishes.filmstrip_wanted.connect(lambda clip, count: self.strips.append((clip, count)))
        self.wishes.frames_wanted.connect(self.frames.append)

    def glimpse(self) -> Glimpse | None:
        """The one in sight."""
        return next((one for one in self.findChildren(Glimpse) if one.isVisible()), None)

    def hover(self, frame: int) -> None:
        line = self.stage.transport.timeline
        QTest.mouseMove(line, QPoint(round(line.place_of(frame + 0.5)), 30))


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clips") / "numbered.mp4")


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Skimmed]:
    made = Skimmed(qtbot)
    qtbot.addWidget(made)
    made.resize(*WIDE)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.stage.shut()


def jpeg(colour: str, size: tuple[int, int] = (80, 45)) -> bytes:
    return making.saved(Image.new("RGB", size, colour), "JPEG", quality=95)


def coloured(bench: Skimmed, frame: int) -> str:
    """The colour of the strip at a frame's place."""
    line = bench.stage.transport.timeline
    return nearest(line.grab().toImage().pixelColor(round(line.place_of(frame + 0.5)), 40))


def nearest(seen: QColor) -> str:
    def apart(name: str) -> int:
        other = QColor(name)
        return abs(seen.red() - other.red()) + abs(seen.green() - other.green()) + abs(seen.blue() - other.blue())

    return min(COLOURS, key=apart)


def test_a_clip_that_lies_on_the_stage_wants_as_many_pictures_as_fit(
    qtbot: QtBot, bench: Skimmed, numbered: Path
) -> None:
    clip = bench.open(numbered)
    qtbot.waitUntil(lambda: bool(bench.strips))
    line = bench.stage.transport.timeline
    assert bench.strips == [(clip.id, round(line.area().width() / (1.25 * line.area().height())))]
    portrait = bench.open(numbered, clip_of(90, 160))
    qtbot.waitUntil(lambda: len(bench.strips) == 2)
    assert bench.strips[1] == (portrait.id, round(line.area().width() / (9 / 16 * line.area().height())))


def test_clips_that_are_only_passed_make_no_work(qtbot: QtBot, bench: Skimmed, numbered: Path) -> None:
    for _ in range(5):
        bench.open(numbered)
    bench.stage.open(clip_of(), None, None)
    last = bench.open(numbered)
    qtbot.waitUntil(lambda: bool(bench.strips))
    assert [clip for clip, _ in bench.strips] == [last.id]


def test_a_width_that_changes_by_more_than_a_picture_wants_others(qtbot: QtBot, bench: Skimmed, numbered: Path) -> None:
    clip = bench.open(numbered)
    qtbot.waitUntil(lambda: len(bench.strips) == 1)
    bench.resize(WIDE[0] + 20, WIDE[1])
    qtbot.wait(250)
    assert len(bench.strips) == 1
    bench.resize(WIDE[0] + 300, WIDE[1])
    qtbot.waitUntil(lambda: len(bench.strips) == 2)
    assert bench.strips[1][0] == clip.id
    assert bench.strips[1][1] >= bench.strips[0][1] + 3


def test_pictures_lie_where_their_frames_are(qtbot: QtBot, bench: Skimmed, numbered: Path) -> None:
    clip = bench.open(numbered)
    strip = bench.stage.transport.timeline.strip
    with qtbot.waitSignal(strip.ready):
        bench.stage.set_filmstrip(clip.id, [jpeg(colour) for colour in COLOURS])
    assert [coloured(bench, frame) for frame in (15, 45, 76, 106)] == list(COLOURS)


def test_pictures_of_another_clip_are_let_go_and_those_of_the_last_one_are_taken_off(
    qtbot: QtBot, bench: Skimmed, numbered: Path
) -> None:
    first = bench.open(numbered)
    strip = bench.stage.transport.timeline.strip
    with qtbot.waitSignal(strip.ready):
        bench.stage.set_filmstrip(first.id, [jpeg("red")])
    bench.stage.set_filmstrip(first.id, [jpeg("lime")])  # still read when the next clip comes
    second = bench.open(numbered)
    bench.stage.set_filmstrip(first.id, [jpeg("lime")])
    qtbot.wait(100)
    assert strip.near(60) is None
    with qtbot.waitSignal(strip.ready):
        bench.stage.set_filmstrip(second.id, [b"no picture", jpeg("yellow"), b""])
    assert coloured(bench, 60) == "yellow"
    bench.stage.open(None, None, None)
    assert strip.near(60) is None


def test_where_frames_differ_in_length_the_nearest_in_time_is_shown(qtbot: QtBot) -> None:
    strip = Filmstrip()
    uneven = Timeline((0, 1_000_000, 2_000_000, 3_000_000, 3_250_000, 3_500_000, 3_750_000), 4.0)  # ends at 4 s
    strip.set_times(uneven)
    with qtbot.waitSignal(strip.ready):
        strip.read([jpeg(colour) for colour in COLOURS])
    found = [strip.near(frame) for frame in range(7)]
    assert [nearest(QColor(one.pixel(40, 20))) for one in found if one] == [*COLOURS, *["yellow"] * 3]


def test_the_picture_under_the_pointer_is_the_strips_and_then_exact(
    qtbot: QtBot, bench: Skimmed, numbered: Path
) -> None:
    clip = bench.open(numbered)
    with qtbot.waitSignal(bench.stage.transport.timeline.strip.ready):
        bench.stage.set_filmstrip(clip.id, [jpeg(colour) for colour in COLOURS])
    bench.frames.clear()
    bench.hover(76)
    small = bench.glimpse()
    assert small is not None
    assert nearest(_picture(small).pixelColor(60, 20)) == "blue"
    qtbot.waitUntil(lambda: FramesWanted(str(numbered), 76, 76) in bench.frames)
    bench.stage.frames(Decoder(numbered).answer(bench.frames[-1]), str(numbered))
    picture = _picture(small)
    assert number_in(picture.copy(4, 4, picture.width() - 8, picture.height() - 26)) == 76
    assert bench.stage.picture_frame == 0  # the stage itself stays where it was


def test_the_small_picture_goes_with_the_pointer_and_covers_no_button(
    qtbot: QtBot, bench: Skimmed, numbered: Path
) -> None:
    bench.open(numbered)
    for frame in (0, 60, 120):
        bench.hover(frame)
        small = bench.glimpse()
        assert small is not None
        assert bench.rect().contains(small.geometry())
        assert small.geometry().bottom() < bench.stage.transport.mapTo(bench, QPoint(0, 0)).y()
    bench.stage.transport.timeline.hovered.emit(-1)
    assert bench.glimpse() is None


def test_it_comes_along_to_the_full_screen_and_back(qtbot: QtBot, bench: Skimmed, numbered: Path) -> None:
    bench.open(numbered)
    for _ in range(3):
        bench.hover(30)
        bench.stage.toggle_full_screen()
        assert bench.glimpse() is None
        bench.stage.transport.timeline.hovered.emit(40)
        full = bench.stage.viewer.window()
        assert [one.isVisible() for one in full.findChildren(Glimpse)] == [True]
        bench.stage.toggle_full_screen()
        bench.stage.transport.timeline.hovered.emit(50)
        assert bench.glimpse() is not None


def test_while_a_hand_scrubs_there_is_only_the_large_picture(qtbot: QtBot, bench: Skimmed, numbered: Path) -> None:
    bench.open(numbered)
    line = bench.stage.transport.timeline
    bench.hover(30)
    assert bench.glimpse() is not None
    spot = QPoint(round(line.place_of(30.5)), 30)
    QTest.mousePress(line, _LEFT, pos=spot)
    assert bench.glimpse() is None
    bench.hover(40)
    assert bench.glimpse() is None
    QTest.mouseRelease(line, _LEFT, pos=spot)
    qtbot.waitUntil(lambda: bench.stage.picture_frame == 40)


def test_without_pictures_it_is_a_plain_track_with_the_same_names(bench: Skimmed, numbered: Path) -> None:
    bench.open(numbered)
    line = bench.stage.transport.timeline
    assert line.accessibleName() == "Timeline"
    assert (line.minimum(), line.maximum(), line.pageStep()) == (0, 120, 24)
    picture = line.grab().toImage()
    background = picture.pixelColor(line.width() - 20, 6)
    assert picture.pixelColor(line.width() - 20, line.height() // 2) != background
    assert picture.pixelColor(line.width() - 20, line.height() - 6) == background


def test_every_place_belongs_to_a_frame(bench: Skimmed, numbered: Path) -> None:
    bench.stage.open(clip_of(), numbered, times(5))
    line = bench.stage.transport.timeline
    assert [line.at(line.place_of(frame) + 1) for frame in range(5)] == list(range(5))
    assert [line.at(line.place_of(frame + 1) - 1) for frame in range(5)] == list(range(5))
    assert (line.at(-50), line.at(line.width() + 50)) == (0, 4)


def _picture(widget: Glimpse) -> QImage:
    return widget.grab().toImage()


def test_out_of_sight_no_strip_is_wished_for_until_the_stage_is_back(
    bench: Skimmed, numbered: Path, qtbot: QtBot
) -> None:
    bench.hide()
    bench.stage.open(clip_of(), numbered, times())
    bench.stage._skimming._rest.stop()
    bench.stage._skimming._ask()
    assert bench.strips == []
    bench.show()
    qtbot.waitUntil(lambda: len(bench.strips) == 1)
