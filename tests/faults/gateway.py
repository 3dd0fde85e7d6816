"""The fault gateway: a real HTTP server on loopback that misbehaves as told, and counts what it has charged.

It is the only stand-in of the suite: a gateway on one port and a host of clips on another, in a thread of their own.
Without a script it does what GATEWAY.md documents.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from .http import Cut, Line, Request
from .script import ORDINARY, Fault, Reply, answer

TASKS = "/v1/generation/tasks"
PATIENCE = 15.0
Hold = Callable[[], object]


@dataclass
class Task:
    """A task that was charged: `words` are its status words to come, the last one stays."""

    id: str
    body: dict[str, Any]
    words: deque[str]
    file: bytes
    etag: str = '"first"'
    polls: list[float] = field(default_factory=list)
    links: int = 0


@dataclass(frozen=True)
class Get:
    """A request for a clip's bytes and the status that it was answered with."""

    path: str
    range: str
    if_range: str
    key: str
    status: int


class FaultGateway:
    """Use as a context manager; every attribute may be read from the test's own thread.

    `posts` are the submits that arrived whole or in part, `charges` the tasks that were billed; `keys` the
    Authorization headers by the place that saw them (`"gateway"` or `"clips"`).
    """

    def __init__(self, clip: bytes, key: str = "sk-hub-for-tests") -> None:
        """Serve `clip` for every task."""
        self.clip, self.key = clip, key
        self.words: tuple[str, ...] = ("pending", "processing", "completed")
        self.balance = True
        self.at_gateway = False  # whether links point to the gateway's own origin
        self.name_task: Callable[[int], str] = "task_{}".format
        self.peek: Callable[[], object] = lambda: None  # called when the first bytes of a request are there
        self.submits: deque[Fault] = deque()
        self.polls: deque[Fault] = deque()
        self.downloads: deque[Fault] = deque()
        self.posts: list[Request] = []
        self.looks: list[Request] = []
        self.gets: list[Get] = []
        self.charges: list[Task] = []
        self.tasks: dict[str, Task] = {}
        self.lines: Counter[str] = Counter()  # connections accepted, by place
        self.keys: dict[str, set[str]] = defaultdict(set)
        self.oldest_link = 0
        self._changed = threading.Condition()
        self._ready = threading.Event()
        self._ports: dict[str, int] = {"gateway": 0, "clips": 0}
        self._servers: list[asyncio.Server] = []
        self._lines: set[Line] = set()
        self._thread = threading.Thread(target=self._run, name="fault gateway")

    # For the tests

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(PATIENCE)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join(PATIENCE)

    @property
    def address(self) -> str:
        """The base URL of the gateway."""
        return f"http://127.0.0.1:{self._ports['gateway']}"

    @property
    def clips(self) -> str:
        """The origin of the host of clips."""
        return f"http://127.0.0.1:{self._ports['clips']}"

    def next(self, kind: str, *faults: Fault) -> None:
        """What to do with the next submits, polls or downloads, one fault each."""
        queue: deque[Fault] = getattr(self, kind)
        with self._changed:
            queue.extend(faults)

    def finish(self, task: Task | None = None) -> None:
        """A task (or every one) is completed from now on."""
        for one in [task] if task else self.charges:
            one.words = deque(["completed"])

    def expire_links(self) -> None:
        """No link given so far leads anywhere from now on."""
        with self._changed:
            self.oldest_link = max((task.links for task in self.charges), default=0) + 1

    async def until(self, true: Callable[[], object], patience: float = PATIENCE) -> None:
        """Wait until something is true of this gateway."""

        def wait() -> None:
            with self._changed:
                assert self._changed.wait_for(lambda: bool(true()), patience), "it did not come true"

        await asyncio.to_thread(wait)

    def go_offline(self) -> None:
        """Close the ports and cut every line: connections are refused from now on."""
        asyncio.run_coroutine_threadsafe(self._stop_listening(), self._loop).result(PATIENCE)

    def come_back(self) -> None:
        """Listen on the same ports again."""
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(PATIENCE)

    def cut_all(self) -> None:
        """Cut every line that is open now."""
        self._loop.call_soon_threadsafe(self._reset_lines)

    # The thread

    def _run(self) -> None:
        asyncio.run(self._main())

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._closing = asyncio.Event()
        await self._listen()
        self._ready.set()
        await self._closing.wait()
        await self._stop_listening()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        if others:
            await asyncio.wait(others, timeout=PATIENCE)

    async def _listen(self) -> None:
        for place, port in self._ports.items():

            async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, place: str = place) -> None:
                await self._serve(Line(reader, writer, self._closing), place)

            server = await asyncio.start_server(serve, "127.0.0.1", port)
            self._servers.append(server)
            self._ports[place] = server.sockets[0].getsockname()[1]

    async def _stop_listening(self) -> None:
        for server in self._servers:
            server.close()
        self._servers.clear()
        self._reset_lines()

    def _reset_lines(self) -> None:
        for line in list(self._lines):
            line.reset()

    async def _serve(self, line: Line, place: str) -> None:
        self._lines.add(line)
        with self._changed:
            self.lines[place] += 1
            self._changed.notify_all()
        try:
            while request := await line.head():
                request.seen = self.peek()
                await self._exchange(line, place, request)
        except (Cut, ConnectionError):
            pass
        finally:
            self._lines.discard(line)
            line.writer.close()

    async def _exchange(self, line: Line, place: str, request: Request) -> None:
        key = request.headers.get("authorization", "")
        with self._changed:
            self.keys[place].add(key)
        if request.method == "POST" and request.path == TASKS:
            await self._submit(line, request)
        elif place == "gateway" and request.path.startswith(TASKS + "/"):
            await self._poll(line, request)
        else:
            await self._download(line, place, request)
        self._tell()

    def _take(self, kind: str) -> Fault:
        queue: deque[Fault] = getattr(self, kind)
        with self._changed:
            self._changed.notify_all()
            return queue.popleft() if queue else ORDINARY

    def _tell(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def _refused(self, request: Request) -> Reply | None:
        if request.headers.get("authorization") != f"Bearer {self.key}":
            return answer({"error": {"code": "invalid_api_key", "message": "Invalid token"}}, 401)
        if not self.balance:
            return answer({"error": {"message": "Insufficient balance"}}, 402)
        return None

    # Submits

    async def _submit(self, line: Line, request: Request) -> None:
        fault = self._take("submits")
        request_time = time.monotonic()
        with self._changed:
            request.headers["x-time"] = str(request_time)
            self.posts.append(request)
        self._tell()
        refused = self._refused(request)
        if fault.early and fault.reply:
            await line.say(fault.reply)
            line.cut(politely=True)
        request.body = await line.body(request, fault)
        await line.hold(fault)
        ordinary = refused or self._accept(request) if fault.reply is None else None
        if fault.charge and ordinary is None:
            self._accept(request)
        if ordinary is not None and fault.charge is False:
            self._uncharge()
        self._tell()
        await line.say(fault.reply or ordinary or answer({}), fault.cut_answer, politely=fault.politely)

    def _accept(self, request: Request) -> Reply:
        with self._changed:
            name = self.name_task(len(self.charges) + 1)
            task = Task(name, json.loads(request.body), deque(self.words), self.clip)
            self.charges.append(task)
            self.tasks[name] = task
        return answer({"id": name, "status": "pending", "created_at": "2026-05-07T12:00:00Z"})

    def _uncharge(self) -> None:
        with self._changed:
            del self.tasks[self.charges.pop().id]

    # Polls

    async def _poll(self, line: Line, request: Request) -> None:
        now = time.monotonic()
        fault = self._take("polls")
        task = self.tasks.get(request.path.removeprefix(TASKS + "/"))
        with self._changed:
            self.looks.append(request)
            if task:
                task.polls.append(now)
        self._tell()
        await line.hold(fault)
        reply = fault.reply or self._refused(request) or self._look(task)
        await line.say(reply, fault.cut_answer, politely=fault.politely)

    def _look(self, task: Task | None) -> Reply:
        if task is None:
            return answer({"error": {"code": "task_not_found", "message": "task not found"}}, 404)
        words = task.words
        word = words.popleft() if len(words) > 1 else words[0]
        said: dict[str, Any] = {"id": task.id, "status": word}
        if word == "completed":
            task.links += 1
            said |= {"video_url": self.link(task), "duration": 5}
        if word == "failed":
            said["error"] = {"code": "render_error", "message": "The renderer gave up"}
        return answer(said)

    def link(self, task: Task) -> str:
        """The newest link to a task's clip: signed, on the other origin (or on the gateway's own)."""
        number = self.charges.index(task)
        if self.at_gateway:
            return f"{self.address}/v1/videos/{number}/{task.links}/content"
        return f"{self.clips}/files/{number}/{task.links}/clip.mp4?signature=secret-signature"

    # Clips

    async def _download(self, line: Line, place: str, request: Request) -> None:
        fault = self._take("downloads")
        await line.hold(fault)
        reply = fault.reply or self._file(place, request)
        with self._changed:
            headers = request.headers
            self.gets.append(
                Get(
                    request.path,
                    headers.get("range", ""),
                    headers.get("if-range", ""),
                    headers.get("authorization", ""),
                    reply.status,
                )
            )
        self._tell()
        cut = None
        if fault.cut_answer is not None:  # counted from the first byte of the clip
            cut = len(reply.raw()) - len(reply.body) + fault.cut_answer
        await line.say(reply, cut, politely=fault.politely)

    def _file(self, place: str, request: Request) -> Reply:
        number, age = (int(part) for part in request.path.split("/") if part.isdigit())
        task = self.charges[number]
        if age < self.oldest_link:
            return Reply(403, b"<Error><Code>AccessDenied</Code></Error>", {"Content-Type": "application/xml"})
        if place == "gateway" and (refused := self._refused(request)):
            return refused
        return part_of(task.file, task.etag, request)


def part_of(file: bytes, etag: str, request: Request) -> Reply:
    """A file as a well-behaved host gives it: whole, or the range that was asked for."""
    headers = {"ETag": etag, "Accept-Ranges": "bytes", "Content-Type": "video/mp4"}
    wanted, condition = request.headers.get("range", ""), request.headers.get("if-range", etag)
    if not wanted or condition != etag:
        return Reply(200, file, headers)
    begin = int(wanted.removeprefix("bytes=").removesuffix("-"))
    if begin >= len(file):
        return Reply(416, b"", headers | {"Content-Range": f"bytes */{len(file)}"})
    return Reply(206, file[begin:], headers | {"Content-Range": f"bytes {begin}-{len(file) - 1}/{len(file)}"})
