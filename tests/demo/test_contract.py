"""The documented contract, over real HTTP: what is answered to whom."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

import av
import httpx
import pytest

from tests.demo.support import KEY, TASKS, body, data_url, image_item, picture, polled, submit

if TYPE_CHECKING:
    from pathlib import Path

    from tests.demo.conftest import Start


async def test_an_order_becomes_a_clip(client: httpx.AsyncClient) -> None:
    answer = await client.post(TASKS, json=body(), headers=KEY)
    accepted = answer.json()
    assert set(accepted) == {"id", "status", "created_at"}
    assert accepted["status"] == "pending"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", accepted["created_at"])
    await polled(client, accepted["id"], "processing")
    done = await polled(client, accepted["id"], "completed", "failed")
    assert set(done) == {"id", "status", "created_at", "video_url", "duration"}
    assert done["duration"] == 5
    assert done["video_url"].startswith(str(client.base_url))
    film = await client.get(done["video_url"])  # without a key
    assert film.headers["content-type"] == "video/mp4"
    with av.open(io.BytesIO(film.content), "r") as container:
        assert sum(1 for _ in container.decode(video=0)) == 121


@pytest.mark.parametrize(
    "header", [{}, {"Authorization": "Bearer other"}, {"Authorization": "Bearer sk-"}, {"Authorization": "sk-hub"}]
)
async def test_a_bad_key_is_told_before_anything_else(client: httpx.AsyncClient, header: dict[str, str]) -> None:
    for answer in (
        await client.get(f"{TASKS}/made-up", headers=header),
        await client.post(TASKS, json={"model": "nonsense"}, headers=header),
    ):
        assert answer.status_code == 401
        assert set(answer.json()["error"]) == {"code", "message"}


async def test_only_the_given_key_is_right(start: Start, tmp_path: Path) -> None:
    gateway = await start(tmp_path, "key='sk-one'")
    async with httpx.AsyncClient(base_url=gateway.address) as client:
        statuses = [
            (await client.get(f"{TASKS}/x", headers={"Authorization": f"Bearer {key}"})).status_code
            for key in ("sk-one", "sk-two")
        ]
    assert statuses == [404, 401]


async def test_a_made_up_id_is_not_found(client: httpx.AsyncClient) -> None:
    for name in ("task_none", "a%2Fb%20c", "..%2f..%2fsecret"):
        answer = await client.get(f"{TASKS}/{name}", headers=KEY)
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "TaskNotFound"


async def test_there_is_no_list_no_cancel_and_no_chat(client: httpx.AsyncClient) -> None:
    assert (await client.get(TASKS, headers=KEY)).status_code == 405
    assert (await client.delete(f"{TASKS}/x", headers=KEY)).status_code == 405
    assert (await client.post("/v1/chat/completions", json={}, headers=KEY)).status_code == 404


GOOD = data_url(picture())
REFUSED: dict[str, tuple[Any, int, str]] = {
    "not an object": ([], 400, "object"),
    "no model": ({"content": []}, 400, "model"),
    "another model": (body(model="gpt"), 404, "gpt"),
    "a field too many": (body(seed=1), 400, "seed"),
    "ratio": (body(ratio="4:3"), 400, "ratio"),
    "duration": (body(duration=7), 400, "duration"),
    "duration as text": (body(duration="5"), 400, "duration"),
    "duration as a fraction": (body(duration=5.0), 400, "duration"),
    "resolution": (body(resolution="4k"), 400, "resolution"),
    "half a character": (body("\ud800"), 400, "half"),
    "nothing": (body(content=[]), 400, "content"),
    "an empty prompt": (body("  "), 400, "text"),
    "two texts": (body("one", {"type": "text", "text": "two"}), 400, "one text"),
    "text after the image": (body(content=[image_item(GOOD), {"type": "text", "text": "x"}]), 400, "first"),
    "a bare address": (body("x", {"type": "image_url", "image_url": GOOD}), 400, "Image 1"),
    "http": (body("x", image_item("http://example.com/a.png")), 400, "https"),
    "a file": (body("x", image_item("file:///etc/passwd")), 400, "https"),
    "MIME in upper case": (body("x", image_item(GOOD.replace("image/png", "image/PNG"))), 400, "lower case"),
    "broken base64": (body("x", image_item("data:image/png;base64,@@@")), 400, "base64"),
    "not a picture": (body("x", image_item(data_url(b"hello" * 99))), 400, "decoded"),
    "half a picture": (body("x", image_item(data_url(picture(kind="JPEG")[:-900], "image/jpeg"))), 400, "decoded"),
    "too small": (body("x", image_item(data_url(picture((299, 400))))), 400, "300"),
    "too wide": (body("x", image_item(data_url(picture((1000, 390))))), 400, "0.4"),
    "the second is broken": (
        body("x", image_item(GOOD, "first_frame"), image_item(data_url(b"no"), "last_frame")),
        400,
        "Image 2",
    ),
    "two without roles": (body("x", image_item(GOOD), image_item(GOOD)), 400, "first_frame"),
    "roles that mix": (body("x", image_item(GOOD, "first_frame"), image_item(GOOD, "reference_image")), 400, "role"),
    "a role of one's own": (body("x", image_item(GOOD, "style")), 400, "role"),
    "ten references": (body("x", *[image_item("https://x.test/a.png", "reference_image")] * 10), 400, "nine"),
}


@pytest.mark.parametrize("case", REFUSED)
async def test_bad_orders_are_refused_with_a_reason(quick: httpx.AsyncClient, case: str) -> None:
    what, status, word = REFUSED[case]
    answer = await quick.post(TASKS, content=json.dumps(what), headers=KEY)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert error["code"]
    assert word in error["message"]


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"\xff\xfe", b"[" * 200_000, b'{"model": "\\ud800"}'],
    ids=["empty", "cut", "not UTF-8", "deep", "half a character"],
)
async def test_what_is_not_json_is_refused(quick: httpx.AsyncClient, raw: bytes) -> None:
    answer = await quick.post(TASKS, content=raw, headers=KEY)
    assert answer.status_code in (400, 404)
    assert answer.json()["error"]["message"]


async def test_a_body_over_64_mb_is_too_large(client: httpx.AsyncClient) -> None:
    answer = await client.post(TASKS, content=b" " * (64 * 1024 * 1024 + 1), headers=KEY)
    assert answer.status_code == 413
    assert answer.json()["error"]["message"]


async def test_images_are_accepted_in_all_three_uses(client: httpx.AsyncClient) -> None:
    away = "https://pictures.test/a.jpg"
    for images in (
        [image_item(GOOD)],
        [image_item(GOOD, "last_frame"), image_item(GOOD, "first_frame")],
        [image_item(GOOD, "reference_image"), image_item(away, "reference_image")],
        [image_item(away)],
    ):
        await submit(client, body("refuse", *images))
    await submit(client, body(content=[image_item(GOOD)]))


async def test_a_prompt_that_asks_for_it_is_refused_later(client: httpx.AsyncClient) -> None:
    failed = await polled(client, await submit(client, body("Please refuse this")), "failed", "completed")
    assert failed["error"]["code"] == "InputTextSensitiveContentDetected"
    assert failed["error"]["message"]
    assert "video_url" not in failed
