"""The comparison as a creator uses it: pictures that carry their own number, read from the screen, are never apart."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from math import inf
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QAccessible, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.clip import Clip, Flag
from seedance_desktop.domain.frames import FramesWanted, Timeline
from seedance_desktop.domain.recipe import Reference, Use
from seedance_desktop.ui import drags
from seedance_desktop.ui.compare import Compare
from seedance_desktop.ui.compare.board import SEAM, SIDES, WIPE
from seedance_desktop.ui.compare.meeting import Span, meet
from seedance_desktop.ui.compare.pack import Pack
from seedance_desktop.ui.compare.seam import Seam, joined
from seedance_desktop.ui.compare.side import Shown
from seedance_desktop.ui.compare.takes import Takes
from seedance_desktop.ui.wishes import Wishes
from tests.ui.test_stage_clips import Decoder, clip_of, make_clip, number_in, shown, times

pytestmark = pytest.mark.qt_log_ignore(  # offscreen does less; a file that is closed while it is being opened
    "This plugin does not support", "Immediate exit requested", extend=True
)

Key = Qt.Key
PLAIN, SHIFT, ALT = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier)
SMALL = (160, 90)
SHORT = 49  # frames of the shorter clip
MADE = 1_795_300_000_000


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Four clips whose pictures carry their number; the last one is shorter."""
    folder = tmp_path_factory.mktemp("clips")
    made = [make_clip(folder / f"{name}.mp4", *SMALL) for name in "abc"]
    return [*made, make_clip(folder / "short.mp4", *SMALL, SHORT)]


class Eyes:
    """A pack, and what was read from every set of pictures that it brought to the screen."""

    def __init__(self, qtbot: QtBot) -> None:
        self.pack = Pack()
        self.seen: list[list[int]] = []  # the numbers in the pictures
        self.wrong = 0  # pictures that carry another number than they were told to have
        self.pack.pictured.connect(self._see)
        self.qtbot = qtbot

    def open(self, files: list[Path], frames: list[int] | None = None) -> None:
        counts = frames or [121] * len(files)
        self.pack.open([(file, times(count)) for file, count in zip(files, counts, strict=True)])
        self.qtbot.waitUntil(lambda: len(self.seen) > 0)

    def until(self, true: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=20_000)

    def rest(self) -> None:
        self.until(lambda: not self.pack.moving and all(side.arrived for side in self.pack.sides))

    @property
    def apart(self) -> int:
        """The most that two pictures on screen were ever apart."""
        return max(max(numbers) - min(numbers) for numbers in self.seen)

    def _see(self, shown: list[Shown | None]) -> None:
        read = [number_in(one.picture.image(one.picture.size, fine=False)) for one in shown if one is not None]
        self.wrong += read != [one.number for one in shown if one is not None]
        self.seen.append(read)


@pytest.fixture
def eyes(qtbot: QtBot) -> Iterator[Eyes]:
    made = Eyes(qtbot)
    yield made
    made.pack.close()
    made.pack.deleteLater()


@pytest.mark.parametrize(("count", "speed"), [(2, 0.5), (2, 1.0), (2, 2.0), (2, 4.0), (3, 1.0), (4, 4.0)])
def test_playing_at_any_speed_they_are_never_more_than_a_frame_apart(
    eyes: Eyes, files: list[Path], speed: float, count: int
) -> None:
    eyes.open((files[:3] * 2)[:count])
    eyes.pack.seek(120 - round(min(120, 40 * speed)))
    eyes.rest()
    eyes.seen.clear()
    eyes.pack.set_speed(speed)
    eyes.pack.play()
    eyes.until(lambda: eyes.pack.moving == 0)
    eyes.rest()
    assert eyes.wrong == 0
    assert eyes.apart <= 1
    assert len({numbers[0] for numbers in eyes.seen}) > 15
    assert eyes.seen[-1] == [120] * count


