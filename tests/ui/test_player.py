"""The deck: the picture shown, its number and what was asked for are the same, however it is moved."""

from __future__ import annotations

import gc
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.frames import Frame, FramesWanted, Timeline
from seedance_desktop.ui.stage.deck import Deck
from seedance_desktop.ui.stage.picture import Picture
from seedance_desktop.ui.stage.player import Player
from seedance_desktop.ui.stage.store import FrameStore
from tests.ui.test_stage_clips import Decoder, make_clip, number_in, times

UNREADABLE = "Could not open media"
SMALL = QSize(320, 180)


class Watch:
    """A deck with everything it showed."""

    def __init__(self, qtbot: QtBot) -> None:
        self.deck = Deck()
        self.seen: list[tuple[int, int]] = []  # number said, number in the picture
        self.failed = 0
        self.deck.pictured.connect(self._see)
        self.deck.failed.connect(self._fail)
        self._qtbot = qtbot

    def open(self, file: Path) -> None:
        self.deck.open(file, times())
        self._qtbot.waitUntil(lambda: self.deck.number == 0)

    def answer_by(self, decoder: Decoder) -> None:
        self.deck.wanted.connect(lambda wanted: self.deck.frames(decoder.answer(wanted)))

    def _see(self, picture: Picture, number: int) -> None:
        self.seen.append((number, number_in(picture.image(SMALL, fine=False))))

    def _fail(self) -> None:
        self.failed += 1


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clips") / "numbered.mp4")


@pytest.fixture
def watch(qtbot: QtBot) -> Iterator[Watch]:
    made = Watch(qtbot)
    yield made
    made.deck.shut()
    made.deck.deleteLater()


@pytest.mark.parametrize("answered", [True, False])
def test_stepping_shows_exactly_the_frame_asked_for(qtbot: QtBot, watch: Watch, numbered: Path, answered: bool) -> None:
    if answered:
        watch.answer_by(Decoder(numbered))
    watch.open(numbered)
    assert watch.seen[0] == (0, 0)
    dice, expected = random.Random(7), 0
    for _ in range(60):
        step = dice.choice([1, 1, 1, -1, -1, -1, 24, -24, 5, -7])
        expected = max(0, min(120, expected + step))
        watch.deck.step(step)
        qtbot.waitUntil(lambda wanted=expected: watch.deck.number == wanted)  # type: ignore[misc]
        assert watch.seen[-1] == (expected, expected)
    assert all(said == painted for said, painted in watch.seen)


def test_steps_add_up_even_when_no_picture_has_come_yet(qtbot: QtBot, watch: Watch, numbered: Path) -> None:
    watch.open(numbered)
    for _ in range(10):
        watch.deck.step(1)
    qtbot.waitUntil(lambda: watch.deck.number == 10)
    assert watch.seen[-1] == (10, 10)


def test_stepping_there_and_back_before_the_player_follows(qtbot: QtBot, watch: Watch, numbered: Path) -> None:
    watch.open(numbered)
    watch.deck.step(1)
    watch.deck.step(-1)
    qtbot.wait(300)
    assert watch.deck.number == 0
    watch.deck.play()
    qtbot.waitUntil(lambda: watch.deck.number > 3)
    numbers = [number for number, _ in watch.seen]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("answered", [True, False])
def test_play_goes_on_from_exactly_the_frame_that_was_stepped_to(
    qtbot: QtBot, watch: Watch, numbered: Path, answered: bool
) -> None:
    if answered:
        watch.answer_by(Decoder(numbered))
    watch.open(numbered)
    for target in (60, 31, 90):
        watch.deck.seek(target)
        qtbot.waitUntil(lambda wanted=target: watch.deck.number == wanted)  # type: ignore[misc]
        watch.deck.step(5)  # played on from at once, before the player has followed
        qtbot.waitUntil(lambda wanted=target + 5: watch.deck.number == wanted)  # type: ignore[misc]
        watch.seen.clear()
        watch.deck.play()
        qtbot.waitUntil(lambda: len(watch.seen) > 5)
        watch.deck.pause()
        numbers = [said for said, _ in watch.seen]
        assert numbers[0] in (target + 5, target + 6)
        assert numbers == sorted(numbers)
        assert all(said == painted for said, painted in watch.seen)


