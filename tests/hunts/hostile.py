"""Thousands of generated answers, images and MP4s: each ends in words and in time, its row whole, nothing outside."""

from __future__ import annotations

import asyncio
import json
import logging
import random
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from seedance_desktop import words
from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.errors import BadImage
from seedance_desktop.domain.pacing import Pace
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.recipe import Draft, Recipe
from seedance_desktop.gateway import Gateway, Outcome, Sight, Submitted
from seedance_desktop.studio.sending import _VERDICTS, weigh
from tests.faults.fixtures import CLIP
from tests.faults.script import Fault, Reply
from tests.media.test_hostile import damaged
from tests.media.test_images import KINDS as IMAGES
from tests.studio.conftest import Bench

from .far import HuntedGateway
from .world import Errors

PACE = Pace(poll=0.005, margin=0.0, longest_backoff=0.01, not_found_grace=0.02, closing=1.0)
LONGEST = 20.0  # seconds that one example may take
_DEPTH = 10_000
_OFTEN_WHOLE = 25  # every so many answers a whole clip is made of hostile ones
_VALID: tuple[dict[str, Any], ...] = (
    {"id": "task_1", "status": "pending", "created_at": "2026-05-07T12:00:00Z"},
    {"code": 0, "data": {"task_id": 17, "status": "processing"}, "message": "ok"},
    {"id": "t", "status": "completed", "video_url": "http://127.0.0.1:9/clip.mp4", "duration": 5},
    {"data": {"status": "succeeded", "content": [{"video_url": {"url": "http://127.0.0.1:9/c.mp4"}}]}},
    {"id": "t", "status": "failed", "error": {"code": "x", "message": '{"error": {"message": "inner"}}'}},
    {"detail": [{"loc": ["body", "ratio"], "msg": "bad"}]},
    {"error": {"code": "insufficient_quota", "type": "billing", "message": "none left"}},
)
_ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    1 << 64,
    10**4000,
    1e308,
    float("nan"),
    float("-inf"),
    "",
    " ",
    "\0",
    "\ud800",
    "\u202e\u0007\x1b[2J",
    "名" * 5000,
    "../../../../etc/cron.d/x",
    "..\\..\\x",
    "/etc/passwd",
    "file:///etc/passwd",
    "http://127.0.0.1:9/../../x.mp4",
    "http://[::1",
    "http://user:pass@127.0.0.1:9/",
    "javascript:alert(1)",
    "%00%2e%2e%2f",
    "CON",
    "a" * 300_000,
    [],
    {},
    [[[]]],
    {"": {"": ""}},
    [None] * 1000,
)
_HEADERS: tuple[dict[str, str], ...] = (
    {"Content-Encoding": "gzip"},
    {"Content-Encoding": "deflate, br, nonsense"},
    {"Content-Type": "application/json; charset=no-such-thing"},
    {"Content-Type": "\x7f\x01"},
    {"Retry-After": "-5"},
    {"Retry-After": "9" * 400},
    {"Retry-After": "Thu, 99 Foo 2026 99:99:99 GMT"},
    {"Content-Length": "-1"},
    {"Content-Length": "12, 13"},
    {"Content-Length": "99999999999999999999"},
    {"Transfer-Encoding": "chunked"},
    {"Location": "file:///etc/passwd"},
    {"Set-Cookie": "a=" + "b" * 60_000},
    {"ETag": '"../../../x"', "Content-Disposition": 'attachment; filename="../../../../tmp/hunted.mp4"'},
    {"ETag": 'W/"' + "e" * 9000 + '"', "Content-Disposition": "attachment; filename*=UTF-8''%2Fetc%2Fhunted"},
    {"Content-Range": "bytes 0-18446744073709551616/99999999999999999999999"},
    {"Bad Header\0": "x\x00y"},
)
_STATUSES = (
    200,
    200,
    200,
    200,
    200,
    200,
    200,
    200,
    200,
    201,
    202,
    204,
    206,
    299,
    301,
    302,
    307,
    400,
    401,
    402,
    404,
    409,
    413,
    416,
    418,
    429,
    500,
)


def mutated(value: Any, dice: random.Random) -> Any:
    """A valid answer with something in it, however deep, replaced by something odd."""
    if dice.random() < 0.25 or not isinstance(value, dict | list) or not value:
        return dice.choice(_ODD)
    if isinstance(value, list):
        at = dice.randrange(len(value))
        return [mutated(one, dice) if number == at else one for number, one in enumerate(value)]
    at = dice.choice(list(value))
    match dice.randrange(5):
        case 0:
            return {name: one for name, one in value.items() if name != at}
        case 1:
            return {**value, "data": value, "error": dice.choice(_ODD)}
        case _:
            return {**value, at: mutated(value[at], dice)}


