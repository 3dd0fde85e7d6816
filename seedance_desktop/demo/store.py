"""The gateway's tasks on disk: one small JSON file each, safe before anyone hears of it.

demo-gateway/
  secret           signs the links of clips
  tasks/ID.json    an order, when it came, how far it is
  pictures/HASH    reference pictures, by their content
  clips/ID.mp4     finished clips
"""

import hashlib
import json
import os
import secrets
import threading
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from seedance_desktop.demo.order import Order

KEPT_FOR: Final = 7 * 24 * 3600.0  # seconds; upstream forgets a task after about a week


@dataclass(frozen=True)
class Task:
    """A task as its poll tells it: `status` is a documented word, `created` seconds since 1970, `failure` a code."""

    id: str
    order: Order
    created: float
    status: str = "pending"
    failure: str | None = None

    @property
    def over(self) -> bool:
        """Whether nothing will change any more."""
        return self.status in ("completed", "failed")


class Store:
    """Every task this gateway knows, in memory and on disk."""

    def __init__(self, folder: Path) -> None:
        """Open or make the store below `folder`. Raises OSError if that can't be."""
        self._root = folder / "demo-gateway"
        self._lock = threading.Lock()
        for name in ("tasks", "pictures", "clips"):
            (self._root / name).mkdir(parents=True, exist_ok=True)
        self.secret = self._own_secret()
        self._tasks = {task.id: task for task in map(_read, self._files()) if task is not None}
        self._forget_old()

    def get(self, task_id: str) -> Task | None:
        """Return a task, or None if there is none of that name."""
        return self._tasks.get(task_id)

    def unfinished(self) -> list[Task]:
        """Return the tasks that still have a way to go, oldest first."""
        return sorted((task for task in self._tasks.values() if not task.over), key=lambda task: task.created)

    def add(self, order: Order, pictures: list[bytes]) -> Task:
        """Keep a new order; when this returns, it is on disk. Waits for the disk: off the loop. Raises OSError."""
        names = tuple(self._keep_picture(data) if data else "" for data in pictures)
        task = Task(f"task_{secrets.token_hex(8)}", replace(order, pictures=names), time.time())
        return self.put(task)

    def put(self, task: Task) -> Task:
        """Write a task as it is now, and return it. Waits for the disk: off the loop. Raises OSError."""
        text = json.dumps(asdict(task), ensure_ascii=False, indent=1)
        with self._lock:
            write_safely(self._root / "tasks" / f"{task.id}.json", text.encode())
            self._tasks[task.id] = task
        return task

    def picture(self, name: str) -> bytes:
        """Return a kept picture's file. Raises OSError."""
        return (self._root / "pictures" / name).read_bytes()

    def clip(self, task: Task) -> Path:
        """Return where a task's clip lies, or will lie."""
        return self._root / "clips" / f"{task.id}.mp4"

    def _files(self) -> list[Path]:
        return sorted((self._root / "tasks").glob("*.json"))

    def _keep_picture(self, data: bytes) -> str:
        name = hashlib.sha256(data).hexdigest()
        path = self._root / "pictures" / name
        with self._lock:  # the takes of one click bring the same picture at the same moment
            if not path.exists():
                write_safely(path, data)
        return name

    def _own_secret(self) -> bytes:
        path = self._root / "secret"
        if not path.exists():
            write_safely(path, secrets.token_bytes(32))
        return path.read_bytes()

    def _forget_old(self) -> None:
        """Drop tasks of last week with their clips, and pictures that no task shows any more."""
        for task in [task for task in self._tasks.values() if time.time() - task.created > KEPT_FOR]:
            del self._tasks[task.id]
            self.clip(task).unlink(missing_ok=True)
            (self._root / "tasks" / f"{task.id}.json").unlink(missing_ok=True)
        shown = {name for task in self._tasks.values() for name in task.order.pictures}
        for path in (self._root / "pictures").iterdir():
            if path.name not in shown:
                path.unlink(missing_ok=True)
        for path in self._root.rglob("*.part"):
            path.unlink(missing_ok=True)


def write_safely(path: Path, data: bytes) -> None:
    """Write a whole file that is either the old one or the new one, whatever happens. Raises OSError."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder as safe as the files; Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _read(path: Path) -> Task | None:
    """A task from its file; None if it isn't one (a demo may forget what it can't read)."""
    try:
        values: dict[str, Any] = json.loads(path.read_bytes())
        order = values.pop("order")
        order["pictures"] = tuple(order["pictures"])
        return Task(order=Order(**order), **values)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
