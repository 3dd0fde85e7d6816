"""One click of many clips: variations times takes, its money as a whole, its order, and its end when cut short."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter

import pytest

from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.errors import BadRecipe, OverBudget, Refused
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.news import ClipSaved
from seedance_desktop.domain.recipe import Recipe
from seedance_desktop.studio.planning import moved, order
from tests.faults.script import Fault, answer
from tests.studio.conftest import Bench

PROMPT = "a fox at {dawn|noon|night}, ｛rain｜snow｝"
SIX = [f"a fox at {light}, {sky}" for light in ("dawn", "noon", "night") for sky in ("rain", "snow")]


def posted(bench: Bench) -> list[str]:
    """The prompts that went out, in order."""
    return [task.body["content"][0]["text"] for task in bench.far.charges]


async def planned(bench: Bench, prompt: str = PROMPT, takes: int = 1) -> list[Clip]:
    """A batch that waits."""
    await bench.studio.pause(paused=True)
    return await bench.generate(takes, prompt)


async def go(bench: Bench) -> None:
    """Let it run to its end."""
    bench.prefer(at_once=1)
    await bench.studio.pause(paused=False)
    await bench.until(lambda: all(clip.stage is Stage.READY for clip in bench.clips.values()))


async def test_every_variation_is_made_as_often_as_there_are_takes(bench: Bench) -> None:
    clips = await bench.generate(2, PROMPT)
    assert [clip.recipe.prompt for clip in clips] == [prompt for prompt in SIX for _ in range(2)]
    assert [(clip.take, clip.takes) for clip in clips] == [(number, 12) for number in range(1, 13)]
    assert {clip.click for clip in clips} == {clips[0].id}
    assert len({clip.id for clip in clips}) == 12
    assert all(clip.place == clip.made for clip in clips)
    await bench.until(lambda: all(clip.stage is Stage.READY for clip in bench.clips.values()))
    assert Counter(posted(bench)) == dict.fromkeys(SIX, 2)
    assert len(bench.far.charges) == len(bench.submits()) == 12
    assert (await bench.studio.books.spend()).spent == 12 * 28


@pytest.mark.parametrize(
    ("prompt", "takes", "code"),
    [
        ("{a|b|c} {d|e|f} {g|h}", 4, "variations-too-many"),
        ("{a|b}" * 40, 1, "variations-too-many"),
        ("{|x}", 1, "prompt-empty"),
    ],
)
async def test_a_batch_that_cannot_be_asked_records_nothing(bench: Bench, prompt: str, takes: int, code: str) -> None:
    with pytest.raises(BadRecipe) as raised:
        await bench.generate(takes, prompt)
    assert raised.value.reason.code == code
    assert bench.rows("SELECT count(*) FROM clips") == [(0,)]


async def test_a_budget_holds_for_the_whole_batch_before_anything_is_recorded(bench: Bench) -> None:
    bench.prefer(monthly_budget=12 * 28 - 1)
    with pytest.raises(OverBudget) as raised:
        await bench.generate(2, PROMPT)
    assert raised.value.reason.fact("asked") == 12 * 28
    assert bench.rows("SELECT count(*) FROM clips") == [(0,)]
    bench.prefer(monthly_budget=12 * 28)
    await planned(bench, takes=2)
    with pytest.raises(OverBudget):
        await bench.generate()
    assert bench.rows("SELECT count(*) FROM clips") == [(12,)]
    assert not bench.far.posts


async def test_never_more_in_flight_than_allowed(bench: Bench) -> None:
    bench.far.words = ("processing",)
    bench.prefer(at_once=2)
    clips = await bench.generate(1, PROMPT)
    await bench.until(lambda: sum(clip.stage is Stage.WAITING for clip in bench.clips.values()) == 2)
    assert posted(bench) == SIX[:2]
    bench.far.words = ("completed",)
    bench.far.finish()
    await bench.until(lambda: all(bench.clips[clip.id].stage is Stage.READY for clip in clips))
    assert posted(bench) == SIX


async def test_what_is_planned_goes_out_in_the_order_that_it_was_moved_to(bench: Bench) -> None:
    clips = await planned(bench)
    said = len(bench.said)
    await bench.studio.move(clips[4].id, -99)
    await bench.studio.move(clips[0].id, 2)
    await bench.studio.move(clips[1].id, 99)
    want = [SIX[number] for number in (4, 2, 0, 3, 5, 1)]
    told = [news.clip for news in bench.said[said:] if isinstance(news, ClipSaved)]
    assert {clip.id: clip.place for clip in told} == {clip.id: bench.clips[clip.id].place for clip in told}
    assert [clip.recipe.prompt for clip in await bench.library.under_way()] == want
    await go(bench)
    assert posted(bench) == want


async def test_the_order_outlives_a_power_cut(bench: Bench) -> None:
    clips = await planned(bench)
    await bench.studio.move(clips[5].id, -5)
    await bench.studio.move(clips[0].id, 1)
    want = [SIX[number] for number in (5, 1, 0, 2, 3, 4)]
    await bench.crash()
    await bench.open()
    assert [clip.recipe.prompt for clip in await bench.library.under_way()] == want
    await go(bench)
    assert posted(bench) == want


async def test_a_move_while_the_click_counts_down_is_heeded(bench: Bench) -> None:
    bench.prefer(at_once=1)
    clips = await bench.generate(1, PROMPT, undo=0.3)
    await bench.studio.move(clips[5].id, -5)
    await bench.until(lambda: all(clip.stage is Stage.READY for clip in bench.clips.values()))
    assert posted(bench) == [SIX[5], *SIX[:5]]


async def test_a_clip_that_was_moved_and_then_not_accepted_keeps_its_place(bench: Bench) -> None:
    clips = await planned(bench, "{a|b|c}")
    await bench.studio.move(clips[2].id, -2)
    bench.far.next("submits", Fault(answer({}, 429, retry_after="0.1")))
    await go(bench)
    assert posted(bench) == ["c", "a", "b"]
    assert len(bench.far.posts) == 4


async def test_only_what_is_planned_and_not_on_its_way_moves(bench: Bench) -> None:
    stop = threading.Event()
    bench.prefer(at_once=1)
    bench.far.next("submits", Fault(until=stop))
    first, second, third = await bench.generate(1, "{a|b|c}")
    await bench.far.until(lambda: bench.far.posts)
    with pytest.raises(Refused):
        await bench.studio.move(first.id, 1)
    await bench.studio.move(third.id, -2)
    assert bench.clips[first.id].place == first.place
    stop.set()
    await bench.until(lambda: all(clip.stage is Stage.READY for clip in bench.clips.values()))
    assert posted(bench) == ["a", "c", "b"]
    for clip in (second, third):
        with pytest.raises(Refused):
            await bench.studio.move(clip.id, 1)


async def test_a_move_never_takes_a_stage_back(bench: Bench) -> None:
    """The place is written while the clip's own life goes on: row and news must end with what the life has said."""
    clips = await planned(bench)
    await bench.studio.pause(paused=False)
    moves = [asyncio.ensure_future(bench.studio.move(clip.id, by)) for clip in clips for by in (-2, 1, 3)]
    await asyncio.gather(*moves, return_exceptions=True)
    await bench.until(lambda: all(clip.stage is Stage.READY for clip in bench.clips.values()))
    assert sorted(posted(bench)) == sorted(SIX)
    assert {clip.stage for clip in await bench.library.get(bench.clips)} == {Stage.READY}
    for clip in clips:
        said = [news.clip.stage for news in bench.said if isinstance(news, ClipSaved) and news.clip.id == clip.id]
        assert Stage.PLANNED not in said[said.index(Stage.SENDING) :]


