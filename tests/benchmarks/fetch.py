"""A child: one download by our gateway client; `fetch LINK FILE (qt|plain)`, under qasync as in the window or without.

It prints seconds, and the memory before, and at its highest while it downloaded.
"""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.gateway import Fetch, Gateway
from tests.benchmarks import ground


async def download(link: str, file: str) -> None:
    gateway = await asyncio.to_thread(Gateway.build, Preferences())
    before = highest = ground.memory()
    said = 0.0

    def progress(_got: int, _total: int) -> None:
        nonlocal highest, said
        if time.monotonic() - said > 0.02:
            said, highest = time.monotonic(), max(highest, ground.memory())

    began = time.perf_counter()
    result = await gateway.fetch(link, Path(file), gateway=link, key="", progress=progress)
    took = time.perf_counter() - began
    await gateway.close()
    assert result is Fetch.COMPLETE
    ground.answer(seconds=took, more=highest - before)


def main(link: str, file: str, how: str) -> None:
    if how == "plain":
        asyncio.run(download(link, file))
        return
    from PySide6.QtWidgets import QApplication
    from qasync import QEventLoop

    application = QApplication(sys.argv[:1])
    with asyncio.Runner(loop_factory=lambda: QEventLoop(application)) as runner:
        runner.run(download(link, file))


if __name__ == "__main__":
    main(*sys.argv[1:])
