"""Thumbnails that play under the mouse: asked for once, chosen by its place, bounded, gone when it goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedance_desktop.ui import background, theme
from seedance_desktop.ui.shelf.card import card_box, poster_box
from seedance_desktop.ui.shelf.hover import Hover
from tests.ui.test_making_clips import Heard, clip
from tests.ui.test_shelf import Bench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less

SIZE = QSize(160, 90)
COLOURS = ("#ff0000", "#00ff00", "#0000ff", "#ffffff")


def jpeg(colour: str, size: QSize = SIZE) -> bytes:
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(b"jpeg")).write(image)
    return bytes(buffer.data().data())


PICTURES = [jpeg(colour) for colour in COLOURS]


@pytest.fixture
def still() -> Iterator[None]:
    """Reduced motion: nothing moves but by the hand, so that a test can look."""
    theme.set_reduced_motion(True)
    yield
    theme.set_reduced_motion(False)


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Bench:
    return Bench(qtbot, tmp_path, [clip(id=number, file=f"clips/{number}.mp4") for number in (11, 12)])


def move(bench: Bench, row: int, share: float, buttons: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    poster = poster_box(card_box(bench.grid.visualRect(bench.model.index(row))))
    at = QPointF(poster.left() + poster.width() * share, poster.center().y())
    view = bench.grid.viewport()
    whole = QPointF(view.mapToGlobal(at.toPoint()))
    moved = QMouseEvent(
        QEvent.Type.MouseMove, at, whole, Qt.MouseButton.NoButton, buttons, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(view, moved)


def middle(bench: Bench, row: int) -> str:
    """The colour in the middle of a poster, as a JPEG keeps it."""
    poster = poster_box(card_box(bench.grid.visualRect(bench.model.index(row))))
    seen = bench.grid.viewport().grab().toImage().pixelColor(poster.center().toPoint())
    return QColor(*(255 * (part > 127) for part in (seen.red(), seen.green(), seen.blue()))).name()


def test_a_card_under_the_mouse_asks_for_its_pictures_once(bench: Bench) -> None:
    asked = Heard(bench.wishes.hover_wanted)
    with bench.qtbot.waitSignal(bench.wishes.hover_wanted):
        move(bench, 0, 0.5)
    move(bench, 1, 0.5)
    with bench.qtbot.waitSignal(bench.wishes.hover_wanted):
        move(bench, 1, 0.6)
    move(bench, 0, 0.5)
    bench.qtbot.waitUntil(lambda: not bench.grid.hover._wait.isActive())
    assert asked.all == [11, 12]


def test_passing_over_a_card_asks_nothing(bench: Bench) -> None:
    asked = Heard(bench.wishes.hover_wanted)
    move(bench, 0, 0.5)
    QApplication.sendEvent(bench.grid, QEvent(QEvent.Type.Leave))
    assert not bench.grid.hover._wait.isActive()
    move(bench, 0, 0.5, Qt.MouseButton.LeftButton)  # a drag
    assert not bench.grid.hover._wait.isActive()
    assert not asked.all


def test_the_place_of_the_mouse_chooses_the_picture(bench: Bench, still: None) -> None:
    with bench.qtbot.waitSignal(bench.wishes.hover_wanted):
        move(bench, 0, 0.1)
    with bench.qtbot.waitSignal(bench.grid.hover.changed):
        bench.shelf.hover(11, PICTURES)
    for share, colour in ((0.1, 0), (0.3, 1), (0.6, 2), (0.99, 3), (0.05, 0)):
        move(bench, 0, share)
        assert middle(bench, 0) == COLOURS[colour]
    assert middle(bench, 1) == "#000000"  # near-black: the other card has no poster
    QApplication.sendEvent(bench.grid, QEvent(QEvent.Type.Leave))
    assert middle(bench, 0) == "#000000"


def test_it_plays_on_by_itself_in_a_loop(bench: Bench) -> None:
    with bench.qtbot.waitSignal(bench.wishes.hover_wanted):
        move(bench, 0, 0.9)
    with bench.qtbot.waitSignal(bench.grid.hover.changed):
        bench.shelf.hover(11, PICTURES)
    bench.qtbot.waitUntil(lambda: middle(bench, 0) == COLOURS[0])
    bench.qtbot.waitUntil(lambda: middle(bench, 0) == COLOURS[2])
    bench.grid.verticalScrollBar().valueChanged.emit(1)  # scrolled away
    assert middle(bench, 0) == "#000000"
    assert not bench.grid.hover._beat.isActive()


def test_with_reduced_motion_nothing_moves_by_itself(bench: Bench, still: None) -> None:
    with bench.qtbot.waitSignal(bench.wishes.hover_wanted):
        move(bench, 0, 0.1)
    with bench.qtbot.waitSignal(bench.grid.hover.changed):
        bench.shelf.hover(11, PICTURES)
    hover = bench.grid.hover
    assert not hover._rest.isActive()
    assert not hover._beat.isActive()
    assert middle(bench, 0) == COLOURS[0]


def test_pictures_that_come_too_late_wait_for_the_next_time(bench: Bench, still: None) -> None:
    asked = Heard(bench.wishes.hover_wanted)
    with bench.qtbot.waitSignal(bench.wishes.hover_wanted):
        move(bench, 0, 0.1)
    QApplication.sendEvent(bench.grid, QEvent(QEvent.Type.Leave))
    with bench.qtbot.waitSignal(background._carrier().arrived):
        bench.shelf.hover(11, PICTURES)
    assert middle(bench, 0) == "#000000"
    with bench.qtbot.waitSignal(bench.grid.hover.changed):
        move(bench, 0, 0.3)
    assert middle(bench, 0) == COLOURS[1]
    assert asked.all == [11]


@pytest.mark.qt_log_ignore("JPEG", extend=True)
@pytest.mark.parametrize("pictures", [[], [b"", b"no picture", PICTURES[0][:40]]])
def test_what_cannot_be_shown_leaves_the_poster(bench: Bench, pictures: list[bytes]) -> None:
    with bench.qtbot.waitSignal(bench.wishes.hover_wanted):
        move(bench, 0, 0.1)
    with bench.qtbot.waitSignal(bench.grid.hover.changed):
        bench.shelf.hover(11, pictures)
    assert middle(bench, 0) == "#000000"


def test_the_pictures_are_bounded_and_as_large_as_the_card(qtbot: QtBot) -> None:
    hover = Hover(limit=100_000)
    hover.over(1, 0.5, QSize(80, 45))
    for number in range(1, 9):
        with qtbot.waitSignal(background._carrier().arrived):
            hover.set_pictures(number, [jpeg("#ff0000", QSize(640, 360))] * 2)
    assert 8 in hover._kept
    assert 1 not in hover._kept
    assert hover._bytes <= 100_000
    assert {image.size() for images in hover._kept.values() for image in images} == {QSize(80, 45)}
    hover.forget()
    assert (hover._bytes, hover._kept) == (0, {})
    hover.deleteLater()


def test_pictures_of_another_library_are_not_kept(bench: Bench, tmp_path: Path) -> None:
    hover = bench.grid.hover
    with bench.qtbot.waitSignal(background._carrier().arrived):
        hover.set_pictures(11, PICTURES)
        bench.shelf.set_library(tmp_path / "other")
    assert not hover._kept
