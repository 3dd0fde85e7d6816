"""A clip's family: the tree that it makes, and walking it on screen."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.family import Descent, Family, Relative
from seedance_desktop.ui.stage import facts
from seedance_desktop.ui.takes import FamilyTree, tree
from seedance_desktop.ui.takes.relative import RelativeRow
from tests.ui.test_recipe_panel import LEAST, WIDE, Bench
from tests.ui.test_stage_clips import clip_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less

Key = Qt.Key
READY = Stage.READY


def clan(clip: int) -> Family:
    """11 > 12A > the clip > 12C (exactly) and 12D (its cast; failed); 12C also took a frame of 9, which is gone."""
    nodes = (
        Relative(1, "11", READY),
        Relative(9),
        Relative(2, "12A", READY),
        Relative(clip, "12B", READY),
        Relative(3, "12C", READY),
        Relative(4, "12D", Stage.FAILED),
        Relative(5, "12E", READY, trashed=True),
    )
    edges = (
        Descent(1, 2, 120, exact=True),
        Descent(2, clip, 61, exact=True),
        Descent(9, 3, 7, exact=False),
        Descent(clip, 3, 120, exact=True),
        Descent(clip, 4, 30, exact=False),
        Descent(3, 5, 120, exact=True),
    )
    return Family(clip, nodes, edges)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(qtbot)
    qtbot.addWidget(made)
    made.resize(*WIDE)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    yield made
    made.stage.shut()


def opened(bench: Bench) -> tuple[Clip, FamilyTree]:
    """A clip with its family, and the tree on screen."""
    clip = bench.show_clip(clip_of())
    bench.stage.set_family(clan(clip.id))
    bench.button("Family").click()
    (shown,) = bench.findChildren(FamilyTree)
    assert shown.isVisible()
    return clip, shown


def row(shown: FamilyTree, title: str) -> RelativeRow:
    return next(one for one in shown.rows if one.line.relative.title == title)


# The tree


def test_each_clip_stands_once_below_what_it_follows() -> None:
    drawn = [(one.relative.title, one.depth) for one in tree.lines(clan(7))]
    assert drawn == [("11", 0), ("12A", 1), ("12B", 2), ("12C", 3), ("12E", 4), ("12D", 3), ("", 0)]


def test_a_child_of_several_follows_the_one_it_begins_with() -> None:
    (child,) = [one for one in tree.lines(clan(7)) if one.relative.title == "12C"]
    assert child.link == Descent(7, 3, 120, exact=True)
    assert child.others == (Descent(9, 3, 7, exact=False),)


def test_families_that_go_in_circles_are_shown_all_the_same() -> None:
    nodes = (Relative(1, "a", READY), Relative(2, "b", READY), Relative(3, "c", READY))
    edges = (Descent(1, 2, 0, exact=True), Descent(2, 1, 0, exact=True), Descent(3, 3, 0, exact=True))
    assert sorted(one.relative.id for one in tree.lines(Family(1, nodes, edges))) == [1, 2, 3]


def test_a_film_of_many_clips_is_no_deep_recursion() -> None:
    count = 5000
    nodes = tuple(Relative(number, str(number), READY) for number in range(1, count + 1))
    edges = tuple(Descent(number, number + 1, 120, exact=True) for number in range(1, 300))
    drawn = tree.lines(Family(1, nodes, edges))
    assert len(drawn) == count
    assert max(one.depth for one in drawn) == 299


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8), st.booleans()), max_size=20))
def test_whatever_the_files_say_each_clip_is_there_once(links: list[tuple[int, int, bool]]) -> None:
    nodes = tuple(Relative(number, str(number), READY) for number in range(1, 9))
    edges = tuple(dict.fromkeys(Descent(one, other, 0, exact) for one, other, exact in links))
    drawn = tree.lines(Family(1, nodes, edges))
    assert sorted(one.relative.id for one in drawn) == list(range(1, 9))
    places = {one.relative.id: number for number, one in enumerate(drawn)}
    for one in drawn:
        if one.link is not None:
            assert one.link in edges
            assert places[one.link.parent] < places[one.relative.id]
            assert drawn[places[one.link.parent]].depth == one.depth - 1


# On screen


def test_the_family_is_asked_for_once_a_clip_and_offered_only_where_there_is_one(bench: Bench) -> None:
    clip = bench.show_clip(clip_of())
    bench.stage.update_clip(clip)
    assert bench.of("family_wanted") == [(clip.id,)]
    family = bench.button("Family")
    assert not family.isVisible()
    assert "Family" not in bench.menu()
    bench.stage.set_family(Family(clip.id, (Relative(clip.id, "12B", READY),)))
    assert not family.isVisible()
    bench.stage.set_family(clan(clip.id))
    assert family.isVisible()
    assert "Family" in bench.menu()
    other = bench.show_clip(clip_of())
    assert not family.isVisible()
    assert "Family" not in bench.menu()
    bench.stage.set_family(clan(clip.id))  # too late
    assert not family.isVisible()
    assert bench.of("family_wanted") == [(clip.id,), (other.id,)]


def test_it_opens_on_the_clip_that_is_open_and_says_how_each_hangs_there(bench: Bench) -> None:
    _clip, shown = opened(bench)
    assert shown.here.hasFocus()
    names = [one.accessibleName() for one in shown.rows]
    assert names == [
        "11",
        "12A, from frame 120 · exact start",
        "12B, from frame 61 · exact start, on the stage",
        "12C, from frame 120 · exact start · and 1 more",
        "12E, from frame 120 · exact start · in the trash",
        "12D, from frame 30 · same cast · Failed",
        "No longer in the library",
    ]
    assert QAccessible.queryAccessibleInterface(shown.rows[0]).role() == QAccessible.Role.Button


def test_arrows_walk_and_enter_opens(bench: Bench) -> None:
    opened_clips: list[object] = []
    bench.wishes.open_clip.connect(opened_clips.append)
    clip, shown = opened(bench)
    frame = bench.stage.deck.number
    for key in (Key.Key_Up, Key.Key_Up, Key.Key_Up, Key.Key_Down):
        QTest.keyClick(QApplication.focusWidget() or shown, key)
    focus = QApplication.focusWidget()
    assert focus is row(shown, "12A")
    QTest.keyClick(focus, Key.Key_Return)
    assert opened_clips == [2]
    assert not shown.isVisible()
    assert bench.stage.deck.number == frame
    assert not bench.of("judge")
    assert clip.id not in opened_clips


def test_what_cannot_be_opened_stays_where_it_is(bench: Bench) -> None:
    opened_clips: list[object] = []
    bench.wishes.open_clip.connect(opened_clips.append)
    _clip, shown = opened(bench)
    for title in ("12B", "12D", "12E", ""):
        row(shown, title).click()
    assert not opened_clips
    assert shown.isVisible()


def test_the_seam_of_parent_and_child_is_wished_for(bench: Bench) -> None:
    wished: list[object] = []
    bench.wishes.play_seam.connect(lambda *ids: wished.append(ids))
    clip, shown = opened(bench)
    offered = [one.line.relative.title for one in shown.rows if one.seam is not None]
    assert offered == ["12A", "12B", "12C"]
    seam = row(shown, "12B").seam
    assert seam is not None
    seam.click()
    assert wished == [(2, clip.id)]


def test_a_family_that_has_grown_is_shown_while_it_is_open(bench: Bench) -> None:
    clip, shown = opened(bench)
    assert bench.of("family_wanted")[-1] == (clip.id,)
    assert len(bench.of("family_wanted")) == 2  # asked again: a child may have come since
    family = clan(clip.id)
    grown = Family(
        clip.id,
        (*family.nodes, Relative(8, "12F", READY)),
        (*family.edges, Descent(clip.id, 8, 120, exact=True)),
    )
    bench.stage.set_family(grown)
    assert shown.isVisible()
    assert row(shown, "12F").isVisible()
    assert shown.here.hasFocus()


def test_another_clip_closes_it(bench: Bench) -> None:
    _clip, shown = opened(bench)
    bench.show_clip(clip_of())
    assert not shown.isVisible()


def test_a_very_large_family_shows_what_is_near(bench: Bench) -> None:
    clip = bench.show_clip(clip_of())
    ids = [*range(1, 200), clip.id, *range(1001, 1200)]
    nodes = tuple(Relative(number, str(number), READY) for number in ids)
    edges = tuple(Descent(one, other, 120, exact=True) for one, other in pairwise(ids))
    bench.stage.set_family(Family(clip.id, nodes, edges, more=True))
    bench.button("Family").click()
    (shown,) = bench.findChildren(FamilyTree)
    assert len(shown.rows) == 60
    assert shown.here.line.relative.id == clip.id
    assert shown.here.visibleRegion().boundingRect().height() > 20


@pytest.mark.parametrize("size", [WIDE, LEAST])
def test_it_lies_inside_the_window(bench: Bench, size: tuple[int, int]) -> None:
    bench.resize(*size)
    _clip, shown = opened(bench)
    assert bench.rect().contains(shown.geometry())
    assert shown.height() > 200
    assert not shown.geometry().intersects(_in_window(bench))


def test_the_menu_opens_it_too(bench: Bench) -> None:
    clip = bench.show_clip(clip_of())
    bench.stage.set_family(clan(clip.id))
    bench.menu()["Family"].trigger()  # type: ignore[attr-defined]
    (shown,) = bench.findChildren(FamilyTree)
    assert shown.isVisible()


def test_the_facts_say_what_it_came_from(bench: Bench) -> None:
    clip = clip_of()
    rows = dict(facts.rows(clip, clan(clip.id)))
    assert rows["Came from"] == "12A, frame 61"
    assert "Came from" not in dict(facts.rows(clip))
    both = Family(
        clip.id,
        (Relative(1, "11", READY), Relative(9), Relative(clip.id, "12B", READY)),
        (Descent(1, clip.id, 3, exact=False), Descent(9, clip.id, 4, exact=False)),
    )
    assert dict(facts.rows(clip, both))["Came from"] == "11, frame 3; No longer in the library, frame 4"


def _in_window(bench: Bench) -> QRect:
    button = bench.button("Family")
    return QRect(button.mapTo(bench, QPoint(0, 0)), button.size())
