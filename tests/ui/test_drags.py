"""Drags out of the grid and off the stage: what they carry for us and for other programs, and that a click is none."""

from __future__ import annotations

import json
import warnings
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.clip import id_to_name
from seedance_desktop.ui import drags
from seedance_desktop.ui.compare.tray import Tray
from seedance_desktop.ui.composer import Composer
from seedance_desktop.ui.shelf import ClipList, Shelf
from seedance_desktop.ui.stage import Stage
from seedance_desktop.ui.wishes import Wishes
from tests.ui.test_making_clips import clip
from tests.ui.test_stage_clips import Decoder, clip_of, make_clip, number_in, times

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
Look = Callable[[QMimeData], None]


class Dragged:
    """Stands in for the system: every drag ends at once, and is looked at while it lasts."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        self.look: Look = lambda _mime: None
        monkeypatch.setattr(QDrag, "exec", self._run_for(self))

    @staticmethod
    def _run_for(dragged: Dragged) -> Callable[[QDrag, Qt.DropAction], Qt.DropAction]:
        def run(drag: QDrag, action: Qt.DropAction) -> Qt.DropAction:
            assert action == Qt.DropAction.CopyAction, "a drag never takes a file out of the library"
            dragged.count += 1
            dragged.look(drag.mimeData())
            return Qt.DropAction.IgnoreAction

        return run


@pytest.fixture
def dragged(monkeypatch: pytest.MonkeyPatch) -> Dragged:
    return Dragged(monkeypatch)


class Asked:
    """A composer that things are dropped on, and what it asks for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.wishes = Wishes()
        self.composer = Composer(self.wishes)
        self.frames: list[tuple[int, int]] = []
        self.images: list[list[str]] = []
        self.others: list[list[object]] = []
        self.wishes.add_frame.connect(lambda number, frame: self.frames.append((number, frame)))
        self.wishes.use_images.connect(self.images.append)
        self.wishes.add_images.connect(self.others.append)
        qtbot.addWidget(self.composer)
        self.composer.show()

    def drop(self, mime: QMimeData) -> None:
        """As Qt hands it over."""
        copy = Qt.DropAction.CopyAction
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # Qt 6.12 wants a QPointF, which 6.11 refuses
            enter = QDragEnterEvent(QPoint(20, 20), copy, mime, LEFT, PLAIN)
        QApplication.sendEvent(self.composer, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(self.composer, QDropEvent(QPointF(20, 20), copy, mime, LEFT, PLAIN))


@pytest.fixture
def asked(qtbot: QtBot) -> Asked:
    return Asked(qtbot)


def pull(widget: QWidget, start: QPoint, *, far: bool = True) -> None:
    """Press, move and release."""
    distance = QApplication.startDragDistance()
    QTest.mousePress(widget, LEFT, pos=start)
    QTest.mouseMove(widget, start + QPoint(distance + 2 if far else distance - 2, 0))
    QTest.mouseRelease(widget, LEFT, pos=start)


# cards


@pytest.fixture
def shelf(qtbot: QtBot, tmp_path: Path) -> Shelf:
    model = ClipList()
    made = Shelf(Wishes(), model, tmp_path)
    qtbot.addWidget(made)
    clips = [clip(id=number, prompt=f"Shot {number}", file=f"clips/{number}.mp4") for number in (11, 12, 13)]
    model.set_ids(array("q", [one.id for one in clips]))
    model.rows(clips)
    made.set_counts(len(clips))
    made.resize(384, 834)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_cards_carry_their_files_and_their_clips(shelf: Shelf, dragged: Dragged, asked: Asked, tmp_path: Path) -> None:
    grid, seen = shelf.grid, list[object]()

    def look(mime: QMimeData) -> None:
        seen.append([Path(url.toLocalFile()) for url in mime.urls()])
        seen.append(bytes(mime.data(drags.CLIP).data()).decode())
        asked.drop(mime)

    dragged.look = look
    for row in (0, 2):
        grid.selectionModel().select(grid.clips.index(row), QItemSelectionModel.SelectionFlag.Select)
    grid.startDrag(Qt.DropAction.CopyAction)
    assert seen == [
        [tmp_path / "clips" / "11.mp4", tmp_path / "clips" / "13.mp4"],
        f"{id_to_name(11)}\n{id_to_name(13)}",
    ]
    assert asked.frames == [(11, -1), (13, -1)], "their last frames"
    assert asked.others == [], "the file is not asked for its recipe"


def test_a_clip_that_is_only_referenced_is_carried_from_where_it_lies(
    shelf: Shelf, dragged: Dragged, asked: Asked, tmp_path: Path, qtbot: QtBot
) -> None:
    grid, lies = shelf.grid, tmp_path / "elsewhere" / "b.mov"
    referenced = clip(id=12, prompt="outside", file="", outside=str(lies))
    grid.clips.rows([referenced])
    for row in (0, 1):
        grid.selectionModel().select(grid.clips.index(row), QItemSelectionModel.SelectionFlag.Select)
    seen = list[Path]()
    dragged.look = lambda mime: seen.extend(Path(url.toLocalFile()) for url in mime.urls())
    grid.startDrag(Qt.DropAction.CopyAction)
    shelf.commands.copy_files()
    seen += [Path(url.toLocalFile()) for url in QApplication.clipboard().mimeData().urls()]
    tray = Tray(tmp_path)
    qtbot.addWidget(tray)
    seen += [Path(url.toLocalFile()) for url in tray.carried(referenced).urls()]
    assert seen == [tmp_path / "clips" / "11.mp4", lies] * 2 + [lies]


def test_clips_without_a_file_are_not_dragged(shelf: Shelf, dragged: Dragged) -> None:
    model = shelf.grid.clips
    model.rows([clip(id=11, prompt="made", file="")])
    shelf.grid.selectionModel().select(model.index(0), QItemSelectionModel.SelectionFlag.Select)
    shelf.grid.startDrag(Qt.DropAction.CopyAction)
    assert dragged.count == 0


# the stage's picture


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clips") / "numbered.mp4")


class Bench:
    """A stage with a clip of numbered frames."""

    def __init__(self, qtbot: QtBot, file: Path) -> None:
        self.wishes = Wishes()
        self.stage = Stage(self.wishes)
        qtbot.addWidget(self.stage)
        decoder = Decoder(file)
        self.wishes.frames_wanted.connect(lambda wanted: self.stage.frames(decoder.answer(wanted), wanted.file))
        self.stage.resize(728, 834)
        self.stage.show()
        qtbot.waitExposed(self.stage)
        self.clip = clip_of()
        self.stage.open(self.clip, file, times())
        qtbot.waitUntil(lambda: self.stage.deck.number == 0)
        self.canvas = self.stage.viewer.canvas


def test_the_picture_is_dragged_as_its_frame(qtbot: QtBot, numbered: Path, dragged: Dragged, asked: Asked) -> None:
    bench, seen = Bench(qtbot, numbered), list[object]()

    def look(mime: QMimeData) -> None:
        seen.append(json.loads(bytes(mime.data(drags.FRAME).data())))
        picture = mime.imageData()
        assert isinstance(picture, QImage)
        seen.append(number_in(picture))
        asked.drop(mime)

    dragged.look = look
    bench.stage.deck.seek(61)
    qtbot.waitUntil(lambda: bench.stage.deck.number == 61)
    bench.canvas.grab()  # it is painted
    pull(bench.canvas, QPoint(40, 40))
    assert seen == [[bench.clip.name, 61], 61]
    assert asked.frames == [(bench.clip.id, 61)]
    bench.stage.shut()


def test_a_click_and_a_tremble_are_no_drags(qtbot: QtBot, numbered: Path, dragged: Dragged) -> None:
    bench = Bench(qtbot, numbered)
    bench.canvas.grab()
    QTest.mouseClick(bench.canvas, LEFT, pos=QPoint(40, 40))
    pull(bench.canvas, QPoint(40, 40), far=False)
    QTest.mouseMove(bench.canvas, QPoint(90, 90))
    doubled: list[None] = []
    bench.canvas.double_clicked.connect(lambda: doubled.append(None))
    bench.stage.viewer.double_clicked.disconnect()
    QTest.mouseDClick(bench.canvas, LEFT, pos=QPoint(40, 40))
    assert (dragged.count, len(doubled)) == (0, 1)
    bench.stage.shut()


def test_where_there_is_no_picture_nothing_is_dragged(qtbot: QtBot, dragged: Dragged) -> None:
    stage = Stage(Wishes())
    qtbot.addWidget(stage)
    stage.resize(728, 834)
    stage.show()
    pull(stage.viewer.canvas, QPoint(10, 10))
    assert dragged.count == 0
    stage.shut()


# images of the library


def test_images_of_the_library_are_asked_for_by_their_content(asked: Asked) -> None:
    mime = QMimeData()
    drags.put_images(mime, ["aa11", "bb22"])
    asked.drop(mime)
    assert asked.images == [["aa11", "bb22"]]
