"""The program's end at any moment, and the next start: nothing is paid twice, and what is paid arrives."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace

import pytest

from seedance_desktop.domain.clip import Stage, Verdict
from tests.faults.gateway import PATIENCE
from tests.faults.script import Fault, answer
from tests.studio.conftest import PACE, Bench


async def test_a_crash_while_sending_is_unsure_and_never_sent_again(bench: Bench) -> None:
    bench.far.next("submits", Fault(until=threading.Event()))
    await bench.generate()
    await bench.far.until(lambda: bench.far.posts)
    assert bench.rows("SELECT stage FROM clips") == [("sending",)]
    await bench.crash()
    [found] = await bench.open()
    assert (found.stage, found.charged) == (Stage.UNSURE, Verdict.UNSURE)
    assert found.reason is not None
    assert found.reason.code == "ended-while-sending"
    assert bench.submits() == [("unsure", "")]
    await bench.ready()
    assert len(bench.far.posts) == 2


async def test_a_crash_after_the_charge_can_be_adopted(bench: Bench) -> None:
    go = threading.Event()
    bench.far.next("submits", Fault(until=go))
    [clip] = await bench.generate()
    await bench.far.until(lambda: bench.far.posts)
    await bench.crash()
    go.set()
    await bench.far.until(lambda: bench.far.charges)
    await bench.open()
    await bench.studio.adopt(clip.id, "task_1")
    await bench.stage(clip, Stage.READY)
    assert (len(bench.far.posts), bench.submits()) == (1, [("yes", "task_1")])


async def test_what_renders_is_polled_on(bench: Bench) -> None:
    bench.far.words = ("processing",)
    [clip] = await bench.generate()
    await bench.until(lambda: bench.clips[clip.id].rendering)
    await bench.crash()
    bench.far.finish(bench.far.charges[0])
    [found] = await bench.open()
    assert found.stage is Stage.WAITING
    ready = await bench.stage(clip, Stage.READY)
    assert ready.charged is Verdict.YES
    assert len(bench.far.posts) == 1


async def test_a_download_goes_on_by_range(bench: Bench) -> None:
    go = threading.Event()
    bench.far.next("downloads", Fault(cut_answer=15_000, politely=True), Fault(until=go))
    [clip] = await bench.generate()
    await bench.far.until(lambda: not bench.far.downloads)
    await bench.crash()
    go.set()
    [found] = await bench.open()
    assert found.stage is Stage.FETCHING
    await bench.stage(clip, Stage.READY)
    assert bench.far.gets[-1].range == "bytes=15000-"
    assert len(bench.far.posts) == 1


async def test_a_whole_part_needs_no_network_any_more(bench: Bench) -> None:
    [ready] = await bench.ready()
    await bench.close()
    part = bench.folder / "clips" / f"{ready.name}.part"
    part.write_bytes(bench.far.clip)
    part.with_name(part.name + ".json").write_text(f'{{"etag": "", "total": {len(bench.far.clip)}}}')
    (bench.folder / ready.file).unlink()
    set_back(bench, "stage = 'fetching', file = '', link = 'http://127.0.0.1:1/gone'")
    bench.far.go_offline()
    await bench.open()
    await bench.stage(ready, Stage.READY)
    assert not part.exists()


async def test_a_file_in_its_place_whose_row_still_downloads_is_ready(bench: Bench) -> None:
    [ready] = await bench.ready()
    await bench.close()
    (bench.folder / ready.poster).unlink()
    set_back(bench, "stage = 'fetching', done = 0, footage = '', link = 'http://127.0.0.1:1/gone'")
    [found] = await bench.open()
    assert found.stage is Stage.FETCHING
    again = await bench.stage(ready, Stage.READY)
    assert (again.file, again.footage) == (ready.file, ready.footage)
    assert (bench.folder / ready.poster).is_file()
    assert len(bench.far.gets) == 1


async def test_a_download_without_a_link_as_a_rebuild_leaves_it_asks_for_one(bench: Bench) -> None:
    [ready] = await bench.ready()
    await bench.close()
    (bench.folder / ready.file).unlink()
    set_back(bench, "stage = 'fetching', file = '', link = ''")
    await bench.open()
    again = await bench.stage(ready, Stage.READY, Stage.FAILED)
    assert again.stage is Stage.READY
    assert len(bench.far.posts) == 1


async def test_a_stranger_under_the_clips_name_stays_and_the_clip_gets_another(bench: Bench) -> None:
    [ready] = await bench.ready()
    await bench.close()
    stranger = bench.folder / ready.file
    stranger.write_bytes(b"no video")
    set_back(bench, f"stage = 'fetching', link = '{bench.far.link(bench.far.charges[0])}'")
    await bench.open()
    again = await bench.stage(ready, Stage.READY)
    assert again.file != ready.file
    assert stranger.read_bytes() == b"no video"


async def test_a_planned_clip_waits_for_its_turn_again(bench: Bench) -> None:
    await bench.studio.pause(paused=True)
    clips = await bench.generate(2)
    await bench.crash()
    await bench.open(heed_pause=False)
    for clip in clips:
        await bench.stage(clip, Stage.READY)
    assert len(bench.far.posts) == 2


async def test_two_that_render_and_one_that_downloads_all_arrive(bench: Bench) -> None:
    bench.far.next("downloads", Fault(until=threading.Event()))
    [first] = await bench.generate()
    await bench.stage(first, Stage.FETCHING)
    bench.far.words = ("processing",)
    others = await bench.generate(2)
    for clip in others:
        await bench.stage(clip, Stage.WAITING)
    await bench.crash()
    bench.far.finish()
    await bench.open()
    for clip in (first, *others):
        await bench.stage(clip, Stage.READY)
    assert len(bench.far.posts) == len(bench.far.charges) == 3


@pytest.mark.filterwarnings("ignore:coroutine 'connect_tcp", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("moment", range(1, 25))
async def test_a_crash_at_any_word_costs_nothing_twice(
    bench: Bench, moment: int, caplog: pytest.LogCaptureFixture
) -> None:
    clips = await bench.generate(2)
    await bench.until(lambda: len(bench.said) >= moment or all_settled(bench))
    await bench.crash()
    await bench.open()
    await bench.until(lambda: all_settled(bench))
    ends = [bench.clips[clip.id].stage for clip in clips]
    assert set(ends) <= {Stage.READY, Stage.UNSURE}
    assert len(bench.far.posts) <= 2, "an approval is sent once"
    assert len(bench.submits()) == 2
    assert ends.count(Stage.READY) == bench.submits_with("yes")


def all_settled(bench: Bench) -> bool:
    return all(clip.stage.settled for clip in bench.clips.values())


async def test_closing_waits_for_the_post_that_is_out(bench: Bench) -> None:
    go = threading.Event()
    bench.far.next("submits", Fault(until=go))
    [clip] = await bench.generate()
    await bench.far.until(lambda: bench.far.posts)
    assert bench.studio.sending
    ending = asyncio.create_task(bench.close())
    await bench.until(lambda: bench.health.closing)
    assert not ending.done()
    go.set()
    assert await ending is True
    assert bench.rows("SELECT stage, task FROM clips") == [("waiting", "task_1")]
    await bench.open()
    await bench.stage(clip, Stage.READY)
    assert len(bench.far.posts) == 1


async def test_closing_does_not_wait_for_ever(closed: Bench) -> None:
    closed.pace = replace(PACE, closing=0.05)
    await closed.open()
    closed.far.next("submits", Fault(until=threading.Event()))
    await closed.generate()
    await closed.far.until(lambda: closed.far.posts)
    assert await closed.close() is False
    assert closed.rows("SELECT stage FROM clips") == [("sending",)]
    [found] = await closed.open()
    assert found.stage is Stage.UNSURE


async def test_closing_leaves_no_wait_behind(bench: Bench) -> None:
    bench.far.next("submits", Fault(answer({}, 429, retry_after="3000")))
    await bench.generate()
    await bench.until(lambda: any(clip.reason for clip in bench.clips.values()))
    assert await bench.close() is True
    assert not bench.studio._desk.queue._alarms


async def test_nothing_begins_after_the_end(bench: Bench) -> None:
    await bench.studio.close()
    await bench.generate()
    assert bench.rows("SELECT stage FROM clips") == [("planned",)]
    assert not [task for task in asyncio.all_tasks() if task.get_name().startswith("clip")]


def set_back(bench: Bench, changes: str) -> None:
    """Leave every row as a crash at that moment would have left it."""
    with closing(sqlite3.connect(bench.folder / "library.sqlite")) as other:
        other.execute(f"UPDATE clips SET {changes}")
        other.commit()


async def test_a_cancel_that_gets_lost_is_said_again(bench: Bench) -> None:
    """What a life waits for may swallow it: `wait_for` of Python 3.11 did, and the window never closed."""
    lost = asyncio.Event()

    async def deaf() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            lost.set()
        await asyncio.Event().wait()

    bench.studio._lives._lives[1] = asyncio.create_task(deaf())
    await asyncio.sleep(0)
    async with asyncio.timeout(PATIENCE):
        assert await bench.close()
    assert lost.is_set()
