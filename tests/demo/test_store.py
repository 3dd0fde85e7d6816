"""The tasks on disk where several submits come at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from seedance_desktop.demo.order import read_order
from seedance_desktop.demo.store import Store, Task
from tests.demo.support import body, data_url, image_item, picture

if TYPE_CHECKING:
    from pathlib import Path

_AT_ONCE = 8


def test_takes_with_the_same_picture_come_in_at_the_same_moment(tmp_path: Path) -> None:
    store = Store(tmp_path)
    together = threading.Barrier(_AT_ONCE)

    def submit(number: int) -> Task:
        image = picture((300 + number // _AT_ONCE, 300))
        order = read_order(body("A quiet sea", image_item(data_url(image))))
        together.wait()
        return store.add(*order)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        tasks = list(pool.map(submit, range(8 * _AT_ONCE)))
    assert len({task.id for task in tasks}) == 8 * _AT_ONCE
    assert len({task.order.pictures for task in tasks}) == 8
    assert all(store.picture(task.order.pictures[0]) for task in tasks)
