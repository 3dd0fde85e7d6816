"""From a link to the shelf: cuts, dead links, other files, no videos, and what ends on the shelf."""

from __future__ import annotations

import os

import pytest

from seedance_desktop.domain.clip import Stage, Verdict
from seedance_desktop.domain.trouble import Halt
from tests.faults.script import Fault, Reply, answer, page
from tests.studio.conftest import Bench

GONE = Reply(404, b"gone")


async def test_a_cut_download_goes_on_by_range(bench: Bench) -> None:
    bench.far.next("downloads", Fault(cut_answer=10_000, politely=True), Fault(cut_answer=5_000, politely=True))
    [ready] = await bench.ready()
    assert [get.range for get in bench.far.gets] == ["", "bytes=10000-", "bytes=15000-"]
    assert ready.footage is not None
    assert bench.fetched(ready)[-1] == len(bench.far.clip)


async def test_another_file_under_the_link_starts_anew(bench: Bench) -> None:
    bench.far.next(
        "downloads", Fault(Reply(200, os.urandom(9_000), {"ETag": '"old"'}), cut_answer=8_000, politely=True)
    )
    await bench.ready()
    assert [(get.range, get.status) for get in bench.far.gets] == [("", 200), ("bytes=8000-", 200)]


TROUBLES: dict[str, Fault] = {
    "says nothing": Fault(cut_answer=-1_000_000),
    "500": Fault(page(500)),
    "503": Fault(page(503)),
    "429": Fault(Reply(429)),
    "not ready": Fault(answer({"error": {"code": "not_ready"}}, 400)),
    "416": Fault(Reply(416)),
    "no length, cut": Fault(Reply(200, b"", {"Transfer-Encoding": "chunked", "Content-Length": ""}), cut_answer=0),
}


@pytest.mark.parametrize("fault", TROUBLES.values(), ids=TROUBLES)
async def test_trouble_is_tried_again(bench: Bench, fault: Fault) -> None:
    bench.far.next("downloads", *[fault] * 3)
    await bench.ready()
    assert len(bench.far.gets) == 4
    assert len(bench.far.posts) == 1


@pytest.mark.parametrize("status", [403, 404, 410, 401])
async def test_a_dead_link_asks_once_more(bench: Bench, status: int) -> None:
    bench.far.next("downloads", Fault(Reply(status, b"gone")))
    await bench.ready()
    assert len({get.path for get in bench.far.gets}) == 2, "a fresh link"


@pytest.mark.parametrize("status", [403, 404, 410])
async def test_a_link_that_stays_dead_has_expired(bench: Bench, status: int) -> None:
    bench.far.next("downloads", *[Fault(Reply(status, b"gone"))] * 2)
    [clip] = await bench.generate()
    failed = await bench.stage(clip, Stage.FAILED)
    assert failed.reason is not None
    assert (failed.reason.code, failed.charged) == ("link-expired", Verdict.YES)
    assert len(bench.far.gets) == 2
    await bench.studio.retry(clip.id)
    await bench.stage(clip, Stage.READY)
    assert len(bench.far.posts) == 1


@pytest.mark.parametrize(
    "sight", [answer({}, 404), answer({"status": "completed"}), answer({"status": "failed"})], ids=str
)
async def test_no_fresh_link_to_be_had(bench: Bench, sight: Reply) -> None:
    bench.far.next("downloads", Fault(GONE))
    bench.far.next("polls", *[Fault()] * 3, *[Fault(sight)] * 10)
    [clip] = await bench.generate()
    failed = await bench.stage(clip, Stage.FAILED)
    assert failed.reason is not None
    assert failed.reason.code == "link-expired"


async def test_trouble_while_asking_for_a_fresh_link_is_waited_out(bench: Bench) -> None:
    bench.far.next("downloads", Fault(GONE))
    bench.far.next("polls", *[Fault()] * 3, Fault(page(502)), Fault(cut_answer=0), Fault(answer({}, 404)))
    await bench.ready()


NO_VIDEOS: dict[str, Reply] = {
    "html": page(200),
    "nothing": Reply(200, b"", {"ETag": '"x"'}),
    "noise": Reply(200, os.urandom(20_000), {"ETag": '"x"'}),
}


@pytest.mark.parametrize("reply", NO_VIDEOS.values(), ids=NO_VIDEOS)
async def test_what_is_no_video_is_fetched_three_times_with_fresh_links(bench: Bench, reply: Reply) -> None:
    bench.far.next("downloads", *[Fault(reply)] * 3)
    [clip] = await bench.generate()
    failed = await bench.stage(clip, Stage.FAILED)
    assert failed.reason is not None
    assert (failed.reason.code, failed.charged) == ("not-a-video", Verdict.YES)
    assert len({get.path for get in bench.far.gets}) == len(bench.far.gets) == 3
    assert list((bench.folder / "clips").iterdir()) == []
    await bench.studio.retry(clip.id)
    await bench.stage(clip, Stage.READY)
    assert len(bench.far.posts) == 1


async def test_what_is_no_video_twice_and_then_is(bench: Bench) -> None:
    truncated = Reply(200, bench.far.clip[:20_000], {"ETag": '"first"'})
    bench.far.next("downloads", Fault(page(200)), Fault(truncated))
    await bench.ready()
    assert len(bench.far.gets) == 3


async def test_a_redirect_to_the_other_origin_drops_the_key(bench: Bench) -> None:
    bench.far.at_gateway = True
    target = f"{bench.far.clips}/files/0/1/clip.mp4"
    bench.far.next("downloads", Fault(Reply(302, b"", {"Location": target})))
    await bench.ready()
    assert [get.key for get in bench.far.gets] == [f"Bearer {bench.far.key}", ""]
    assert bench.far.keys["clips"] == {""}


async def test_a_link_at_the_gateway_waits_for_a_key_that_is_taken(bench: Bench) -> None:
    bench.far.at_gateway = True
    refused = Reply(401, b"{}")
    bench.far.next("downloads", Fault(refused))
    [clip] = await bench.generate()
    await bench.halted(Halt.KEY_REFUSED)
    assert bench.clips[clip.id].stage is Stage.FETCHING
    await bench.studio.key_changed(bench.far.address)
    await bench.stage(clip, Stage.READY)


async def test_an_outage_in_the_middle_goes_on_where_it_was(bench: Bench) -> None:
    bench.far.next("downloads", Fault(cut_answer=12_345, politely=True), Fault(page(503)))
    [clip] = await bench.generate()
    await bench.far.until(lambda: bench.far.gets)
    bench.far.go_offline()
    bench.far.come_back()
    await bench.stage(clip, Stage.READY)
    assert bench.far.gets[-1].range == "bytes=12345-"


async def test_without_the_recipe_the_file_is_as_it_came(bench: Bench) -> None:
    bench.prefer(recipe_in_file=False)
    [ready] = await bench.ready()
    assert (bench.folder / ready.file).read_bytes() == bench.far.clip


@pytest.mark.parametrize("prompt", ["../../../etc/passwd", 'a/b\\c:d*?"<>|', "CON", "雨夜" * 100, ".", "\u202etxt.exe"])
async def test_no_prompt_leads_out_of_the_library(bench: Bench, prompt: str) -> None:
    [clip] = await bench.generate(prompt=prompt)
    ready = await bench.stage(clip, Stage.READY)
    file = (bench.folder / ready.file).resolve()
    assert file.parent == (bench.folder / "clips").resolve()
    assert file.is_file()
    outside = {path.name for path in bench.folder.parent.iterdir()}
    assert outside == {"library", "home"}
