"""A child: from its start to a painted window that answers, `lean bare` or `lean ours LIBRARY`.

It imports as little of its own as can be: what it imports counts on both sides, and would flatter the ratio. The
program's own beginning comes before PySide, as it does without us: PySide makes every later import slower.
"""

from __future__ import annotations

import os
import sys
import time

if sys.argv[1] == "ours":
    from seedance_desktop.__main__ import main

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow


class Watch(QObject):
    """Notes when the event loop is free after the first paint of the window, and closes it a moment later.

    It watches the application only until there is a window, and then that alone: to be told of each event costs time,
    and a window with more in it has more of them.
    """

    answered = 0.0
    _window: QMainWindow | None = None
    _painted = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._window is None and isinstance(watched, QMainWindow):
            self._window = watched
            application.removeEventFilter(self)
            watched.installEventFilter(self)
        if not self._painted and event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
            self._painted = True
            QTimer.singleShot(0, lambda: self._answer(watched))
        return False

    def _answer(self, window: QMainWindow) -> None:
        self.answered = time.monotonic() - float(os.environ["BENCHMARK_START"])
        QTimer.singleShot(300, window.close)


def bare() -> None:
    window = QMainWindow()
    window.resize(1440, 900)
    window.show()
    application.exec()


def ours(library: str) -> None:
    main(["--library", library, "--key-store", "session"])


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    watch = Watch(application)
    application.installEventFilter(watch)
    if sys.argv[1] == "bare":
        bare()
    else:
        ours(sys.argv[2])
    print(f'{{"answered": {watch.answered}}}')
