"""The window before anything is behind it: built from the preferences alone, painted and answering in Qt's own loop.

What lives behind it (`living`: asyncio, the wishes' granters) is imported by a thread after the first paint.
"""

from __future__ import annotations

import contextlib
import logging
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from seedance_desktop import bootstrap
from seedance_desktop.bootstrap import Options
from seedance_desktop.domain.catalogue import DEMO
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.system import folders
from seedance_desktop.system import preferences as files
from seedance_desktop.ui import theme
from seedance_desktop.ui.background import in_background

if TYPE_CHECKING:
    from seedance_desktop.ui.shelf import ClipList
    from seedance_desktop.ui.window import MainWindow
    from seedance_desktop.ui.wishes import Wishes

log = logging.getLogger(__name__)

_PAINTED_WITHIN_MS = 2000


def show_window(
    application: QApplication, wishes: Wishes, options: Options, preferences: Preferences
) -> tuple[MainWindow, ClipList]:
    """Build the window and show it; the library comes after the first paint."""
    from seedance_desktop.ui.shelf import ClipList
    from seedance_desktop.ui.window import MainWindow

    model = ClipList()
    model.wanted.connect(wishes.wanted)
    shown = bootstrap.shown(options, preferences)
    window = MainWindow(wishes, model, shown, bootstrap.folder_of(options, preferences), demo=options.demo)
    window.restore(files.load_json(folders.places().window))
    window.set_gateway(DEMO if options.demo else shown.gateway)
    theme.finish(application)
    window.show()
    return window, model


class FirstPaint(QObject):
    """Qt's own loop until the window has been painted and what lives behind it is imported."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self._outermost = QEventLoop()
        self._painted = self._closed = False

    def wait(self) -> bool:
        """False where the creator has closed the window meanwhile."""
        self._window.installEventFilter(self)
        closing = self._window.close_wanted.connect(self._close)
        QTimer.singleShot(_PAINTED_WITHIN_MS, self, self._go_on_unpainted)
        outermost = self._outermost
        outermost.exec()
        self._window.removeEventFilter(self)
        self._window.close_wanted.disconnect(closing)
        return not self._closed

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Wait for the paint; what follows it waits for its end."""
        if not self._painted and event.type() == QEvent.Type.Paint:
            self._painted = True
            QTimer.singleShot(0, self, self._import)
        return False

    def _go_on_unpainted(self) -> None:
        if not self._painted:
            log.info("no paint yet: the window may be hidden")
            self._painted = True
            self._import()

    def _import(self) -> None:
        in_background(_import_living, self._imported)

    def _imported(self, _nothing: None) -> None:
        self._outermost.quit()

    def _close(self) -> None:
        self._closed = True


def _import_living() -> None:
    """What fails here fails once more, and is told of, where it is needed."""
    with contextlib.suppress(Exception):
        import_module(".living", __package__)