def test_a_step_while_playing_stands_still_beside_the_last_picture(qtbot: QtBot, watch: Watch, numbered: Path) -> None:
    watch.open(numbered)
    watch.deck.play()
    qtbot.waitUntil(lambda: watch.deck.number > 5)
    begin = watch.deck.number
    watch.deck.step(1)
    qtbot.waitUntil(lambda: watch.deck.number == begin + 1)
    qtbot.wait(200)
    assert watch.deck.moving == 0
    assert watch.seen[-1] == (begin + 1, begin + 1)


class Late:
    """A picture that the player shows when nobody asked for it any more."""

    def __init__(self, number: int) -> None:
        self._time = round(number * 1_000_000 / 24)

    def startTime(self) -> int:
        return self._time

    def size(self) -> QSize:
        return SMALL

    def rotation(self) -> object:
        return type("Rotation", (), {"value": 0})

    def surfaceFormat(self) -> object:
        return type("Format", (), {"rotation": self.rotation})


def test_a_picture_that_comes_late_does_not_replace_the_one_asked_for(
    qtbot: QtBot, watch: Watch, numbered: Path
) -> None:
    watch.answer_by(Decoder(numbered))
    watch.open(numbered)
    watch.deck.seek(40)
    qtbot.waitUntil(lambda: watch.deck.number == 40)
    player = watch.deck.findChild(Player)
    assert player is not None
    watch.deck.pictured.disconnect()
    for late in (38, 39, 41, 0):
        player.framed.emit(Late(late))
        assert watch.deck.number == 40
    qtbot.wait(200)  # the player has followed
    player.framed.emit(Late(39))
    assert watch.deck.number == 40


def test_a_picture_on_the_way_to_another_one_is_not_shown(qtbot: QtBot, watch: Watch, numbered: Path) -> None:
    watch.open(numbered)
    player = watch.deck.findChild(Player)
    assert player is not None
    watch.deck.seek(40)
    player.framed.emit(Late(38))
    assert watch.deck.number == 0
    qtbot.waitUntil(lambda: watch.deck.number == 40)


