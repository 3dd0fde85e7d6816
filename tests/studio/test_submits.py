"""The paying-once table as the studio lives it: what is sent again, what never is, and what asks."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace

import pytest

from seedance_desktop.domain.catalogue import SEEDANCE_2
from seedance_desktop.domain.clip import Clip, Stage, Verdict
from seedance_desktop.domain.errors import BadImage, OverBudget
from seedance_desktop.domain.recipe import Draft, Recipe, Reference
from seedance_desktop.domain.trouble import Halt
from seedance_desktop.system import log
from tests.faults.script import Fault, Reply, answer, page
from tests.studio.conftest import Bench

UNSURE: dict[str, Fault] = {
    "cut after the head": Fault(cut_request=0),
    "cut in the body": Fault(cut_request=20),
    "charged and silent": Fault(charge=True, cut_answer=0),
    "cut in the answer": Fault(cut_answer=100, politely=True),
    "no id": Fault(answer({"status": "pending"}), charge=True),
    "html": Fault(page(200), charge=True),
    "500": Fault(page(500), charge=True),
    "502": Fault(page(502)),
    "503": Fault(page(503), charge=True),
    "504": Fault(Reply(504), charge=True),
    "524": Fault(Reply(524), charge=True),
    "408": Fault(answer({}, 408), charge=True),
    "409": Fault(answer({}, 409)),
    "425": Fault(answer({}, 425)),
}


@pytest.mark.parametrize("fault", UNSURE.values(), ids=UNSURE)
async def test_what_nobody_knows_is_never_sent_again(bench: Bench, fault: Fault) -> None:
    bench.far.next("submits", fault)
    [clip] = await bench.generate()
    unsure = await bench.stage(clip, Stage.UNSURE)
    assert unsure.charged is Verdict.UNSURE
    assert unsure.reason is not None
    await bench.ready()  # the queue goes on with the next
    await bench.close()
    await bench.open()
    assert bench.clips[clip.id].stage is Stage.UNSURE
    assert len(bench.far.posts) == 2
    assert bench.submits()[0] == ("unsure", "")


REFUSED: dict[str, tuple[Fault, str]] = {
    "400": (Fault(answer({"error": {"message": "bad ratio"}}, 400)), "refused"),
    "403": (Fault(page(403)), "refused-plain"),
    "404": (Fault(page(404)), "refused-plain"),
    "413": (Fault(page(413)), "too-large"),
    "422": (Fault(answer({"detail": [{"msg": "no"}]}, 422)), "refused"),
    "redirect": (Fault(Reply(302, b"", {"Location": "https://example.com"})), "refused-plain"),
    "quota": (Fault(answer({"error": {"code": "insufficient_quota", "message": "none"}}, 429)), "quota"),
    "content": (Fault(answer({"error": {"code": "InputTextSensitiveContentDetected"}}, 400)), "content-refused"),
}


@pytest.mark.parametrize(("fault", "code"), REFUSED.values(), ids=REFUSED)
async def test_what_is_refused_is_not_charged_and_not_sent_again(bench: Bench, fault: Fault, code: str) -> None:
    bench.far.next("submits", fault)
    [clip] = await bench.generate()
    failed = await bench.stage(clip, Stage.FAILED)
    assert (failed.charged, failed.reason and failed.reason.code) == (Verdict.NO, code)
    await bench.ready()
    assert len(bench.far.posts) == 2
    assert bench.submits()[0] == ("no", "")
    assert not bench.health.troubles


@pytest.mark.parametrize(("text", "verdict"), [("nope", Verdict.UNSURE), ("failed, refunded", Verdict.REFUNDED)])
async def test_a_failure_at_once_says_what_it_cost(bench: Bench, text: str, verdict: Verdict) -> None:
    bench.far.next("submits", Fault(answer({"id": "t", "status": "failed", "error": text})))
    [clip] = await bench.generate()
    failed = await bench.stage(clip, Stage.FAILED)
    assert (failed.charged, failed.task) == (verdict, "t")


@pytest.mark.parametrize(
    "reply", [answer({}, 429, retry_after="0.1"), page(503, retry_after="0.1"), answer({"error": "slow down"}, 429)]
)
async def test_what_is_not_accepted_goes_back_to_planned_and_is_sent_later(bench: Bench, reply: Reply) -> None:
    bench.far.next("submits", Fault(reply))
    [clip] = await bench.generate()
    await bench.until(lambda: bench.clips[clip.id].reason)
    planned = bench.clips[clip.id]
    assert (planned.stage, planned.charged, planned.sent) == (Stage.PLANNED, Verdict.NO, 0)
    assert bench.rows("SELECT stage FROM clips") == [("planned",)]
    ready = await bench.stage(clip, Stage.READY)
    assert ready.charged is Verdict.YES
    assert (len(bench.far.posts), len(bench.far.charges)) == (2, 1)
    assert bench.submits() == [("yes", "task_1")], "one approval is one row"


async def test_retry_after_is_honoured_for_all_of_the_gateway(bench: Bench) -> None:
    bench.far.next("submits", Fault(answer({}, 429, retry_after="1")))
    bench.prefer(at_once=1)
    clips = await bench.generate(2)
    for clip in clips:
        await bench.stage(clip, Stage.READY)
    times = [float(post.headers["x-time"]) for post in bench.far.posts]
    assert len(times) == 3
    assert times[1] - times[0] >= 1.0
    assert [task.body["content"][0]["text"] for task in bench.far.charges] == ["a fox", "a fox"]


async def test_try_now_does_not_wait_for_it(bench: Bench) -> None:
    bench.far.next("submits", Fault(answer({}, 429, retry_after="3000")))
    [clip] = await bench.generate()
    await bench.until(lambda: bench.clips[clip.id].reason)
    bench.studio.try_now()
    await bench.stage(clip, Stage.READY)


async def test_a_machine_that_wakes_up_waits_as_the_gateway_asked(bench: Bench) -> None:
    bench.far.next("submits", Fault(answer({}, 429, retry_after="3000")))
    [clip] = await bench.generate()
    await bench.until(lambda: bench.clips[clip.id].reason)
    bench.studio.wake()
    assert bench.studio._desk.queue._is_held(bench.far.address)
    bench.studio.try_now()
    await bench.stage(clip, Stage.READY)


async def test_unreachable_waits_as_planned_and_goes_on_by_itself(bench: Bench) -> None:
    bench.far.go_offline()
    [clip] = await bench.generate()
    health = await bench.halted(Halt.OFFLINE)
    assert health.online is False
    await bench.until(lambda: bench.clips[clip.id].reason)
    assert bench.rows("SELECT stage, charged, task FROM clips") == [("planned", "no", "")]
    assert bench.submits() == [("no", "")]
    bench.far.come_back()
    await bench.stage(clip, Stage.READY)
    await bench.halted()
    assert bench.health.online is True
    assert (len(bench.far.charges), bench.submits()) == (1, [("yes", "task_1")])


async def test_offline_is_nobodys_trouble_when_nothing_waits_for_it(bench: Bench) -> None:
    bench.far.go_offline()
    [clip] = await bench.generate()
    await bench.halted(Halt.OFFLINE)
    await bench.until(lambda: bench.clips[clip.id].stage is Stage.PLANNED and bench.clips[clip.id].reason)
    await bench.studio.remove(clip.id)
    await bench.halted()


@pytest.mark.parametrize(("status", "halt"), [(401, Halt.KEY_REFUSED), (402, Halt.NO_BALANCE)])
async def test_key_and_balance_hold_the_rest_and_ask(bench: Bench, status: int, halt: Halt) -> None:
    bench.prefer(at_once=1)
    bench.far.next("submits", Fault(answer({"error": "no"}, status)))
    first, *rest = await bench.generate(3)
    failed = await bench.stage(first, Stage.FAILED)
    assert failed.charged is Verdict.NO
    health = await bench.halted(halt)
    assert health.troubles[0].gateway == bench.far.address
    await bench.close()
    assert len(bench.far.posts) == 1
    assert [bench.clips[clip.id].stage for clip in rest] == [Stage.PLANNED] * 2
    await bench.open()
    revived = await bench.studio.key_changed(bench.far.address)
    assert [clip.id for clip in revived] == [first.id]
    for clip in (first, *rest):
        await bench.stage(clip, Stage.READY)
    assert (len(bench.far.posts), len(bench.far.charges)) == (4, 3)


async def test_a_new_key_carries_on(bench: Bench) -> None:
    bench.keys.keep(bench.far.address, "sk-hub-wrong", session=True)
    [clip] = await bench.generate()
    await bench.stage(clip, Stage.FAILED)
    await bench.halted(Halt.KEY_REFUSED)
    bench.keys.keep(bench.far.address, bench.far.key, session=True)
    await bench.studio.key_changed(bench.far.address)
    await bench.stage(clip, Stage.READY)
    assert not bench.health.troubles


async def test_a_new_key_pays_no_click_of_yesterday(bench: Bench) -> None:
    bench.keys.keep(bench.far.address, "sk-hub-wrong", session=True)
    [clip] = await bench.generate()
    await bench.stage(clip, Stage.FAILED)
    bench.keys.keep(bench.far.address, bench.far.key, session=True)
    old = replace(bench.clips[clip.id], approved=clip.approved - 86_400_000)
    await bench.library.save(old)
    assert await bench.studio.key_changed(bench.far.address) == []
    assert len(bench.far.posts) == 1
    assert [one.id for one in await bench.studio.key_changed(bench.far.address, however_old=True)] == [clip.id]


async def test_without_a_key_nothing_is_sent_and_nothing_is_lost(bench: Bench) -> None:
    bench.keys.remove(bench.far.address)
    [clip] = await bench.generate()
    await bench.halted(Halt.NO_KEY)
    assert bench.rows("SELECT stage FROM clips") == [("planned",)]
    assert not bench.far.posts
    bench.keys.keep(bench.far.address, bench.far.key, session=True)
    await bench.studio.key_changed(bench.far.address)
    await bench.stage(clip, Stage.READY)


async def test_the_key_is_only_at_its_own_gateway_and_in_no_file(bench: Bench) -> None:
    await bench.ready(2)
    await bench.close()
    assert bench.far.keys["clips"] == {""}
    files = [path for path in bench.folder.rglob("*") if path.is_file()]
    assert len(files) >= 7
    assert not [path for path in files if bench.far.key.encode() in path.read_bytes()]


async def test_a_budget_refuses_before_anything_is_recorded(bench: Bench) -> None:
    bench.prefer(monthly_budget=84, at_once=1)
    go = threading.Event()
    bench.far.next("submits", Fault(until=go))
    await bench.generate(2)
    with pytest.raises(OverBudget):
        await bench.generate(2)
    [third] = await bench.generate()
    with pytest.raises(OverBudget):
        await bench.generate()
    assert bench.rows("SELECT count(*) FROM clips") == [(3,)]
    go.set()
    await bench.stage(third, Stage.READY)


async def test_two_clicks_at_the_same_moment_share_one_budget(bench: Bench) -> None:
    import asyncio

    bench.prefer(monthly_budget=28)
    results = await asyncio.gather(*(bench.generate() for _ in range(5)), return_exceptions=True)
    assert sum(isinstance(one, OverBudget) for one in results) == 4
    made = next(one for one in results if isinstance(one, list))
    await bench.stage(made[0], Stage.READY)
    assert len(bench.far.charges) == 1


async def test_the_price_is_kept_as_it_was_approved(bench: Bench) -> None:
    bench.prefer(prices={SEEDANCE_2.id: 35})
    await bench.ready()
    bench.prefer(prices={SEEDANCE_2.id: 99})
    assert bench.rows("SELECT price, currency FROM submits") == [(35, "USD")]
    assert (await bench.studio.books.spend()).spent == 35


async def test_an_image_that_is_gone_refuses_before_anything_is_recorded(bench: Bench) -> None:
    recipe = Recipe("x", (Reference("Mara", "abc", ".png", width=400, height=400),))
    with pytest.raises(BadImage):
        await bench.studio.generate(Draft(recipe), bench.far.address)
    assert bench.rows("SELECT count(*) FROM clips") == [(0,)]


async def test_images_go_out_as_data_in_the_documented_form(bench: Bench) -> None:
    import io

    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (640, 360), (200, 30, 30)).save(picture, "PNG")
    reference = await bench.studio.pictures.take_in(picture.getvalue())
    [clip] = await bench.studio.generate(Draft(Recipe("x", (reference,))), bench.far.address)
    await bench.stage(clip, Stage.READY)
    [text, image] = bench.far.charges[0].body["content"]
    assert text == {"type": "text", "text": "x"}
    assert set(image) == {"type", "image_url"}
    assert image["image_url"]["url"].startswith("data:image/")


async def test_a_reference_that_vanishes_before_its_turn_fails_without_a_charge(bench: Bench) -> None:
    import io

    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (640, 360)).save(picture, "PNG")
    reference = await bench.studio.pictures.take_in(picture.getvalue())
    await bench.studio.pause(paused=True)
    [clip] = await bench.studio.generate(Draft(Recipe("x", (reference,))), bench.far.address)
    (bench.folder / "references" / reference.file).unlink()
    await bench.studio.pause(paused=False)
    failed: Clip = await bench.stage(clip, Stage.FAILED)
    assert failed.charged is Verdict.NO
    assert not bench.far.posts
    await bench.ready()


async def test_a_task_that_could_not_be_saved_stands_in_the_log_as_the_gateway_named_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The log is the last place where it can be found again, whatever letters its id is made of."""
    end = bench.library.end_submit

    async def breaks(*args: object) -> Clip:
        monkeypatch.setattr(bench.library, "end_submit", end)
        raise RuntimeError

    bench.far.name_task = "projects/7/tasks/{}+x==".format
    monkeypatch.setattr(bench.library, "end_submit", breaks)
    [clip] = await bench.generate()
    await bench.stage(clip, Stage.UNSURE)
    [record] = [one for one in caplog.records if one.levelno == logging.CRITICAL]
    assert "projects/7/tasks/1+x==" in log._message(record)
