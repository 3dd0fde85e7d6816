"""One clip into its `.part`: cuts, ranges, dead links, other files under the same link, and where the key goes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from seedance_desktop.domain.errors import DiskProblem
from seedance_desktop.gateway import Fetch, Gateway
from seedance_desktop.gateway.downloads import side_file
from tests.faults.gateway import FaultGateway
from tests.faults.script import Fault, Reply, answer, page

BIG = os.urandom(3_000_000)


class Shelf:
    """One charged task and the folder that its clip comes to."""

    def __init__(self, client: Gateway, far: FaultGateway, folder: Path) -> None:
        self.client, self.far, self.part = client, far, folder / "clip.part"
        self.progress: list[tuple[int, int]] = []
        self.link = ""

    async def charged(self) -> None:
        await self.client.submit(self.far.address, self.far.key, b"{}")
        self.link = self.far.link(self.far.charges[0])

    async def fetch(self, link: str = "") -> Fetch:
        return await self.client.fetch(
            link or self.link,
            self.part,
            gateway=self.far.address,
            key=self.far.key,
            progress=lambda got, total: self.progress.append((got, total)),
        )


@pytest.fixture
async def shelf(client: Gateway, far: FaultGateway, tmp_path: Path) -> Shelf:
    far.clip = BIG
    made = Shelf(client, far, tmp_path)
    await made.charged()
    return made


async def test_a_clip_arrives_whole_and_the_key_stays_home(shelf: Shelf) -> None:
    assert await shelf.fetch() is Fetch.COMPLETE
    assert shelf.part.read_bytes() == BIG
    assert shelf.progress[-1] == (len(BIG), len(BIG))
    assert shelf.far.keys["clips"] == {""}


@pytest.mark.parametrize("politely", [True, False])
async def test_a_cut_download_goes_on_where_it_stopped(shelf: Shelf, politely: bool) -> None:
    shelf.far.next("downloads", Fault(cut_answer=1_234_567, politely=politely))
    assert await shelf.fetch() is Fetch.TROUBLE
    have = shelf.part.stat().st_size
    assert 0 < have <= 1_234_567
    if politely:
        assert have == 1_234_567, "what has arrived is kept, to the last byte"
    assert await shelf.fetch() is Fetch.COMPLETE
    assert shelf.part.read_bytes() == BIG
    assert (shelf.far.gets[1].range, shelf.far.gets[1].if_range) == (f"bytes={have}-", '"first"')
    assert shelf.far.gets[1].status == 206


async def test_a_file_that_has_changed_meanwhile_begins_anew(shelf: Shelf) -> None:
    shelf.far.next("downloads", Fault(cut_answer=1_000_000, politely=True))
    assert await shelf.fetch() is Fetch.TROUBLE
    other = os.urandom(2_000_000)
    shelf.far.charges[0].file, shelf.far.charges[0].etag = other, '"second"'
    assert await shelf.fetch() is Fetch.COMPLETE
    assert shelf.part.read_bytes() == other


async def test_a_host_that_ignores_if_range_cannot_splice_two_files(shelf: Shelf) -> None:
    shelf.far.next("downloads", Fault(cut_answer=1_000_000, politely=True))
    assert await shelf.fetch() is Fetch.TROUBLE
    headers = {"ETag": '"second"', "Content-Range": f"bytes 1000000-{len(BIG) - 1}/{len(BIG)}"}
    shelf.far.next("downloads", Fault(Reply(206, os.urandom(2_000_000), headers)))
    assert await shelf.fetch() is Fetch.TROUBLE
    assert await shelf.fetch() is Fetch.COMPLETE
    assert shelf.part.read_bytes() == BIG
    assert shelf.far.gets[2].range == ""


@pytest.mark.parametrize("etag", ["", 'W/"weak"'])
async def test_without_a_strong_etag_nothing_is_pieced_together(shelf: Shelf, etag: str) -> None:
    shelf.far.charges[0].etag = etag
    shelf.far.next("downloads", Fault(cut_answer=1_000_000, politely=True))
    assert await shelf.fetch() is Fetch.TROUBLE
    assert await shelf.fetch() is Fetch.COMPLETE
    assert shelf.part.read_bytes() == BIG
    assert shelf.far.gets[1].range == ""


WRONG_RANGES = ["bytes 5-9/3000000", "bytes 1000000-2999999/4000000", "bytes */3000000", "rubbish", ""]


@pytest.mark.parametrize("said", WRONG_RANGES)
async def test_a_wrong_range_begins_anew(shelf: Shelf, said: str) -> None:
    shelf.far.next("downloads", Fault(cut_answer=1_000_000, politely=True))
    await shelf.fetch()
    shelf.far.next("downloads", Fault(Reply(206, b"wrong", {"Content-Range": said, "ETag": '"first"'})))
    assert await shelf.fetch() is Fetch.TROUBLE
    assert await shelf.fetch() is Fetch.COMPLETE
    assert shelf.part.read_bytes() == BIG


async def test_what_is_whole_is_not_asked_for_again(shelf: Shelf) -> None:
    assert await shelf.fetch() is Fetch.COMPLETE
    shelf.far.expire_links()
    assert await shelf.fetch() is Fetch.COMPLETE
    assert len(shelf.far.gets) == 1


async def test_a_short_body_is_not_a_whole_one(shelf: Shelf) -> None:
    shelf.far.next("downloads", Fault(Reply(200, b"x" * 10, length=20), cut_answer=10, politely=True))
    assert await shelf.fetch() is Fetch.TROUBLE


ENDS: dict[str, tuple[Reply, Fetch]] = {
    "403": (Reply(403, b"<Error/>"), Fetch.STALE),
    "404": (page(404), Fetch.STALE),
    "410": (Reply(410), Fetch.STALE),
    "400 not ready": (answer({"error": {"code": "video_not_ready"}}, 400), Fetch.NOT_READY),
    "400 processing": (answer({"message": "still Processing"}, 400), Fetch.NOT_READY),
    "400": (answer({"message": "bad signature"}, 400), Fetch.STALE),
    "425": (Reply(425), Fetch.NOT_READY),
    "202": (Reply(202), Fetch.NOT_READY),
    "429": (Reply(429), Fetch.TROUBLE),
    "500": (page(500), Fetch.TROUBLE),
    "503": (page(503), Fetch.TROUBLE),
    "416": (Reply(416), Fetch.TROUBLE),
    "file:": (Reply(302, b"", {"Location": "file:///etc/passwd"}), Fetch.BAD_LINK),
    "ftp:": (Reply(302, b"", {"Location": "ftp://clips.example/a.mp4"}), Fetch.BAD_LINK),
    "spaces": (Reply(302, b"", {"Location": "http://a b/x"}), Fetch.BAD_LINK),
}


@pytest.mark.parametrize(("reply", "end"), ENDS.values(), ids=ENDS)
async def test_how_a_download_ends(shelf: Shelf, reply: Reply, end: Fetch) -> None:
    shelf.far.next("downloads", Fault(reply))
    assert await shelf.fetch() is end
    assert not shelf.part.exists()


async def test_a_link_at_the_gateway_gets_the_key(shelf: Shelf) -> None:
    shelf.far.at_gateway = True
    assert await shelf.fetch(shelf.far.link(shelf.far.charges[0])) is Fetch.COMPLETE
    assert shelf.far.gets[0].key == f"Bearer {shelf.far.key}"


async def test_a_refused_key_is_asked_for(shelf: Shelf) -> None:
    shelf.far.at_gateway, shelf.far.key = True, "sk-hub-another"
    link = shelf.far.link(shelf.far.charges[0])
    fetched = await shelf.client.fetch(
        link, shelf.part, gateway=shelf.far.address, key="sk-hub-old", progress=lambda *_: None
    )
    assert fetched is Fetch.KEY


async def test_without_a_key_none_is_sent(shelf: Shelf) -> None:
    shelf.far.at_gateway = True
    link = shelf.far.link(shelf.far.charges[0])
    fetched = await shelf.client.fetch(link, shelf.part, gateway=shelf.far.address, key="", progress=lambda *_: None)
    assert fetched is Fetch.KEY


async def test_a_redirect_to_the_other_origin_drops_the_key(shelf: Shelf) -> None:
    shelf.far.next("downloads", Fault(Reply(302, b"", {"Location": shelf.link})))
    assert await shelf.fetch(f"{shelf.far.address}/v1/videos/0/0/content") is Fetch.COMPLETE
    assert [get.key for get in shelf.far.gets] == [f"Bearer {shelf.far.key}", ""]
    assert shelf.part.read_bytes() == BIG


async def test_a_relative_link_is_the_gateways_own(shelf: Shelf) -> None:
    assert await shelf.fetch("/v1/videos/0/0/content") is Fetch.COMPLETE
    assert shelf.far.gets[0].key == f"Bearer {shelf.far.key}"


async def test_redirects_end(shelf: Shelf) -> None:
    loop = Fault(Reply(307, b"", {"Location": "?again"}))
    shelf.far.next("downloads", *[loop] * 10)
    assert await shelf.fetch() is Fetch.BAD_LINK
    assert len(shelf.far.gets) == 6


@pytest.mark.parametrize(
    "link", ["file:///etc/passwd", "ftp://a/b", "clip.mp4", "//host/a", "", "javascript:1", "http:"]
)
async def test_links_that_are_never_followed(shelf: Shelf, link: str) -> None:
    fetched = await shelf.client.fetch(
        link, shelf.part, gateway=shelf.far.address, key=shelf.far.key, progress=lambda *_: None
    )
    assert fetched is Fetch.BAD_LINK
    assert not shelf.far.gets


async def test_plain_http_is_for_loopback_and_for_gateways_that_are_plain_themselves(shelf: Shelf) -> None:
    fetched = await shelf.client.fetch(
        "http://clips.example/a.mp4", shelf.part, gateway="https://gateway.example", key="k", progress=lambda *_: None
    )
    assert fetched is Fetch.BAD_LINK


async def test_offline_keeps_what_is_there(shelf: Shelf) -> None:
    shelf.far.next("downloads", Fault(cut_answer=1_000_000, politely=True))
    await shelf.fetch()
    shelf.far.go_offline()
    assert await shelf.fetch() is Fetch.TROUBLE
    assert shelf.part.stat().st_size == 1_000_000


async def test_a_damaged_side_file_only_means_anew(shelf: Shelf) -> None:
    shelf.far.next("downloads", Fault(cut_answer=1_000_000, politely=True))
    await shelf.fetch()
    side_file(shelf.part).write_bytes(b"{")
    assert await shelf.fetch() is Fetch.COMPLETE
    assert shelf.part.read_bytes() == BIG


async def test_a_folder_that_is_gone_is_the_disks_fault(shelf: Shelf) -> None:
    shelf.part = shelf.part.parent / "gone" / "clip.part"
    with pytest.raises(DiskProblem) as raised:
        await shelf.fetch()
    assert raised.value.reason.code == "disk-gone"
