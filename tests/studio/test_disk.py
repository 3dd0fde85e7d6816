"""A disk that is full, or a folder that is gone: what is known of money waits in memory until it is saved."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator

import pytest

from seedance_desktop.domain.clip import Stage, Verdict
from seedance_desktop.domain.errors import DiskProblem, Problem
from seedance_desktop.domain.kept_images import ImageQuery
from seedance_desktop.domain.recipe import Reference
from seedance_desktop.domain.trouble import Halt
from seedance_desktop.gateway import Gateway
from tests.faults.fixtures import SmallDisk
from tests.faults.gateway import FaultGateway
from tests.faults.script import Fault
from tests.media.making import photo, saved
from tests.studio.conftest import Bench


@pytest.fixture
async def small(small_disk: SmallDisk, far: FaultGateway, client: Gateway) -> AsyncIterator[Bench]:
    bench = Bench(small_disk.root / "library", far, client)
    await bench.open()
    yield bench
    small_disk.make_room()
    if bench.is_open:
        await bench.close()


async def test_a_disk_that_fills_while_the_post_is_out_loses_no_task(small: Bench, small_disk: SmallDisk) -> None:
    go = threading.Event()
    small.prefer(at_once=1)
    small.far.next("submits", Fault(until=go))
    first, second = await small.generate(2)
    await small.far.until(lambda: small.far.posts)
    small_disk.fill()
    go.set()
    await small.halted(Halt.DISK_FULL)
    assert small.rows("SELECT stage FROM clips ORDER BY take") == [("sending",), ("planned",)]
    assert small.clips[first.id].stage is Stage.SENDING, "the screen shows what the disk knows"
    small_disk.make_room()
    small.studio.try_now()
    await small.stage(first, Stage.READY)
    await small.stage(second, Stage.READY)
    assert small.submits() == [("yes", "task_1"), ("yes", "task_2")]
    assert len(small.far.posts) == 2
    assert not small.health.troubles


async def test_ended_with_a_full_disk_the_task_stands_in_the_log(
    small: Bench, small_disk: SmallDisk, caplog: pytest.LogCaptureFixture
) -> None:
    go = threading.Event()
    small.far.next("submits", Fault(until=go))
    [clip] = await small.generate()
    await small.far.until(lambda: small.far.posts)
    small_disk.fill()
    go.set()
    await small.halted(Halt.DISK_FULL)
    await small.crash()
    assert "task_1" in caplog.text
    small_disk.make_room()
    [found] = await small.open()
    assert found.stage is Stage.UNSURE
    await small.studio.adopt(clip.id, "task_1")
    await small.stage(clip, Stage.READY)
    assert len(small.far.posts) == 1


async def test_a_full_disk_sends_nothing(small: Bench, small_disk: SmallDisk) -> None:
    await small.studio.pause(paused=True)
    [clip] = await small.generate()
    small_disk.fill()
    with pytest.raises(DiskProblem):  # noqa: PT012
        for _ in range(100):
            await small.generate(prompt="x" * 20_000)
    with pytest.raises(DiskProblem):
        await small.studio.pause(paused=False)
    small.studio._desk.queue.paused = False
    small.studio.try_now()
    await small.halted(Halt.DISK_FULL)
    assert not small.far.posts
    small_disk.make_room()
    small.studio.try_now()
    await small.stage(clip, Stage.READY)


async def test_a_download_waits_for_room(small: Bench, small_disk: SmallDisk) -> None:
    go = threading.Event()
    small.far.next("downloads", Fault(until=go))
    [clip] = await small.generate()
    await small.stage(clip, Stage.FETCHING)
    small_disk.fill()
    go.set()
    await small.halted(Halt.DISK_FULL)
    assert small.rows("SELECT stage, charged FROM clips") == [("fetching", "yes")]
    small_disk.make_room()
    small.studio.try_now()
    ready = await small.stage(clip, Stage.READY)
    assert ready.charged is Verdict.YES
    assert not small.health.troubles


async def test_a_start_on_a_full_disk_says_so_and_can_be_tried_again(small: Bench, small_disk: SmallDisk) -> None:
    await small.ready()
    await small.close()
    small_disk.fill()
    with pytest.raises(DiskProblem) as raised:
        await small.open()
    assert raised.value.reason.code == "disk-full"
    small_disk.make_room()
    await small.open()
    await small.ready()


async def test_a_start_that_cannot_write_what_it_found_goes_on_trying(bench: Bench) -> None:
    bench.far.next("submits", Fault(until=threading.Event()))
    [clip] = await bench.generate()
    await bench.far.until(lambda: bench.far.posts)
    await bench.crash()
    in_the_way = bench.folder / "records" / f"{clip.name}.json"
    in_the_way.unlink()
    in_the_way.mkdir()
    await bench.open(carry_on=lambda _clip: False)
    assert bench.clips[clip.id].stage is Stage.SENDING
    await bench.halted(Halt.FOLDER_GONE)
    in_the_way.rmdir()
    bench.studio.try_now()
    await bench.stage(clip, Stage.UNSURE)
    await bench.halted()
    assert len(bench.far.posts) == 1


async def test_a_folder_that_is_gone_for_a_while(bench: Bench) -> None:
    go = threading.Event()
    bench.far.next("submits", Fault(until=go))
    [clip] = await bench.generate()
    await bench.far.until(lambda: bench.far.posts)
    away = bench.folder.with_name("away")
    bench.folder.rename(away)
    go.set()
    await bench.halted(Halt.FOLDER_GONE)
    away.rename(bench.folder)
    bench.studio.try_now()
    await bench.stage(clip, Stage.READY)
    assert (len(bench.far.posts), bench.submits()) == (1, [("yes", "task_1")])


async def test_a_verb_that_the_disk_refuses_changes_nothing(bench: Bench) -> None:
    bench.far.words = ("processing",)
    [clip] = await bench.generate()
    await bench.stage(clip, Stage.WAITING)
    away = bench.folder.with_name("away")
    bench.folder.rename(away)
    with pytest.raises(DiskProblem):
        await bench.studio.stop_watching(clip.id)
    away.rename(bench.folder)
    bench.far.finish(bench.far.charges[0])
    bench.studio.try_now()
    await bench.stage(clip, Stage.READY)


async def test_images_that_find_no_room_are_said_by_name_and_leave_nothing_behind(
    small: Bench, small_disk: SmallDisk
) -> None:
    image = saved(photo((640, 480)), "BMP")
    file = small_disk.root.parent / "Mara.bmp"
    file.write_bytes(image)
    small_disk.fill()
    [problem] = [one async for one in small.studio.pictures.gather([file])]
    assert isinstance(problem, Problem)
    assert (problem.reason.code, problem.reason.fact("name")) == ("image-disk-full", "Mara")
    assert not list((small.folder / "references").iterdir())
    assert await small.library.images.find(ImageQuery()) == []
    small_disk.make_room()
    [taken] = [one async for one in small.studio.pictures.gather([file])]
    assert isinstance(taken, Reference)
    assert (small.folder / "references" / taken.file).read_bytes() == image