def test_what_nobody_answered_is_asked_for_again(
    qtbot: QtBot, watch: Watch, numbered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[FramesWanted] = []
    watch.deck.wanted.connect(asked.append)
    watch.open(numbered)
    watch.deck.seek(60)
    watch.deck.seek(61)
    assert asked == [FramesWanted(str(numbered), 59, 72)]
    monkeypatch.setattr("seedance_desktop.ui.stage.deck._UNANSWERED", 1)
    qtbot.wait(5)
    watch.deck.seek(62)
    assert asked[1:] == [FramesWanted(str(numbered), 61, 74)]


def test_a_player_that_finds_another_frame_is_shown_with_that_frames_number(
    qtbot: QtBot, watch: Watch, numbered: Path
) -> None:
    watch.open(numbered)
    sparse = Timeline(
        tuple(round(number * 1_000_000 / 48) for number in range(241)), 48.0
    )  # twice as many as there are
    watch.deck.retime(sparse)
    watch.deck.seek(61)
    qtbot.waitUntil(lambda: watch.deck.number == 60)
    assert watch.seen[-1] == (60, 30)


def test_the_end_keeps_the_last_picture(qtbot: QtBot, watch: Watch, numbered: Path) -> None:
    watch.open(numbered)
    watch.deck.seek(112)
    watch.deck.play()
    qtbot.waitUntil(lambda: watch.deck.moving == 0)
    qtbot.wait(300)
    assert watch.seen[-1] == (120, 120)
    watch.deck.step(-1)
    qtbot.waitUntil(lambda: watch.deck.number == 119)
    assert watch.seen[-1] == (119, 119)


def test_play_at_the_end_begins_again(qtbot: QtBot, watch: Watch, numbered: Path) -> None:
    watch.open(numbered)
    watch.deck.seek(120)
    qtbot.waitUntil(lambda: watch.deck.number == 120)
    watch.seen.clear()
    watch.deck.play()
    qtbot.waitUntil(lambda: len(watch.seen) > 3)
    assert [said for said, _ in watch.seen][:2] in ([0, 1], [1, 2])


def test_a_loop_goes_round(qtbot: QtBot, watch: Watch, numbered: Path) -> None:
    watch.open(numbered)
    watch.deck.set_looped(True)
    watch.deck.seek(114)
    qtbot.waitUntil(lambda: watch.deck.number == 114)
    watch.deck.play()
    qtbot.waitUntil(lambda: watch.deck.number == 3)
    assert watch.deck.moving == 1
    watch.deck.pause()
    assert all(said == painted for said, painted in watch.seen)


@pytest.mark.parametrize("answered", [True, False])
def test_backwards_shows_every_frame_in_order(qtbot: QtBot, watch: Watch, numbered: Path, answered: bool) -> None:
    if answered:
        watch.answer_by(Decoder(numbered))
    watch.open(numbered)
    watch.deck.seek(14)
    qtbot.waitUntil(lambda: watch.deck.number == 14)
    watch.seen.clear()
    watch.deck.shuttle(-1)
    assert watch.deck.moving == -1
    qtbot.waitUntil(lambda: watch.deck.number == 0 and watch.deck.moving == 0)
    assert watch.seen == [(number, number) for number in range(13, -1, -1)]


def test_shuttle_gets_faster_with_each_press_and_forgets_it_at_the_stop(
    qtbot: QtBot, watch: Watch, numbered: Path
) -> None:
    watch.open(numbered)
    speeds = []
    for _ in range(4):
        watch.deck.shuttle(1)
        speeds.append(watch.deck.speed)
    assert speeds == [1.0, 2.0, 4.0, 4.0]
    watch.deck.pause()
    assert watch.deck.speed == 1.0


@pytest.mark.qt_log_ignore(UNREADABLE, extend=True)
def test_fifty_clips_opened_one_after_another(qtbot: QtBot, watch: Watch, numbered: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"\0\0\0\x18ftypisom" + bytes(300))
    other = make_clip(tmp_path / "other.mp4", 180, 320, 30)
    sizes: list[tuple[Path, QSize]] = []
    opened = numbered
    watch.deck.pictured.connect(lambda picture, _number: sizes.append((opened, picture.size)))
    for turn in range(50):
        opened = (numbered, other, broken)[turn % 3 if turn < 40 else turn % 2]
        watch.deck.open(opened, times())
        qtbot.wait((0, 20, 1, 3)[turn % 4])
    assert {(file, size.toTuple()) for file, size in sizes} <= {(numbered, (320, 180)), (other, (180, 320))}
    watch.deck.open(numbered, times())
    watch.seen.clear()
    qtbot.waitUntil(lambda: watch.deck.number == 0)
    watch.deck.step(3)
    qtbot.waitUntil(lambda: watch.deck.number == 3)
    assert watch.seen[-1] == (3, 3)


@pytest.mark.qt_log_ignore(UNREADABLE, extend=True)
def test_a_file_that_is_no_video_is_told_at_once(qtbot: QtBot, watch: Watch, tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"not a video at all" * 100)
    watch.deck.open(broken, times())
    qtbot.waitUntil(lambda: watch.failed == 1)
    assert not watch.seen


@pytest.mark.qt_log_ignore("PulseAudioService", extend=True)
def test_sound_without_a_loudspeaker_does_not_matter(qtbot: QtBot, watch: Watch, tmp_path: Path) -> None:
    watch.open(make_clip(tmp_path / "sound.mp4", 160, 90, 30, audio=True))
    watch.deck.set_volume(0.4, False)
    watch.deck.play()
    qtbot.waitUntil(lambda: watch.deck.number > 5)
    watch.deck.set_volume(0.8, True)


def test_closing_lets_go_of_the_file_and_shows_nothing_more(qtbot: QtBot, watch: Watch, numbered: Path) -> None:
    watch.open(numbered)
    watch.deck.play()
    qtbot.waitUntil(lambda: watch.deck.number > 2)
    watch.deck.close()
    watch.seen.clear()
    qtbot.wait(200)
    assert not watch.seen
    gc.collect()


def _frame(number: int, size: int = 1000) -> Frame:
    return Frame(number, number * 41_667, 20, 20, (bytes(size), b"", b""), (20, 10, 10))


def test_the_store_stays_within_its_bytes_and_keeps_what_was_used_last() -> None:
    store = FrameStore(5000)
    for number in range(5):
        store.put(_frame(number))
    store.get(0)
    store.put(_frame(9))
    assert store.held == 5000
    assert store.get(0) is not None
    assert store.get(1) is None
    store.put(_frame(9))
    assert store.held == 5000


def test_the_store_asks_ahead_in_the_direction_of_travel_and_only_once() -> None:
    store = FrameStore()
    assert store.ask(50, False, 120) == (49, 62)
    assert store.ask(51, False, 120) is None
    assert store.ask(50, True, 120) == (26, 48)
    store.forget()
    assert store.ask(119, False, 120) == (118, 120)
    wanted = FramesWanted("", 118, 120)
    for number in range(wanted.first, wanted.last + 1):
        store.put(_frame(number))
    store.forget()
    assert store.ask(120, False, 120) is None
