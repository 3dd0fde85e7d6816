"""A child: the bare PySide6 window that ours is measured against; `idle SECONDS` or `beats SECONDS`."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from tests.benchmarks import ground


class Watch(QObject):
    """Calls `then` once, when the event loop is free after the first paint of the window."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.answered = 0.0
        self._painted = False
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._painted and event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
            self._painted = True
            QTimer.singleShot(0, self._answer)
        return False

    def _answer(self) -> None:
        self.answered = ground.since_start()
        app = QApplication.instance()
        assert app is not None
        app.removeEventFilter(self)


class Beats(QObject):
    """A heartbeat of 5 ms; `late` are the seconds by which each beat came late."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.late: list[float] = []
        self._last = 0.0
        self._timer = QTimer(self, interval=5)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self.late.clear()
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, now - self._last - 0.005))
        self._last = now


def main(what: str, seconds: float) -> None:
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(1440, 900)
    window.show()
    beats = Beats(app)
    used = [0.0]

    def begin() -> None:
        used[0] = -time.process_time()
        if what == "beats":
            beats.start()
        QTimer.singleShot(round(seconds * 1000), app.quit)

    QTimer.singleShot(1000, begin)
    app.exec()
    used[0] += time.process_time()
    ground.answer(cpu=used[0] / seconds, late=beats.late, memory=ground.memory())


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
