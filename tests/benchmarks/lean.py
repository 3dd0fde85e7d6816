"""A child: from its start to a painted window that answers, `lean bare` or `lean ours LIBRARY`.

It imports as little of its own as can be: what it imports counts on both sides, and would flatter the ratio.
"""

from __future__ import annotations

import os
import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow


class Watch(QObject):
    """Notes when the event loop is free after the first paint of the window, and closes it a moment later."""

    answered = 0.0
    _painted = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
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
    from seedance_desktop.__main__ import main

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
