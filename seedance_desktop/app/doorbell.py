"""The first window's side of a second start: it hears the files that are handed over (`instance`)."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from seedance_desktop.system.private import shape

from .instance import name_of

log = logging.getLogger(__name__)

_MOST_BYTES = 1_000_000


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
        QLocalServer.removeServer(name_of(folder))
        if not self._server.listen(name_of(folder)):
            log.warning("no doorbell: %s", shape(self._server.errorString()))

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
