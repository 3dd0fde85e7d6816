"""From click to shelf when all goes well, how many at once, in which order, and what is on disk before what."""

from __future__ import annotations

import itertools
import json
import threading

from seedance_desktop.domain.clip import Stage, Verdict
from seedance_desktop.domain.news import ClipSaved
from seedance_desktop.domain.pacing import Pace
from tests.faults.script import Fault
from tests.studio.conftest import Bench


async def test_a_click_becomes_a_clip_on_the_shelf(bench: Bench) -> None:
    [clip] = await bench.generate(prompt="a fox in the snow")
    ready = await bench.stage(clip, Stage.READY)
    assert bench.stages(clip) == [Stage.PLANNED, Stage.SENDING, Stage.WAITING, Stage.FETCHING, Stage.READY]
    assert ready.charged is Verdict.YES
    assert ready.footage is not None
    file = bench.folder / ready.file
    assert ready.footage.size == file.stat().st_size
    assert file.is_file()
    assert "a fox in the snow" in file.name
    assert clip.name in file.name
    assert (bench.folder / ready.poster).is_file()
    record = json.loads((bench.folder / "records" / f"{clip.name}.json").read_bytes())
    assert (record["task"], record["stage"], record["file"]) == ("task_1", "ready", ready.file)
    assert [path.name for path in (bench.folder / "clips").iterdir()] == [file.name], "nothing is left of the download"
    assert len(bench.far.charges) == 1
    assert bench.submits() == [("yes", "task_1")]
    assert bench.rows("SELECT stage FROM clips") == [("ready",)]


async def test_the_recipe_travels_in_the_file_and_the_money_does_not(bench: Bench) -> None:
    from seedance_desktop.media import recipes

    [ready] = await bench.ready()
    file = bench.folder / ready.file
    read = recipes.read(file)
    assert read is not None
    assert read["prompt"] == "a fox"
    raw = file.read_bytes()
    for secret in (b"task_1", bench.far.key.encode(), b"price"):
        assert secret not in raw


async def test_the_row_says_sending_before_the_server_sees_a_byte(bench: Bench) -> None:
    bench.far.peek = lambda: bench.rows("SELECT stage, task, charged FROM clips")
    [clip] = await bench.generate()
    await bench.stage(clip, Stage.READY)
    assert bench.far.posts[0].seen == [("sending", "", "unsure")]
    assert bench.far.looks[0].seen == [("waiting", "task_1", "yes")], "the task id is on disk before the first poll"


async def test_every_word_said_is_on_disk_already(bench: Bench) -> None:
    wrong = []

    def compare(news: object) -> None:
        if isinstance(news, ClipSaved):
            [(stage,)] = bench.rows(f"SELECT stage FROM clips WHERE id = {news.clip.id}")
            if stage != news.clip.stage:
                wrong.append((stage, news.clip.stage))

    bench.studio.listen(compare)
    await bench.ready()
    assert not wrong


async def test_a_listener_that_fails_stops_nobody(bench: Bench, caplog: object) -> None:
    def broken(news: object) -> None:
        raise RuntimeError(str(news))

    bench.studio.listen(broken)
    bench.studio._desk.listeners.reverse()
    await bench.ready()


async def test_three_at_once_and_the_rest_in_order(bench: Bench) -> None:
    bench.far.words = ("processing",)  # nothing ends by itself
    first = await bench.generate(2, "first")
    second = await bench.generate(4, "second")
    await bench.until(lambda: bench.health.in_flight == 3)
    await bench.far.until(lambda: sum(len(task.polls) > 2 for task in bench.far.charges) == 3)
    assert sorted(task.body["content"][0]["text"] for task in bench.far.charges) == ["first", "first", "second"]
    assert [bench.clips[clip.id].stage for clip in second] == [Stage.WAITING, *[Stage.PLANNED] * 3]
    bench.far.finish(bench.far.charges[0])
    await bench.far.until(lambda: len(bench.far.charges) == 4)
    assert bench.clips[second[1].id].stage in (Stage.SENDING, Stage.WAITING)
    await bench.stage(first[0], Stage.READY)
    bench.prefer(at_once=10)
    await bench.far.until(lambda: len(bench.far.charges) == 6)
    for clip in (first[1], *second):
        await bench.stage(clip, Stage.WAITING)


async def test_never_more_than_the_preference_at_the_same_time(bench: Bench) -> None:
    bench.prefer(at_once=2)
    most = 0
    await bench.generate(8)

    def count(_news: object) -> None:
        nonlocal most
        most = max(most, sum(clip.stage.in_flight for clip in bench.clips.values()))

    bench.studio.listen(count)
    await bench.until(lambda: sum(clip.stage is Stage.READY for clip in bench.clips.values()) == 8)
    assert most == 2
    assert len(bench.far.charges) == len(bench.far.posts) == 8
    assert sorted(bench.submits()) == [("yes", f"task_{number}") for number in range(1, 9)]


async def test_a_slow_answer_does_not_hold_the_others(bench: Bench) -> None:
    go = threading.Event()
    bench.far.next("submits", Fault(until=go))
    slow, *others = await bench.generate(3)
    for clip in others:
        await bench.stage(clip, Stage.READY)
    assert bench.clips[slow.id].stage is Stage.SENDING
    go.set()
    await bench.stage(slow, Stage.READY)


async def test_rendering_is_told_with_its_beginning(bench: Bench) -> None:
    [clip] = await bench.generate()
    await bench.until(lambda: bench.clips[clip.id].rendering)
    rendering = bench.clips[clip.id]
    assert rendering.word == "processing"
    assert rendering.started >= rendering.accepted > 0
    await bench.stage(clip, Stage.READY)


async def test_polls_keep_the_documented_pace(closed: Bench) -> None:
    closed.pace = Pace()
    await closed.open()
    [clip] = await closed.generate()
    await closed.stage(clip, Stage.READY)
    times = closed.far.charges[0].polls
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert len(gaps) == 2
    assert all(2.9 <= gap <= 3.5 for gap in gaps)


async def test_a_fresh_link_is_not_asked_for_sooner_than_a_poll(closed: Bench) -> None:
    closed.pace = Pace(poll=0.6, margin=0.05)
    closed.far.words = ("completed",)
    closed.far.oldest_link = 2
    await closed.open()
    [clip] = await closed.generate()
    await closed.stage(clip, Stage.READY)
    first, second = closed.far.charges[0].polls
    assert second - first >= 0.58
