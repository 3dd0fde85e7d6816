"""Run by test_placement on screens of its own: restores a window from the JSON on standard input, says where it is.

The first line tells the screens, the second where the window is with its frame, the third what would be kept.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QMainWindow

from seedance_desktop.ui import placement


def main() -> None:
    """With `at X Y W H` on the command line the window is put there first."""
    application = QApplication([])
    screens = [(screen.name(), screen.availableGeometry().getRect()) for screen in application.screens()]
    window = QMainWindow()
    placement.restore(window, json.loads(sys.stdin.read()))
    if sys.argv[1:]:
        window.setGeometry(*(int(one) for one in sys.argv[2:6]))
    window.show()
    QCoreApplication.processEvents()
    print(json.dumps(screens))
    print(json.dumps({"frame": window.frameGeometry().getRect(), "maximised": window.isMaximized()}))
    print(json.dumps(placement.geometry(window)))


if __name__ == "__main__":
    main()
