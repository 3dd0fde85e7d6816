"""A child: the real program with its real window, watched from outside and used by keys and wheel.

`driver SCENE LIBRARY [NUMBERS…]` plays a scene and prints what it saw. Nothing of the program is replaced.
"""

from __future__ import annotations

import math
import os
import random
import sys
import time
import traceback
from collections.abc import Callable, Generator
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from seedance_desktop import app as window_program
from seedance_desktop import bootstrap
from seedance_desktop.app.program import make_application
from seedance_desktop.system import folders, log
from tests.benchmarks import every_frame, ground, together
from tests.benchmarks.bare import Beats, Watch

Step = float | Callable[[], object]
Scene = Generator[Step, None, dict[str, object]]
"""Yields seconds to wait, or what to wait for; returns what it saw."""

SETTLED = 3.0
_PATIENCE = 60.0


class Driver:
    """Plays one scene in the running program, from inside its event loop."""

    def __init__(self, application: QApplication, scene: Callable[[Driver], Scene]) -> None:
        self.watch = Watch(application)
        self.beats = Beats(application)
        self.opened = 0.0
        self.window: Any = None  # the window's class is imported by the program, when it needs it
        self.seen: dict[str, object] = {}
        self._scene = scene(self)
        self._waits: Step = self._answers
        self._since = time.monotonic()
        self._timer = QTimer(application, interval=1)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _answers(self) -> bool:
        """Whether the window is there, painted and answers; then it is watched for the library."""
        if not self.watch.answered:
            return False
        tops = [one for one in QApplication.topLevelWidgets() if type(one).__name__ == "MainWindow"]
        self.window = tops[0]
        self.window.shelf.counted.connect(self._counted)
        return True

    def _counted(self) -> None:
        self.opened = self.opened or ground.since_start()

    def _look(self) -> None:
        try:
            self._go_on()
        except Exception:  # noqa: BLE001 - whatever it was, it is said and this child ends
            traceback.print_exc()
            os._exit(1)  # a window that nobody plays on would stay for ever

    def _go_on(self) -> None:
        if callable(self._waits):
            if not self._waits():
                assert time.monotonic() - self._since < _PATIENCE, f"waited too long for {self._waits}"
                return
        elif time.monotonic() - self._since < self._waits:
            return
        try:
            self._waits = next(self._scene)
            self._since = time.monotonic()
            self._timer.setInterval(1 if callable(self._waits) else max(1, round(self._waits * 1000)))
        except StopIteration as end:
            self._timer.stop()
            self.seen = end.value
            self.window.close()


def open_library(driver: Driver) -> Scene:
    """To the library on screen, with the beats from the first paint on; then the memory at rest."""
    driver.beats.start()
    yield lambda: driver.opened
    yield SETTLED
    driver.beats.stop()
    grid = driver.window.shelf.grid
    _jump(grid, 0.5)
    yield lambda: _shown(grid)
    yield 1.0
    return {
        "answered": driver.watch.answered,
        "opened": driver.opened,
        "late": driver.beats.late,
        "memory": ground.memory(),
    }


def pages(driver: Driver) -> Scene:
    """Jumps to places of the library: seconds until every card in sight is there."""
    yield lambda: driver.opened
    yield SETTLED
    grid, dice = driver.window.shelf.grid, random.Random(1)
    took = []
    for _ in range(25):
        began = time.perf_counter()
        _jump(grid, dice.random())
        yield lambda: _shown(grid)
        took.append(time.perf_counter() - began)
        yield 0.1
    return {"took": took[5:]}


def search(driver: Driver) -> Scene:
    """Types into the search: seconds from the last key to the first page, and of the GUI thread's time."""
    yield lambda: driver.opened
    yield SETTLED
    shelf, took, busy = driver.window.shelf, [], []
    answers = [0]

    def answered(*_: object) -> None:
        answers[0] += 1

    model = shelf.grid.clips
    for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved, shelf.counted):
        signal.connect(answered)
    for word in (
        "zeppelin",
        "light",
        "boat",
        "neon",
        "project 7",
        "ghost",
        "crane",
        "sto",
        "lantern rain",
        "whale",
    ) * 2:
        shelf.filters.search.clear()
        yield 0.4
        QTest.keyClicks(shelf.filters.search, word[:-1])
        yield 0.4
        before, began, used = answers[0], time.perf_counter(), time.thread_time()
        QTest.keyClicks(shelf.filters.search, word[-1])
        yield partial(lambda before: answers[0] > before and _shown(shelf.grid), before)
        took.append(time.perf_counter() - began)
        busy.append(time.thread_time() - used)
    return {"took": took, "busy": busy}


def idle(driver: Driver, seconds: float) -> Scene:
    """Nothing happens: the share of a core that is used."""
    yield lambda: driver.opened
    yield 5.0
    used, began = time.process_time(), time.perf_counter()
    yield seconds
    return {"cpu": (time.process_time() - used) / (time.perf_counter() - began), "memory": ground.memory()}


