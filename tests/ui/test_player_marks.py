"""In and out points on the stage: keys, buttons and handles set them, wishes keep them, the timeline shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.media import making
from tests.ui.test_stage import NARROW, SHIFT, WIDE, Bench
from tests.ui.test_stage_clips import Decoder, clip_of, make_clip, shown, times

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


class Marking(Bench):
    """A stage with everything that was wished of ranges."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__(qtbot)
        self.marked: list[tuple[int, int]] = []
        self.wishes.mark_range.connect(lambda _id, first, last: self.marked.append((first, last)))

    def go_to(self, qtbot: QtBot, frame: int) -> None:
        self.stage.deck.seek(frame)
        qtbot.waitUntil(lambda: self.stage.picture_frame == frame)

    def chosen(self) -> tuple[int, int] | None:
        return self.stage.marks.chosen


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clips") / "numbered.mp4")


@pytest.fixture
def bench(qtbot: QtBot, numbered: Path) -> Iterator[Marking]:
    made = Marking(qtbot)
    qtbot.addWidget(made)
    made.resize(*WIDE)
    made.show()
    qtbot.waitExposed(made)
    made.decoder = Decoder(numbered)
    yield made
    made.stage.shut()


def test_keys_set_in_and_out_on_the_picture_that_is_shown(qtbot: QtBot, bench: Marking, numbered: Path) -> None:
    bench.open(numbered)
    bench.go_to(qtbot, 30)
    bench.press(Key.Key_I)
    bench.go_to(qtbot, 42)
    bench.press(Key.Key_O)
    assert bench.marked == [(30, -1), (30, 42)]
    assert bench.chosen() == (30, 42)
    assert bench.stage.transport.timeline.accessibleDescription() == "In 00:00:01:06, out 00:00:01:18"
    bench.press(Key.Key_X, ALT)
    assert bench.marked[2:] == [(-1, -1)]
    assert bench.chosen() is None
    assert not bench.judged  # Alt+X rejects nothing
    assert bench.stage.transport.timeline.accessibleDescription() == ""


def test_in_after_out_moves_out_to_the_end_and_the_other_way_round(
    qtbot: QtBot, bench: Marking, numbered: Path
) -> None:
    bench.open(numbered, clip_of(mark_in=20, mark_out=40))
    bench.go_to(qtbot, 60)
    bench.press(Key.Key_I)
    assert (bench.marked[-1], bench.chosen()) == ((60, -1), (60, 120))
    bench.go_to(qtbot, 50)
    bench.press(Key.Key_O)
    assert (bench.marked[-1], bench.chosen()) == ((-1, 50), (0, 50))


def test_the_same_frame_may_be_in_and_out(qtbot: QtBot, bench: Marking, numbered: Path) -> None:
    bench.open(numbered)
    bench.go_to(qtbot, 5)
    bench.press(Key.Key_I)
    bench.press(Key.Key_O)
    assert bench.chosen() == (5, 5)
    bench.press(Key.Key_O)  # nothing new is nothing to save
    assert bench.marked == [(5, -1), (5, 5)]


def test_buttons_do_what_the_keys_do(qtbot: QtBot, bench: Marking, numbered: Path) -> None:
    bench.open(numbered)
    bench.go_to(qtbot, 12)
    QTest.mouseClick(bench.stage.transport.set_in, Qt.MouseButton.LeftButton)
    bench.go_to(qtbot, 24)
    QTest.mouseClick(bench.stage.transport.set_out, Qt.MouseButton.LeftButton)
    assert bench.marked == [(12, -1), (12, 24)]


def test_shift_with_i_and_o_goes_there_and_home_and_end_stay_the_clips(
    qtbot: QtBot, bench: Marking, numbered: Path
) -> None:
    bench.open(numbered, clip_of(mark_in=20, mark_out=40))
    for key, held, frame in (
        (Key.Key_O, SHIFT, 40),
        (Key.Key_I, SHIFT, 20),
        (Key.Key_End, Qt.KeyboardModifier.NoModifier, 120),
        (Key.Key_Home, Qt.KeyboardModifier.NoModifier, 0),
    ):
        bench.press(key, held)
        qtbot.waitUntil(lambda wanted=frame: shown(bench.stage.viewer.canvas) == wanted)  # type: ignore[misc]
    assert not bench.marked


def test_letters_belong_to_whoever_types(bench: Marking, numbered: Path) -> None:
    bench.open(numbered)
    bench.typed.setFocus()
    bench.press(Key.Key_I)
    bench.press(Key.Key_O)
    assert not bench.marked
    assert bench.typed.text() == "io"


def test_without_a_picture_nothing_is_set(bench: Marking, numbered: Path) -> None:
    bench.stage.open(clip_of(), None, None)
    bench.press(Key.Key_I)
    assert not bench.marked
    assert not bench.stage.transport.set_in.isEnabled()


def test_the_loop_keeps_to_the_range_that_was_kept_with_the_clip(qtbot: QtBot, bench: Marking, numbered: Path) -> None:
    bench.open(numbered, clip_of(mark_in=30, mark_out=36))
    bench.stage.transport.loop.click()
    seen: list[int] = []
    bench.stage.deck.pictured.connect(lambda _picture, number: seen.append(number))
    bench.press(Key.Key_I, SHIFT)
    qtbot.waitUntil(lambda: bench.stage.picture_frame == 30)
    bench.press(Key.Key_Space)
    qtbot.waitUntil(lambda: seen.count(36) >= 2)
    assert set(seen) == set(range(30, 37))


