"""Judging takes, one and a thousand, and taking it back step by step; what goes with the trash, and what stays."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from seedance_desktop.domain.clip import Clip, Flag, Footage, Stage, Verdict
from seedance_desktop.domain.errors import DiskProblem, Problem, Refused
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.news import ClipRemoved, ClipSaved
from seedance_desktop.domain.recipe import Recipe
from seedance_desktop.domain.shelf import Query
from seedance_desktop.studio.judging import Judgement, Steps
from tests.studio.conftest import Bench

FOOTAGE = Footage(320, 180, 121, 24.0, 121 / 24, 1000)


async def shelved(bench: Bench, count: int, **facts: object) -> list[Clip]:
    """Finished clips that never cost anything."""
    clips = [
        Clip(number, Recipe(f"take {number}"), number, "", Money(0), 1, number, stage=Stage.READY, footage=FOOTAGE)
        for number in range(1, count + 1)
    ]
    clips = [replace(clip, **facts) for clip in clips]  # type: ignore[arg-type]
    await bench.library.add(clips)
    return clips


async def kept(bench: Bench, clips: Sequence[Clip]) -> list[Clip]:
    return sorted(await bench.library.get([clip.id for clip in clips]), key=lambda clip: clip.id)


def record(bench: Bench, clip: Clip) -> dict[str, object]:
    read: dict[str, object] = json.loads((bench.folder / "records" / f"{clip.name}.json").read_bytes())
    return read


async def test_every_step_is_taken_back_one_by_one(bench: Bench) -> None:
    keeping = bench.studio.keeping
    clips = await shelved(bench, 3)
    ids = [clip.id for clip in clips]
    states = [await kept(bench, clips)]
    steps: tuple[Callable[[], Coroutine[Any, Any, list[Clip]]], ...] = (
        lambda: keeping.judge(2, 4, Flag.PICK),
        lambda: keeping.tag(ids, ["rain"]),
        lambda: keeping.note(1, "too dark\r\nreally"),
        lambda: keeping.mark(3, 90, 20),
        lambda: keeping.reject_rest(2),
        lambda: keeping.judge(ids, stars=1),
        lambda: keeping.tag(ids, ["night"], ["rain"]),
    )
    for step in steps:
        await step()
        states.append(await kept(bench, clips))
    last = states[-1]
    assert [clip.flag for clip in last] == [Flag.REJECT, Flag.PICK, Flag.REJECT]
    assert [clip.stars for clip in last] == [1, 1, 1]
    assert {clip.tags for clip in last} == {("night",)}
    assert last[0].notes == "too dark\nreally"
    assert (last[2].mark_in, last[2].mark_out) == (20, 90)
    for state in reversed(states[:-1]):
        bench.said.clear()
        back = await keeping.undo_judging()
        assert await kept(bench, clips) == state
        assert [news.clip for news in bench.said if isinstance(news, ClipSaved)] == back
    assert await keeping.undo_judging() == []
    assert record(bench, clips[0])["tags"] == []


async def test_a_range_is_brought_inside_the_footage_and_can_be_cleared(bench: Bench) -> None:
    await shelved(bench, 1)
    for asked, expected in (((-1, 500), (-1, 120)), ((7, -1), (7, -1)), ((500, 3), (3, 120)), ((-1, -1), (-1, -1))):
        [clip] = await bench.studio.keeping.mark(1, *asked)
        assert (clip.mark_in, clip.mark_out) == expected


async def test_what_changes_nothing_is_a_step_that_brings_nothing_back(bench: Bench) -> None:
    clips = await shelved(bench, 2)
    await bench.studio.keeping.judge(1, 3)
    bench.said.clear()
    assert await bench.studio.keeping.judge(1, 3, Flag.NONE) == []
    assert await bench.studio.keeping.judge(1, -1) == []
    assert await bench.studio.keeping.tag([1, 2], [" ", ""], ["not there"]) == []
    assert await bench.studio.keeping.reject_rest(99) == []
    assert bench.said == []
    for _ in range(4):
        assert await bench.studio.keeping.undo_judging() == []
    assert len(await bench.studio.keeping.undo_judging()) == 1
    assert await kept(bench, clips) == clips


async def test_rejecting_the_rest_of_a_shot_spares_picks_and_what_is_not_its(bench: Bench) -> None:
    await shelved(bench, 6, shot="7", project="Pier", click=0)
    keeping = bench.studio.keeping
    await keeping.judge(2, flag=Flag.PICK)
    await keeping.trash([3])
    [other] = await kept(bench, [replace((await kept(bench, await bench.library.get([4])))[0], id=4)])
    await bench.library.save(replace(other, shot="8"), record=True)
    rejected = await keeping.reject_rest(1)
    assert {clip.id for clip in rejected} == {5, 6}
    flags = {clip.id: clip.flag for clip in await bench.library.get(range(1, 7))}
    assert flags == {1: Flag.NONE, 2: Flag.PICK, 3: Flag.NONE, 4: Flag.NONE, 5: Flag.REJECT, 6: Flag.REJECT}


async def test_an_undo_waits_for_the_verb_before_it(bench: Bench) -> None:
    clips = await shelved(bench, 1)
    await asyncio.gather(
        bench.studio.keeping.judge(1, 2),
        bench.studio.keeping.judge(1, 5),
        bench.studio.keeping.undo_judging(),
    )
    assert (await kept(bench, clips))[0].stars == 2


async def test_undo_leaves_alone_what_was_not_judged(bench: Bench) -> None:
    clips = await shelved(bench, 2)
    await bench.studio.keeping.judge([1, 2], 5)
    await bench.studio.keeping.trash([1])
    await bench.studio.keeping.change_all([2], lambda clip: replace(clip, handed=77))
    await bench.studio.keeping.undo_judging()
    first, second = await kept(bench, clips)
    assert (first.stars, first.trashed > 0, second.stars, second.handed) == (0, True, 0, 77)


async def test_a_thousand_are_judged_without_holding_the_loop(bench: Bench) -> None:
    clips = await shelved(bench, 1000)
    ids = [clip.id for clip in clips]
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    counting = asyncio.create_task(count())
    changed = await bench.studio.keeping.tag(ids, ["keep"])
    counting.cancel()
    assert len(changed) == 1000
    assert turns > 100, "other coroutines have had their turn all along"
    assert sum(isinstance(news, ClipSaved) for news in bench.said) == 1000
    assert bench.rows("SELECT count(*) FROM clips WHERE tags = 'keep'") == [(1000,)]
    assert record(bench, clips[999])["tags"] == ["keep"]
    await bench.studio.keeping.undo_judging()
    assert bench.rows("SELECT count(*) FROM clips WHERE tags = 'keep'") == [(0,)]


async def test_what_is_under_way_or_unknown_is_passed_over_and_alone_refused(bench: Bench) -> None:
    await shelved(bench, 1)
    await bench.studio.pause(paused=True)
    [planned] = await bench.generate()
    keeping = bench.studio.keeping
    assert [clip.id for clip in await keeping.judge([planned.id, 1, 999], 3)] == [1]
    for clip, code in ((planned.id, "clip-not-for-that"), (999, "clip-unknown")):
        for verb in (
            keeping.judge(clip, 3),
            keeping.tag([clip], ["x"]),
            keeping.trash([clip]),
            keeping.mark(clip, 1, 2),
        ):
            with pytest.raises(Refused) as raised:
                await verb
            assert raised.value.reason.code == code
    assert await keeping.judge([], 3) == []


async def test_a_judgement_that_the_disk_refuses_is_none_and_can_be_undone_later(bench: Bench) -> None:
    clips = await shelved(bench, 1)
    keeping = bench.studio.keeping
    await keeping.judge(1, 4)
    away = bench.folder.with_name("away")
    bench.folder.rename(away)
    with pytest.raises(DiskProblem):
        await keeping.undo_judging()
    away.rename(bench.folder)
    [back] = await keeping.undo_judging()
    assert (back.stars, await kept(bench, clips)) == (0, [back])


def test_a_hundred_steps_are_kept() -> None:
    steps = Steps()
    said = Judgement(0, Flag.NONE, (), "", -1, -1)
    for number in range(150):
        steps.add({number: said})
    taken = []
    while step := steps.take():
        taken += [*step]
    assert taken == list(range(149, 49, -1))
    for _ in range(3):
        steps.add(dict.fromkeys(range(150_000), said))
    assert steps.take() is not None
    assert steps.take() is None, "old steps make room for very large ones"


async def test_emptying_the_trash_deletes_files_and_keeps_the_ledger(bench: Bench, tmp_path: Path) -> None:
    paid, wanted = await bench.ready(2)
    free, outside = await shelved(bench, 2)
    (bench.folder / "clips" / "free.mp4").write_bytes(b"x")
    elsewhere = tmp_path / "theirs.mp4"
    elsewhere.write_bytes(b"x")
    await bench.library.save_many([replace(free, file="clips/free.mp4"), replace(outside, outside=str(elsewhere))])
    await bench.studio.keeping.trash([paid.id, free.id, outside.id])
    entries = await bench.studio.books.entries()
    bench.said.clear()
    gone = await bench.studio.keeping.empty_trash([paid.id, wanted.id, free.id, outside.id, 999])
    assert set(gone) == {paid.id, free.id, outside.id}
    assert [news.id for news in bench.said if isinstance(news, ClipRemoved)] == gone
    assert not (bench.folder / paid.file).exists()
    assert not (bench.folder / "clips" / "free.mp4").exists()
    assert elsewhere.exists(), "what lies outside is not ours"
    assert (bench.folder / wanted.file).exists()
    assert list(await bench.studio.find(Query(trashed=True))) == []
    assert list(await bench.studio.find(Query())) == [wanted.id]
    after = await bench.studio.books.entries()
    assert [(entry.id, entry.verdict) for entry in after] == [(entry.id, entry.verdict) for entry in entries]
    assert sum(entry.verdict is Verdict.YES for entry in after) == 2
    assert await bench.studio.keeping.undo_judging() == []


async def test_a_file_that_cannot_be_deleted_is_said_and_stays_in_the_trash(bench: Bench) -> None:
    stuck, free = await shelved(bench, 2)
    in_the_way = bench.folder / "clips" / "stuck.mp4"
    (in_the_way / "inner").mkdir(parents=True)
    await bench.library.save_many([replace(stuck, file="clips/stuck.mp4")])
    await bench.studio.keeping.trash([stuck.id, free.id])
    with pytest.raises(Problem) as raised:
        await bench.studio.keeping.empty_trash([stuck.id, free.id])
    assert (raised.value.reason.code, raised.value.reason.fact("name")) == ("trash-file-stays", "stuck.mp4")
    assert list(await bench.studio.find(Query(trashed=True))) == [stuck.id]


async def test_what_failed_is_not_said_to_be_gone_with_the_trash(bench: Bench) -> None:
    failed, free = await shelved(bench, 2)
    await bench.library.save_many([replace(failed, stage=Stage.FAILED, trashed=5)])
    await bench.studio.keeping.trash([free.id])
    bench.said.clear()
    assert await bench.studio.keeping.empty_trash([failed.id, free.id]) == [free.id]
    assert [news.id for news in bench.said if isinstance(news, ClipRemoved)] == [free.id]
    assert [clip.id for clip in await bench.library.get([failed.id])] == [failed.id]


async def test_a_range_where_there_is_no_footage_is_a_step_that_changes_nothing(bench: Bench) -> None:
    failed, ready = await shelved(bench, 2)
    await bench.library.save_many([replace(failed, stage=Stage.FAILED)])
    await bench.studio.keeping.note(ready.id, "before")
    assert await bench.studio.keeping.mark(failed.id, 1, 2) == []
    assert await bench.studio.keeping.undo_judging() == [], "the screen counts it as a step, too"
    [back] = await bench.studio.keeping.undo_judging()
    assert (back.id, back.notes) == (ready.id, "")