def body(dice: random.Random) -> bytes:
    """The bytes of an answer: mostly mutated JSON, sometimes broken on the way, sometimes not JSON at all."""
    value: Any = dice.choice(_VALID[:2] if dice.random() < 0.4 else _VALID)
    for _ in range(dice.choice((0, 0, 1, 1, 2, 5))):
        value = mutated(value, dice)
    raw = _dumped(value)
    return dice.choice(_BREAKS)(raw, dice) if dice.random() < 0.4 else raw


_BREAKS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    lambda _raw, _dice: b"[" * _DEPTH,
    lambda _raw, _dice: b'{"data":' * _DEPTH + b"1" + b"}" * _DEPTH,
    lambda _raw, _dice: b'{"id": ' + b"9" * 6000 + b"}",
    lambda raw, _dice: raw.decode("utf-8", "replace").encode("utf-16"),
    lambda raw, _dice: b"\xff\xfe\x80" + raw,
    lambda raw, dice: raw[: dice.randrange(len(raw) + 1)],
    lambda _raw, dice: dice.randbytes(dice.choice((0, 1, 300, 70_000))),
    lambda raw, dice: damaged(raw or b"{}", dice),
    lambda raw, _dice: b'{"error": {"message": "' + raw.replace(b'"', b'\\"') + b'"}}',
    lambda raw, _dice: zlib.compress(raw),
)


def _dumped(value: Any) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=True).encode()
    except ValueError:  # a number of more digits than Python prints
        return b'{"id": ' + b"7" * 5000 + b"}"


def reply(dice: random.Random) -> Fault:
    """An answer, whole or cut, after which the line is closed: a length that lies must not leave us waiting."""
    headers: dict[str, str] = {}
    for _ in range(dice.choice((0, 0, 0, 0, 1, 2))):
        headers |= dice.choice(_HEADERS)
    said = Reply(
        dice.choice(_STATUSES), body(dice), headers, dice.choice((None, None, None, None, None, 0, 5, 1 << 20))
    )
    whole = len(said.raw())
    return Fault(said, cut_answer=whole if dice.random() < 0.9 else dice.randrange(whole + 1), politely=True)


