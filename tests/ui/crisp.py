"""A child that shows a picture at 100 % in the real viewer and compares the window's pixels with the picture's own.

Prints the device's pixel ratio and how many pixels it compared; ends with 1 where one differs.
"""

from __future__ import annotations

import random
import sys

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from seedance_desktop.ui.stage.viewer import Viewer

SIZE = QSize(1003, 701)  # odd, so that no rounding hides


class Noise:
    """A picture in which no two neighbours are alike."""

    def __init__(self) -> None:
        self.size = SIZE
        self._bytes = random.Random(3).randbytes(SIZE.width() * SIZE.height() * 4)
        stride, form = SIZE.width() * 4, QImage.Format.Format_RGB32
        self.made = QImage(self._bytes, SIZE.width(), SIZE.height(), stride, form)

    def image(self, target: QSize, *, fine: bool) -> QImage:
        """See `Picture`."""
        return self.made if target.width() >= self.made.width() else self.made.scaled(target)


def main() -> int:
    """Look at three parts of it."""
    app = QApplication([])
    viewer, noise, compared = Viewer(), Noise(), 0
    viewer.resize(367, 263)
    viewer.show()
    viewer.expect(SIZE)
    viewer.show_picture(noise)
    viewer.zoom_to(1.0)
    for by in (QPointF(0, 0), QPointF(33, 21), QPointF(-57, -40)):
        viewer.pan(by)
        seen = viewer.grab().toImage()
        ratio = seen.devicePixelRatio()
        left, top = round(viewer.canvas.x() * ratio), round(viewer.canvas.y() * ratio)
        for y in range(2, seen.height() - 2, 5):
            for x in range(2, seen.width() - 2, 5):
                compared += 1
                if (seen.pixel(x, y) ^ noise.made.pixel(x - left, y - top)) & 0xFFFFFF:
                    print("another colour at", x, y)
                    return 1
    print(f"{app.devicePixelRatio():g} {compared}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
