"""The preview beside the composer: a crop is a step of the composer's, and the one follows the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.cropping import WHOLE, framed
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.recipe import Draft, Recipe, Reference
from seedance_desktop.ui.centre import Centre
from seedance_desktop.ui.composer import Composer
from seedance_desktop.ui.previewing import Previewing
from seedance_desktop.ui.shelf import ClipList
from seedance_desktop.ui.window import MainWindow
from seedance_desktop.ui.wishes import Wishes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less

Key = Qt.Key
MARA = Reference("Mara", "aa", ".jpg", "", 900, 1600)
TOWER = Reference("Tower", "bb", ".png", "", 1000, 1000)
UP = framed(900, 1600, "16:9", (0.5, 0.49), 1)


class Desk(QWidget):
    """Composer and centre side by side, two images in the strip."""

    def __init__(self, library: Path) -> None:
        super().__init__()
        self.wishes = Wishes()
        self.stage = QWidget()
        self.composer = Composer(self.wishes)
        self.centre = Centre(self.wishes, Preferences(), self.stage)
        self.centre.set_library(library)
        self.previewing = Previewing(self.composer, self.centre, self.wishes)
        row = QHBoxLayout(self)
        row.addWidget(self.composer)
        row.addWidget(self.centre, 1)
        self.composer.set_draft(Draft(Recipe("A lamp", (MARA, TOWER))), {})

    @property
    def strip(self) -> tuple[Reference, ...]:
        return self.composer.strip.references

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self, key)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    qtbot.addWidget(made)
    made.resize(1100, 834)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_a_crop_goes_into_the_strip_and_can_be_undone(desk: Desk) -> None:
    desk.composer.strip.previewed.emit(0)
    preview = desk.centre.preview
    assert desk.centre.previewing
    assert preview.canvas.hasFocus()
    desk.press(Key.Key_Up)
    preview.commit()
    assert desk.strip[0].part == UP
    desk.composer.undo()
    assert desk.strip[0].part == WHOLE
    assert preview.canvas.frame_rect.center().y() == pytest.approx(preview.canvas.picture_rect.center().y(), abs=0.5)
    desk.composer.redo()
    assert desk.strip[0].part == UP
    desk.press(Key.Key_Escape)
    assert desk.strip[0].part == WHOLE
    assert desk.centre.currentWidget() is desk.stage
    assert QApplication.focusWidget() is desk.composer.strip.list


def test_the_ratio_is_one_in_both(desk: Desk) -> None:
    desk.previewing.show(0)
    foot = desk.centre.preview.foot
    foot.match.click()
    assert desk.composer.choices.ratio.value == "9:16"
    assert foot.match.isHidden()
    desk.composer.choices.ratio.segment("1:1").click()
    assert foot.ratio.value == "1:1"
    assert foot.match.isVisible()
    desk.composer.undo()
    assert foot.ratio.value == "9:16"


def test_neighbours_removals_and_moves_are_followed(desk: Desk) -> None:
    desk.previewing.show(0)
    preview = desk.centre.preview
    preview.header.next.click()
    assert (preview.key, preview.number) == ("bb", 2)
    desk.composer.strip.list.move_to(1, 0)
    assert (preview.key, preview.number) == ("bb", 1)
    desk.composer.strip.list.remove(1)
    assert preview.header.next.isHidden(), "it is the only one"
    desk.press(Key.Key_Plus)
    desk.composer.strip.list.remove(0)
    assert not desk.centre.previewing
    assert desk.strip == ()
    assert desk.centre.currentWidget() is desk.stage


def test_the_crop_of_an_image_that_has_gone_falls_on_no_other(desk: Desk) -> None:
    desk.previewing.show(0)
    desk.press(Key.Key_Plus)
    desk.composer.strip.list.remove(0)
    assert desk.strip == (TOWER,)


def test_a_clip_that_is_opened_takes_the_stage_back(desk: Desk) -> None:
    desk.previewing.show(0)
    desk.press(Key.Key_Up)
    desk.wishes.open_clip.emit(None)
    assert desk.centre.previewing
    desk.wishes.open_clip.emit(5)
    assert desk.centre.currentWidget() is desk.stage
    assert desk.strip[0].part == UP, "what was begun is done"


def test_an_index_of_no_image_opens_nothing(desk: Desk) -> None:
    desk.previewing.show(2)
    assert not desk.centre.previewing


def test_the_composer_offers_the_ratio_of_its_first_image(desk: Desk) -> None:
    match = desk.composer.choices.match
    assert match.isVisible()
    match.click()
    assert desk.composer.choices.ratio.value == "9:16"
    assert match.isHidden()
    desk.composer.strip.list.move_to(1, 0)
    assert match.isVisible()
    desk.composer.undo()
    desk.composer.undo()
    assert desk.composer.choices.ratio.value == "16:9"
    desk.composer.strip.list.remove(1)
    desk.composer.strip.list.remove(0)
    assert match.isHidden()


def test_in_the_window_it_takes_the_stage_from_ledger_and_clip_and_their_keys(qtbot: QtBot, tmp_path: Path) -> None:
    window = MainWindow(Wishes(), ClipList(), Preferences(), tmp_path)
    window.set_library(tmp_path)
    window.show()
    window.composer.set_draft(Draft(Recipe("A lamp", (MARA, TOWER))), {})
    window.ledger.open()
    window.composer.strip.previewed.emit(1)
    assert not window.ledger.is_open
    assert window.centre.currentWidget() is window.centre.preview
    assert window.centre.preview.isVisible()
    asked: list[object] = []
    window.stage.key = lambda event: bool(asked.append(event))  # type: ignore[method-assign, func-returns-value]
    for widget in (window.centre.preview.canvas, window.centre.preview.foot.done):
        QTest.keyClick(widget, Key.Key_X)
    assert not asked
    window.top.workspace_picked.emit("review")
    assert window.centre.currentWidget() is not window.centre.preview
    window.shut()
    qtbot.waitUntil(lambda: not window.isVisible())
