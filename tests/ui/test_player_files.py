"""Every kind of file: the frame asked for is the one in the picture, and it is upright, stepped to and played."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.frames import FramesWanted, Timeline
from seedance_desktop.media import clips, frames
from seedance_desktop.ui.stage.deck import Deck
from seedance_desktop.ui.stage.picture import Picture
from tests.media import making
from tests.media.conftest import KINDS

pytestmark = pytest.mark.qt_log_ignore("PulseAudioService", "No RHI backend", extend=True)

OPEN = {"codec": "libx265", "options": {"x265-params": "open-gop=1:log-level=none:bframes=3:keyint=8"}}
FILES: dict[str, tuple[dict[str, Any], int]] = {  # how it is made, and the number that its first picture carries
    **{kind: (KINDS[kind], 0) for kind in ("audio", "long", "hevc", "vfr", "left", "right", "head-down", "fragments")},
    "open": (OPEN, 0),
    "square": ({"size": (240, 240)}, 0),
    "sound before picture": ({"times": [(number + 9) * 1000 for number in range(48)], "audio": True}, 0),
    "edit list": (
        {
            "times": [(number - 6) * 1000 for number in range(54)],
            "frames": 54,
            "muxer": {"avoid_negative_ts": "disabled"},
        },
        6,
    ),
}


class Watch:
    """A deck over a file, with every number that it said and every one that was in the picture."""

    def __init__(self, qtbot: QtBot, file: Path) -> None:
        self.file, self.timeline = file, clips.timeline(file)
        self.deck = Deck()
        self.seen: list[tuple[int, int]] = []
        self._qtbot = qtbot
        self.deck.pictured.connect(self._see)
        self.deck.wanted.connect(self._answer)
        self.deck.open(file, self.timeline)
        self.until(0)

    def until(self, number: int) -> None:
        """Until this frame is on screen."""
        self._qtbot.waitUntil(lambda: self.deck.number == number)

    def _see(self, picture: Picture, number: int) -> None:
        self.seen.append((number, _carried(picture.image(picture.size, fine=True))))

    def _answer(self, wanted: FramesWanted) -> None:
        self.deck.frames(list(frames.frames(self.file, wanted.first, wanted.last)))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("files")
    return {kind: making.clip(folder / f"{kind}.mp4", **how) for kind, (how, _) in FILES.items()}


@pytest.fixture
def watch(qtbot: QtBot, made: dict[str, Path], request: pytest.FixtureRequest) -> Iterator[Watch]:
    watched = Watch(qtbot, made[request.param])
    yield watched
    watched.deck.shut()
    watched.deck.deleteLater()


@pytest.mark.parametrize(("watch", "first"), [(kind, first) for kind, (_, first) in FILES.items()], indirect=["watch"])
def test_stepped_to_and_played_from_there(qtbot: QtBot, watch: Watch, first: int) -> None:
    dice, last = random.Random(3), watch.deck.last
    for _ in range(12):
        number = dice.choice((dice.randrange(last), max(0, watch.deck.number - 1), min(last, watch.deck.number + 1)))
        watch.deck.seek(number)
        watch.until(number)
    watch.deck.seek(last // 2)
    watch.until(last // 2)
    watch.deck.play()
    qtbot.waitUntil(lambda: watch.deck.number > last // 2 + 6)
    watch.deck.pause()
    assert all(painted == said + first for said, painted in watch.seen), watch.seen


@pytest.mark.parametrize("watch", ["open"], indirect=True)
def test_a_file_that_lets_in_at_key_frames_only_still_plays_from_the_frame_on_screen(
    qtbot: QtBot, watch: Watch
) -> None:
    for number in (13, 21, 30):  # behind a key frame in the file, before it in time
        watch.deck.seek(number)
        watch.until(number)
        watch.seen.clear()
        watch.deck.play()
        qtbot.waitUntil(lambda: len(watch.seen) >= 4)
        watch.deck.pause()
        said = [one for one, _ in watch.seen]
        assert said[0] in (number, number + 1)
        assert said == sorted(said)


@pytest.mark.parametrize("watch", ["vfr"], indirect=True)
def test_the_player_alone_finds_frames_of_different_lengths(qtbot: QtBot, watch: Watch) -> None:
    watch.deck.wanted.disconnect()
    for number in (1, 2, 5, 6, 9, 14, 22, 31):
        watch.deck.seek(number)
        watch.until(number)
    assert all(said == painted for said, painted in watch.seen)


@pytest.mark.qt_log_ignore("AV1", extend=True)
def test_a_codec_that_this_machine_cannot_decode_is_said_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    file = making.clip(tmp_path / "av1.mp4", codec="libsvtav1", options={"preset": "12"})
    deck, seen = Deck(), []
    deck.pictured.connect(lambda _picture, number: seen.append(number))
    with qtbot.waitSignal(deck.failed):
        deck.open(file, clips.timeline(file))
    assert not seen
    deck.shut()
    deck.deleteLater()


def test_where_to_aim_at_even_and_uneven_frames() -> None:
    even = Timeline((0, 40_000, 80_000), 25.0)
    assert [even.aim(number) for number in range(3)] == [even.middle(number) for number in range(3)]
    uneven = Timeline((0, 20_000, 100_000), 20.0)  # the player takes each to be 50 ms long
    assert [uneven.aim(number) for number in range(3)] == [25_000, 60_000, 110_000]


def _carried(image: QImage) -> int:
    side = making.block(image.width())
    lit = (image.pixelColor(bit * side + side // 2, side // 2).lightness() > 128 for bit in range(making.BITS))
    return sum(one << bit for bit, one in enumerate(lit))


def test_upright_pictures_have_the_size_of_their_clip(qtbot: QtBot, made: dict[str, Path]) -> None:
    sizes: list[QSize] = []
    deck = Deck()
    deck.pictured.connect(lambda picture, _number: sizes.append(picture.size))
    deck.open(made["left"], clips.timeline(made["left"]))
    qtbot.waitUntil(lambda: deck.number == 0)
    assert sizes == [QSize(180, 320)]
    deck.shut()
    deck.deleteLater()