def test_stepped_scrubbed_and_stopped_they_are_exactly_together(eyes: Eyes, files: list[Path]) -> None:
    eyes.open(files[:3])
    dice = random.Random(3)
    for turn in range(25):
        if turn % 5 == 4:
            eyes.pack.play()
            eyes.until(lambda: eyes.pack.moving == 1 and not eyes.pack._arriving)
            eyes.pack.pause()
        elif turn % 3:
            eyes.pack.step(dice.choice([1, -1, 24, -7]))
        else:
            for _ in range(3):  # faster than pictures come
                eyes.pack.seek(dice.randrange(121))
        eyes.rest()
        eyes.until(lambda: eyes.seen[-1] == [eyes.pack.position] * 3)
        assert eyes.seen[-1] == [eyes.pack._asked] * 3
    assert eyes.wrong == 0


def test_a_pause_in_the_middle_stands_on_one_frame(eyes: Eyes, files: list[Path]) -> None:
    eyes.open(files[:2])
    for goal in (10, 30, 50):
        eyes.pack.play()
        eyes.until(lambda goal=goal: eyes.pack.position >= goal)  # type: ignore[misc]
        at = eyes.pack.position
        eyes.pack.pause()
        eyes.rest()
        assert eyes.pack.position == at
        assert eyes.seen[-1] == [at, at]


def test_the_shorter_one_rests_on_its_last_picture(eyes: Eyes, files: list[Path]) -> None:
    eyes.open([files[0], files[3]], [121, SHORT])
    assert eyes.pack.last == 120
    eyes.pack.set_speed(4.0)
    eyes.pack.play()
    eyes.until(lambda: eyes.pack.moving == 0)
    eyes.rest()
    assert all(abs(one - other) <= 1 or (other == SHORT - 1 and one >= other) for one, other in eyes.seen)
    assert eyes.seen[-1] == [120, SHORT - 1]
    eyes.pack.step(-40)
    eyes.rest()
    assert eyes.seen[-1] == [80, SHORT - 1]
    eyes.pack.play()  # from where the shorter one is over
    eyes.until(lambda: eyes.pack.position > 90)
    eyes.pack.step(-80)
    eyes.rest()
    assert eyes.seen[-1][0] == eyes.seen[-1][1]


def test_other_frame_rates_are_matched_by_time(eyes: Eyes, files: list[Path]) -> None:
    """The second file is taken to have 48 frames a second: its frame 2n belongs to frame n, of the same length."""
    eyes.open(files[:2])
    twice = Timeline(tuple(round(number * 1_000_000 / 48) for number in range(241)), 48.0)
    eyes.pack.set_active(0)
    eyes.pack.retime(str(files[1]), twice)
    assert [side.frame_at(1_000_000) for side in eyes.pack.sides] == [24, 48]


def test_a_loop_goes_round_in_the_range_all_together(eyes: Eyes, files: list[Path]) -> None:
    eyes.open(files[:2])
    eyes.pack.set_looped(True)
    eyes.pack.set_range(20, 30)
    eyes.pack.seek(20)
    eyes.rest()
    eyes.seen.clear()
    eyes.pack.play()
    eyes.until(lambda: sum(after[0] < before[0] for before, after in pairwise(eyes.seen)) == 3)
    eyes.pack.pause()
    assert {number for numbers in eyes.seen for number in numbers} <= set(range(20, 31))
    assert eyes.apart <= 1
    eyes.pack.set_range(-1, -1)
    eyes.pack.seek(112)
    eyes.rest()
    eyes.pack.play()
    eyes.until(lambda: eyes.pack.position == 5)
    assert eyes.wrong == 0


def test_backwards_together(eyes: Eyes, files: list[Path]) -> None:
    decoders = {str(file): Decoder(file) for file in files[:2]}
    eyes.pack.wanted.connect(lambda wanted: eyes.pack.frames(decoders[wanted.file].answer(wanted), wanted.file))
    eyes.open(files[:2])
    eyes.pack.seek(14)
    eyes.rest()
    eyes.seen.clear()
    eyes.pack.shuttle(-1)
    assert eyes.pack.moving == -1
    eyes.until(lambda: eyes.pack.moving == 0)
    assert eyes.seen[:14] == [[number, number] for number in range(13, -1, -1)]


