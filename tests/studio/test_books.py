"""Budgets held where money is spent, corrections, and the room on the disk before it."""

from __future__ import annotations

import asyncio
import gc
import threading
from typing import Any

import pytest

from seedance_desktop.domain.clip import Clip, Stage, Verdict
from seedance_desktop.domain.errors import OverBudget
from seedance_desktop.domain.ledger import totals
from seedance_desktop.domain.money import Spend
from seedance_desktop.domain.recipe import Draft, Recipe
from seedance_desktop.domain.trouble import Halt
from tests.faults.fixtures import SmallDisk
from tests.faults.script import Fault
from tests.studio.conftest import Bench

PRICE = 28


async def test_planned_charged_and_unknown_count_and_what_is_over_is_refused_before_anything(bench: Bench) -> None:
    bench.prefer(monthly_budget=3 * PRICE)
    await bench.ready()
    bench.far.next("submits", Fault(cut_request=0))
    [lost] = await bench.generate()
    await bench.stage(lost, Stage.UNSURE)
    await bench.studio.pause(paused=True)
    await bench.generate()
    assert await bench.studio.books.spend() == Spend(2 * PRICE, PRICE)
    with pytest.raises(OverBudget) as refused:
        await bench.generate()
    assert refused.value.reason.code == "budget-reached"
    with pytest.raises(OverBudget):
        await bench.studio.send_again(lost.id)
    assert len(bench.rows("SELECT id FROM clips")) == 3
    assert len(bench.far.posts) == 2


async def test_a_project_has_a_budget_of_its_own(bench: Bench) -> None:
    bench.prefer(project_budgets={"Harbour": PRICE})
    draft = Draft(Recipe("a fox"), 1, "Harbour")
    [first] = await bench.studio.generate(draft, bench.far.address)
    await bench.stage(first, Stage.READY)
    with pytest.raises(OverBudget) as refused:
        await bench.studio.generate(draft, bench.far.address)
    assert refused.value.reason.code == "project-budget-reached"
    await bench.ready()
    assert len(bench.far.posts) == 2


async def test_a_budget_that_is_lowered_holds_what_is_planned_until_it_is_raised(bench: Bench) -> None:
    await bench.ready()
    await bench.studio.pause(paused=True)
    [clip] = await bench.generate()
    bench.prefer(monthly_budget=PRICE)
    await bench.studio.pause(paused=False)
    await bench.halted(Halt.BUDGET_REACHED)
    assert bench.rows("SELECT stage FROM clips WHERE stage != 'ready'") == [("planned",)]
    assert len(bench.far.posts) == 1
    bench.prefer(monthly_budget=2 * PRICE)
    await bench.stage(clip, Stage.READY)
    await bench.halted()
    assert len(bench.far.posts) == 2


async def test_a_project_budget_that_is_lowered_ends_what_is_planned_without_a_charge(bench: Bench) -> None:
    await bench.studio.pause(paused=True)
    [clip] = await bench.studio.generate(Draft(Recipe("a fox"), 1, "Harbour"), bench.far.address)
    bench.prefer(project_budgets={"Harbour": PRICE - 1})
    await bench.studio.pause(paused=False)
    failed = await bench.stage(clip, Stage.FAILED)
    assert failed.charged is Verdict.NO
    assert failed.reason is not None
    assert failed.reason.code == "project-budget-reached"
    assert not bench.far.posts


async def test_a_budget_lowered_between_click_and_end_of_the_program_is_no_fault(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The life that would hear of the budget is stopped first; the answer must not be left unheard."""
    faults: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, about: faults.append(about))
    at_the_row, ended = asyncio.Event(), asyncio.Event()
    begin = bench.library.begin_submit

    async def late(*args: Any) -> Clip:
        at_the_row.set()
        await ended.wait()
        return await begin(*args)

    monkeypatch.setattr(bench.library, "begin_submit", late)
    await bench.studio.pause(paused=True)
    await bench.generate()
    bench.prefer(monthly_budget=PRICE - 1)
    await bench.studio.pause(paused=False)
    await at_the_row.wait()
    closing = asyncio.create_task(bench.close())
    while not bench.studio._desk.closing:
        await asyncio.sleep(0)
    await asyncio.sleep(0)  # the lives are stopped now, and the POST is waited for
    ended.set()
    await closing
    gc.collect()
    assert not faults
    assert not bench.far.posts


async def test_a_correction_frees_what_it_says_and_is_kept_with_its_note(bench: Bench) -> None:
    bench.prefer(monthly_budget=PRICE)
    bench.far.next("submits", Fault(cut_request=0))
    [clip] = await bench.generate()
    await bench.stage(clip, Stage.UNSURE)
    [entry] = await bench.studio.books.entries()
    corrected = await bench.studio.books.correct(entry.id, Verdict.REFUNDED, "refunded 3 May")
    assert corrected.charged is Verdict.REFUNDED
    assert await bench.studio.books.spend() == Spend(0, 0)
    await bench.close()
    await bench.open()
    [kept] = [one for one in await bench.studio.books.entries() if one.clip == clip.id]
    assert (kept.verdict, kept.note) == (Verdict.REFUNDED, "refunded 3 May")
    await bench.ready()
    entries = await bench.studio.books.entries()
    assert totals(entries).counted == PRICE


async def test_each_submit_keeps_the_price_that_was_approved(bench: Bench) -> None:
    await bench.ready()
    bench.prefer(prices={Recipe("x").model: 99})
    await bench.ready()
    assert sorted(entry.price.minor for entry in await bench.studio.books.entries()) == [PRICE, 99]


async def test_no_room_on_the_disk_sends_nothing(bench: Bench, small_disk: SmallDisk) -> None:
    await bench.close()
    bench.folder = small_disk.root / "library"
    await bench.open()
    bench.studio._desk.parts.least_free = 3_000_000
    (small_disk.root / "film").write_bytes(b"x" * 2_000_000)
    [clip] = await bench.generate()
    await bench.halted(Halt.DISK_FULL)
    assert not bench.far.posts
    assert bench.rows("SELECT stage FROM clips") == [("planned",)]
    (small_disk.root / "film").unlink()
    bench.studio.try_now()
    await bench.stage(clip, Stage.READY)
    assert len(bench.far.posts) == 1
    await bench.close()


async def test_the_record_knows_of_a_submit_before_the_post(bench: Bench) -> None:
    go = threading.Event()
    bench.far.peek = lambda: [path.read_text() for path in (bench.folder / "records").glob("*.json")]
    bench.far.next("submits", Fault(until=go))
    await bench.generate()
    await bench.far.until(lambda: bench.far.posts)
    seen = bench.far.posts[0].seen
    go.set()
    assert isinstance(seen, list)
    assert '"stage": "sending"' in seen[0]
    assert '"verdict": "unsure"' in seen[0]