async def test_a_batch_is_cut_short_at_any_time_and_what_was_not_sent_costs_nothing(bench: Bench) -> None:
    bench.far.words = ("processing",)
    bench.prefer(at_once=2)
    clips = await bench.generate(2, PROMPT)
    await bench.until(lambda: sum(clip.stage is Stage.WAITING for clip in bench.clips.values()) == 2)
    taken = await bench.studio.undo(clips[-1].id)
    assert {clip.id for clip in taken} == {clip.id for clip in clips[2:]}
    bench.far.finish()
    await bench.until(lambda: all(clip.stage is Stage.READY for clip in bench.clips.values()))
    assert set(bench.clips) == {clip.id for clip in clips[:2]}
    assert posted(bench) == [SIX[0]] * 2
    assert bench.rows("SELECT count(*) FROM clips") == [(2,)]
    assert (await bench.studio.books.spend()).committed == 0


async def test_a_batch_of_a_power_cut_is_found_paused_and_cut_short_later(bench: Bench) -> None:
    clips = await planned(bench)
    [other] = await bench.generate(prompt="another click")
    await bench.crash()
    await bench.open()
    assert [clip.id for clip in await bench.studio.undo(clips[3].id)] == [clip.id for clip in clips]
    await go(bench)
    assert posted(bench) == ["another click"]
    assert set(bench.clips) == {other.id}


def rows(*places: int) -> list[Clip]:
    return [
        Clip(number, Recipe("x"), 1, "g", Money(28), click=1, take=number, place=place)
        for number, place in enumerate(places, 1)
    ]


@pytest.mark.parametrize("places", [(5, 5, 5, 5, 5), (1, 2, 3, 4, 5), (1, 1, 2, 2, 2), (0, 0, 0, 0, 9)])
@pytest.mark.parametrize("clip", range(1, 6))
@pytest.mark.parametrize("by", range(-5, 6))
def test_a_move_changes_the_order_as_wished_and_nothing_else(places: tuple[int, ...], clip: int, by: int) -> None:
    from dataclasses import replace

    before = rows(*places)
    places_now = moved(before, clip, by)
    after = sorted((replace(one, place=places_now.get(one.id, one.place)) for one in before), key=order)
    want = [one.id for one in before if one.id != clip]
    want.insert(min(max(0, clip - 1 + by), 4), clip)
    assert [one.id for one in after] == want
    assert len({order(one) for one in after}) == 5
    if not by:
        assert places_now == {}
