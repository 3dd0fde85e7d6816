"""Families: up and down, over all generations, and what hostile files make of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.cropping import Part
from seedance_desktop.domain.family import Descent, Relative
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.recipe import Recipe, Reference, Use
from seedance_desktop.library import Library


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    opened = Library.open(tmp_path)
    yield opened
    opened.close()


def frame(parent: int, number: int = 120, part: Part = (0.0, 0.0, 1.0, 1.0)) -> Reference:
    return Reference("a frame", "a" * 64, ".png", clip=parent, frame=number, part=part)


def clip(number: int, *images: Reference, use: Use = Use.FIRST_FRAME, **changes: object) -> Clip:
    made = Clip(number, Recipe(f"words {number}", images, use), number, "g", Money(28), stage=Stage.READY)
    return replace(made, **changes)  # type: ignore[arg-type]


async def test_up_to_all_ancestors_and_down_to_all_descendants(library: Library) -> None:
    await library.add(
        [
            clip(1, shot="12B", poster="posters/1.jpg"),
            clip(2, frame(1)),
            clip(3, frame(2, 7)),
            clip(4, frame(3), trashed=5),
            clip(5, frame(3), stage=Stage.WAITING),
            clip(6, frame(5)),
            clip(7, frame(2)),
            clip(8),
        ]
    )
    family = await library.family(3)
    assert family.nodes == (
        Relative(1, "12B", Stage.READY, "posters/1.jpg"),
        Relative(2, "words 2", Stage.READY),
        Relative(3, "words 3", Stage.READY),
        Relative(4, "words 4", Stage.READY, trashed=True),
        Relative(5, "words 5", Stage.WAITING),
        Relative(6, "words 6", Stage.READY),
    )
    assert family.parents(3) == (Descent(2, 3, 7, exact=True),)
    assert [edge.child for edge in family.children(3)] == [4, 5]
    assert not family.more
    alone = await library.family(8)
    assert (alone.nodes, alone.edges) == ((Relative(8, "words 8", Stage.READY),), ())


async def test_only_a_whole_first_frame_is_an_exact_start(library: Library) -> None:
    await library.add(
        [
            clip(1),
            clip(2, Reference("other", "b" * 64, ".png"), frame(1), use=Use.FIRST_LAST),
            clip(3, frame(1), frame(1, 5), use=Use.REFERENCES),
            clip(4, frame(1, part=(0.0, 0.0, 0.5, 1.0))),
            clip(5, frame(1), frame(1), use=Use.FIRST_LAST),
        ]
    )
    edges = (await library.family(1)).edges
    assert {(edge.child, edge.frame, edge.exact) for edge in edges} == {
        (2, 120, False),
        (3, 120, False),
        (3, 5, False),
        (4, 120, False),
        (5, 120, True),
        (5, 120, False),
    }


async def test_a_parent_that_is_gone_is_named_all_the_same(library: Library) -> None:
    await library.add([clip(2, frame(77))])
    family = await library.family(2)
    assert family.nodes == (Relative(77), Relative(2, "words 2", Stage.READY))
    assert family.node(77).stage is None


async def test_a_new_recipe_has_other_parents(library: Library) -> None:
    await library.add([clip(1), clip(2), clip(3, frame(1))])
    await library.save(clip(3, frame(2)))
    assert not (await library.family(1)).edges
    assert [edge.child for edge in (await library.family(2)).edges] == [3]


async def test_circles_end(library: Library) -> None:
    await library.add([clip(1, frame(3)), clip(2, frame(1)), clip(3, frame(2)), clip(4, frame(4))])
    family = await library.family(2)
    assert sorted(one.id for one in family.nodes) == [1, 2, 3]
    assert not family.more
    assert {(edge.parent, edge.child) for edge in family.edges} == {(3, 1), (1, 2), (2, 3)}
    assert [one.id for one in (await library.family(4)).nodes] == [4]


async def test_a_family_of_thousands_is_cut_and_says_so(library: Library) -> None:
    await library.add([clip(1), *(clip(number, frame(number // 2 or 1)) for number in range(2, 3000))])
    family = await library.family(1)
    assert family.more
    assert 300 < len(family.nodes) < 1000
    assert {edge.child for edge in family.edges} <= {one.id for one in family.nodes}
    deep = await library.family(2999)
    assert not deep.more
    assert [one.id for one in deep.nodes] == [1, 2, 5, 11, 23, 46, 93, 187, 374, 749, 1499, 2999]


@pytest.mark.parametrize("parent", [10**30, -1, "x", [1], {"a": 1}, True, 1.5, None])
async def test_a_recipe_may_name_anything_as_its_parent(library: Library, parent: object) -> None:
    await library.add([clip(1), clip(2, frame(1, number="x"), frame(parent))])  # type: ignore[arg-type]
    assert (await library.family(2)).node(2).title == "words 2"
    await library.family(1)
