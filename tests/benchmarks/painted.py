"""A child: starts a program and says after how many seconds its window is painted, seen from outside on its screen.

`painted PROGRAM [ARGUMENT…]`. From outside, since nothing of ours can be put into a built program.
"""

from __future__ import annotations

import subprocess
import sys
import time

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QImage

from tests.benchmarks import ground

WIDTH, HEIGHT = 1400, 60  # of the corner where the window lies: its header
COLOURS = 12  # an empty window has one or two, the header's words and icons many
PATIENCE = 60.0


def is_full(seen: QImage) -> bool:
    """Whether there is more on the screen than a window's background."""
    dots = ((x, y) for y in range(4, seen.height(), 4) for x in range(0, seen.width(), 3))
    return len({seen.pixel(x, y) for x, y in dots}) > COLOURS


class Watch(QObject):
    """Looks at the screen every other millisecond and ends the loop when the program has shown itself, or can't."""

    def __init__(self, application: QGuiApplication, program: subprocess.Popen[bytes]) -> None:
        super().__init__(application)
        self.painted: float | None = None
        self._screen, self._program, self._start = application.primaryScreen(), program, time.monotonic()
        self._timer = QTimer(self, interval=2)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        seen = self._screen.grabWindow(0, 0, 0, WIDTH, HEIGHT).toImage()
        since = time.monotonic() - self._start
        if is_full(seen):
            self.painted = since
        if self.painted or self._program.poll() is not None or since > PATIENCE:
            QGuiApplication.quit()


def main(command: list[str]) -> None:
    application = QGuiApplication(sys.argv[:1])
    program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watch = Watch(application, program)
    application.exec()
    program.terminate()
    program.wait()
    if watch.painted is None:
        raise SystemExit(f"{command[0]} showed no window")
    ground.answer(painted=watch.painted)


if __name__ == "__main__":
    main(sys.argv[1:])
