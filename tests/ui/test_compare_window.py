"""The ways into the comparison and out of it, in the real window."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.clip import Clip, Flag, Stage
from seedance_desktop.domain.news import ClipSaved
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.recipe import Reference, Use
from seedance_desktop.ui.compare import Compare
from seedance_desktop.ui.shelf import ClipList
from seedance_desktop.ui.topbar import MAKE, REVIEW
from seedance_desktop.ui.window import MainWindow
from seedance_desktop.ui.wishes import Wishes
from tests.ui.test_making_clips import GATEWAY, Heard
from tests.ui.test_stage_clips import clip_of, make_clip, times

pytestmark = pytest.mark.qt_log_ignore(  # offscreen does less; a file that is closed while it is being opened
    "This plugin does not support", "Immediate exit requested", extend=True
)
Key = Qt.Key


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clips") / "film.mp4", 160, 90, 30)


class Bench:
    """A window with three takes of a shot on the shelf; the comparison is answered as the program does."""

    def __init__(self, qtbot: QtBot, library: Path, film: Path) -> None:
        self.qtbot, self.wishes, self._film = qtbot, Wishes(), film
        self.clips = [replace(clip_of(160, 90, 30), id=number) for number in (1, 2, 3)]
        self.model = ClipList()
        self.window = MainWindow(self.wishes, self.model, Preferences(gateway=GATEWAY), library)
        self.window.restore({})
        self.window.resize(1440, 900)
        self.window.set_gateway(GATEWAY)
        self.window.set_library(library)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.model.set_ids(array("q", [1, 2, 3]))
        self.model.rows(self.clips)
        self.window.shelf.set_counts(3)
        self._heard = {name: Heard(getattr(self.wishes, name)) for name in ("compare", "takes_wanted", "judge")}
        self.wishes.compare.connect(self._compare)

    def asked(self, name: str) -> list[Any]:
        return self._heard[name].all

    @property
    def view(self) -> Compare:
        view = self.window.compare.view
        assert view is not None
        return view

    def open_stage(self, clip: Clip) -> None:
        self.window.stage.open(clip, self._film, times(30))
        self.qtbot.waitUntil(lambda: self.window.stage.deck.number == 0)

    def choose(self, *rows: int) -> None:
        grid = self.window.shelf.grid
        grid.setCurrentIndex(self.model.index(rows[0]))
        for row in rows[1:]:
            grid.selectionModel().select(self.model.index(row), grid.selectionModel().SelectionFlag.Select)
        grid.setFocus()

    def _compare(self, ids: list[int]) -> None:
        by = {clip.id: clip for clip in self.clips}
        self.window.compare.open([(by[one], self._film, times(30)) for one in ids])


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path, film: Path) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path, film)
    yield made
    made.window.shut()
    made.model.deleteLater()


def test_c_compares_what_is_chosen_in_review(bench: Bench) -> None:
    bench.choose(0, 2)
    QTest.keyClick(bench.window.shelf.grid, Key.Key_C)
    assert bench.asked("compare") == [[1, 3]]
    assert bench.window.compare.is_open
    assert bench.window.panes.workspace == REVIEW
    assert bench.view.isVisible()
    assert not bench.window.stage.isVisible()
    assert not bench.window.shelf.isVisible()
    assert bench.asked("takes_wanted") == [1]


def test_the_stage_s_clip_meets_the_best_of_the_others(bench: Bench) -> None:
    bench.open_stage(bench.clips[1])
    bench.window.stage.viewer.canvas.setFocus()
    QTest.keyClick(bench.window.stage.viewer.canvas, Key.Key_C)
    assert bench.asked("takes_wanted") == [2]
    failed = replace(bench.clips[0], stage=Stage.FAILED)
    bench.window.compare.set_takes(2, [failed, bench.clips[2], bench.clips[1]])
    assert bench.asked("compare") == [[2, 3]]
    assert bench.window.compare.is_open


def test_a_shot_with_one_take_says_so(bench: Bench) -> None:
    said: list[str] = []
    bench.window.compare.said.connect(said.append)
    bench.window.compare.set_takes(1, [bench.clips[0], replace(bench.clips[1], trashed=5)])
    assert said == ["There is no other take of this shot to compare with."]
    assert not bench.window.compare.is_open


def test_the_toggle_stands_in_review_only(bench: Bench) -> None:
    bench.open_stage(bench.clips[0])
    toggle = bench.window.stage.header.compare
    assert not toggle.isVisible()
    bench.window.top.workspace_picked.emit(REVIEW)
    assert toggle.isVisible()
    toggle.click()
    assert bench.asked("takes_wanted") == [1]
    assert not toggle.isChecked()


@pytest.mark.parametrize("way", ["escape", "toggle", "library", "make", "review", "ledger", "new draft"])
def test_every_way_out_leaves_nothing_open(bench: Bench, way: str) -> None:
    bench.choose(0, 1)
    bench.window.shelf.commands.compare()
    bench.qtbot.waitUntil(lambda: all(side.arrived for side in bench.view.motion.pack.sides))
    bench.view.motion.toggle()
    ways: dict[str, Callable[[], object]] = {
        "escape": lambda: QTest.keyClick(bench.view.board.panels[0].viewer.canvas, Key.Key_Escape),
        "toggle": bench.view.header.toggle.click,
        "library": bench.window.top.library_toggled.emit,
        "make": lambda: bench.window.top.workspace_picked.emit(MAKE),
        "review": lambda: bench.window.top.workspace_picked.emit(REVIEW),
        "ledger": bench.wishes.open_ledger.emit,
        "new draft": lambda: bench.wishes.edit_recipe.emit(1),
    }
    ways[way]()
    assert not bench.window.compare.is_open
    assert not bench.view.isVisible()
    assert not bench.view.motion.pack.sides
    bench.window.compare.set_takes(1, bench.clips[:1])  # answers that come late do no harm
    bench.window.compare.set_filmstrip(1, [])
    bench.window.compare.frames([], "")


def test_keys_are_the_comparison_s_while_it_is_open(bench: Bench) -> None:
    bench.open_stage(bench.clips[2])
    bench.choose(0, 1)
    bench.window.shelf.commands.compare()
    QTest.keyClick(bench.window, Key.Key_4)
    assert bench.asked("judge") == [(1, 4, "")]
    QTest.keyClick(bench.window.focusWidget(), Key.Key_B)
    QTest.keyClick(bench.window.focusWidget(), Key.Key_P)
    assert bench.asked("judge")[1:] == [(2, 0, "pick")]


def test_the_family_plays_a_seam_here(bench: Bench) -> None:
    frame = Reference("frame", "ff", ".png", clip=1, frame=29)
    recipe = replace(bench.clips[1].recipe, references=(frame,), use=Use.FIRST_FRAME)
    bench.clips[1] = replace(bench.clips[1], recipe=recipe)
    bench.wishes.play_seam.emit(1, 2)
    assert bench.asked("compare") == [[1, 2]]
    seam = bench.view.motion.seam
    assert seam is not None
    bench.qtbot.waitUntil(lambda: seam.moving == 1)


def test_news_reach_it(bench: Bench) -> None:
    bench.choose(0, 1)
    bench.window.shelf.commands.compare()
    bench.window.hear(ClipSaved(replace(bench.clips[1], stars=3, flag=Flag.REJECT)))
    panel = bench.view.board.panels[1]
    assert panel.stars.value() == 3
    assert panel.reject.isChecked()
    assert bench.window.compare.is_open


def test_the_whole_screen_and_back(bench: Bench) -> None:
    bench.choose(0, 1)
    bench.window.shelf.commands.compare()
    QTest.keyClick(bench.window.focusWidget(), Key.Key_F)
    assert bench.view.board.window() is not bench.window
    bench.view.screens.toggle()
    assert bench.view.board.window() is bench.window
    bench.qtbot.waitUntil(lambda: bench.view.transport.isVisible() and bench.view.board.isVisible())


def test_the_keyboard_goes_to_the_picture_when_its_pane_is_folded(bench: Bench) -> None:
    bench.window.key_state(GATEWAY, "kept", "")
    bench.open_stage(bench.clips[0])
    bench.window.composer.focus_prompt()
    bench.window.panes.go_to(REVIEW)
    assert bench.window.stage.viewer.canvas.hasFocus()
    bench.window.shelf.focus_search()
    bench.window.panes.toggle("library")
    assert bench.window.stage.viewer.canvas.hasFocus()
