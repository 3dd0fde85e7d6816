"""Another program on the same screen, as its windows are seen by ours: drags files out, and owns the clipboard.

`other_program drag X Y FILE…` shows a window at X, Y from which the files can be dragged; `other_program copy PNG` puts
an image on the clipboard. It says `ready` when it is, and stays until its standard input closes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData, QSocketNotifier, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget


class Files(QWidget):
    """What a file manager is to us: pressed and moved, it drags its files."""

    def __init__(self, files: list[str]) -> None:
        super().__init__()
        self._files = files

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin the drag."""
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(one) for one in self._files])
        drag = QDrag(self)
        drag.setMimeData(mime)
        drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction)


def main(what: str, *arguments: str) -> None:
    """Until nobody listens any more."""
    application = QApplication(sys.argv[:1])
    shown = Files(list(arguments[2:]))
    if what == "drag":
        shown.setGeometry(int(arguments[0]), int(arguments[1]), 200, 200)
        shown.show()
    else:
        mime = QMimeData()
        mime.setData("image/png", QByteArray(Path(arguments[0]).read_bytes()))
        application.clipboard().setMimeData(mime)
    listening = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    listening.activated.connect(application.quit)
    print("ready", flush=True)
    application.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