def test_shuttle_gets_faster_and_forgets_it_at_the_stop(eyes: Eyes, files: list[Path]) -> None:
    eyes.open(files[:2])
    speeds = []
    for _ in range(4):
        eyes.pack.shuttle(1)
        speeds.append(eyes.pack.speed)
    assert speeds == [1.0, 2.0, 4.0, 4.0]
    eyes.pack.pause()
    assert eyes.pack.speed == 1.0


def test_another_take_comes_at_the_same_time_and_goes_on(eyes: Eyes, files: list[Path]) -> None:
    eyes.open(files[:2])
    eyes.pack.seek(50)
    eyes.rest()
    eyes.pack.replace(1, files[2], times())
    eyes.until(lambda: eyes.seen[-1] == [50, 50] and eyes.pack.sides[1].arrived)
    eyes.pack.play()
    eyes.until(lambda: eyes.pack.position > 55)
    eyes.pack.replace(0, files[1], times())
    eyes.until(lambda: eyes.pack.moving == 1 and eyes.pack.position > 60)
    assert eyes.apart <= 1


def test_only_the_active_side_sounds(eyes: Eyes, files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    eyes.open(files[:3])
    heard: dict[int, bool] = {}
    for index, side in enumerate(eyes.pack.sides):
        monkeypatch.setattr(side.deck, "set_volume", lambda _loud, muted, index=index: heard.update({index: not muted}))
    eyes.pack.set_active(2)
    assert heard == {0: False, 1: False, 2: True}
    eyes.pack.set_volume(0.5, True)
    assert not any(heard.values())


@pytest.mark.qt_log_ignore("Could not open media", extend=True)
def test_a_file_that_cannot_be_played_does_not_hold_the_other_up(eyes: Eyes, files: list[Path], tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"not a video" * 100)
    failed: list[int] = []
    eyes.pack.failed.connect(failed.append)
    eyes.open([files[0], broken])
    eyes.until(lambda: failed == [1])
    eyes.pack.play()
    eyes.until(lambda: eyes.pack.position > 5)
    assert eyes.seen[-1][0] == eyes.pack.position


def test_pictures_meet_at_the_newest_time_that_all_have() -> None:
    one = [Span(0, 40_000), Span(40_000, 80_000), Span(80_000, 120_000)]
    assert meet([one, one[:2]]) == [1, 1]
    assert meet([one, []]) is None
    assert meet([[Span(40_000, 80_000)], [Span(0, 40_000)]]) is None
    assert meet([[Span(40_000, 80_000)], [Span(0, 40_000)]], loose=True) == [0, 0]
    assert meet([[Span(90_000, 130_000)], [Span(0, 40_000)]], loose=True) is None
    assert meet([[Span(90_000, 130_000)], [Span(40_000, inf)]]) == [0, 0]  # it rests on its last picture


def takes(count: int = 4) -> list[Clip]:
    """Takes of one shot, from two clicks."""
    made = [clip_of(*SMALL, take=index % 2 + 1, takes=2, click=1 + index // 2) for index in range(count)]
    return [replace(one, id=100 + index, made=MADE + index * 60_000) for index, one in enumerate(made)]


def test_takes_of_several_clicks_are_counted_over_the_shot_and_come_one_after_another() -> None:
    clips = takes()
    order = Takes()
    order.set_clips(list(reversed(clips)))
    assert [order.name(clip) for clip in clips] == ["Take 1", "Take 2", "Take 3", "Take 4"]
    order.saw([100, 101])
    found = order.challenger({100, 101})
    assert found is not None
    assert found.id == 102
    order.update(replace(clips[2], flag=Flag.REJECT))
    found = order.challenger({100, 101})
    assert found is not None
    assert found.id == 103
    order.saw([103])
    assert order.challenger({100, 101}) is None
    assert order.beside(101, 1, {100, 101}) == replace(clips[2], flag=Flag.REJECT)
    assert order.beside(101, -1, {100, 101}) == clips[3]


class Bench(QWidget):
    """A window with the view in it, answered as the program answers, and everything that was wished for."""

    def __init__(self, qtbot: QtBot, files: list[Path]) -> None:
        super().__init__()
        self.wishes = Wishes()
        self.view = Compare(self.wishes, files[0].parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.clips = takes()
        self.files = dict(zip([clip.id for clip in self.clips], [*files[:3], files[0]], strict=True))
        self.decoders = {str(file): Decoder(file) for file in files[:3]}
        self.judged: list[tuple[object, int, str]] = []
        self.asked: list[object] = []
        self.qtbot = qtbot
        wishes = self.wishes
        wishes.judge.connect(lambda *judged: self.judged.append(judged))
        wishes.trash.connect(lambda ids: self.asked.append(("trash", ids)))
        wishes.mark_range.connect(lambda *range_: self.asked.append(range_))
        wishes.takes_wanted.connect(lambda _clip: self.view.set_takes(self.clips))
        wishes.compare.connect(self.compare)
        wishes.frames_wanted.connect(self._answer)
        self.view.closed.connect(lambda: self.asked.append("closed"))

    def compare(self, ids: list[int]) -> None:
        by = {clip.id: clip for clip in self.clips}
        self.view.open([(by[one], self.files[one], times()) for one in ids])

    def open(self, *ids: int) -> None:
        self.compare(list(ids))
        self.settle()
        self.view.take_focus()

    def settle(self) -> None:
        pack = self.view.motion.pack
        self.qtbot.waitUntil(lambda: all(side.arrived for side in pack.sides) and not pack._arriving)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.view, key, modifier)

    def on_screen(self) -> list[int]:
        """The numbers that are painted."""
        count = len(self.view.clips)
        return [shown(panel.viewer.canvas) for panel in self.view.board.panels[:count]]

    def ids(self) -> list[int]:
        return [clip.id for clip in self.view.clips]

    def _answer(self, wanted: FramesWanted) -> None:
        self.view.frames(self.decoders[wanted.file].answer(wanted), wanted.file)


@pytest.fixture
def bench(qtbot: QtBot, files: list[Path]) -> Iterator[Bench]:
    made = Bench(qtbot, files)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    yield made
    made.view.shut()


def says(bench: Bench) -> str:
    return QAccessible.queryAccessibleInterface(bench.view.transport.time).text(QAccessible.Text.Name)


@pytest.mark.parametrize("ids", [(100, 101), (100, 101, 102), (100, 101, 102, 103)])
def test_what_is_painted_on_all_sides_has_one_number(bench: Bench, ids: tuple[int, ...]) -> None:
    bench.open(*ids)
    for key, modifier, number in (
        (Key.Key_Right, PLAIN, 1),
        (Key.Key_Right, SHIFT, 25),
        (Key.Key_Left, PLAIN, 24),
        (Key.Key_End, PLAIN, 120),
        (Key.Key_Home, PLAIN, 0),
    ):
        bench.press(key, modifier)
        bench.qtbot.waitUntil(lambda number=number: bench.view.motion.pack.position == number)  # type: ignore[misc]
        bench.settle()
        assert bench.on_screen() == [number] * len(ids)
        assert says(bench).endswith(f"frame {number}")
        assert bench.view.lanes.value() == number


def test_while_it_plays_what_is_painted_is_never_more_than_a_frame_apart(bench: Bench) -> None:
    bench.open(100, 101)
    bench.press(Key.Key_Space)
    pack, read = bench.view.motion.pack, []
    while pack.position < 40:
        with bench.qtbot.waitSignal(pack.pictured):
            read.append(bench.on_screen())
    assert max(abs(one - other) for one, other in read) <= 1
    assert len(read) > 20
    bench.press(Key.Key_K)
    bench.settle()
    assert bench.on_screen() == [pack.position] * 2


def test_letters_choose_the_side_that_keys_judge(bench: Bench) -> None:
    bench.open(100, 101, 102)
    bench.press(Key.Key_4)
    bench.press(Key.Key_B)
    assert bench.view.active == 1
    bench.press(Key.Key_P)
    bench.press(Key.Key_2)
    bench.press(Key.Key_U)
    bench.press(Key.Key_D)  # there is no such side
    assert bench.view.active == 1
    bench.press(Key.Key_C)
    bench.press(Key.Key_1)
    assert bench.judged == [(100, 4, ""), (101, 0, "pick"), (101, 2, "pick"), (101, 2, ""), (102, 1, "")]


def test_tab_goes_from_side_to_side_and_the_focus_is_the_active_one(bench: Bench) -> None:
    bench.open(100, 101)
    bench.press(Key.Key_Tab)
    assert bench.view.active == 1
    bench.press(Key.Key_Backtab, SHIFT)
    assert bench.view.active == 0
    QTest.mouseClick(bench.view.board.panels[1].viewer.canvas, Qt.MouseButton.LeftButton)
    assert bench.view.active == 1


def test_who_is_rejected_makes_room_for_the_next_take_and_the_winner_stays(bench: Bench) -> None:
    bench.open(100, 101)
    bench.press(Key.Key_B)
    bench.press(Key.Key_X)
    assert bench.judged == [(101, 0, "reject")]
    assert bench.ids() == [100, 102]
    bench.settle()
    bench.press(Key.Key_N)
    assert bench.ids() == [100, 103]
    bench.settle()
    bench.press(Key.Key_N)
    assert bench.ids() == [100, 103]  # every take has been seen
    bench.press(Key.Key_A)
    bench.press(Key.Key_P, SHIFT)
    assert bench.judged[-1] == (100, 0, "pick")


def test_pick_and_on_brings_a_rival_for_the_winner(bench: Bench) -> None:
    bench.open(100, 101)
    bench.press(Key.Key_P, SHIFT)
    assert bench.judged == [(100, 0, "pick")]
    assert bench.ids() == [100, 102]
    assert bench.view.active == 0


def test_up_and_down_go_through_the_takes_of_the_active_side(bench: Bench) -> None:
    bench.open(100, 101)
    bench.press(Key.Key_Down)
    assert bench.ids() == [102, 101]
    bench.settle()
    bench.press(Key.Key_Up)
    assert bench.ids() == [100, 101]


def test_a_take_is_put_onto_the_active_side_by_enter_or_onto_any_by_drag(bench: Bench) -> None:
    bench.open(100, 101)
    tray = bench.view.foot.tray
    assert tray.takes.rowCount() == 4
    tray.setFocus()
    tray.setCurrentIndex(tray.takes.index(3))
    bench.press(Key.Key_Return)
    assert bench.ids() == [103, 101]
    bench.settle()
    mime = tray.carried(bench.clips[0])
    assert mime.urls()
    spot, copy = QPointF(50, 50), Qt.DropAction.CopyAction
    drop = QDropEvent(spot, copy, mime, Qt.MouseButton.LeftButton, PLAIN)
    bench.view.board.panels[1].dropEvent(drop)
    assert bench.ids() == [103, 100]
    other = QMimeData()
    drags.put_clips(other, [103])
    drop = QDropEvent(spot, copy, other, Qt.MouseButton.LeftButton, PLAIN)
    bench.view.board.panels[1].dropEvent(drop)
    assert bench.ids() == [100, 103]  # who is on a side already changes places


def test_swap_changes_places_and_keeps_the_time(bench: Bench) -> None:
    bench.open(100, 101)
    bench.view.motion.seek(33)
    bench.settle()
    bench.view.header.swap.click()
    assert bench.ids() == [101, 100]
    assert bench.on_screen() == [33, 33]
    assert [side.file for side in bench.view.motion.pack.sides] == [str(bench.files[101]), str(bench.files[100])]


def test_a_wipe_shows_both_pictures_of_one_number_beside_its_line(bench: Bench) -> None:
    bench.open(100, 101)
    bench.press(Key.Key_W)
    assert bench.view.board.currentIndex() == WIPE
    bench.view.motion.seek(77)
    bench.settle()
    wipe = bench.view.board.wipe
    for value in (0, 1000):
        wipe.setValue(value)
        assert number_in(wipe.grab(wipe.area()).toImage()) == 77
    area = wipe.area()
    QTest.mousePress(wipe, Qt.MouseButton.LeftButton, pos=area.center())
    assert abs(wipe.value() - 500) < 5
    QTest.mouseRelease(wipe, Qt.MouseButton.LeftButton)
    bench.press(Key.Key_W)
    assert bench.view.board.currentIndex() == SIDES
    assert bench.on_screen() == [77, 77]


def test_in_and_out_are_the_active_sides_own(bench: Bench) -> None:
    bench.open(100, 101)
    bench.press(Key.Key_B)
    bench.view.motion.seek(24)
    bench.settle()
    bench.press(Key.Key_I)
    bench.view.motion.seek(48)
    bench.settle()
    bench.press(Key.Key_O)
    assert bench.asked == [(101, 24, -1), (101, 24, 48)]
    bench.view.transport.loop.click()
    assert bench.view.motion.pack._bounds() == (24, 48)
    bench.press(Key.Key_A)
    assert bench.view.motion.pack._bounds() == (0, 120)
    bench.press(Key.Key_B)
    bench.press(Key.Key_X, ALT)
    assert bench.asked[-1] == (101, -1, -1)


def test_escape_and_the_toggle_leave_and_nothing_plays_on_unseen(bench: Bench) -> None:
    bench.open(100, 101)
    bench.press(Key.Key_Escape)
    bench.view.header.toggle.click()
    assert bench.asked == ["closed", "closed"]
    assert bench.view.header.toggle.isChecked()
    bench.press(Key.Key_Space)
    bench.view.hide()
    assert not bench.view.motion.pack.sides
    bench.view.show()


def test_delete_trashes_the_active_take_and_the_next_one_comes(bench: Bench) -> None:
    bench.open(100, 101)
    bench.press(Key.Key_Delete)
    assert bench.asked == [("trash", [100])]
    assert bench.ids() == [102, 101]


def test_what_is_saved_elsewhere_is_shown(bench: Bench) -> None:
    bench.open(100, 101)
    bench.view.update_clip(replace(bench.clips[1], stars=5, flag=Flag.PICK))
    panel = bench.view.board.panels[1]
    assert panel.stars.value() == 5
    assert panel.pick.isChecked()


def test_buttons_judge_their_own_side(bench: Bench) -> None:
    bench.open(100, 101)
    panel = bench.view.board.panels[1]
    QTest.mouseClick(panel.pick, Qt.MouseButton.LeftButton)
    assert bench.judged == [(101, 0, "pick")]
    assert bench.view.active == 1


def test_what_differs_is_told_in_words(bench: Bench) -> None:
    begin = "The keeper climbs the last stairs of the lighthouse, "
    for index, words in enumerate(("blue hour", "green <dusk>")):
        recipe = replace(bench.clips[index].recipe, prompt=begin + words)
        bench.clips[index] = replace(bench.clips[index], recipe=recipe)
    bench.open(100, 101)
    told = [
        QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Name)
        for label in bench.view.foot.differs.findChildren(QLabel)
        if label.isVisibleTo(bench.view)
    ]
    assert "…stairs of the lighthouse, blue hour" in told
    assert "…stairs of the lighthouse, green <dusk>" in told
    assert "All else is the same" in told


def test_names_for_those_who_cannot_see(bench: Bench) -> None:
    bench.open(100, 101)
    names = {one.accessibleName() for one in bench.view.findChildren(QWidget) if one.isVisibleTo(bench)}
    assert {"Compare view", "Player A", "Player B", "Pick A", "Reject B", "Stars B", "Swap A and B", "Wipe"} <= names
    assert {"Play", "Previous frame", "Next frame", "Loop", "Set in", "Set out", "Speed", "Timeline"} <= names
    tray = bench.view.foot.tray
    said = tray.takes.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Take 2, on side B, ")


def child_of(parent: Clip, clip: Clip, use: Use = Use.FIRST_FRAME) -> Clip:
    frame = Reference("frame", "ff", ".png", clip=parent.id, frame=120)
    return replace(clip, recipe=replace(clip.recipe, references=(frame,), use=use))


@pytest.mark.parametrize("skip", [True, False])
def test_a_seam_plays_the_end_of_one_and_the_beginning_of_the_other(
    qtbot: QtBot, files: list[Path], skip: bool
) -> None:
    seam = Seam(owner := QWidget())
    seen: list[int] = []
    seam.pictured.connect(
        lambda picture, number: seen.append(
            number if number_in(picture.image(picture.size, fine=False)) == number % 121 else -1
        )
    )
    seam.open([(files[0], times()), (files[1], times())], -1, skip=skip)
    seam.play()
    qtbot.waitUntil(lambda: sum(after < before for before, after in pairwise(seen)) == 2, timeout=20_000)
    seam.close()
    begin = 121 + skip
    once = [*range(97, 121), *range(begin, begin + 24)]
    lap = [number for number, before in zip(seen, [-1, *seen], strict=False) if number != before]
    assert set(lap) <= set(once)
    assert [after for before, after in pairwise(lap) if before == 120] == [begin] * 2
    assert sorted(set(lap)) == lap[: len(set(lap))]
    assert len(set(lap)) >= len(once) - 4
    owner.deleteLater()


def playing(bench: Bench) -> Seam:
    seam = bench.view.motion.seam
    assert seam is not None
    return seam


def test_a_seam_is_offered_where_one_goes_on_from_the_other(bench: Bench) -> None:
    bench.open(100, 101)
    assert not bench.view.header.seam.isVisibleTo(bench)
    bench.clips[2] = child_of(bench.clips[0], bench.clips[2])
    bench.open(100, 102)
    header = bench.view.header
    assert header.seam.isVisibleTo(bench)
    assert not header.skip.isVisibleTo(bench)
    header.seam.click()
    assert bench.view.board.currentIndex() == SEAM
    assert header.skip.isVisibleTo(bench)
    seam = playing(bench)
    assert seam.played == (97, 121 + 24)
    bench.qtbot.waitUntil(lambda: seam.position > 121)
    bench.press(Key.Key_Space)
    assert shown(bench.view.board.seam.canvas) == seam.position - 121
    header.skip.click()
    assert playing(bench).played == (97, 121 + 23)
    header.seam.click()
    assert bench.view.motion.seam is None
    assert bench.view.board.currentIndex() == SIDES
    bench.settle()


def test_the_same_cast_repeats_no_frame(bench: Bench) -> None:
    bench.clips[2] = child_of(bench.clips[0], bench.clips[2], Use.REFERENCES)
    bench.open(102, 100)
    bench.view.play_seam()
    seam = bench.view.motion.seam
    assert seam is not None
    assert seam.played == (97, 121 + 23)
    assert not bench.view.header.skip.isVisibleTo(bench)
    bench.view.play_seam(on=False)


def test_both_clips_end_to_end() -> None:
    both = joined(times(3), times(2))
    assert len(both.times) == 5
    assert both.times[3] == 125_000


def test_flags_stand_left_and_stars_right_again_after_more_takes_were_compared(bench: Bench) -> None:
    bench.open(100, 101)
    panel = bench.view.board.panels[0]
    panel.set_compact(True)
    panel.set_compact(False)
    bench.qtbot.waitUntil(lambda: panel.stars.x() > panel.reject.geometry().right() + 40)
    assert panel.reject.x() - panel.pick.geometry().right() < 20
