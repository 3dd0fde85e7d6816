"""The contract over HTTP: submit, poll, and the clips themselves.

    POST /v1/generation/tasks          a task's id, and that it is pending
    GET  /v1/generation/tasks/ID       how far it is; completed with a link, failed with a reason
    GET  /clips/ID.mp4?expires=&token= the clip, for whoever holds the link, for a day

A prompt with the word "refuse" in it is refused after a while, as upstream refuses what it finds sensitive.
"""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from seedance_desktop.demo.order import read_order
from seedance_desktop.demo.refusal import Refusal
from seedance_desktop.demo.rendering import BROKEN, REFUSED, Rendering
from seedance_desktop.demo.store import Store, Task

LARGEST_BODY: Final = 64 * 1024 * 1024  # bytes
LINK_LIVES: Final = 24 * 3600  # seconds
_DRAINED: Final = 4 * LARGEST_BODY
_REASONS: Final = {
    REFUSED: "The request failed because the input text may contain sensitive information.",
    BROKEN: "The service encountered an unexpected internal error.",
}


class Gateway:
    """The answers to the three requests."""

    def __init__(self, store: Store, rendering: Rendering, key: str | None) -> None:
        """With `key` only that key is right, else any that begins with sk-."""
        self._store = store
        self._rendering = rendering
        self._key = key

    async def submit(self, request: Request) -> Response:
        """Keep an order and start it."""
        # The body is read to its end even when it is refused: a client in the middle of sending would otherwise see a
        # broken connection instead of the answer, and could not know whether it was charged.
        body = await _body(request)
        self._check_key(request)
        if body is None:
            raise Refusal("RequestTooLarge", "The body is over 64 MB.", status=413)
        task = await asyncio.to_thread(self._accept, body)
        self._rendering.begin(task)
        return JSONResponse({"id": task.id, "status": task.status, "created_at": _iso(task.created)})

    async def poll(self, request: Request) -> Response:
        """Tell how far a task is."""
        self._check_key(request)
        task = self._store.get(request.path_params["id"])
        if task is None:
            raise Refusal("TaskNotFound", "There is no task of this id.", status=404)
        answer: dict[str, object] = {"id": task.id, "status": task.status, "created_at": _iso(task.created)}
        if task.status == "completed":
            answer |= {"video_url": self._link(request, task), "duration": task.order.duration}
        if task.failure:
            answer["error"] = {"code": task.failure, "message": _REASONS.get(task.failure, task.failure)}
        return JSONResponse(answer)

    async def clip(self, request: Request) -> Response:
        """Hand out a clip to whoever holds its link, with Range and If-Range."""
        task = self._store.get(request.path_params["id"])
        expires = request.query_params.get("expires", "")
        token = request.query_params.get("token", "")
        if task is None or not hmac.compare_digest(token.encode(), self._token(task, expires).encode()):
            raise Refusal("AccessDenied", "This link is not valid.", status=403)
        if int(expires) < time.time():
            raise Refusal("AccessDenied", "This link has expired.", status=403)
        path = self._store.clip(task)
        if not await asyncio.to_thread(path.is_file):
            raise Refusal("NotFound", "This clip is gone.", status=404)
        return FileResponse(path, media_type="video/mp4", headers={"Cache-Control": "private"})

    def _accept(self, body: bytes) -> Task:
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            raise Refusal("InvalidParameter", "The body is not JSON.") from None
        return self._store.add(*read_order(value))

    def _check_key(self, request: Request) -> None:
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        if self._key is None:
            right = key.startswith("sk-") and len(key) > len("sk-")
        else:
            right = hmac.compare_digest(key.encode(), self._key.encode())
        if scheme.lower() != "bearer" or not right:
            raise Refusal("AuthenticationError", "The API key is missing or not valid.", status=401)

    def _link(self, request: Request, task: Task) -> str:
        expires = str(int(time.time()) + LINK_LIVES)
        query = f"expires={expires}&token={self._token(task, expires)}"
        return f"{str(request.base_url).rstrip('/')}/clips/{task.id}.mp4?{query}"

    def _token(self, task: Task, expires: str) -> str:
        return hmac.new(self._store.secret, f"{task.id} {expires}".encode(), hashlib.sha256).hexdigest()


def build(store: Store, rendering: Rendering, key: str | None) -> Starlette:
    """Return the application; its start goes on with unfinished tasks, its end stops rendering."""
    gateway = Gateway(store, rendering, key)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        for task in store.unfinished():
            rendering.begin(task)
        yield
        await rendering.close()

    return Starlette(
        routes=[
            Route("/v1/generation/tasks", gateway.submit, methods=["POST"]),
            Route("/v1/generation/tasks/{id:path}", gateway.poll, methods=["GET"]),
            Route("/clips/{id}.mp4", gateway.clip, methods=["GET"]),
        ],
        exception_handlers={
            Refusal: _refused,
            HTTPException: _no_such_thing,
            ClientDisconnect: _gone,
            Exception: _broken,
        },
        lifespan=lifespan,
    )


async def _body(request: Request) -> bytes | None:
    """The whole body, or None if it is too large."""
    body = bytearray()
    length = 0
    async for chunk in request.stream():
        length += len(chunk)
        if length <= LARGEST_BODY:
            body += chunk
        elif length > _DRAINED:
            break
    return bytes(body) if length <= LARGEST_BODY else None


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return JSONResponse(error.body, status_code=error.status)


async def _no_such_thing(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    answer = Refusal("NotFound", error.detail, status=error.status_code)
    return JSONResponse(answer.body, status_code=answer.status, headers=error.headers)


async def _gone(_: Request, __: Exception) -> Response:
    return Response(status_code=400)  # nobody is there to read it, and nothing was kept


async def _broken(_: Request, __: Exception) -> Response:
    return JSONResponse(Refusal(BROKEN, _REASONS[BROKEN]).body, status_code=500)
