"""What the creator can do with clips: undo, pause, retry, adopt, send again, dismiss, stop, judge, trash."""

from __future__ import annotations

import asyncio
import json
import threading

import pytest

from seedance_desktop.domain.clip import Clip, Flag, Stage, Verdict
from seedance_desktop.domain.errors import BadRecipe, Refused
from seedance_desktop.domain.shelf import Query
from tests.faults.script import Fault, answer
from tests.studio.conftest import Bench


async def unsure(bench: Bench, *, charge: bool = True) -> Clip:
    bench.far.next("submits", Fault(charge=charge, cut_answer=0))
    [clip] = await bench.generate()
    return await bench.stage(clip, Stage.UNSURE)


async def test_a_click_can_be_taken_back_whole(bench: Bench) -> None:
    clips = await bench.generate(3, undo=5)
    taken = await bench.studio.undo(clips[1].id)
    assert {clip.id for clip in taken} == {clip.id for clip in clips}
    assert not bench.clips
    assert bench.rows("SELECT count(*) FROM clips") == [(0,)]
    await bench.ready()
    assert len(bench.far.posts) == 1


async def test_what_is_sent_already_is_not_taken_back(bench: Bench) -> None:
    go = threading.Event()
    bench.prefer(at_once=1)
    bench.far.next("submits", Fault(until=go))
    first, second = await bench.generate(2)
    await bench.far.until(lambda: bench.far.posts)
    with pytest.raises(Refused):
        await bench.studio.remove(first.id)
    assert [clip.id for clip in await bench.studio.undo(second.id)] == [second.id]
    go.set()
    await bench.stage(first, Stage.READY)
    with pytest.raises(Refused):
        await bench.studio.undo(first.id)


async def test_a_planned_clip_that_was_once_sent_keeps_its_row(bench: Bench) -> None:
    bench.far.next("submits", Fault(answer({}, 429, retry_after="3000")))
    [clip] = await bench.generate()
    await bench.until(lambda: bench.clips[clip.id].reason)
    await bench.studio.remove(clip.id)
    assert bench.clips[clip.id].stage is Stage.CANCELLED
    assert bench.submits() == [("no", "")]


async def test_at_the_end_nothing_more_is_sent_and_what_is_out_arrives(closed: Bench) -> None:
    bench, go = closed, threading.Event()
    await bench.open()
    bench.prefer(at_once=1)
    bench.far.next("submits", Fault(until=go))
    first, second = await bench.generate(2)
    await bench.far.until(lambda: bench.far.posts)
    bench.studio.send_no_more()
    go.set()
    await bench.stage(first, Stage.READY)
    [third] = await bench.generate()
    await bench.close()
    assert len(bench.far.posts) == 1
    assert bench.rows("SELECT count(*) FROM clips WHERE stage = 'planned'") == [(2,)]
    await bench.open()
    for clip in (second, third):
        await bench.stage(clip, Stage.READY)
    assert len(bench.far.posts) == 3


async def test_a_paused_queue_holds_what_is_planned_and_nothing_else(bench: Bench) -> None:
    bench.far.words = ("processing",)
    [sent] = await bench.generate()
    await bench.stage(sent, Stage.WAITING)
    await bench.studio.pause(paused=True)
    [held] = await bench.generate()
    bench.far.finish(bench.far.charges[0])
    await bench.stage(sent, Stage.READY)
    assert bench.clips[held.id].stage is Stage.PLANNED
    await bench.close()
    await bench.open()
    assert bench.studio._desk.health().paused
    assert bench.clips[held.id].stage is Stage.PLANNED
    bench.far.words = ("completed",)
    await bench.studio.pause(paused=False)
    await bench.stage(held, Stage.READY)
    assert len(bench.far.posts) == 2


async def test_a_command_may_leave_the_pause_and_others_clips_alone(bench: Bench) -> None:
    await bench.studio.pause(paused=True)
    [theirs] = await bench.generate()
    await bench.close()
    await bench.open_for_own()
    [own] = await bench.generate()
    await bench.stage(own, Stage.READY)
    assert bench.clips[theirs.id].stage is Stage.PLANNED
    assert len(bench.far.posts) == 1


async def test_an_adopted_task_is_watched_and_arrives_without_a_second_charge(bench: Bench) -> None:
    clip = await unsure(bench)
    await bench.studio.adopt(clip.id, "  task_1\n")
    ready = await bench.stage(clip, Stage.READY)
    assert ready.charged is Verdict.YES
    assert (len(bench.far.charges), len(bench.far.posts)) == (1, 1)
    assert bench.submits() == [("yes", "task_1")]
    record = json.loads((bench.folder / "records" / f"{clip.name}.json").read_bytes())
    assert record["task"] == "task_1"


async def test_an_adopted_task_that_nobody_knows_is_said_to_be_gone(bench: Bench) -> None:
    clip = await unsure(bench)
    await bench.studio.adopt(clip.id, "../task")
    failed = await bench.stage(clip, Stage.FAILED)
    assert failed.reason is not None
    assert failed.reason.code == "task-gone"
    with pytest.raises(Refused):
        await bench.studio.adopt(clip.id, "  ")


async def test_send_again_is_a_second_approval_with_a_row_of_its_own(bench: Bench) -> None:
    clip = await unsure(bench)
    await bench.studio.send_again(clip.id)
    ready = await bench.stage(clip, Stage.READY)
    assert ready.approved > clip.approved
    assert ready.charged is Verdict.YES
    assert bench.submits() == [("unsure", ""), ("yes", "task_2")]
    assert (await bench.studio.books.spend()).spent == 56


