"""What another window, in another language, takes up from the one before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from seedance_desktop.domain.news import JobKind, JobProgress, JobState
from seedance_desktop.ui import theme
from seedance_desktop.ui.carrying import settle, standing, take_up
from seedance_desktop.ui.window import MainWindow
from tests.shots.bench import Bench, hurry, until
from tests.shots.stand_in import make

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "Immediate exit requested", extend=True)
SIZE = (1440, 900)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(make(tmp_path_factory.mktemp("carrying") / "library"))


@pytest.fixture(autouse=True)
def _calm(qapp: QApplication) -> Iterator[None]:
    theme.set_reduced_motion(True)
    theme.apply(qapp, "dark")
    hurry(0.05)
    yield
    hurry(1.0)
    theme.set_reduced_motion(False)


@pytest.fixture
def window(bench: Bench) -> Iterator[MainWindow]:
    with bench.window(SIZE) as made:
        yield made


def choose(window: MainWindow, *rows: int) -> None:
    grid = window.shelf.grid
    grid.setCurrentIndex(grid.clips.index(rows[0]))
    for row in rows[1:]:
        grid.selectionModel().select(grid.clips.index(row), QItemSelectionModel.SelectionFlag.Select)


def test_clip_and_frame_choice_and_scroll(bench: Bench, window: MainWindow) -> None:
    bench.open(window, bench.first.id)
    bench.seek(window, 48)
    choose(window, 0, 2, 5)
    bar = window.shelf.grid.verticalScrollBar()
    bar.setValue(bar.maximum())
    was = standing(window)
    assert (was.clip, was.frame, len(was.chosen)) == (bench.first.id, 48, 3)
    assert was.scrolled > 0
    with bench.window(SIZE) as other:
        take_up(other, was, bench.wishes)
        bench.show_clips(other, bench.given.clips)
        until(lambda: other.stage.deck.number == 48)
        assert other.stage.deck.number == 48
        assert other.shelf.grid.selected_ids() == list(was.chosen)
        assert other.shelf.grid.verticalScrollBar().value() == was.scrolled


def test_search_filters_order_and_side(bench: Bench, window: MainWindow) -> None:
    filters = window.shelf.filters
    filters.choose(stars=3, tag="night")
    filters.search.setText("tower ratio:16:9")
    filters.sort.setCurrentIndex(2)
    filters.ask()
    window.shelf.head.go_to("images")
    was = standing(window)
    with bench.window(SIZE) as other:
        take_up(other, was, bench.wishes)
        assert other.shelf.filters.query == filters.query
        assert other.shelf.filters.query.tag == "night"
        assert other.shelf.filters.search.text() == "tower ratio:16:9"
        assert other.shelf.filters.sort.currentIndex() == 2
        assert other.shelf.head.side == "images"


def test_the_comparison_at_its_frame_with_its_side(bench: Bench, window: MainWindow) -> None:
    clips = [replace(clip, shot="12B") for clip in bench.given.clips[:3]]
    bench.compare(window, clips)
    view = window.compare.view
    assert view is not None
    view.set_active(2)
    view.take_focus()
    view.motion.seek(48)
    until(lambda: view.motion.pack.position == 48)
    was = standing(window)
    with bench.window(SIZE) as other:
        bench.wishes.compare.connect(lambda ids: bench.compare(other, [bench.clips[one] for one in ids]))
        take_up(other, was, bench.wishes)
        there = other.compare.view
        assert other.compare.is_open
        assert there is not None
        until(lambda: there.motion.pack.position == 48)
        assert [clip.id for clip in there.clips] == [clip.id for clip in clips]
        assert (there.motion.pack.position, there.active) == (48, 2)
        other.compare.close()
    window.compare.close()


def test_ledger_jobs_and_what_can_be_taken_back(bench: Bench, window: MainWindow) -> None:
    window.ledger.open()
    window.hear(JobProgress(1, JobKind.HAND_OVER, 3, 12, "", JobState.RUNNING, share=0.3))
    bench.wishes.trash.emit([bench.first.id])
    was = standing(window)
    with bench.window(SIZE) as other:
        take_up(other, was, bench.wishes)
        assert other.ledger.is_open
        assert [job.number for job in other.outside.running.now] == [1]
        other.set_library(bench.folder)
        settle(other, was)
        back: list[list[int]] = []
        bench.wishes.restore.connect(back.append)
        other._undo.undo()
        assert back == [[bench.first.id]]
        other.hear(JobProgress(1, JobKind.HAND_OVER, 3, 12, state=JobState.CANCELLED))
    window.hear(JobProgress(1, JobKind.HAND_OVER, 3, 12, state=JobState.CANCELLED))


def test_steps_of_the_draft(bench: Bench, window: MainWindow) -> None:
    composer = window.composer
    bench.compose(window, "A boat", 0)
    QTest.keyClicks(composer.prompt.editor, " leaves")
    composer.choices.pick_ratio("9:16")
    composer.set_ratio("1:1")
    composer.undo()
    was, draft = standing(window), composer.draft()
    assert draft.recipe.ratio == "9:16"
    with bench.window(SIZE) as other:
        other.composer.set_draft(draft, bench.small)
        settle(other, was)
        other.composer.redo()
        assert other.composer.draft().recipe.ratio == "1:1"
        for _ in range(3):
            other.composer.undo()
        assert other.composer.draft().recipe.ratio == "16:9"
        assert other.composer.draft().recipe.prompt == "A boat"
