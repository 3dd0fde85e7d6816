"""The library pane: choosing, judging, searching, the trash, and how a card is painted."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QSize, Qt, QThreadPool
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.clip import Clip, Flag
from seedance_desktop.domain.shelf import Query, Show, Sort
from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import Button
from seedance_desktop.ui.posters import Posters
from seedance_desktop.ui.shelf import ClipList, Shelf
from seedance_desktop.ui.wishes import Wishes
from tests.ui.test_making_clips import Heard, clip

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Bench:
    """A shelf with six clips on it."""

    def __init__(self, qtbot: QtBot, library: Path, clips: list[Clip] | None = None) -> None:
        self.qtbot, self.library = qtbot, library
        self.wishes, self.model = Wishes(), ClipList()
        self.shelf = Shelf(self.wishes, self.model, library)
        qtbot.addWidget(self.shelf)
        self.clips = [clip(id=number, prompt=f"Shot {number}", stars=1) for number in range(11, 17)]
        if clips is not None:
            self.clips = clips
        self.model.set_ids(array("q", [one.id for one in self.clips]))
        self.model.rows(self.clips)
        self.shelf.set_counts(len(self.clips))
        self.shelf.resize(384, 834)
        self.shelf.show()
        qtbot.waitExposed(self.shelf)
        self.grid = self.shelf.grid

    def key(self, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.grid, key, modifier)


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Bench:
    return Bench(qtbot, tmp_path)


def test_choosing_a_card_opens_it(bench: Bench) -> None:
    opened = Heard(bench.wishes.open_clip)
    bench.grid.setCurrentIndex(bench.model.index(2))
    bench.key(Key.Key_Right)
    assert opened.all == [13, 14]


def test_the_first_key_chooses_even_where_it_can_go_nowhere(bench: Bench) -> None:
    opened = Heard(bench.wishes.open_clip)
    bench.grid.setFocus(Qt.FocusReason.TabFocusReason)
    bench.key(Key.Key_Home)
    assert opened.all == [11]
    assert bench.grid.selected_ids() == [11]


def test_a_screen_reader_chooses_without_the_keyboard(bench: Bench) -> None:
    opened = Heard(bench.wishes.open_clip)
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
    bench.grid.selectionModel().select(bench.model.index(4), flags)
    assert opened.all == [15]


def test_select_is_quiet(bench: Bench) -> None:
    opened = Heard(bench.wishes.open_clip)
    bench.shelf.select(14)
    assert bench.grid.selected_ids() == [14]
    assert not opened.all


def test_keys_judge_all_that_is_chosen(bench: Bench) -> None:
    judged = Heard(bench.wishes.judge_clips)
    bench.shelf.select(12)
    bench.key(Key.Key_Down, SHIFT)  # the card below: two columns on
    bench.key(Key.Key_5)
    bench.key(Key.Key_P)
    assert set(judged.all[0][0]) >= {12, 14}
    assert [one[1:] for one in judged.all] == [(5, "-"), (-1, "pick")]


@pytest.mark.parametrize(
    ("key", "modifier", "wish", "next_"),
    [
        (Key.Key_0, Qt.KeyboardModifier.NoModifier, (0, "-"), 12),
        (Key.Key_P, Qt.KeyboardModifier.NoModifier, (-1, "pick"), 12),
        (Key.Key_X, SHIFT, (-1, "reject"), 13),
        (Key.Key_U, Qt.KeyboardModifier.NoModifier, (-1, ""), 12),
        (Key.Key_P, Qt.KeyboardModifier.ControlModifier, None, 12),
    ],
)
def test_a_key_judges(
    bench: Bench, key: Key, modifier: Qt.KeyboardModifier, wish: tuple[int, str] | None, next_: int
) -> None:
    judged = Heard(bench.wishes.judge_clips)
    bench.shelf.select(12)
    bench.key(key, modifier)
    assert judged.all == ([([12], *wish)] if wish else [])
    assert bench.grid.selected_ids() == [next_]


def test_letters_that_nobody_wants_do_not_search(bench: Bench) -> None:
    bench.shelf.select(12)
    QTest.keyClicks(bench.grid, "sh")
    assert bench.grid.selected_ids() == [12]


def test_other_keys_are_offered_on(bench: Bench) -> None:
    asked: list[int] = []
    bench.shelf.keyed = lambda event: not asked.append(event.key())  # type: ignore[func-returns-value]
    bench.key(Key.Key_Space)
    bench.key(Key.Key_J)
    assert asked == [Key.Key_Space, Key.Key_J]


def test_delete_moves_to_the_trash_and_the_neighbour_is_chosen(bench: Bench) -> None:
    trashed, opened = Heard(bench.wishes.trash), Heard(bench.wishes.open_clip)
    bench.shelf.select(13)
    bench.key(Key.Key_Delete)
    assert trashed.all == [[13]]
    bench.shelf.drop(13)
    assert bench.grid.selected_ids() == [14]
    assert opened.all == [14]


def test_a_search_is_asked_a_moment_after_the_last_letter(bench: Bench) -> None:
    asked = Heard(bench.wishes.query_changed)
    bench.shelf.focus_search()
    with bench.qtbot.waitSignal(bench.wishes.query_changed):
        QTest.keyClicks(bench.shelf.filters.search, " mara p1x")
    assert asked.all == [Query("mara p1x", stacked=True)]


def test_digits_and_letters_in_the_search_judge_nothing(bench: Bench) -> None:
    judged = Heard(bench.wishes.judge_clips, bench.wishes.trash)
    bench.shelf.select(12)
    bench.shelf.focus_search()
    QTest.keyClicks(bench.shelf.filters.search, "5pxu")
    QTest.keyClick(bench.shelf.filters.search, Key.Key_Delete)
    assert not judged.all


def test_filters_and_order_make_one_query(bench: Bench) -> None:
    asked = Heard(bench.wishes.query_changed)
    filters = bench.shelf.filters
    filters.shows.segment(Show.PICKS).click()
    filters.sort.setCurrentIndex(filters.sort.findData(Sort.SHOT))
    filters.sort.activated.emit(filters.sort.currentIndex())
    assert asked.all == [
        Query(show=Show.PICKS, stacked=True),
        Query(show=Show.PICKS, sort=Sort.SHOT, stacked=True),
    ]


def test_nothing_found_offers_to_clear_the_search(bench: Bench) -> None:
    filters = bench.shelf.filters
    filters.search.setText("zebra")
    filters.ask()
    bench.model.set_ids(array("q"))
    asked = Heard(bench.wishes.query_changed)
    button = next(one for one in _buttons(bench.shelf) if one.text() == "Clear search")
    assert button.isVisible()
    button.click()
    assert asked.all == [Query(stacked=True)]
    assert filters.search.text() == ""


def test_the_trash_restores(bench: Bench) -> None:
    restored, asked = Heard(bench.wishes.restore), Heard(bench.wishes.query_changed)
    bench.shelf.filters.show_trash(True)
    bench.shelf.select(15)
    button = next(one for one in _buttons(bench.shelf) if one.text() == "Restore")
    button.click()
    bench.key(Key.Key_Delete)  # already there
    assert restored.all == [[15]]
    assert asked.all == [Query(trashed=True)]


def test_counts_say_what_is_found_of_what_there_is(bench: Bench) -> None:
    bench.shelf.set_counts(38)
    filters = bench.shelf.filters
    filters.search.setText("shot")
    filters.ask()
    bench.shelf.set_counts(6)
    assert "6 of 38 clips" in {label.text() for label in _labels(bench.shelf)}
    assert bench.shelf.head.tabs["clips"].isVisible()
    assert bench.shelf.head.tabs["clips"].count == 38


def test_copying_puts_the_files_on_the_clipboard(qtbot: QtBot, tmp_path: Path) -> None:
    bench = Bench(qtbot, tmp_path, [clip(id=1, file="clips/a.mp4"), clip(id=2)])
    bench.shelf.select(1)
    bench.shelf.commands.copy_files()
    urls = QGuiApplication.clipboard().mimeData().urls()
    assert [url.toLocalFile() for url in urls] == [str(tmp_path / "clips/a.mp4")]


def test_the_making_takes_two_fifths_at_most(bench: Bench) -> None:
    bench.shelf.making.set_clips([clip(id=number) for number in range(20)])
    assert bench.shelf.making.maximumHeight() == int(bench.shelf.height() * 0.4)


@pytest.mark.parametrize(("width", "columns"), [(264, 1), (384, 2), (592, 3), (720, 4)])
def test_as_many_columns_as_fit(bench: Bench, width: int, columns: int) -> None:
    bench.shelf.resize(width, 834)
    assert bench.grid.columns() == columns
    bench.qtbot.waitUntil(lambda: _first_row(bench) == columns)


@pytest.mark.parametrize("choice", ["dark", "light"])
def test_a_card_is_painted_with_its_poster_on_near_black(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, choice: str
) -> None:
    theme.apply(qapp, choice)
    red = QImage(90, 160, QImage.Format.Format_RGB32)
    red.fill(QColor("#ff0000"))
    (tmp_path / "posters").mkdir()
    assert red.save(str(tmp_path / "posters/1.png"))
    one = clip(id=1, poster="posters/1.png", stars=3, flag=Flag.REJECT, shot="12B")
    bench = Bench(qtbot, tmp_path, [one, clip(id=2, poster="posters/gone.png")])
    bench.qtbot.waitUntil(lambda: _centre(bench, 0).name() == "#ff0000")
    cell = bench.grid.visualRect(bench.model.index(0))
    bar = bench.grid.grab().toImage().pixelColor(cell.left() + 20, cell.center().y() - 40)
    assert bar == theme.color("viewer")
    assert _centre(bench, 1) == theme.color("viewer")  # nothing is drawn that isn't there


def test_posters_are_bounded_and_not_read_twice(qtbot: QtBot, tmp_path: Path) -> None:
    for number in range(3):
        image = QImage(100, 100, QImage.Format.Format_RGB32)
        image.fill(number)
        image.save(str(tmp_path / f"{number}.png"))
    posters = Posters(limit=60_000)
    for number in range(3):
        assert posters.get(tmp_path / f"{number}.png", QSize(100, 100), 1.0) is None
        with qtbot.waitSignal(posters.loaded):
            pass
    assert posters.get(tmp_path / "2.png", QSize(100, 100), 1.0) is not None
    with _busy_pool():
        assert posters.get(tmp_path / "0.png", QSize(100, 100), 1.0) is None  # the oldest made room
        assert posters.forget_waiting() is True
    with qtbot.assertNotEmitted(posters.loaded, wait=50):
        pass


def test_a_poster_that_cannot_be_read_is_not_tried_at_every_paint(qtbot: QtBot, tmp_path: Path) -> None:
    posters = Posters()
    with qtbot.waitSignal(posters.loaded):
        posters.get(tmp_path / "none.png", QSize(10, 10), 1.0)
    assert posters.get(tmp_path / "none.png", QSize(10, 10), 1.0) is None
    assert posters.forget_waiting() is False


@contextmanager
def _busy_pool() -> Iterator[None]:
    """Qt's pool has one thread, which begins what is asked of it meanwhile only at the end, and has then done it."""
    pool, go, done = QThreadPool.globalInstance(), threading.Event(), threading.Event()
    threads = pool.maxThreadCount()
    pool.setMaxThreadCount(1)
    pool.start(lambda: bool(go.wait(5)))
    try:
        yield
    finally:
        go.set()
        pool.start(done.set)
        assert done.wait(5)
        pool.setMaxThreadCount(threads)


def _buttons(shelf: Shelf) -> list[Button]:
    return shelf.findChildren(Button)


def _labels(shelf: Shelf) -> list[QLabel]:
    return [label for label in shelf.findChildren(QLabel) if label.isVisible()]


def _first_row(bench: Bench) -> int:
    top = bench.grid.visualRect(bench.model.index(0)).top()
    return sum(bench.grid.visualRect(bench.model.index(row)).top() == top for row in range(6))


def _centre(bench: Bench, row: int) -> QColor:
    cell = bench.grid.visualRect(bench.model.index(row))
    picture = bench.grid.grab().toImage()
    return picture.pixelColor(cell.center().x(), cell.center().y() - 22)
