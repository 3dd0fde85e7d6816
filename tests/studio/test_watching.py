"""From accepted to a link: patient with everything but a plain end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seedance_desktop.domain.clip import Stage, Verdict
from seedance_desktop.domain.trouble import Halt
from tests.faults.script import Fault, Reply, answer, page
from tests.studio.conftest import PACE, Bench

TROUBLES: dict[str, Fault] = {
    "says nothing": Fault(cut_answer=0),
    "cut in the answer": Fault(cut_answer=60, politely=True),
    "500": Fault(page(500)),
    "502": Fault(page(502)),
    "503": Fault(page(503, retry_after="0.01")),
    "504": Fault(Reply(504)),
    "429": Fault(answer({}, 429, retry_after="0.01")),
    "403": Fault(answer({}, 403)),
    "400": Fault(answer({}, 400)),
    "302": Fault(Reply(302, b"", {"Location": "https://example.com"})),
    "html": Fault(page(200)),
    "empty": Fault(Reply(200)),
    "broken": Fault(Reply(200, b'{"status": "comp')),
    "a word nobody knows": Fault(answer({"status": "dreaming"})),
    "no word": Fault(answer({"id": "task_1"})),
    "404 at first": Fault(answer({}, 404)),
    "done without a link": Fault(answer({"status": "completed", "video_url": None})),
    "done with an empty link": Fault(answer({"status": "succeeded", "video_url": ""})),
}


@pytest.mark.parametrize("fault", TROUBLES.values(), ids=TROUBLES)
async def test_trouble_while_polling_fails_no_clip(closed: Bench, fault: Fault) -> None:
    closed.pace = replace(PACE, not_found_grace=60.0)
    closed.far.next("polls", *[fault] * 4)
    await closed.open()
    [ready] = await closed.ready()
    assert ready.charged is Verdict.YES
    assert len(closed.far.posts) == 1
    assert not closed.far.polls
    assert not closed.health.troubles


WORDS = ["completed", "succeeded", "SUCCESS", "done", "Finished"]


@pytest.mark.parametrize("word", WORDS)
async def test_every_word_for_done_is_done(bench: Bench, word: str) -> None:
    [clip] = await bench.generate()
    await bench.far.until(lambda: bench.far.charges)
    link = bench.far.link(bench.far.charges[0])
    bench.far.next("polls", Fault(answer({"code": 0, "data": {"status": word, "url": link}})))
    await bench.stage(clip, Stage.READY)


@pytest.mark.parametrize("word", ["failed", "FAILURE", "cancelled", "expired", "rejected", "timeout"])
async def test_every_word_for_failed_fails_with_its_reason_and_stays_charged(bench: Bench, word: str) -> None:
    bench.far.next("polls", Fault(answer({"status": word, "error": None})))
    [clip] = await bench.generate()
    failed = await bench.stage(clip, Stage.FAILED)
    assert failed.reason is not None
    assert (failed.charged, failed.reason.code, failed.word) == (Verdict.YES, "render-failed-plain", word)


async def test_an_outage_shows_and_passes(bench: Bench) -> None:
    bench.far.words = ("processing",)
    [clip] = await bench.generate()
    await bench.until(lambda: bench.clips[clip.id].rendering)
    bench.far.go_offline()
    await bench.halted(Halt.OFFLINE)
    bench.far.finish(bench.far.charges[0])
    bench.far.come_back()
    await bench.stage(clip, Stage.READY)
    assert not bench.health.troubles


async def test_a_task_that_is_gone_is_said_after_a_while(bench: Bench) -> None:
    [clip] = await bench.generate()
    await bench.stage(clip, Stage.WAITING)
    bench.far.next("polls", *[Fault(answer({"error": "not found"}, 404))] * 100)
    failed = await bench.stage(clip, Stage.FAILED)
    assert failed.reason is not None
    assert (failed.reason.code, failed.charged) == ("task-gone", Verdict.YES)
    assert len(bench.far.charges[0].polls) >= 3


async def test_done_without_a_link_is_said_after_a_few_polls(bench: Bench) -> None:
    bench.far.next("polls", *[Fault(answer({"status": "completed"}))] * 20)
    [clip] = await bench.generate()
    failed = await bench.stage(clip, Stage.FAILED)
    assert failed.reason is not None
    assert failed.reason.code == "no-link"
    assert len(bench.far.charges[0].polls) == 6


@pytest.mark.parametrize("link", ["file:///etc/passwd", "ftp://a/b.mp4", "not a link", "http://[x"])
async def test_a_link_that_may_not_be_followed_fails_charged(bench: Bench, link: str) -> None:
    bench.far.next("polls", Fault(answer({"status": "completed", "video_url": link})))
    [clip] = await bench.generate()
    failed = await bench.stage(clip, Stage.FAILED)
    assert failed.reason is not None
    assert (failed.reason.code, failed.charged) == ("bad-link", Verdict.YES)


@pytest.mark.parametrize(("status", "halt"), [(401, Halt.KEY_REFUSED), (402, Halt.NO_BALANCE)])
async def test_a_refused_key_asks_and_fails_no_paid_clip(bench: Bench, status: int, halt: Halt) -> None:
    bench.far.words = ("processing",)
    first, second = await bench.generate(2)
    for clip in (first, second):
        await bench.stage(clip, Stage.WAITING)
    bench.far.next("polls", *[Fault(answer({"error": "no"}, status))] * 2)
    await bench.halted(halt)
    [held] = await bench.generate()
    bench.far.finish()
    assert bench.clips[held.id].stage is Stage.PLANNED
    await bench.far.until(lambda: not bench.far.polls)
    await bench.studio.key_changed(bench.far.address)
    for clip in (first, second):
        await bench.stage(clip, Stage.READY)
    await bench.stage(held, Stage.WAITING)
    assert not bench.health.troubles
    assert len(bench.far.posts) == 3


async def test_an_odd_id_is_polled_as_it_is(bench: Bench) -> None:
    bench.far.name_task = lambda number: f"../a b/{number}?x=1#雨"
    [ready] = await bench.ready()
    assert ready.task == "../a b/1?x=1#雨"
    assert [path.name for path in (bench.folder / "clips").iterdir()] == [ready.file.removeprefix("clips/")]
