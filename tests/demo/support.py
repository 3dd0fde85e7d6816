"""Bodies, pictures, films and waiting, shared by the demo gateway's tests."""

from __future__ import annotations

import asyncio
import base64
import io
import time
from typing import TYPE_CHECKING, Any

import av
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

KEY = {"Authorization": "Bearer sk-hub-test"}
TASKS = "/v1/generation/tasks"


def picture(size: tuple[int, int] = (400, 300), *, left: str = "red", right: str = "blue", kind: str = "PNG") -> bytes:
    """A picture of two colours, as a file."""
    image = Image.new("RGB", size, left)
    image.paste(right, (size[0] // 2, 0, *size))
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()


def data_url(data: bytes, mime: str = "image/png") -> str:
    return f"data:{mime};base64,{base64.b64encode(data).decode()}"


def image_item(url: str, role: str | None = None) -> dict[str, Any]:
    return {"type": "image_url", "image_url": {"url": url}} | ({"role": role} if role else {})


def body(prompt: str = "A quiet sea", *images: dict[str, Any], **changes: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "model": "doubao/doubao-seedance-2-0-260128",
        "content": [{"type": "text", "text": prompt}, *images],
        "ratio": "16:9",
        "duration": 5,
        "resolution": "480p",
    }
    return whole | changes


async def submit(client: httpx.AsyncClient, what: dict[str, Any]) -> str:
    answer = await client.post(TASKS, json=what, headers=KEY)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


async def polled(client: httpx.AsyncClient, task: str, *wanted: str, within: float = 60.0) -> dict[str, Any]:
    """Poll until the status is one of those wanted."""
    until = time.monotonic() + within
    while True:
        answer = (await client.get(f"{TASKS}/{task}", headers=KEY)).json()
        if answer["status"] in wanted:
            return dict(answer)
        assert time.monotonic() < until, f"still {answer}"
        await asyncio.sleep(0.03)  # the pace of the polls; nothing is timed by it


def frames_of(path: Path) -> list[Image.Image]:
    """Every frame, decoded by its own colour tags."""
    with av.open(str(path), "r") as film:
        return [frame.to_image() for frame in film.decode(video=0)]  # type: ignore[no-untyped-call]