@pytest.mark.parametrize("verb", ["send_again", "retry"])
async def test_a_double_click_sends_once(bench: Bench, verb: str) -> None:
    clip = await unsure(bench, charge=False)
    act = getattr(bench.studio, verb)
    results = await asyncio.gather(*(act(clip.id) for _ in range(4)), return_exceptions=True)
    assert sum(isinstance(one, Refused) for one in results) == 3
    await bench.stage(clip, Stage.READY)
    assert (len(bench.far.posts), len(bench.far.charges)) == (2, 1)


async def test_dismissed_keeps_its_verdict(bench: Bench) -> None:
    clip = await unsure(bench)
    dismissed = await bench.studio.dismiss(clip.id)
    assert (dismissed.stage, dismissed.charged) == (Stage.CANCELLED, Verdict.UNSURE)
    assert bench.submits() == [("unsure", "")]
    assert await bench.library.under_way() == []


async def test_stop_watching_and_retry_cost_nothing(bench: Bench) -> None:
    bench.far.words = ("processing",)
    bench.prefer(at_once=1)
    first, second = await bench.generate(2)
    await bench.stage(first, Stage.WAITING)
    stopped = await bench.studio.stop_watching(first.id)
    assert (stopped.stage, stopped.charged) == (Stage.CANCELLED, Verdict.YES)
    await bench.stage(second, Stage.WAITING)
    assert not [life for life in asyncio.all_tasks() if life.get_name() == f"clip {first.name}"]
    bench.far.finish(bench.far.charges[0])
    await bench.studio.retry(first.id)
    await bench.stage(first, Stage.READY)
    assert len(bench.far.posts) == 2


async def test_stop_watching_a_download(bench: Bench) -> None:
    go = threading.Event()
    bench.far.next("downloads", Fault(until=go))
    [clip] = await bench.generate()
    await bench.stage(clip, Stage.FETCHING)
    await bench.studio.stop_watching(clip.id)
    go.set()
    await bench.studio.retry(clip.id)
    await bench.stage(clip, Stage.READY)
    assert len(bench.far.posts) == 1


async def test_retry_of_a_refused_clip_is_a_new_approval(bench: Bench) -> None:
    bench.far.next("submits", Fault(answer({"error": "no"}, 400)))
    [clip] = await bench.generate()
    await bench.stage(clip, Stage.FAILED)
    await bench.studio.retry(clip.id)
    await bench.stage(clip, Stage.READY)
    assert bench.submits() == [("no", ""), ("yes", "task_1")]


async def test_retry_of_a_failed_render_asks_again_and_never_posts(bench: Bench) -> None:
    bench.far.words = ("failed",)
    [clip] = await bench.generate()
    failed = await bench.stage(clip, Stage.FAILED)
    assert (failed.charged, failed.reason and failed.reason.fact("message")) == (Verdict.YES, "The renderer gave up")
    bench.far.finish(bench.far.charges[0])
    await bench.studio.retry(clip.id)
    await bench.stage(clip, Stage.READY)
    assert len(bench.far.posts) == 1


async def test_a_render_that_failed_and_was_refunded_says_so(bench: Bench) -> None:
    bench.far.next("polls", Fault(answer({"status": "failed", "error": "Failed. Credits refunded."})))
    [clip] = await bench.generate()
    failed = await bench.stage(clip, Stage.FAILED)
    assert failed.charged is Verdict.REFUNDED
    assert bench.submits() == [("refunded", "task_1")]
    assert (await bench.studio.books.spend()).spent == 0


async def test_verbs_are_refused_where_they_mean_nothing(bench: Bench) -> None:
    [ready] = await bench.ready()
    studio = bench.studio
    for verb in (studio.retry, studio.send_again, studio.dismiss, studio.stop_watching, studio.undo, studio.remove):
        with pytest.raises(Refused) as raised:
            await verb(ready.id)
        assert raised.value.reason.code == "clip-not-for-that"
        with pytest.raises(Refused) as raised:
            await verb(ready.id + 1)
        assert raised.value.reason.code == "clip-unknown"
    assert len(bench.far.posts) == 1


async def test_judgement_notes_and_trash_are_kept(bench: Bench) -> None:
    [ready] = await bench.ready()
    await bench.studio.keeping.judge(ready.id, 9, Flag.PICK)
    await bench.studio.keeping.tag(ready.id, ["  night  shoot ", "", "rain", "rain", "half \ud800"])
    await bench.studio.keeping.note(ready.id, "note\r\n2")
    [kept] = await bench.library.get([ready.id])
    assert (kept.stars, kept.flag, kept.tags, kept.notes) == (
        5,
        Flag.PICK,
        ("night shoot", "rain", "half ?"),
        "note\n2",
    )
    await bench.studio.keeping.trash([ready.id])
    assert list(await bench.studio.find(Query())) == []
    assert list(await bench.studio.find(Query(trashed=True))) == [ready.id]
    assert (bench.folder / ready.file).exists()
    await bench.studio.keeping.restore([ready.id])
    assert list(await bench.studio.find(Query("rain"))) == [ready.id]
    record = json.loads((bench.folder / "records" / f"{ready.name}.json").read_bytes())
    assert (record["stars"], record["flag"], record["tags"]) == (5, "pick", ["night shoot", "rain", "half ?"])


async def test_a_prompt_with_half_a_character_is_sent_whole(bench: Bench) -> None:
    [clip] = await bench.generate(prompt="a fox \udcff")
    await bench.stage(clip, Stage.READY)
    assert bench.far.charges[0].body["content"][0]["text"] == "a fox ?"
    with pytest.raises(BadRecipe):
        await bench.generate(prompt=" \n\u3000")
