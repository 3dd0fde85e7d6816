"""The loop between in and out: after the out frame comes the in frame, whatever the range and the direction."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.frames import FramesWanted
from seedance_desktop.ui.stage.deck import Deck
from seedance_desktop.ui.stage.picture import Picture
from seedance_desktop.ui.stage.rounds import Round
from tests.ui.test_stage_clips import Decoder, make_clip, number_in, times

SMALL = QSize(320, 180)


class Watch:
    """A deck with everything it showed."""

    def __init__(self, qtbot: QtBot, file: Path) -> None:
        self.deck = Deck()
        self.seen: list[int] = []
        self.asked: list[FramesWanted] = []
        self._decoder = Decoder(file)
        self.deck.pictured.connect(self._see)
        self.deck.wanted.connect(self._answer)
        self.deck.open(file, times())
        qtbot.waitUntil(lambda: self.deck.number == 0)
        self._qtbot = qtbot

    def go_to(self, number: int) -> None:
        self.deck.seek(number)
        self._qtbot.waitUntil(lambda: self.deck.number == number)
        self.seen = [number]

    def rounds(self, last: int, times_round: int) -> None:
        """Until a frame was shown so often."""
        self._qtbot.waitUntil(lambda: self.seen.count(last) >= times_round, timeout=20_000)

    def _answer(self, wanted: FramesWanted) -> None:
        self.asked.append(wanted)
        self.deck.frames(self._decoder.answer(wanted))

    def _see(self, picture: Picture, number: int) -> None:
        assert number_in(picture.image(SMALL, fine=False)) == number
        if not self.seen or self.seen[-1] != number:  # a frame may be shown again: stored first, then played
            self.seen.append(number)


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clips") / "numbered.mp4")


@pytest.fixture
def watch(qtbot: QtBot, numbered: Path) -> Iterator[Watch]:
    made = Watch(qtbot, numbered)
    yield made
    made.deck.shut()
    made.deck.deleteLater()


def turns(seen: list[int]) -> set[tuple[int, int]]:
    """Where what was shown did not go on to the next frame."""
    return {(one, other) for one, other in pairwise(seen) if other != one + 1}


@pytest.mark.parametrize("chosen", [(30, 42), (0, 9), (110, 120), (50, 51)])
def test_after_the_out_frame_comes_the_in_frame(qtbot: QtBot, watch: Watch, chosen: tuple[int, int]) -> None:
    watch.deck.set_looped(True)
    watch.deck.set_range(chosen)
    watch.go_to(chosen[0])
    watch.deck.play()
    watch.rounds(chosen[1], 3)
    watch.deck.pause()
    assert turns(watch.seen) == {(chosen[1], chosen[0])}
    assert set(watch.seen) <= set(range(chosen[0], chosen[1] + 1))


def test_one_frame_stands_still_in_its_loop(qtbot: QtBot, watch: Watch) -> None:
    watch.deck.set_looped(True)
    watch.deck.set_range((40, 40))
    watch.go_to(40)
    watch.deck.play()
    qtbot.wait(400)
    assert watch.seen == [40]
    assert watch.deck.moving == 1


def test_play_from_behind_the_range_begins_at_its_in_point(qtbot: QtBot, watch: Watch) -> None:
    watch.deck.set_looped(True)
    watch.deck.set_range((30, 42))
    for start in (42, 80):
        watch.go_to(start)
        watch.deck.play()
        qtbot.waitUntil(lambda: len(watch.seen) > 4)
        watch.deck.pause()
        assert watch.seen[:4] == [start, 30, 31, 32]


def test_play_from_before_the_range_goes_into_it(qtbot: QtBot, watch: Watch) -> None:
    watch.deck.set_looped(True)
    watch.deck.set_range((30, 36))
    watch.go_to(25)
    watch.deck.play()
    watch.rounds(36, 2)
    watch.deck.pause()
    assert turns(watch.seen) == {(36, 30)}


def test_without_the_loop_the_range_stops_nothing(qtbot: QtBot, watch: Watch) -> None:
    watch.deck.set_range((100, 110))
    watch.go_to(105)
    watch.deck.play()
    qtbot.waitUntil(lambda: watch.deck.moving == 0)
    assert watch.seen == list(range(105, 121))


def test_backward_the_in_frame_is_followed_by_the_out_frame(qtbot: QtBot, watch: Watch) -> None:
    watch.deck.set_looped(True)
    watch.deck.set_range((30, 40))
    watch.go_to(38)
    watch.deck.shuttle(-1)
    qtbot.waitUntil(lambda: watch.seen.count(30) >= 2)
    watch.deck.pause()
    begin = [*range(38, 29, -1), *range(40, 29, -1)]
    assert watch.seen[: len(begin)] == begin


def test_a_range_that_is_set_while_it_plays_counts_at_once(qtbot: QtBot, watch: Watch) -> None:
    watch.deck.set_looped(True)
    watch.deck.play()
    qtbot.waitUntil(lambda: watch.deck.number > 12)
    watch.deck.set_range((4, 10))
    watch.seen = []
    watch.rounds(10, 2)
    watch.deck.set_range(None)
    qtbot.waitUntil(lambda: watch.deck.number > 20)
    watch.deck.pause()
    assert turns(watch.seen[watch.seen.index(4) :]) == {(10, 4)}


def test_the_in_frame_is_fetched_before_it_is_needed(qtbot: QtBot, watch: Watch) -> None:
    watch.deck.set_looped(True)
    watch.deck.set_range((70, 90))
    watch.go_to(20)
    watch.deck.play()
    assert any(wanted.first <= 70 <= wanted.last for wanted in watch.asked)
    watch.deck.pause()


def test_the_way_of_a_round() -> None:
    one = Round()
    one.end = 120
    assert (one.first, one.last, one.narrow, one.back(0, 1)) == (0, 120, False, None)
    one.looped, one.chosen = True, (0, 120)
    assert not one.narrow  # the player itself goes round the whole clip, without a seam
    one.chosen = (30, 40)
    assert (one.first, one.last, one.narrow) == (30, 40, True)
    assert [one.over(number) for number in (29, 40, 41)] == [False, False, True]
    assert [one.back(number, 4) for number in (40, 32, 30, 29, 2, 0)] == [36, 30, 40, 25, 0, 40]


def test_scrubbing_shows_pictures_on_the_way(qtbot: QtBot, numbered: Path) -> None:
    """The hand moves faster than the player finds: it is never sent on before it has shown something."""
    deck, seen = Deck(), []
    deck.open(numbered, times())
    qtbot.waitUntil(lambda: deck.number == 0)
    deck.pictured.connect(lambda picture, number: seen.append((number, number_in(picture.image(SMALL, fine=False)))))
    deck.scrub(True)
    for number in range(4, 120, 4):
        deck.seek(number)
        qtbot.wait(8)
    deck.scrub(False)
    qtbot.waitUntil(lambda: deck.number == 116)
    assert len(seen) > 3
    assert all(said == painted for said, painted in seen)
    assert [said for said, _ in seen] == sorted(said for said, _ in seen)
    deck.shut()
    deck.deleteLater()
