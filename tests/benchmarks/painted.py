"""A child: starts a program and says after how many seconds its window is painted, seen from outside on its screen.

`painted PROGRAM [ARGUMENT…]`. From outside, since nothing of ours can be put into a built program.
"""

from __future__ import annotations

import subprocess
import sys
import time

from PySide6.QtGui import QGuiApplication, QImage

from tests.benchmarks import ground

WIDTH, HEIGHT = 1400, 60  # of the corner where the window lies: its header
COLOURS = 12  # an empty window has one or two, the header's words and icons many
PATIENCE = 60.0


def is_full(seen: QImage) -> bool:
    """Whether there is more on the screen than a window's background."""
    dots = ((x, y) for y in range(4, seen.height(), 4) for x in range(0, seen.width(), 3))
    return len({seen.pixel(x, y) for x, y in dots}) > COLOURS


def main(command: list[str]) -> None:
    application = QGuiApplication(sys.argv[:1])
    screen = application.primaryScreen()
    start = time.monotonic()
    program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not is_full(screen.grabWindow(0, 0, 0, WIDTH, HEIGHT).toImage()):
            if program.poll() is not None or time.monotonic() > start + PATIENCE:
                raise SystemExit(f"{command[0]} showed no window")
            time.sleep(0.002)
        ground.answer(painted=time.monotonic() - start)
    finally:
        program.terminate()
        program.wait()


if __name__ == "__main__":
    main(sys.argv[1:])