def busy(driver: Driver, seconds: float) -> Scene:
    """The scene of the quality page: what is under way goes on by itself; cards are scrolled and words are typed."""
    yield lambda: driver.opened
    yield 1.0
    grid = driver.window.shelf.grid
    driver.window.composer.focus_prompt()
    prompt = _focus(driver.window)
    dice, text = random.Random(2), "A paper boat drifts down a rain-lit street at dusk. "
    driver.beats.start()
    until, turn = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        turn += 1
        _wheel(grid.viewport(), -120 if turn // 60 % 3 else 240)
        if turn % 60 == 0:
            _jump(grid, dice.random())
        if turn % 6 == 0:
            QTest.keyClicks(prompt, text[turn // 6 % len(text)])
        if turn % 300 == 200:
            QTest.keyClicks(driver.window.shelf.filters.search, "boat"[turn // 300 % 4])
        yield 0.016
    driver.beats.stop()
    return {"late": driver.beats.late, "memory": ground.memory()}


def generate(driver: Driver) -> Scene:
    """Clicks Generate on the kept draft: the beats until the gateway has the whole of it and a little longer."""
    yield lambda: driver.opened
    yield lambda: driver.window.composer.draft().recipe.references
    yield SETTLED
    composer = driver.window.composer
    button = composer.generate_button
    yield button.isEnabled
    late: list[float] = []
    for _ in range(3):
        driver.beats.start()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        yield 5.0  # the time to undo, and the POST
        driver.beats.stop()
        late += driver.beats.late
        dialogs = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not driver.window]
        assert not dialogs, [one.windowTitle() for one in dialogs]
        composer.focus_prompt()
        QTest.keyClicks(_focus(driver.window), "more ")
        yield 0.5
    return {"late": late}


def arrive(driver: Driver, count: float) -> Scene:
    """Waits until so many clips stand on the shelf; when each came, on the monotonic clock."""
    yield lambda: driver.opened
    came: list[float] = []
    model = driver.window.shelf.grid.model()

    def inserted() -> None:
        came.extend([time.monotonic()] * (model.rowCount() - len(came)))

    model.rowsInserted.connect(inserted)
    model.modelReset.connect(inserted)
    inserted()
    yield lambda: len(came) >= count
    return {"came": came}


def step(driver: Driver, steps: float) -> Scene:
    """Steps back and on through the only clip: seconds to each picture, and how many carried the right number."""
    from tests.media.making import number_in

    yield lambda: driver.opened
    grid, stage = driver.window.shelf.grid, driver.window.stage
    yield lambda: _shown(grid)
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.visualRect(grid.model().index(0, 0)).center())
    yield lambda: stage.deck.number == 0
    yield 1.0
    shown: list[tuple[Any, int]] = []
    stage.deck.pictured.connect(lambda picture, number: shown.append((picture, number)))
    canvas, dice, last = stage.viewer.canvas, random.Random(5), stage.deck.last
    took, right, wanted, run, back = [], 0, 0, 0, False

    def at(number: int) -> bool:
        return bool(shown) and shown[-1][1] == number

    for turn in range(round(steps)):
        if turn % 40 == 0:  # another place, as a click on the timeline goes there
            wanted = dice.randrange(20, last - 20)
            shown.clear()
            stage.deck.seek(wanted)
            yield partial(at, wanted)
            yield 0.3
            back, run = turn % 80 == 0, 0
        if run == 19:  # there and back again
            back, run = not back, 0
        wanted += -1 if back else 1
        run += 1
        shown.clear()
        began = time.perf_counter()
        QTest.keyClick(canvas, Qt.Key.Key_Left if back else Qt.Key.Key_Right)
        yield partial(at, wanted)
        took.append(time.perf_counter() - began)
        picture, number = shown[-1]
        right += number == wanted == _carried(picture, number_in)
        yield 0.01
    return {"took": took, "right": right}


def _carried(picture: Any, read: Callable[[Any], int]) -> int:
    from PIL import Image
    from PySide6.QtGui import QImage

    image = picture.image(picture.size, fine=True).convertToFormat(QImage.Format.Format_RGB888)
    size, stride = (image.width(), image.height()), image.bytesPerLine()
    return read(Image.frombuffer("RGB", size, bytes(image.constBits()), "raw", "RGB", stride, 1))


def _focus(window: QWidget) -> QWidget:
    """The widget that has the keyboard, or gets it when the window is active: without a window manager none is."""
    found = window.focusWidget()
    assert found is not None
    return found


def _jump(grid: Any, share: float) -> None:
    """To a place of the library, as dragging the scroll bar goes there."""
    bar = grid.verticalScrollBar()
    bar.setValue(round(share * bar.maximum()))


def _wheel(viewport: QWidget, delta: int) -> None:
    middle = viewport.rect().center()
    event = QWheelEvent(
        QPointF(middle),
        QPointF(viewport.mapToGlobal(middle)),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QGuiApplication.sendEvent(viewport, event)


def _shown(grid: Any) -> bool:
    """Whether every card in sight is in memory and painted with its poster."""
    model, view = grid.clips, grid.viewport().rect()
    if not model.rowCount():
        return True
    first = grid.indexAt(QPoint(20, 20)).row()
    cell = grid.gridSize()
    count = grid.columns() * math.ceil(view.height() / cell.height())
    rows = range(max(0, first), min(model.rowCount(), max(0, first) + count))
    return all(model.clip_at(row) is not None for row in rows) and not grid.posters._waiting


SCENES: dict[str, Callable[..., Scene]] = {
    "open": open_library,
    "pages": pages,
    "search": search,
    "idle": idle,
    "busy": busy,
    "generate": generate,
    "arrive": arrive,
    "step": step,
    "every": every_frame.play,
    "together": together.play,
}


def main(name: str, library: str, *numbers: str) -> None:
    """What `__main__` does for the window, with the driver in between."""
    bootstrap.speak(bootstrap.load_preferences().language)
    from seedance_desktop.cli.arguments import parse

    parse(["--library", library])
    log.start(folders.places().logs)
    options = bootstrap.options_from_environment(library=library, key_store="session")
    application = make_application()
    driver = Driver(application, lambda one: SCENES[name](one, *map(float, numbers)))
    code = window_program.run(options)
    assert code == 0
    ground.answer(**driver.seen)


if __name__ == "__main__":
    main(*sys.argv[1:])