def test_answers_to_earlier_wishes_do_not_move_the_range_back(qtbot: QtBot, bench: Marking, numbered: Path) -> None:
    clip = bench.open(numbered)
    bench.go_to(qtbot, 30)
    bench.press(Key.Key_I)
    bench.go_to(qtbot, 42)
    bench.press(Key.Key_O)
    bench.stage.update_clip(replace(clip, stars=3))  # something else was saved
    assert bench.chosen() == (30, 42)
    bench.stage.update_clip(replace(clip, mark_in=30))  # the first wish
    assert bench.chosen() == (30, 42)
    bench.stage.update_clip(replace(clip, mark_in=30, mark_out=42))
    assert bench.chosen() == (30, 42)
    bench.stage.update_clip(replace(clip, mark_in=30))  # undone elsewhere
    assert bench.chosen() == (30, 120)
    bench.stage.update_clip(clip)
    assert bench.chosen() is None


def test_another_clip_has_its_own_range(bench: Marking, numbered: Path) -> None:
    bench.open(numbered, clip_of(mark_in=30, mark_out=42))
    bench.open(numbered, clip_of())
    assert bench.chosen() is None
    bench.open(numbered, clip_of(mark_out=9))
    assert bench.chosen() == (0, 9)
    bench.stage.open(None, None, None)
    assert bench.chosen() is None


def test_marks_beyond_the_clips_end_are_held_at_it(bench: Marking, numbered: Path) -> None:
    bench.open(numbered, clip_of(mark_in=60, mark_out=500))
    assert bench.chosen() == (60, 120)


@pytest.mark.parametrize("handle", ["in", "out"])
def test_a_handle_is_dragged_and_the_picture_goes_along(
    qtbot: QtBot, bench: Marking, numbered: Path, handle: str
) -> None:
    bench.open(numbered, clip_of(mark_in=30, mark_out=90))
    line, deck = bench.stage.transport.timeline, bench.stage.deck
    start = line.place_of(30) - 2 if handle == "in" else line.place_of(91) + 2
    QTest.mousePress(line, Qt.MouseButton.LeftButton, pos=QPoint(round(start), 20))
    for frame in (50, 60):
        QTest.mouseMove(line, QPoint(round(line.place_of(frame + 0.5)), 20))
        qtbot.waitUntil(lambda wanted=frame: deck.number == wanted)  # type: ignore[misc]
        assert shown(bench.stage.viewer.canvas) == frame
    assert not bench.marked  # it is kept when it is let go
    QTest.mouseMove(line, QPoint(line.width() if handle == "in" else 0, 20))  # not past the other one
    QTest.mouseRelease(line, Qt.MouseButton.LeftButton, pos=QPoint(0, 20))
    assert bench.marked == [(90, 90)] if handle == "in" else [(30, 30)]
    assert deck.moving == 0


def test_the_menu_of_the_timeline_clears_the_range(qtbot: QtBot, bench: Marking, numbered: Path) -> None:
    bench.open(numbered, clip_of(mark_in=30, mark_out=90))
    timeline = bench.stage.transport.timeline
    timeline.menu_wanted.emit(QPoint(10, 10))
    menu = timeline.findChild(QMenu)
    assert menu is not None
    actions = {action.text(): action for action in menu.actions()}
    actions["Go to out"].trigger()
    qtbot.waitUntil(lambda: bench.stage.picture_frame == 90)
    actions["Clear in and out"].trigger()
    assert bench.marked == [(-1, -1)]
    menu.close()


def test_what_lies_outside_is_dimmed_and_the_range_is_framed(qtbot: QtBot, bench: Marking, numbered: Path) -> None:
    clip = bench.open(numbered)
    white = making.saved(Image.new("RGB", (80, 45), "white"), "JPEG")
    timeline = bench.stage.transport.timeline
    with qtbot.waitSignal(timeline.strip.ready):
        bench.stage.set_filmstrip(clip.id, [white] * 8)

    def light(frame: float, y: int) -> int:
        return timeline.grab().toImage().pixelColor(round(timeline.place_of(frame)), y).lightness()

    assert light(20.5, 30) > 240
    bench.stage.update_clip(replace(clip, mark_in=30, mark_out=89))
    assert light(20.5, 30) < 130 > light(100.5, 30)
    assert light(60.5, 30) > 240
    top = timeline.grab().toImage().pixelColor(round(timeline.place_of(60)), 0)
    assert top.blue() > top.red() + 40  # the frame's blue


def test_narrow_stages_have_all_the_buttons_in_sight(bench: Marking, numbered: Path) -> None:
    bench.open(numbered)
    transport = bench.stage.transport
    for width in (WIDE[0], NARROW[0], 520, 420):
        bench.resize(width, 640)
        last = transport.full.mapTo(transport, transport.full.rect().topRight()).x()
        assert last < transport.width(), width
        for button in (transport.set_in, transport.back, transport.on, transport.set_out, transport.loop):
            assert button.isVisible()
            assert button.width() >= button.minimumSizeHint().width()


def test_exact_times_that_come_later_keep_the_range(qtbot: QtBot, bench: Marking, numbered: Path) -> None:
    clip = clip_of(mark_in=30)
    bench.stage.open(clip, numbered, None)
    qtbot.waitUntil(lambda: bench.stage.picture_frame == 0)
    bench.stage.open(clip, numbered, times(60))
    assert bench.chosen() == (30, 59)
