"""The size of the picture: fitted, at 100 % pixel for pixel, larger, and moved about."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedance_desktop.ui.stage.zoom import FIT, Zoom
from tests.ui.test_stage import NARROW, WIDE, Bench
from tests.ui.test_stage_clips import clip_of, make_clip

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
HD = (1280, 720)
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clips") / "large.mp4", *HD, 12)


@pytest.fixture
def bench(qtbot: QtBot, large: Path) -> Iterator[Bench]:
    made = Bench(qtbot)
    qtbot.addWidget(made)
    made.resize(*WIDE)
    made.show()
    qtbot.waitExposed(made)
    made.open(large, clip_of(*HD, 12))
    yield made
    made.stage.shut()


def test_z_goes_to_100_per_cent_and_back(bench: Bench) -> None:
    viewer = bench.stage.viewer
    fitted = viewer.canvas.geometry()
    bench.press(Key.Key_Z)
    assert viewer.canvas.size() == QSize(*HD)
    assert (viewer.canvas.geometry().center() - viewer.rect().center()).manhattanLength() <= 2
    assert bench.stage.transport.zoom.currentText() == "100 %"
    bench.press(Key.Key_Z)
    assert viewer.canvas.geometry() == fitted
    assert bench.stage.transport.zoom.currentText() == "Fit"


def test_control_with_plus_minus_and_0(bench: Bench) -> None:
    viewer, seen = bench.stage.viewer, []
    fitted = viewer.canvas.geometry()
    for key in (Key.Key_Plus, Key.Key_Equal, Key.Key_Plus, Key.Key_Minus, Key.Key_0):
        bench.press(key, CONTROL)
        seen.append(viewer.zoom)
    assert seen == [2 / 3, 1.0, 1.5, 1.0, FIT]
    bench.press(Key.Key_Plus, CONTROL)
    bench.press(Key.Key_Minus, CONTROL)
    assert viewer.zoom == FIT
    assert viewer.canvas.geometry() == fitted
    assert not bench.judged  # Ctrl+0 is no verdict


def test_the_wheel_with_control_keeps_what_is_under_the_pointer(bench: Bench) -> None:
    viewer = bench.stage.viewer
    spot = QPoint(500, 300)

    def under() -> tuple[float, float]:
        place = viewer.canvas.geometry()
        return (spot.x() - place.x()) / place.width(), (spot.y() - place.y()) / place.height()

    before = under()
    for _ in range(4):
        _wheel(bench, spot, 120, CONTROL)
        assert under() == pytest.approx(before, abs=0.003)
    assert viewer.zoom > 1.3
    text = bench.stage.transport.zoom.currentText()
    assert text == f"{round(viewer.zoom * 100)} %"
    for _ in range(8):
        _wheel(bench, spot, -120, CONTROL)
    assert viewer.zoom == FIT  # not smaller than all of it
    assert bench.stage.transport.zoom.count() == 3
    _wheel(bench, spot, 120, Qt.KeyboardModifier.NoModifier)
    assert viewer.zoom == FIT


def test_the_middle_button_moves_the_picture_as_far_as_there_is_more_of_it(bench: Bench) -> None:
    viewer = bench.stage.viewer
    bench.press(Key.Key_Z)
    before = viewer.canvas.pos()
    _drag(bench, Qt.MouseButton.MiddleButton, QPoint(40, 25))
    assert viewer.canvas.pos() - before == QPoint(40, 25)
    _drag(bench, Qt.MouseButton.MiddleButton, QPoint(3000, 3000))
    assert viewer.canvas.pos() == QPoint(0, 0)
    _drag(bench, Qt.MouseButton.MiddleButton, QPoint(-3000, -3000))
    assert viewer.canvas.geometry().bottomRight() == viewer.rect().bottomRight()


def test_space_held_moves_and_space_alone_plays(qtbot: QtBot, bench: Bench) -> None:
    viewer, deck = bench.stage.viewer, bench.stage.deck
    bench.press(Key.Key_Z)
    before = viewer.canvas.pos()
    dragged: list[object] = []
    viewer.dragged.connect(dragged.append)
    QTest.keyPress(viewer.canvas, Key.Key_Space)
    _drag(bench, Qt.MouseButton.LeftButton, QPoint(-30, 10))
    QTest.keyRelease(viewer.canvas, Key.Key_Space)
    assert viewer.canvas.pos() - before == QPoint(-30, 10)
    assert deck.moving == 0
    assert not dragged
    QTest.keyClick(viewer.canvas, Key.Key_Space)
    assert deck.moving == 1
    QTest.keyClick(viewer.canvas, Key.Key_Space)
    assert deck.moving == 0


def test_fitted_there_is_nothing_to_move_and_space_plays_at_once(bench: Bench) -> None:
    viewer = bench.stage.viewer
    before = viewer.canvas.pos()
    _drag(bench, Qt.MouseButton.MiddleButton, QPoint(40, 25))
    assert viewer.canvas.pos() == before
    QTest.keyPress(viewer.canvas, Key.Key_Space)
    assert bench.stage.deck.moving == 1
    QTest.keyRelease(viewer.canvas, Key.Key_Space)
    assert bench.stage.deck.moving == 1


def test_the_menu_chooses_and_another_clip_keeps_size_and_place(qtbot: QtBot, bench: Bench, large: Path) -> None:
    viewer, box = bench.stage.viewer, bench.stage.transport.zoom
    box.setCurrentIndex(2)
    box.activated.emit(2)
    assert viewer.zoom == 2.0
    viewer.pan(QPointF(200, 100))
    place = viewer.canvas.geometry()
    bench.open(large, clip_of(*HD, 12))
    assert viewer.canvas.geometry() == place


def test_a_double_click_is_full_screen_and_keeps_the_size(qtbot: QtBot, bench: Bench) -> None:
    viewer = bench.stage.viewer
    bench.press(Key.Key_Z)
    QTest.mouseDClick(viewer.canvas, Qt.MouseButton.LeftButton, pos=viewer.canvas.mapFrom(viewer, QPoint(100, 100)))
    assert viewer.window() is not bench
    assert viewer.zoom == 1.0
    bench.press(Key.Key_F)
    assert viewer.window() is bench


def test_where_there_is_no_room_the_menu_is_left_out_and_the_keys_stay(bench: Bench) -> None:
    bench.resize(500, 640)
    assert not bench.stage.transport.zoom.isVisible()
    bench.press(Key.Key_Z)
    assert bench.stage.viewer.zoom == 1.0
    bench.resize(*NARROW)
    assert bench.stage.transport.zoom.isVisible()
    assert bench.stage.transport.zoom.currentText() == "100 %"


def test_a_small_picture_may_be_smaller_than_its_view() -> None:
    zoom, view = Zoom(), QSize(1000, 800)
    small = QSize(200, 200)
    zoom.change(1.0, QPointF(0, 0), small, view, 1.0)
    assert zoom.scale == 1.0
    assert zoom.rect(small, view, 1.0).center() == QPointF(500, 400)
    zoom.move(QPointF(50, 50), small, view, 1.0)
    assert zoom.rect(small, view, 1.0).center() == QPointF(500, 400)
    assert zoom.step(1, small, view, 1.0) == 1.5


@pytest.mark.parametrize("ratio", ["1", "1.25", "1.5", "1.75", "2"])
def test_at_100_per_cent_every_pixel_is_the_pictures_own(ratio: str) -> None:
    """In a child: the ratio between device and logical pixels is Qt's for a whole process."""
    env = {**os.environ, "QT_SCALE_FACTOR": ratio, "QT_QPA_PLATFORM": "offscreen"}
    run = [sys.executable, "-m", "tests.ui.crisp"]
    done = subprocess.run(run, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(f"{float(ratio):g} ")


def _wheel(bench: Bench, spot: QPoint, delta: int, held: Qt.KeyboardModifier) -> None:
    viewer = bench.stage.viewer
    event = QWheelEvent(
        QPointF(spot),
        QPointF(viewer.mapToGlobal(spot)),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewer, event)  # a real one comes through the canvas, which lets it pass


def _drag(bench: Bench, button: Qt.MouseButton, by: QPoint) -> None:
    """With the real path of a mouse: the canvas moves under it."""
    viewer = bench.stage.viewer
    start = viewer.mapToGlobal(QPoint(200, 150))
    kinds = QEvent.Type
    for kind, where in (
        (kinds.MouseButtonPress, start),
        (kinds.MouseMove, start + by / 2),
        (kinds.MouseMove, start + by),
        (kinds.MouseButtonRelease, start + by),
    ):
        down = Qt.MouseButton.NoButton if kind == kinds.MouseButtonRelease else button
        own = Qt.MouseButton.NoButton if kind == kinds.MouseMove else button
        local = QPointF(viewer.canvas.mapFromGlobal(where))
        event = QMouseEvent(kind, local, QPointF(where), own, down, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(viewer.canvas, event)
