"""A child: the real window, in which clips are made, opened, played and trashed by keys and mouse."""

from __future__ import annotations

import gc
import os
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest

from seedance_desktop import app as window_program
from seedance_desktop import bootstrap
from seedance_desktop.app.program import make_application
from seedance_desktop.system import folders, log
from tests.benchmarks import ground
from tests.benchmarks.driver import Driver, Scene

_EVERY = 10.0
_PLAYED = 1.5


def sample(window: Any) -> dict[str, float]:
    """What the process holds now."""
    gc.collect()
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    threads = next(int(line.split()[1]) for line in status if line.startswith("Threads:"))
    objects = window.findChildren(QObject)
    everywhere = [one for one in gc.get_objects() if type(one) is QTimer]
    return {
        "memory, MiB": ground.memory(),
        "threads": threads,
        "open files": len(os.listdir("/proc/self/fd")),  # noqa: PTH208 - the folder of this very listing counts
        "objects of Qt in the window": len(objects),
        "timers of Qt": len({id(one) for one in (*everywhere, *(one for one in objects if isinstance(one, QTimer)))}),
        "objects of Python": len(gc.get_objects()),
    }


def soak(driver: Driver, seconds: float) -> Scene:
    """One clip after the other for so long."""
    yield lambda: driver.opened
    window, model = driver.window, driver.window.shelf.grid.model()
    samples: list[dict[str, float]] = []

    def on_shelf() -> bool:
        return bool(model.rowCount() > 0)

    def on_stage() -> bool:
        return bool(window.stage.deck.number == 0)

    def in_trash() -> bool:
        return bool(model.rowCount() == 0)

    end, made, watched = time.monotonic() + seconds, 0, 0.0
    while time.monotonic() < end:
        composer = window.composer
        composer.focus_prompt()
        yield 0.1
        QTest.keyClicks(window.focusWidget(), f"{made} ")
        yield composer.generate_button.isEnabled
        QTest.mouseClick(composer.generate_button, Qt.MouseButton.LeftButton)
        yield on_shelf
        grid = window.shelf.grid
        yield 0.3
        place = grid.visualRect(model.index(0, 0)).center()
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
        yield on_stage
        QTest.keyClick(window.stage.viewer.canvas, Qt.Key.Key_Space)
        yield _PLAYED
        QTest.keyClick(window.stage.viewer.canvas, Qt.Key.Key_Space)
        QTest.keyClick(grid, Qt.Key.Key_Delete)
        yield in_trash
        made += 1
        if time.monotonic() - watched >= _EVERY:
            watched = time.monotonic()
            samples.append(sample(window))
    return {"made": made, "samples": samples}


def main(library: str, seconds: str) -> None:
    """What `__main__` does for the window, with the driver in between."""
    bootstrap.speak(bootstrap.load_preferences().language)
    log.start(folders.places().logs)
    options = bootstrap.options_from_environment(library=library, key_store="session")
    driver = Driver(make_application(), lambda one: soak(one, float(seconds)))
    assert window_program.run(options) == 0
    ground.answer(**driver.seen)


if __name__ == "__main__":
    main(*sys.argv[1:])
