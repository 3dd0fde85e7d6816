"""One window a library: a second start hands its files to the first (`doorbell`), which comes to the front."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from seedance_desktop.system.folders import holder_of

_WAIT_MS = 1000


def hand_over(folder: Path, files: Sequence[str]) -> bool:
    """Give `files` to the window that has this library open; False where there is none that answers."""
    if not holder_of(folder).exists():
        return False
    from PySide6.QtNetwork import QLocalSocket  # the usual start does without

    socket = QLocalSocket()
    socket.connectToServer(name_of(folder))
    if not socket.waitForConnected(_WAIT_MS):
        return False
    socket.write(json.dumps({"files": list(files)}).encode() + b"\n")
    heard = socket.waitForBytesWritten(_WAIT_MS) and socket.waitForReadyRead(_WAIT_MS)
    socket.disconnectFromServer()
    return heard


def name_of(folder: Path) -> str:
    """One name a user and library: short enough for a socket's path on every system."""
    import hashlib  # the usual start does without

    return "seedance-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]