class Hunt:
    """The hunt's studio and its figures. `folder` holds everything that may be written."""

    def __init__(self, folder: Path, seed: str, counts: Counter[str]) -> None:
        self.folder, self.seed, self.counts = folder, seed, counts
        self.errors = Errors()

    async def play(self, answers: int, images: int, videos: int) -> None:
        """So many generated inputs of each kind; raises AssertionError, with the example's seed, at a fault."""
        logging.getLogger().addHandler(self.errors)
        try:
            await self._play(answers, images, videos)
        finally:
            logging.getLogger().removeHandler(self.errors)

    async def _play(self, answers: int, images: int, videos: int) -> None:
        with HuntedGateway(CLIP.read_bytes()) as far:
            client = await asyncio.to_thread(Gateway.build, Preferences(proxy="none"))
            self.bench = Bench(self.folder / "library", far, client)
            self.bench.pace = PACE
            await self.bench.open()
            before = self._outside()
            for number in range(answers):
                await self._timed(f"answer {number}", self._answer)
                if number % _OFTEN_WHOLE == 0:
                    await self._timed(f"clip {number}", self._whole)
            for number in range(images):
                await self._timed(f"image {number}", self._image)
            for number in range(videos):
                await self._timed(f"video {number}", self._video)
            assert self._outside() == before, f"written outside of the library: {self._outside() ^ before}"
            await self.bench.close()
            await client.close()
            assert far.keys["clips"] <= {""}
            self._no_key(far.key.encode())

    async def _timed(self, name: str, example: Any) -> None:
        began = time.monotonic()
        dice = random.Random(f"{self.seed}/{name}")
        try:
            async with asyncio.timeout(LONGEST):
                await example(dice)
            assert not self.errors.said, self.errors.said[0]
        except Exception as error:
            raise AssertionError(f"{name} of seed {self.seed}: {error!r}") from error
        self.counts[name.split(maxsplit=1)[0]] += 1
        self.counts["longest, ms"] = max(self.counts["longest, ms"], round(1000 * (time.monotonic() - began)))

    async def _answer(self, dice: random.Random) -> None:
        """One submit and one poll of the real client; what they mean goes into the real library and comes back."""
        far, client, library = self.bench.far, self.bench.client, self.bench.library
        far.next("submits", reply(dice))
        far.next("polls", reply(dice))
        clip = self.counts["rows"] + 1
        row = Clip(id=clip, recipe=Recipe("hostile"), made=1, gateway=far.address, price=Preferences().price(_MODEL))
        row = await library.begin_submit(replace(row, stage=Stage.SENDING, approved=clip))
        submitted = await client.submit(far.address, far.key, b"{}")
        sight = await client.look(far.address, far.key, submitted.task or "t")
        assert isinstance(submitted, Submitted)
        assert isinstance(sight, Sight)
        assert submitted.outcome is not Outcome.NOT_SENT
        assert submitted.outcome is not Outcome.ACCEPTED or submitted.task
        weighed = await library.end_submit(weigh(row, submitted), _VERDICTS[submitted.outcome], submitted.reason)
        await library.save(replace(weighed, word=sight.word, link=sight.link, reason=sight.reason), record=True)
        [kept] = await library.get([clip])
        assert (kept.task, kept.word, kept.link) == (weighed.task, sight.word, sight.link)
        for reason in filter(None, (submitted.reason, sight.reason)):
            assert words.say(reason.code, dict(reason.facts))
        self.counts["rows"] = clip
        self.counts[f"outcome {submitted.outcome.value}"] += 1

    async def _whole(self, dice: random.Random) -> None:
        """A whole clip whose every answer is hostile: it comes to an end, whatever that is, and says why."""
        far = self.bench.far
        self._clear()
        far.name_task = dice.choice(_NAMES).format
        if dice.random() < 0.5:
            far.next("submits", reply(dice))
        far.next("polls", *(reply(dice) for _ in range(dice.randrange(4))))
        far.next("downloads", *(reply(dice) for _ in range(dice.randrange(4))))
        draft = Draft(Recipe(str(dice.choice(_PROMPTS))), 1, dice.choice(_PROMPTS), dice.choice(_PROMPTS))
        [clip] = await self.bench.studio.generate(draft, far.address)
        await self._end(clip)

    async def _end(self, clip: Clip) -> None:
        """Until the clip has settled; keys and balances that a hostile answer called bad are good again."""
        while not self.bench.clips[clip.id].stage.settled:
            try:
                async with asyncio.timeout(0.1):
                    await self.bench.stage(clip, Stage.READY, Stage.FAILED, Stage.UNSURE)
            except TimeoutError:
                await self.bench.studio.key_changed(self.bench.far.address)
        end = self.bench.clips[clip.id]
        assert end.stage is Stage.READY or end.reason
        assert (await self.bench.library.get([clip.id])) == [end]
        if end.stage is Stage.READY:
            folders = self.bench.library.folders
            assert folders.inside(end.file).parent == folders.clips.resolve()
        self.counts[f"end {end.stage.value}"] += 1
        if end.stage is Stage.FAILED and end.reason and end.reason.code in ("key-refused", "no-balance"):
            await self.bench.studio.dismiss(clip.id)
        await self.bench.studio.key_changed(self.bench.far.address)

    async def _image(self, dice: random.Random) -> None:
        """A damaged picture through the door of the library; what comes in can be sent."""
        data = damaged(IMAGES[dice.choice(sorted(IMAGES))], dice)
        try:
            reference = await self.bench.studio.pictures.take_in(data)
        except BadImage as problem:
            self.counts[f"image {problem.reason.code}"] += 1
            return
        self.counts["image taken in"] += 1
        kept = self.bench.library.folders.references / reference.file
        assert kept.read_bytes() == data
        assert kept.resolve().parent == self.bench.library.folders.references.resolve()

    async def _video(self, dice: random.Random) -> None:
        """Damaged bytes from the clips' host through download, check and shelf."""
        far, whole = self.bench.far, CLIP.read_bytes()
        tables = whole.index(b"moov")
        self._clear()
        far.name_task = "task_{}".format
        far.clip = whole[:tables] + damaged(whole[tables:], dice) if dice.random() < 0.5 else damaged(whole, dice)
        [clip] = await self.bench.studio.generate(Draft(Recipe("a damaged clip")), far.address)
        await self._end(clip)
        far.clip = whole

    def _clear(self) -> None:
        for queue in (self.bench.far.submits, self.bench.far.polls, self.bench.far.downloads):
            queue.clear()

    def _outside(self) -> frozenset[Path]:
        """Every file near the library that is not in it."""
        return frozenset(_files(self.folder.parent, self.bench.folder)) | frozenset(Path("/tmp").glob("hunted*"))

    def _no_key(self, key: bytes) -> None:
        for file in self.folder.parent.rglob("*"):
            assert not file.is_file() or key not in file.read_bytes(), f"the key is in {file}"


def _files(folder: Path, but: Path) -> Iterable[Path]:
    return (file for file in folder.rglob("*") if not file.is_relative_to(but))


_MODEL = Recipe("x").model
_NAMES = ("task_{}", "../../../etc/{}", "a/b c/{}", "名字 {}", "{}\\..\\x", "?{}#", "%2e%2e%2f{}", "{}" + "x" * 3000)
_PROMPTS = (
    "a fox",
    "../../../../tmp/hunted",
    "..",
    "CON",
    "/",
    "\\\\host\\share",
    "名" * 400,
    "a\0b\x1b[31m",
    "\u202egpj.exe",
    "\ud800",
)
