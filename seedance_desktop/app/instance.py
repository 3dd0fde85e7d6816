"""One window a library: a second start hands its files to the first, which comes to the front."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)

_WAIT_MS = 1000
_MOST_BYTES = 1_000_000


def hand_over(folder: Path, files: Sequence[str]) -> bool:
    """Give `files` to the window that has this library open; False where there is none that answers."""
    socket = QLocalSocket()
    socket.connectToServer(_name(folder))
    if not socket.waitForConnected(_WAIT_MS):
        return False
    socket.write(json.dumps({"files": list(files)}).encode() + b"\n")
    heard = socket.waitForBytesWritten(_WAIT_MS) and socket.waitForReadyRead(_WAIT_MS)
    socket.disconnectFromServer()
    return heard


class Doorbell(QObject):
    """Listens for later starts of the program on the same library; `rung(files)` is called for each."""

    def __init__(self, rung: Callable[[list[str]], None], parent: QObject) -> None:
        """Nothing is listened to before `listen`."""
        super().__init__(parent)
        self._rung = rung
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)

    def listen(self, folder: Path) -> None:
        """Listen for this library from now on. The caller holds its lock, so what a crash left may be removed."""
        self._server.close()
        QLocalServer.removeServer(_name(folder))
        if not self._server.listen(_name(folder)):
            log.warning("no doorbell: %s", self._server.errorString())

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _welcome(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)
            if socket.canReadLine():
                self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _MOST_BYTES:
                socket.abort()
            return
        try:
            files = json.loads(bytes(socket.readLine().data()))["files"]
            said = [file for file in files if isinstance(file, str)]
        except (ValueError, KeyError, TypeError):
            log.warning("the doorbell rang with something unreadable")
            socket.abort()
            return
        socket.write(b"ok\n")
        socket.flush()
        self._rung(said)


def _name(folder: Path) -> str:
    """One name a user and library: short enough for a socket's path on every system."""
    return "seedance-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]
